/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/* Reading the peer table: who gets a copy, and whose address a packet bears. */
#ifndef LAB_FOLLOWERS_H
#define LAB_FOLLOWERS_H

#include "classify.h"
#include "maps.h"
#include "record.h"

/*
 * Copies a follower's entry to the stack; 0 if it must get no copy. An entry
 * that user space changes at this moment may be read half old, half new: that
 * one copy gets lost on the way and is fetched again, no other replica takes it.
 */
static __always_inline int follower_copy(__u32 id, const struct bcast_config *own,
					 struct bcast_peer *follower)
{
	const struct bcast_peer *peer;

	if (id == own->own_id || id > own->replicas)
		return 0;
	peer = bpf_map_lookup_elem(&peers, &id);
	if (!peer || !peer->valid) {
		count(BCAST_PEER_UNKNOWN);
		return 0;
	}
	*follower = *peer;
	return 1;
}

/* Counts and traces a copy that user space addressed itself, by where it goes. */
static __always_inline void count_by_destination(const struct bcast_config *own,
						 const struct broadcast *broadcast)
{
	for (__u32 id = 1; id <= WIRE_MAX_REPLICAS; id++) {
		const struct bcast_peer *peer = bpf_map_lookup_elem(&peers, &id);

		if (peer && id <= own->replicas && peer->ip == broadcast->ip &&
		    peer->port == broadcast->port) {
			count_frame(counter_frame_index(broadcast->window, id));
			record(broadcast->sampled_op, TRACE_EGRESS, id);
			return;
		}
	}
	count(BCAST_PEER_UNKNOWN);
}

#endif
