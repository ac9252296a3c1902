/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the replicas are. Compose gives names, not addresses, and containers
 * that restart in another order swap addresses: so a replica is its id and
 * incarnation, an address only its present place, learned anew from any valid
 * datagram and asked of the resolver again when a replica falls silent. Two
 * replicas are never in one place: whoever comes to it has it alone.
 */
#ifndef LAB_PEERS_H
#define LAB_PEERS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "config.h"
#include "resolver.h"

/* A replica not heard for this long is looked up again, at growing distances. */
#define PEERS_SILENT_NS 1000000000ull

struct peer {
	struct sockaddr_in address; /* sin_port is set from the start */
	bool known;
	uint32_t incarnation; /* 0: never heard */
	uint64_t heard_ns;
	uint64_t ask_at_ns; /* when the resolver is asked next if it stays silent */
	uint64_t ask_after_ns; /* distance to the one after */
};

struct peers {
	const struct config_peers *names;
	struct peer at[WIRE_MAX_REPLICAS + 1]; /* index = replica id */
	struct resolver resolver;
	/* bit i: place, its being known or incarnation of replica i changed since peers_take_changed */
	uint32_t changed;
};

/* Starts the resolver and asks for all names. Returns 0 or -errno. */
int peers_open(struct peers *peers, const struct config_peers *names, uint64_t now_ns);
/* A valid datagram of replica `sender` came from there. One comparison unless something changed. */
void peers_heard(struct peers *peers, uint8_t sender, uint32_t incarnation,
		 const struct sockaddr_in *from, uint64_t now_ns);
/*
 * Collects resolved addresses; asks again for those of the `expected` mask that
 * are silent. Every few ms.
 */
void peers_tick(struct peers *peers, uint32_t expected, uint64_t now_ns);
uint32_t peers_take_changed(struct peers *peers);
const char *peers_name(const struct peers *peers, uint8_t id);
void peers_close(struct peers *peers);

#endif
