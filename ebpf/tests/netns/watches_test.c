// SPDX-License-Identifier: Apache-2.0
/* The watches: an interface that goes and returns, an address that changes, MACs that become known. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "capture.h"
#include "link_watch.h"
#include "neighbours.h"
#include "report.h"

#define REPLICAS 3

static struct cluster cluster;

static int leader_ns(void)
{
	return cluster.node[CLUSTER_LEADER].ns;
}

struct seen {
	unsigned int gone, back, address;
	struct link_state last;
};

static void note_link(void *ctx, enum link_event event, const struct link_state *state)
{
	struct seen *seen = ctx;

	seen->gone += event == LINK_GONE;
	seen->back += event == LINK_BACK;
	seen->address += event == LINK_ADDRESS;
	seen->last = *state;
}

/* The interface as `docker network disconnect` and `connect` would take and give it. */
static void test_interface_returns(void)
{
	struct node *leader = &cluster.node[CLUSTER_LEADER];
	struct bpf_broadcast *broadcast = cluster_load(&cluster, REPLICAS, true);
	char error[BPF_BROADCAST_ERROR_BYTES] = "";
	struct link_watch *watch = link_watch_open("eth0", error, sizeof(error));
	struct seen seen = {0};

	report_begin("the interface goes and comes back: both are told, the program is attached "
		     "again and clones");
	if (!watch)
		report_fatal("%s", error);
	report_equal(link_watch_state(watch)->ip, leader->ip, "address at first");
	cluster_ip(leader->ns, "link del eth0\n");
	link_watch_read(watch, note_link, &seen);
	report_equal(seen.gone, 1, "gone");
	report_equal(seen.back + seen.address, 0, "other events");
	report_equal(bpf_broadcast_attached(broadcast), (unsigned long long)-ENODEV, "attached");
	cluster_enter(leader->ns);
	report_expect(bpf_broadcast_attach(broadcast, leader->ifindex, error, sizeof(error)) < 0,
		      "attaching to nothing should fail");
	report_expect(strstr(error, "the interface is gone") != NULL, "error text: %s", error);

	/* Under a passing name first, as Docker's network library does. */
	cluster_ip(cluster.hub,
		   "link add p1 type veth peer name new0 netns /proc/%d/fd/%d\n"
		   "link set p1 master bridge0 up\n",
		   getpid(), leader->ns);
	link_watch_read(watch, note_link, &seen);
	report_equal(seen.back, 0, "back before the interface bears its name");
	cluster_ip(leader->ns, "link set new0 name eth0\nlink set eth0 up\n");
	link_watch_read(watch, note_link, &seen);
	report_equal(seen.back, 1, "back");
	report_expect(seen.last.ifindex && seen.last.ifindex != leader->ifindex,
		      "the index should be a new one, not %u", seen.last.ifindex);
	cluster_ip(leader->ns, "addr add 10.77.0.1/24 dev eth0\n");
	link_watch_read(watch, note_link, &seen);
	report_equal(seen.address, 1, "address changes");
	report_equal(seen.last.ip, leader->ip, "address");

	leader->ifindex = seen.last.ifindex;
	cluster_enter(leader->ns);
	report_expect(!bpf_broadcast_attach(broadcast, leader->ifindex, error, sizeof(error)), "%s",
		      error);
	capture_expect_broadcast(&cluster, broadcast, REPLICAS);
	link_watch_close(watch);
	cluster_unload(&cluster, broadcast);
	report_end();
}

static void test_address_changes(void)
{
	const uint32_t other = inet_addr("10.77.0.102");
	struct bpf_broadcast *broadcast = cluster_load(&cluster, REPLICAS, true);
	char error[BPF_BROADCAST_ERROR_BYTES];
	struct link_watch *watch;
	struct bpf_broadcast_counts counts;
	struct seen seen = {0};
	int fd;
	const struct datagram datagram = {.flags = WIRE_F_CLONE, .op = 1, .bcast_seq = 1};
	struct arrivals arrivals[CLUSTER_NODES + 1];

	report_begin("our address changes: it is told, and cloning follows it");
	watch = link_watch_open("eth0", error, sizeof(error));
	if (!watch)
		report_fatal("%s", error);
	cluster_ip(leader_ns(),
		   "addr del 10.77.0.1/24 dev eth0\naddr add 10.77.0.102/24 dev eth0\n");
	report_equal(link_watch_read(watch, note_link, &seen), 1, "events");
	report_equal(seen.last.ip, other, "address");
	bpf_broadcast_set_own(broadcast, other);
	fd = cluster_udp(leader_ns(), other, htons(WIRE_PORT_DEFAULT));
	cluster_send(&cluster, fd, 2, &datagram);
	cluster_counts(broadcast, &counts);
	report_equal(counts.counters[BCAST_ORIGINALS], 1, "originals");
	report_equal(counts.counters[BCAST_CLONES], REPLICAS - 2, "clones");
	close(fd);
	cluster_ip(leader_ns(),
		   "addr del 10.77.0.102/24 dev eth0\naddr add 10.77.0.1/24 dev eth0\n");
	capture_collect(&cluster, arrivals);
	for (uint8_t id = 2; id <= REPLICAS; id++)
		report_equal(arrivals[id].datagrams, 1, "datagrams at replica %u", id);
	link_watch_close(watch);
	cluster_unload(&cluster, broadcast);
	report_end();
}

struct heard {
	uint32_t ip;
	unsigned int changes;
	struct neighbour last;
};

static void note_neighbour(void *ctx, const struct neighbour *neighbour)
{
	struct heard *heard = ctx;

	if (neighbour->ip != heard->ip)
		return;
	heard->changes++;
	heard->last = *neighbour;
}

/* Reads changes until this neighbour is (un)known, two seconds at most. */
static bool wait_neighbour(struct neighbours *neighbours, struct heard *heard, bool known)
{
	struct pollfd poll_fd = {.fd = neighbours_fd(neighbours), .events = POLLIN};

	do {
		if (poll(&poll_fd, 1, 2000) != 1)
			return false;
		neighbours_read(neighbours, note_neighbour, heard);
	} while (!heard->changes || heard->last.known != known);
	return true;
}

static void test_neighbours(void)
{
	const uint32_t ifindex = cluster.node[CLUSTER_LEADER].ifindex;
	const struct node *peer = &cluster.node[6];
	const uint8_t typed[6] = {2, 0, 0, 0, 0, 9};
	char error[BPF_BROADCAST_ERROR_BYTES];
	struct heard heard = {.ip = peer->ip};
	struct neighbours *neighbours;
	struct neighbour found;

	report_begin(
		"a neighbour is unknown, resolved by a probe, changed and removed; each is told");
	cluster_enter(leader_ns());
	cluster_ip(leader_ns(), "neigh flush dev eth0\n");
	neighbours = neighbours_open(error, sizeof(error));
	if (!neighbours)
		report_fatal("%s", error);
	report_equal(neighbours_lookup(neighbours, ifindex, peer->ip, &found), 0, "lookup");
	report_expect(!found.known, "known before anything was sent");
	report_equal(neighbours_probe(neighbours, ifindex, peer->ip), 0, "probe");
	report_expect(wait_neighbour(neighbours, &heard, true), "no news after the probe");
	report_expect(!memcmp(heard.last.mac, peer->mac, 6), "the news bears another MAC");
	report_equal(neighbours_lookup(neighbours, ifindex, peer->ip, &found), 0, "lookup");
	report_expect(found.known && !memcmp(found.mac, peer->mac, 6), "lookup has another MAC");

	heard.changes = 0;
	cluster_ip(leader_ns(), "neigh replace 10.77.0.6 lladdr 02:00:00:00:00:09 dev eth0\n");
	report_expect(wait_neighbour(neighbours, &heard, true), "no news of the change");
	report_expect(!memcmp(heard.last.mac, typed, 6), "the change bears another MAC");
	heard.changes = 0;
	cluster_ip(leader_ns(), "neigh del 10.77.0.6 dev eth0\n");
	report_expect(wait_neighbour(neighbours, &heard, false), "no news of the removal");
	report_equal(neighbours_lookup(neighbours, ifindex, peer->ip, &found), 0, "lookup");
	report_expect(!found.known, "still known after removal");
	neighbours_close(neighbours);
	report_end();
}

int main(void)
{
	cluster_build(&cluster);
	test_neighbours();
	test_address_changes();
	test_interface_returns();
	return report_exit_code();
}
