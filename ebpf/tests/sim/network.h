/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Datagrams that are lost, doubled, delayed and thereby reordered, and links
 * that are cut in one direction or both. Datagrams travel as bytes.
 */
#ifndef LAB_SIM_NETWORK_H
#define LAB_SIM_NETWORK_H

#include "event_queue.h"
#include "plan.h"
#include "vr.h"

#define NETWORK_CLIENT 0 /* the clients' place among the replica ids */
#define NETWORK_RUN_ID 0xfeedull

struct network {
	const struct plan *plan;
	struct event_queue queue;
	uint64_t random;
	uint64_t now_ns;
	uint64_t sent, lost, doubled;
	uint8_t cuts[WIRE_MAX_REPLICAS + 1]
		    [WIRE_MAX_REPLICAS + 1]; /* from, to: faults that cut it */
	uint64_t held_until_ns[WIRE_MAX_REPLICAS + 1][WIRE_MAX_REPLICAS + 1]; /* from, to */
	bool transcript;
};

void network_init(struct network *network, const struct plan *plan, bool transcript);
void network_end(struct network *network);
void network_send(struct network *network, uint8_t source, uint8_t target,
		  const struct vr_msg *msg);
/* One more fault (or with -1 one less) cuts every link from one of `nodes` to one of `others`. */
void network_cut(struct network *network, uint32_t nodes, uint32_t others, int change);
/* What is sent from one of `nodes` to one of `others` arrives after until_ns. */
void network_hold(struct network *network, uint32_t nodes, uint32_t others, uint64_t until_ns);
void network_schedule(struct network *network, uint64_t at_ns, enum event_kind kind, uint8_t node);
/* Puts an event back, to happen at at_ns. */
void network_postpone(struct network *network, const struct event *event, uint64_t at_ns);
/* Takes the next event and moves the time to it; its datagram is the caller's to free. */
struct event network_next(struct network *network);

#endif
