// SPDX-License-Identifier: Apache-2.0
/* What must never be cloned isn't, passes unchanged, and is counted by its reason. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture.h"
#include "forged_packet.h"
#include "report.h"

#define REPLICAS 5
#define TIMES 4
/* capture_collect's own unicast datagrams. */
#define CLOSING_DATAGRAMS (CLUSTER_NODES - 1)

static struct cluster cluster;
static struct bpf_broadcast *broadcast;

static int leader_socket(void)
{
	return cluster.node[CLUSTER_LEADER].udp;
}

static struct datagram flagged(uint64_t seq)
{
	return (struct datagram){.flags = WIRE_F_CLONE,
				 .window = WIRE_WINDOW_MEASURED,
				 .payload_bytes = 64,
				 .op = seq,
				 .bcast_seq = seq};
}

/* Runs the sends against a fresh program, then checks that nothing was cloned. */
static void expect_refused(enum bcast_counter counter, uint64_t times,
			   struct arrivals arrivals[CLUSTER_NODES + 1])
{
	struct bpf_broadcast_counts counts;

	capture_collect(&cluster, arrivals);
	cluster_counts(broadcast, &counts);
	report_equal(counts.counters[counter],
		     times + (counter == BCAST_UNICAST ? CLOSING_DATAGRAMS : 0),
		     "counter of the reason");
	report_equal(counts.counters[BCAST_CLONES], 0, "clones");
	report_equal(counts.counters[BCAST_ORIGINALS], 0, "originals");
	for (uint8_t id = 1; id <= WIRE_MAX_REPLICAS; id++)
		for (uint8_t window = 0; window < WIRE_WINDOWS; window++)
			report_equal(counts.frames[window][id], 0, "frames[%u][%u]", window, id);
	for (uint8_t id = 4; id <= REPLICAS; id++)
		report_equal(arrivals[id].frames, 0, "frames at replica %u", id);
}

static void begin(const char *name)
{
	report_begin("%s", name);
	broadcast = cluster_load(&cluster, REPLICAS, true);
}

static void end(void)
{
	cluster_unload(&cluster, broadcast);
	report_end();
}

/* Each sent from the leader's own socket to replica 2, where it must arrive as it left. */
static void test_datagram(const char *name, struct datagram datagram, enum bcast_counter counter)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];

	begin(name);
	for (unsigned int i = 0; i < TIMES; i++)
		cluster_send(&cluster, leader_socket(), 2, &datagram);
	expect_refused(counter, TIMES, arrivals);
	if (datagram.bcast_seq)
		report_equal(arrivals[2].still_flagged, TIMES, "unchanged frames at replica 2");
	report_equal(arrivals[2].bad_udp_checksum, 0, "bad checksums at replica 2");
	end();
}

static void test_other_source(const char *name, uint32_t ip, uint16_t port)
{
	int fd = cluster_udp(cluster.node[CLUSTER_LEADER].ns, ip, port);
	const struct datagram datagram = flagged(1);
	struct arrivals arrivals[CLUSTER_NODES + 1];

	begin(name);
	for (unsigned int i = 0; i < TIMES; i++)
		cluster_send(&cluster, fd, 2, &datagram);
	expect_refused(BCAST_FROM_OUTSIDE, TIMES, arrivals);
	report_equal(arrivals[2].still_flagged, TIMES, "unchanged frames at replica 2");
	close(fd);
	end();
}

static void test_fragments(void)
{
	struct datagram datagram = flagged(1);
	struct arrivals arrivals[CLUSTER_NODES + 1];

	begin("fragments of a flagged datagram are never cloned");
	datagram.payload_bytes = 3000;
	for (unsigned int i = 0; i < TIMES; i++)
		cluster_send(&cluster, leader_socket(), 2, &datagram);
	/* 3000 + 64 + 8 bytes make three of 1480. */
	expect_refused(BCAST_FRAGMENT, TIMES * 3, arrivals);
	report_equal(arrivals[2].datagrams, TIMES, "reassembled datagrams at replica 2");
	report_equal(arrivals[2].damaged, 0, "damaged datagrams at replica 2");
	end();
}

static void test_gso(void)
{
	const int segment_bytes = 500, none = 0;
	struct datagram datagram = flagged(1);
	struct arrivals arrivals[CLUSTER_NODES + 1];

	begin("a GSO packet (UDP_SEGMENT) is never cloned");
	datagram.payload_bytes = 2000;
	if (setsockopt(leader_socket(), IPPROTO_UDP, UDP_SEGMENT, &segment_bytes,
		       sizeof(segment_bytes)))
		report_fatal("setting UDP_SEGMENT");
	for (unsigned int i = 0; i < TIMES; i++)
		cluster_send(&cluster, leader_socket(), 2, &datagram);
	setsockopt(leader_socket(), IPPROTO_UDP, UDP_SEGMENT, &none, sizeof(none));
	expect_refused(BCAST_GSO, TIMES, arrivals);
	report_expect(arrivals[2].datagrams >= TIMES, "replica 2 got %u segments",
		      arrivals[2].datagrams);
	end();
}

static void test_forwarded(void)
{
	const int leader = cluster.node[CLUSTER_LEADER].ns;
	const struct datagram datagram = flagged(1);
	struct arrivals arrivals[CLUSTER_NODES + 1];
	int fd;

	begin("a forwarded packet is never cloned, even with our own source address and port");
	cluster_write_sysctl(leader, "net/ipv4/ip_forward", "1");
	cluster_write_sysctl(leader, "net/ipv4/conf/all/rp_filter", "0");
	cluster_write_sysctl(leader, "net/ipv4/conf/eth0/rp_filter", "0");
	cluster_write_sysctl(leader, "net/ipv4/conf/eth0/accept_local", "1");
	cluster_write_sysctl(leader, "net/ipv4/conf/all/send_redirects", "0");
	cluster_write_sysctl(leader, "net/ipv4/conf/eth0/send_redirects", "0");
	cluster_ip(leader, "route add 10.88.0.0/24 via 10.77.0.3\n");
	cluster_ip(cluster.node[2].ns, "route add 10.88.0.0/24 via 10.77.0.1\n");
	cluster_enter(cluster.node[2].ns);
	fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
	if (fd < 0)
		report_fatal("opening a raw socket");
	for (unsigned int i = 0; i < TIMES; i++)
		forged_packet_send(fd, cluster.node[CLUSTER_LEADER].ip, inet_addr("10.88.0.9"),
				   &datagram);
	close(fd);
	expect_refused(BCAST_FROM_OUTSIDE, TIMES, arrivals);
	report_equal(arrivals[3].still_flagged, TIMES, "unchanged frames at the next hop");
	cluster_write_sysctl(leader, "net/ipv4/ip_forward", "0");
	end();
}

static void test_truncated(void)
{
	struct datagram datagram = flagged(1);
	uint8_t bytes[DATAGRAM_BYTES_MAX];
	struct arrivals arrivals[CLUSTER_NODES + 1];
	size_t length = datagram_write(bytes, &datagram);

	begin("datagrams shorter than their headers claim, or too short for one, are truncated");
	cluster_send_bytes(&cluster, leader_socket(), 2, bytes, length - 1);
	cluster_send_bytes(&cluster, leader_socket(), 2, bytes, WIRE_HEADER_BYTES - 1);
	cluster_send_bytes(&cluster, leader_socket(), 2, bytes, sizeof(uint32_t));
	expect_refused(BCAST_TRUNCATED, 3, arrivals);
	end();
}

static void test_not_ours(void)
{
	const uint8_t zeros[200] = {0};
	const uint32_t mark = BCAST_MARK_BASE | 3, none = 0;
	struct bpf_broadcast_counts counts;
	struct arrivals arrivals[CLUSTER_NODES + 1];

	begin("foreign UDP is not ours, whatever its length and mark");
	cluster_send_bytes(&cluster, leader_socket(), 2, zeros, sizeof(zeros));
	cluster_send_bytes(&cluster, leader_socket(), 2, zeros, 3);
	if (setsockopt(leader_socket(), SOL_SOCKET, SO_MARK, &mark, sizeof(mark)))
		report_fatal("setting SO_MARK");
	cluster_send_bytes(&cluster, leader_socket(), 2, zeros, sizeof(zeros));
	setsockopt(leader_socket(), SOL_SOCKET, SO_MARK, &none, sizeof(none));
	/* Before the closing datagrams, whose ARP would count here as well. */
	cluster_counts(broadcast, &counts);
	report_expect(counts.counters[BCAST_NOT_OURS] >= 3, "not_ours is %llu",
		      (unsigned long long)counts.counters[BCAST_NOT_OURS]);
	expect_refused(BCAST_TRUNCATED, 0, arrivals);
	end();
}

static void test_forged_mark(void)
{
	const uint32_t mark = BCAST_MARK_BASE | 3, none = 0;
	struct datagram datagram = flagged(1);
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast_counts counts;

	begin("a mark that isn't from our clone is ignored: an addressed copy counts for its "
	      "destination, a flagged datagram is cloned once");
	if (setsockopt(leader_socket(), SOL_SOCKET, SO_MARK, &mark, sizeof(mark)))
		report_fatal("setting SO_MARK");
	datagram.flags = 0;
	cluster_send(&cluster, leader_socket(), 2, &datagram);
	cluster_counts(broadcast, &counts);
	report_equal(counts.frames[WIRE_WINDOW_MEASURED][2], 1, "frames[1][2]");
	report_equal(counts.frames[WIRE_WINDOW_MEASURED][3], 0, "frames[1][3]");

	datagram = flagged(2);
	cluster_send(&cluster, leader_socket(), 2, &datagram);
	setsockopt(leader_socket(), SOL_SOCKET, SO_MARK, &none, sizeof(none));
	capture_collect(&cluster, arrivals);
	cluster_counts(broadcast, &counts);
	for (uint8_t id = 2; id <= REPLICAS; id++) {
		report_equal(counts.frames[WIRE_WINDOW_MEASURED][id], id == 2 ? 2 : 1,
			     "after both, frames[1][%u]", id);
		report_equal(arrivals[id].frames, id == 2 ? 2 : 1, "frames at replica %u", id);
	}
	report_equal(counts.counters[BCAST_CLONES], REPLICAS - 2, "clones");
	end();
}

static void set_view(uint32_t view, bool leads)
{
	errno = -bpf_broadcast_set_view(broadcast, view, leads);
	if (errno)
		report_fatal("setting the view");
}

static void send_of_view(uint32_t view, uint16_t flags)
{
	struct datagram datagram = flagged(1);

	datagram.view = view;
	datagram.flags = flags;
	for (unsigned int i = 0; i < TIMES; i++)
		cluster_send(&cluster, leader_socket(), 2, &datagram);
}

static void expect_one_clone_each(uint32_t view)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];

	send_of_view(view, WIRE_F_CLONE);
	capture_collect(&cluster, arrivals);
	for (uint8_t id = 2; id <= REPLICAS; id++)
		report_equal(arrivals[id].datagrams, TIMES, "of view %u, datagrams at replica %u",
			     view, id);
}

static void test_other_views(void)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];

	begin("a broadcast of an older or a newer view passes unchanged, counted as stale, flagged "
	      "or addressed; the led view's is cloned, before and after a view change");
	set_view(7, true);
	send_of_view(6, WIRE_F_CLONE);
	send_of_view(8, WIRE_F_CLONE);
	send_of_view(6, 0);
	expect_refused(BCAST_STALE_VIEW, 3 * TIMES, arrivals);
	report_equal(arrivals[2].datagrams, 3 * TIMES, "datagrams at replica 2");
	report_equal(arrivals[2].still_flagged, 2 * TIMES, "unchanged frames at replica 2");
	expect_one_clone_each(7);
	set_view(8, true);
	expect_one_clone_each(8);
	end();
}

static void test_follower(void)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];

	begin("a replica that doesn't lead clones nothing, not even of the view it is in");
	set_view(7, false);
	send_of_view(7, WIRE_F_CLONE);
	expect_refused(BCAST_STALE_VIEW, TIMES, arrivals);
	report_equal(arrivals[2].still_flagged, TIMES, "unchanged frames at replica 2");
	end();
}

static void test_unlisted_destination(void)
{
	struct datagram datagram = flagged(1);
	struct arrivals arrivals[CLUSTER_NODES + 1];

	begin("an addressed copy to a destination in no peer's entry is counted, for nobody");
	datagram.flags = 0;
	for (unsigned int i = 0; i < TIMES; i++)
		cluster_send(&cluster, leader_socket(), REPLICAS + 1, &datagram);
	expect_refused(BCAST_PEER_UNKNOWN, TIMES, arrivals);
	end();
}

int main(void)
{
	struct datagram datagram;

	cluster_build(&cluster);
	datagram = flagged(1);
	datagram.run_id = DATAGRAM_RUN_ID + 1;
	test_datagram("another run's datagram is never cloned", datagram, BCAST_FOREIGN_RUN);
	datagram = flagged(1);
	datagram.version = WIRE_VERSION + 1;
	test_datagram("another version's datagram is never cloned", datagram, BCAST_FOREIGN_RUN);
	datagram = flagged(1);
	datagram.window = WIRE_WINDOWS;
	test_datagram("a window unknown to this version is never cloned", datagram,
		      BCAST_FOREIGN_RUN);
	datagram = flagged(1);
	datagram.sender = 2;
	test_datagram("a datagram in another replica's name is never cloned", datagram,
		      BCAST_FROM_OUTSIDE);
	datagram = flagged(0);
	test_datagram("a flagged datagram without bcast_seq is unicast", datagram, BCAST_UNICAST);

	cluster_ip(cluster.node[CLUSTER_LEADER].ns, "addr add 10.77.0.101/24 dev eth0\n");
	test_other_source("a flagged datagram from another source port is never cloned",
			  cluster.node[CLUSTER_LEADER].ip, htons(WIRE_PORT_DEFAULT + 1));
	test_other_source("a flagged datagram from another source address is never cloned",
			  inet_addr("10.77.0.101"), htons(WIRE_PORT_DEFAULT));
	test_fragments();
	test_gso();
	test_forwarded();
	test_truncated();
	test_not_ours();
	test_forged_mark();
	test_other_views();
	test_follower();
	test_unlisted_destination();
	return report_exit_code();
}
