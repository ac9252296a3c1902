/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one process writes down of sampled operations, and the `trace` event that
 * tells of it. Switched by real-time signals, so that a replica is asked nothing
 * while it measures. While it is off it costs one predictable branch.
 */
#ifndef LAB_TRACER_H
#define LAB_TRACER_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event_log.h"
#include "trace.h"

/* Between two flushes; more are dropped and counted. */
#define TRACER_POINTS 4096
/* A line stays below the 16 KiB at which the engine breaks lines up. */
#define TRACER_LINE_POINTS 512
#define TRACER_FLUSH_NS 100000000ull

struct tracer {
	bool on;
	uint32_t every;
	uint64_t operations; /* handled while it was on */
	uint64_t dropped; /* points without room */
	uint64_t cost_ns; /* CPU time, see tracer_put and tracer_flush */
	uint64_t point_cost_ns;
	size_t count;
	struct trace_record points[TRACER_POINTS];
	uint64_t columns[4][TRACER_LINE_POINTS]; /* of the line being written */
};

/* 1: on, 0: off. The wish that signals leave; the owner's loop fulfils it. */
extern volatile sig_atomic_t tracer_wanted;
/* SIGRTMIN switches on, SIGRTMIN + 1 off. */
void tracer_watch_signals(void);

/* Switches, and says so for people. */
void tracer_switch(struct tracer *tracer, bool on);
/* Off, whatever is wanted; measures what a point costs. */
void tracer_open(struct tracer *tracer, uint32_t every);

static inline bool tracer_on(const struct tracer *tracer)
{
	return __builtin_expect(tracer->on, 0);
}

/* op 0 is no operation: a refused request bears it. */
static inline bool tracer_samples(const struct tracer *tracer, uint64_t op)
{
	return tracer_on(tracer) && op && op % tracer->every == 0;
}

/* Keeps a point and charges what one costs, its clock read among it. */
void tracer_put(struct tracer *tracer, const struct trace_record *point);
/* Keeps a point that somebody else wrote down at his own cost. */
void tracer_keep(struct tracer *tracer, const struct trace_record *point);
/*
 * Says all that was kept, in as many lines as it takes; none without points. `lost`:
 * points that others had no room for since start. Charges the CPU time it took, which
 * shows in the next line.
 */
void tracer_flush(struct tracer *tracer, struct event_log *events, uint64_t lost);

#endif
