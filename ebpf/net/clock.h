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
 * time: 1/16 s ticks since 2024. A container takes longer than that to restart,
 * and 32 bits of it last eight years.
 */
static inline uint32_t clock_incarnation(void)
{
	return (uint32_t)((clock_real_us() - 1704067200000000ull) / 62500);
}

#endif
