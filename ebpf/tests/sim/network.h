/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Simulated time: events in order of their time, and datagrams that are lost,
 * doubled, delayed and thereby reordered. Datagrams travel as bytes.
 */
#ifndef LAB_SIM_NETWORK_H
#define LAB_SIM_NETWORK_H

#include <stddef.h>
#include <stdint.h>

#include "plan.h"
#include "vr.h"

#define NETWORK_CLIENT 0 /* the client's place among the replica ids */
#define NETWORK_RUN_ID 0xfeedull

enum event_kind { EVENT_DELIVER, EVENT_TICK, EVENT_FLUSH, EVENT_PAUSE, EVENT_RESTART };

struct event {
	uint64_t at_ns;
	uint64_t order; /* among events of the same time: the order they were made in */
	enum event_kind kind;
	uint8_t node; /* replica id or NETWORK_CLIENT */
	uint8_t source;
	uint16_t bytes;
	uint8_t datagram[WIRE_HEADER_BYTES + SIM_PAYLOAD_MAX];
};

struct network {
	struct plan plan;
	uint64_t random;
	uint64_t now_ns;
	uint64_t order;
	struct event *heap;
	size_t count, capacity;
	uint64_t sent, lost, duplicated, delivered;
	bool transcript;
};

void network_init(struct network *network, const struct plan *plan, bool transcript);
void network_end(struct network *network);
void network_send(struct network *network, uint8_t source, uint8_t target,
		  const struct vr_msg *msg);
void network_schedule(struct network *network, uint64_t at_ns, enum event_kind kind, uint8_t node);
/* Puts an event back, to happen at at_ns. */
void network_postpone(struct network *network, const struct event *event, uint64_t at_ns);
/* Takes the next event and moves the time to it. There always is one: nodes tick for ever. */
struct event network_next(struct network *network);

#endif
