/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts cumulative acknowledgements. With N = 2f + 1 replicas an op is
 * committed when f followers hold it: with the leader that is a majority.
 */
#ifndef LAB_QUORUM_H
#define LAB_QUORUM_H

#include <stdint.h>

#include "wire.h"

struct quorum {
	uint64_t acked[WIRE_MAX_REPLICAS + 1]; /* by replica id: the gapless prefix it holds */
	uint64_t point; /* held by a majority; never falls */
	uint8_t replicas;
	uint8_t leader;
};

void quorum_init(struct quorum *quorum, uint8_t replicas, uint8_t leader);
/* A follower holds 1..op. Returns the point. An op below what it said before changes nothing. */
uint64_t quorum_acknowledge(struct quorum *quorum, uint8_t replica, uint64_t op);
/* A follower came back with empty memory: what it acknowledged before no longer counts. */
void quorum_forget(struct quorum *quorum, uint8_t replica);

#endif
