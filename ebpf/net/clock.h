/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clocks of a process. Monotonic for durations, real time for events alone,
 * CPU time for costs.
 */
#ifndef LAB_CLOCK_H
#define LAB_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_read_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

static inline uint64_t clock_now_ns(void)
{
	return clock_read_ns(CLOCK_MONOTONIC);
}

static inline uint64_t clock_real_us(void)
{
	return clock_read_ns(CLOCK_REALTIME) / 1000;
}

/* User and system time of all threads; softirq work that ran on top of them is included. */
static inline uint64_t clock_cpu_ns(void)
{
	return clock_read_ns(CLOCK_PROCESS_CPUTIME_ID);
}

/* The calling thread's alone. */
static inline uint64_t clock_thread_ns(void)
{
	return clock_read_ns(CLOCK_THREAD_CPUTIME_ID);
}

/*
 * A number that differs at each start of a process on this host and grows with
 * time: milliseconds since 2024, cut to 32 bits and compared with wrap-around. It
 * is the nonce of a recovery, so no two lives of a replica may share it: a process
 * takes longer than a millisecond to end and to begin. It turns over every 49 days;
 * a replica that was down for more than half of that would look like an earlier life.
 */
static inline uint32_t clock_incarnation(void)
{
	uint32_t ms = (uint32_t)((clock_real_us() - 1704067200000000ull) / 1000);

	return ms ? ms : 1; /* 0 says: not heard of yet. */
}

#endif
