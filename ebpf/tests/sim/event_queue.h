/* SPDX-License-Identifier: Apache-2.0 */
/* Simulated time: what is going to happen, in order of time. */
#ifndef LAB_SIM_EVENT_QUEUE_H
#define LAB_SIM_EVENT_QUEUE_H

#include <stddef.h>
#include <stdint.h>

enum event_kind {
	EVENT_DELIVER,
	EVENT_TICK,
	EVENT_FLUSH,
	EVENT_RESTART,
	EVENT_FAULT_BEGINS,
	EVENT_FAULT_ENDS,
	EVENT_CHAOS_ENDS,
};

struct event {
	uint64_t at_ns;
	uint64_t order; /* among events of the same time: the order they were made in */
	uint8_t *datagram; /* of exactly `bytes`, so that a reader past its end is noticed */
	uint16_t bytes;
	uint8_t kind; /* enum event_kind */
	uint8_t node; /* replica id, 0: the clients */
	uint8_t source;
	uint8_t fault; /* its place in the plan */
};

struct event_queue {
	struct event *heap;
	size_t count, capacity;
	uint64_t order;
};

/* The queue owns the event's datagram until event_pop hands it out. */
void event_push(struct event_queue *queue, struct event event);
/* There always is one: nodes tick for ever. */
struct event event_pop(struct event_queue *queue);
void event_queue_free(struct event_queue *queue);

#endif
