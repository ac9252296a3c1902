// SPDX-License-Identifier: Apache-2.0
#include "peers.h"

#include <string.h>

#define ASK_AFTER_MAX_NS 8000000000ull

int peers_open(struct peers *peers, const struct config_peers *names, uint64_t now_ns)
{
	unsigned id;
	int err;

	memset(peers, 0, sizeof(*peers));
	peers->names = names;
	for (id = 1; id <= names->count; id++) {
		peers->at[id].address.sin_family = AF_INET;
		peers->at[id].address.sin_port = htons(names->at[id].port);
		peers->at[id].ask_after_ns = PEERS_SILENT_NS;
		peers->at[id].ask_at_ns = now_ns + PEERS_SILENT_NS;
	}
	err = resolver_start(&peers->resolver, names);
	if (!err)
		resolver_ask(&peers->resolver, (2u << names->count) - 2);
	return err;
}

static bool same_place(const struct sockaddr_in *a, const struct sockaddr_in *b)
{
	return a->sin_addr.s_addr == b->sin_addr.s_addr && a->sin_port == b->sin_port;
}

static bool lives(const struct peer *peer, uint64_t now_ns)
{
	return peer->incarnation && now_ns - peer->heard_ns < PEERS_SILENT_NS;
}

/* The other replica that is taken to be where this one is, 0 if there is none. */
static unsigned find_double(const struct peers *peers, unsigned id, const struct sockaddr_in *place)
{
	unsigned other;

	for (other = 1; other <= peers->names->count; other++) {
		if (other != id && peers->at[other].known &&
		    same_place(&peers->at[other].address, place))
			return other;
	}
	return 0;
}

/*
 * A container that was restarted may have got the address of one that is down. Left
 * in the table, that one would take the other's copies for its own.
 */
static void displace_double(struct peers *peers, unsigned id)
{
	unsigned other = find_double(peers, id, &peers->at[id].address);

	if (!other)
		return;
	peers->at[other].known = false;
	peers->changed |= 1u << other;
	resolver_ask(&peers->resolver, 1u << other);
}

void peers_heard(struct peers *peers, uint8_t sender, uint32_t incarnation,
		 const struct sockaddr_in *from, uint64_t now_ns)
{
	struct peer *peer = &peers->at[sender];

	if (!sender || sender > peers->names->count)
		return;
	/*
	 * A datagram that an earlier life of this replica left behind must not bring its
	 * old place back.
	 */
	if (peer->incarnation && (int32_t)(incarnation - peer->incarnation) < 0)
		return;
	peer->heard_ns = now_ns;
	if (peer->known && peer->incarnation == incarnation && same_place(&peer->address, from))
		return;
	peer->incarnation = incarnation;
	peer->address = *from;
	peer->known = true;
	peers->changed |= 1u << sender;
	displace_double(peers, sender);
}

static void take_answer(struct peers *peers, unsigned id, struct in_addr address, uint64_t now_ns)
{
	struct peer *peer = &peers->at[id];
	struct sockaddr_in place = {
		.sin_family = AF_INET,
		.sin_addr = address,
		.sin_port = htons(peers->names->at[id].port),
	};
	unsigned other = find_double(peers, id, &place);

	/*
	 * What a living replica's own datagram taught is newer than a name server's
	 * answer.
	 */
	if (lives(peer, now_ns) || (other && lives(&peers->at[other], now_ns)))
		return;
	if (peer->known && same_place(&peer->address, &place))
		return;
	peer->address = place;
	peer->known = true;
	peers->changed |= 1u << id;
	displace_double(peers, id);
}

static void ask_for_silent(struct peers *peers, uint32_t expected, uint64_t now_ns)
{
	uint32_t ask = 0;
	unsigned id;

	for (id = 1; id <= peers->names->count; id++) {
		struct peer *peer = &peers->at[id];

		if (!(expected & 1u << id) || now_ns - peer->heard_ns < PEERS_SILENT_NS) {
			peer->ask_after_ns = PEERS_SILENT_NS;
			peer->ask_at_ns = now_ns + PEERS_SILENT_NS;
			continue;
		}
		if (now_ns < peer->ask_at_ns)
			continue;
		ask |= 1u << id;
		if (peer->ask_after_ns < ASK_AFTER_MAX_NS)
			peer->ask_after_ns *= 2;
		peer->ask_at_ns = now_ns + peer->ask_after_ns;
	}
	if (ask)
		resolver_ask(&peers->resolver, ask);
}

void peers_tick(struct peers *peers, uint32_t expected, uint64_t now_ns)
{
	struct in_addr answer[WIRE_MAX_REPLICAS + 1];
	uint32_t done = resolver_collect(&peers->resolver, answer);
	unsigned id;

	for (id = 1; id <= peers->names->count; id++) {
		if (done & 1u << id)
			take_answer(peers, id, answer[id], now_ns);
	}
	ask_for_silent(peers, expected, now_ns);
}

uint32_t peers_take_changed(struct peers *peers)
{
	uint32_t changed = peers->changed;

	peers->changed = 0;
	return changed;
}

const char *peers_name(const struct peers *peers, uint8_t id)
{
	return id >= 1 && id <= peers->names->count ? peers->names->at[id].host : "?";
}

void peers_close(struct peers *peers)
{
	resolver_stop(&peers->resolver);
}
