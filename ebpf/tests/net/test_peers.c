/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <poll.h>

#include "check.h"
#include "clock.h"
#include "peers.h"

#define S 1000000000ull

static struct config_peers names = {
	.count = 3,
	.at =
		{
			[1] = {.host = "127.0.0.1", .port = 1001},
			[2] = {.host = "127.0.0.2", .port = 1002},
			[3] = {.host = "127.0.0.3", .port = 1003},
		},
};
static struct peers peers;

static struct sockaddr_in place(const char *ip, uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

	inet_pton(AF_INET, ip, &address.sin_addr);
	return address;
}

/* The resolver is a thread: waits until it has answered for all. */
static bool open_resolved(void)
{
	if (peers_open(&peers, &names, 10 * S))
		return false;
	for (int i = 0; i < 2000; i++) {
		peers_tick(&peers, 0, 10 * S);
		if (peers.at[1].known && peers.at[2].known && peers.at[3].known)
			return true;
		poll(NULL, 0, 1);
	}
	return false;
}

static bool is_at(uint8_t id, const char *ip, uint16_t port)
{
	struct sockaddr_in address = place(ip, port);

	return peers.at[id].known && peers.at[id].address.sin_port == address.sin_port &&
	       peers.at[id].address.sin_addr.s_addr == address.sin_addr.s_addr;
}

/* Until the resolver, asked by peers itself, has an answer for this one that nobody took. */
static bool answer_waits(unsigned id)
{
	uint32_t done = 0;

	for (int i = 0; i < 2000 && !(done & 1u << id); i++) {
		pthread_mutex_lock(&peers.resolver.lock);
		done = peers.resolver.done;
		pthread_mutex_unlock(&peers.resolver.lock);
		poll(NULL, 0, 1);
	}
	return done & 1u << id;
}

static void names_are_resolved_and_reported_as_changes_once(void)
{
	CHECK(open_resolved());
	CHECK(is_at(2, "127.0.0.2", 1002));
	CHECK_EQ(peers_take_changed(&peers), 0xe);
	CHECK_EQ(peers_take_changed(&peers), 0);
	peers_close(&peers);
}

static void replicas_that_swapped_addresses_are_told_apart_by_their_ids(void)
{
	struct sockaddr_in two = place("127.0.0.2", 1002), three = place("127.0.0.3", 1003);

	CHECK(open_resolved());
	peers_take_changed(&peers);
	peers_heard(&peers, 2, 7, &three, 11 * S);
	peers_heard(&peers, 3, 7, &two, 11 * S);
	CHECK(is_at(2, "127.0.0.3", 1003));
	CHECK(is_at(3, "127.0.0.2", 1002));
	CHECK_EQ(peers_take_changed(&peers), 0xc);
	peers_close(&peers);
}

static void whoever_comes_to_a_place_has_it_alone(void)
{
	struct sockaddr_in two = place("127.0.0.2", 1002);

	CHECK(open_resolved());
	peers_heard(&peers, 2, 7, &two, 11 * S);
	peers_take_changed(&peers);
	/* Replica 2 is down, and replica 3 was given its address. */
	peers_heard(&peers, 3, 8, &two, 13 * S);
	CHECK(is_at(3, "127.0.0.2", 1002));
	CHECK(!peers.at[2].known);
	CHECK_EQ(peers_take_changed(&peers), 0xc);
	/* An old answer of the name server doesn't take it from who lives there. */
	CHECK(answer_waits(2));
	peers_tick(&peers, 0, 13 * S);
	CHECK(is_at(3, "127.0.0.2", 1002));
	CHECK(!peers.at[2].known);
	peers_close(&peers);
}

static void a_datagram_of_an_earlier_life_moves_nobody(void)
{
	struct sockaddr_in now = place("127.0.0.9", 1002), old = place("127.0.0.2", 1002);

	CHECK(open_resolved());
	peers_heard(&peers, 2, 100, &now, 11 * S);
	peers_take_changed(&peers);
	peers_heard(&peers, 2, 99, &old, 12 * S);
	CHECK(is_at(2, "127.0.0.9", 1002));
	CHECK_EQ(peers_take_changed(&peers), 0);
	peers_close(&peers);
}

static void a_sender_outside_the_cluster_is_ignored(void)
{
	struct sockaddr_in foreign = place("127.0.0.9", 9);

	CHECK(open_resolved());
	peers_take_changed(&peers);
	peers_heard(&peers, 4, 1, &foreign, 11 * S);
	peers_heard(&peers, 0, 1, &foreign, 11 * S);
	CHECK_EQ(peers_take_changed(&peers), 0);
	peers_close(&peers);
}

static void a_silent_replica_is_looked_up_again(void)
{
	struct sockaddr_in gone = place("127.0.0.9", 1002);
	uint64_t now_ns = 11 * S;

	CHECK(open_resolved());
	peers_heard(&peers, 2, 5, &gone, now_ns);
	for (int i = 0; i < 2000 && !is_at(2, "127.0.0.2", 1002); i++) {
		now_ns += S / 10;
		peers_tick(&peers, 1u << 2, now_ns);
		poll(NULL, 0, 1);
	}
	CHECK(is_at(2, "127.0.0.2", 1002));
	peers_close(&peers);
}

RUN_TESTS({"names are resolved and reported as changes once",
	   names_are_resolved_and_reported_as_changes_once},
	  {"replicas that swapped addresses are told apart by their ids",
	   replicas_that_swapped_addresses_are_told_apart_by_their_ids},
	  {"whoever comes to a place has it alone", whoever_comes_to_a_place_has_it_alone},
	  {"a datagram of an earlier life moves nobody",
	   a_datagram_of_an_earlier_life_moves_nobody},
	  {"a sender outside the cluster is ignored", a_sender_outside_the_cluster_is_ignored},
	  {"a silent replica is looked up again", a_silent_replica_is_looked_up_again})
