// SPDX-License-Identifier: Apache-2.0
#include "follower_map.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "interface.h"
#include "say.h"

#define SETTLE_EVERY_NS 1000000000ull
/*
 * The kernel collects neighbour entries that nobody sends to by unicast, and
 * with clones that is the usual case. One second is enough to be asked again;
 * dropping the MAC at once would lose copies to a follower that is alive.
 */
#define DOUBT_NS 1000000000ull
/* Several heartbeats: a follower that answers none of them is no one to rely on. */
#define LIVES_NS 100000000ull

static bool is_peer(const struct follower_map *map, uint8_t id)
{
	return id != map->own_id && map->at[id].address.sin_addr.s_addr;
}

static void say_peer(struct follower_map *map, uint8_t id)
{
	const struct follower *peer = &map->at[id];
	char ip[INET_ADDRSTRLEN] = "", mac[18] = "";

	if (is_peer(map, id))
		inet_ntop(AF_INET, &peer->address.sin_addr, ip, sizeof(ip));
	if (peer->mac_known)
		snprintf(mac, sizeof(mac), "%02x:%02x:%02x:%02x:%02x:%02x", peer->mac[0],
			 peer->mac[1], peer->mac[2], peer->mac[3], peer->mac[4], peer->mac[5]);
	event_peer(map->events, &(struct event_peer){
					.peer = id,
					.name = peers_name(map->peers, id),
					.ip = ip,
					.port = ntohs(peer->address.sin_port),
					.mac = mac,
				});
}

static void push_peer(struct follower_map *map, uint8_t id)
{
	const struct follower *peer = &map->at[id];
	int err =
		bpf_broadcast_set_peer(map->program, id, peer->address.sin_addr.s_addr,
				       peer->address.sin_port, peer->mac_known ? peer->mac : NULL);

	if (err)
		say(SAY_ERROR, "bpf", "the place of %s could not be told to the program: %s",
		    peers_name(map->peers, id), strerror(-err));
	say_peer(map, id);
}

static void probe(struct follower_map *map, uint8_t id)
{
	if (map->ifindex)
		neighbours_probe(map->neighbours, map->ifindex,
				 map->at[id].address.sin_addr.s_addr);
}

/* What the neighbour table says now. True if the map had to change. */
static bool take_neighbour(struct follower_map *map, uint8_t id, const struct neighbour *found)
{
	struct follower *peer = &map->at[id];

	if (!found->known) {
		if (peer->mac_known && !peer->doubt_until_ns)
			peer->doubt_until_ns = map->now_ns + DOUBT_NS;
		probe(map, id);
		return false;
	}
	peer->doubt_until_ns = 0;
	if (peer->mac_known && !memcmp(peer->mac, found->mac, sizeof(peer->mac)))
		return false;
	memcpy(peer->mac, found->mac, sizeof(peer->mac));
	peer->mac_known = true;
	push_peer(map, id);
	return true;
}

static bool look_up(struct follower_map *map, uint8_t id)
{
	struct neighbour found;

	if (!map->ifindex || !map->at[id].address.sin_addr.s_addr)
		return false;
	if (neighbours_lookup(map->neighbours, map->ifindex, map->at[id].address.sin_addr.s_addr,
			      &found))
		return false;
	return take_neighbour(map, id, &found);
}

static void move_peer(struct follower_map *map, uint8_t id)
{
	struct follower *peer = &map->at[id];
	const struct sockaddr_in *now = &map->peers->at[id].address;

	if (!map->peers->at[id].known) {
		*peer = (struct follower){0};
		push_peer(map, id);
		return;
	}
	if (peer->address.sin_addr.s_addr != now->sin_addr.s_addr ||
	    peer->address.sin_port != now->sin_port) {
		*peer = (struct follower){.address = *now};
		push_peer(map, id);
	}
	/*
	 * A new incarnation at the old address may have another MAC: the kernel is asked
	 * to confirm it.
	 */
	probe(map, id);
	look_up(map, id);
}

static uint8_t peers_count(const struct follower_map *map)
{
	return map->peers->names->count;
}

static void on_neighbour(void *ctx, const struct neighbour *neighbour)
{
	struct follower_map *map = ctx;
	uint8_t id;

	if (neighbour->ifindex != map->ifindex)
		return;
	for (id = 1; id <= peers_count(map); id++) {
		if (is_peer(map, id) && map->at[id].address.sin_addr.s_addr == neighbour->ip)
			take_neighbour(map, id, neighbour);
	}
}

static void settle_doubts(struct follower_map *map)
{
	uint8_t id;

	for (id = 1; id <= peers_count(map); id++) {
		struct follower *peer = &map->at[id];

		if (!is_peer(map, id))
			continue;
		if (!peer->mac_known) {
			probe(map, id);
			look_up(map, id);
		} else if (peer->doubt_until_ns && map->now_ns >= peer->doubt_until_ns &&
			   !look_up(map, id) && peer->doubt_until_ns) {
			peer->doubt_until_ns = 0;
			peer->mac_known = false;
			push_peer(map, id);
		}
	}
}

void follower_map_tick(struct follower_map *map, uint32_t changed, bool readable, uint64_t now_ns)
{
	uint8_t id;

	map->now_ns = now_ns;
	if (readable && neighbours_read(map->neighbours, on_neighbour, map) == -ENOBUFS) {
		for (id = 1; id <= peers_count(map); id++)
			look_up(map, id);
	}
	for (id = 1; id <= peers_count(map); id++) {
		if (changed & 1u << id && id != map->own_id)
			move_peer(map, id);
	}
	if (now_ns >= map->settle_at_ns) {
		map->settle_at_ns = now_ns + SETTLE_EVERY_NS;
		settle_doubts(map);
	}
}

void follower_map_new_link(struct follower_map *map, uint32_t ifindex)
{
	uint8_t id;

	map->ifindex = ifindex;
	for (id = 1; id <= peers_count(map); id++) {
		if (!is_peer(map, id))
			continue;
		map->at[id].mac_known = false;
		push_peer(map, id);
		probe(map, id);
	}
}

bool follower_map_route(const struct follower_map *map, char ifname[IFNAMSIZ])
{
	uint8_t id;

	for (id = 1; id <= peers_count(map); id++) {
		if (is_peer(map, id) && interface_towards(map->at[id].address.sin_addr, ifname))
			return true;
	}
	return false;
}

/* A MAC in doubt is still used for copies, but the kernel itself would have to ask for it. */
static bool reachable(const struct follower_map *map, uint8_t id)
{
	return is_peer(map, id) && map->at[id].mac_known && !map->at[id].doubt_until_ns;
}

uint8_t follower_map_first(const struct follower_map *map, uint64_t now_ns)
{
	uint8_t latest = 0;
	uint8_t id;

	for (id = 1; id <= peers_count(map); id++) {
		uint64_t heard_ns = map->peers->at[id].heard_ns;

		if (!reachable(map, id))
			continue;
		if (heard_ns && heard_ns + LIVES_NS >= now_ns)
			return id;
		if (!latest || heard_ns > map->peers->at[latest].heard_ns)
			latest = id;
	}
	if (latest)
		return latest;
	return map->own_id == 1 ? 2 : 1;
}
