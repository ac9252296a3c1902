/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sampled operations that wait for acknowledgements: a PREPARE-OK names one op
 * and means all before it, so somebody has to remember which sampled ones those are.
 */
#ifndef LAB_TRACE_FLIGHTS_H
#define LAB_TRACE_FLIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_FLIGHTS 64

struct trace_flight {
	uint64_t op;
	uint16_t acked; /* bit = replica id */
	bool replied;
};

/* In the order in which they began. */
struct trace_flights {
	uint8_t followers; /* acknowledgements after which one is over */
	uint8_t quorum; /* acknowledgements that commit it */
	unsigned count;
	struct trace_flight at[TRACE_FLIGHTS];
};

/* An operation that an acknowledgement covers for the first time from its sender. */
struct trace_covered {
	uint64_t op;
	bool commits;
};

/*
 * False if the oldest had to make room: what is still to come of it will not be told,
 * as when a follower is gone for good and none is ever over.
 */
bool trace_flights_begin(struct trace_flights *flights, uint64_t op);
bool trace_flights_has(const struct trace_flights *flights, uint64_t op);
/* `from` holds 1..through. Returns how many entries of covered it filled. */
unsigned trace_flights_acknowledge(struct trace_flights *flights, uint8_t from, uint64_t through,
				   struct trace_covered covered[TRACE_FLIGHTS]);
/* True at the first reply to an operation that is under way. */
bool trace_flights_reply(struct trace_flights *flights, uint64_t op);

#endif
