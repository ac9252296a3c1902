/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program's peer map, kept true: addresses come from peers.h, MACs from the
 * kernel's neighbour table. Every change is said as a `peer` event.
 */
#ifndef LAB_FOLLOWER_MAP_H
#define LAB_FOLLOWER_MAP_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "bpf_broadcast.h"
#include "event_log.h"
#include "neighbours.h"
#include "peers.h"

/*
 * What the program was told of one follower. Kept on every replica from its start,
 * not on the leader alone: a new leader's first broadcast has to reach everybody.
 */
struct follower {
	struct sockaddr_in address; /* zero: nothing told yet */
	bool mac_known;
	uint8_t mac[6];
	/* the neighbour table lost the MAC; it is kept until then, 0: no doubt */
	uint64_t doubt_until_ns;
};

/* The owner fills events .. neighbours; the rest begins as zero. */
struct follower_map {
	struct event_log *events;
	struct peers *peers;
	uint8_t own_id;
	struct bpf_broadcast *program;
	struct neighbours *neighbours;
	uint32_t ifindex; /* 0 while the interface is gone */
	struct follower at[WIRE_MAX_REPLICAS + 1];
	uint64_t now_ns; /* of the present tick, for the callbacks */
	uint64_t settle_at_ns;
};

/*
 * Every few ms. changed: replicas whose place changed (peers_take_changed);
 * readable: the neighbours' descriptor may be. Once a second MACs in doubt are settled.
 */
void follower_map_tick(struct follower_map *map, uint32_t changed, bool readable, uint64_t now_ns);
/* The interface was replaced: all MACs are asked for anew. */
void follower_map_new_link(struct follower_map *map, uint32_t ifindex);
/* The interface that leads to the first follower there is a route to. */
bool follower_map_route(const struct follower_map *map, char ifname[IFNAMSIZ]);
/*
 * Whom to address a flagged datagram to: one that the link layer can reach now and,
 * of those, one that lives. Were it a dead one, all copies would wait with its own
 * as soon as its neighbour entry fails.
 */
uint8_t follower_map_first(const struct follower_map *map, uint64_t now_ns);

#endif
