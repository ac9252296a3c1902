// SPDX-License-Identifier: Apache-2.0
/* The program does what it is for: one datagram in, one right copy per follower out. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture.h"
#include "report.h"

/* Broadcasts per window; all differ, so that a mix-up of windows shows. */
static const unsigned int per_window[WIRE_WINDOWS] = {3, 7, 2};
#define BROADCASTS 12

static uint64_t next_seq = 1;

static uint64_t send_flagged(const struct cluster *cluster, int fd, uint16_t payload_bytes)
{
	for (uint8_t window = 0; window < WIRE_WINDOWS; window++)
		for (unsigned int i = 0; i < per_window[window]; i++) {
			const struct datagram datagram = {.flags = WIRE_F_CLONE,
							  .window = window,
							  .payload_bytes = payload_bytes,
							  .op = next_seq,
							  .bcast_seq = next_seq};

			cluster_send(cluster, fd, 2, &datagram);
			next_seq++;
		}
	return next_seq - 1;
}

static void expect_one_copy_each(const struct arrivals *arrivals, uint8_t replicas,
				 uint64_t last_seq)
{
	for (uint8_t id = 2; id <= CLUSTER_NODES; id++) {
		const struct arrivals *at = &arrivals[id];
		const unsigned int wanted = id <= replicas ? BROADCASTS : 0;

		report_equal(at->frames, wanted, "frames at replica %u", id);
		report_equal(at->datagrams, wanted, "datagrams at replica %u", id);
		report_equal(at->wrong_address, 0, "wrong addresses at replica %u", id);
		report_equal(at->bad_ip_checksum, 0, "bad IP checksums at replica %u", id);
		report_equal(at->bad_udp_checksum, 0, "bad UDP checksums at replica %u", id);
		report_equal(at->damaged, 0, "damaged payloads at replica %u", id);
		report_equal(at->still_flagged, 0, "copies still flagged at replica %u", id);
		if (wanted)
			report_equal(at->last_seq, last_seq, "last bcast_seq at replica %u", id);
	}
}

static void expect_counts(struct bpf_broadcast *broadcast, uint8_t replicas)
{
	struct bpf_broadcast_counts counts;

	cluster_counts(broadcast, &counts);
	for (uint8_t window = 0; window < WIRE_WINDOWS; window++)
		for (uint8_t id = 0; id <= WIRE_MAX_REPLICAS; id++)
			report_equal(counts.frames[window][id],
				     id >= 2 && id <= replicas ? per_window[window] : 0,
				     "frames[%u][%u]", window, id);
	report_equal(counts.counters[BCAST_ORIGINALS], BROADCASTS, "originals");
	report_equal(counts.counters[BCAST_CLONES], BROADCASTS * (replicas - 2), "clones");
	report_equal(counts.counters[BCAST_CLONE_ERRORS], 0, "clone errors");
	report_equal(counts.counters[BCAST_REWRITE_ERRORS], 0, "rewrite errors");
	report_equal(counts.counters[BCAST_PEER_UNKNOWN], 0, "unknown peers");
}

static void test_size(const struct cluster *cluster, uint8_t replicas, uint16_t payload_bytes,
		      bool tx_checksum)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast *broadcast;
	uint64_t last_seq;

	report_begin("%u replicas, %u payload bytes, tx checksumming %s: every follower gets "
		     "exactly one valid copy, counted in its window",
		     replicas, payload_bytes, tx_checksum ? "on" : "off");
	cluster_set_tx_checksum(cluster, CLUSTER_LEADER, tx_checksum);
	broadcast = cluster_load(cluster, replicas, true);
	last_seq = send_flagged(cluster, cluster->node[CLUSTER_LEADER].udp, payload_bytes);
	capture_collect(cluster, arrivals);
	expect_one_copy_each(arrivals, replicas, last_seq);
	expect_counts(broadcast, replicas);
	/* Guards the test itself: the two ways of checksumming were really both taken. */
	report_equal(arrivals[replicas].left_to_device, tx_checksum ? BROADCASTS : 0,
		     "copies whose checksum is left to the device");
	cluster_unload(cluster, broadcast);
	cluster_set_tx_checksum(cluster, CLUSTER_LEADER, true);
	report_end();
}

static void test_no_checksum(const struct cluster *cluster)
{
	const int on = 1, off = 0;
	int fd = cluster->node[CLUSTER_LEADER].udp;
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast *broadcast = cluster_load(cluster, 5, true);
	uint64_t last_seq;

	report_begin("a UDP checksum of zero stays zero in every copy");
	setsockopt(fd, SOL_SOCKET, SO_NO_CHECK, &on, sizeof(on));
	last_seq = send_flagged(cluster, fd, 64);
	setsockopt(fd, SOL_SOCKET, SO_NO_CHECK, &off, sizeof(off));
	capture_collect(cluster, arrivals);
	expect_one_copy_each(arrivals, 5, last_seq);
	for (uint8_t id = 2; id <= 5; id++)
		report_equal(arrivals[id].without_checksum, BROADCASTS,
			     "copies without checksum at replica %u", id);
	expect_counts(broadcast, 5);
	report_end();
	cluster_unload(cluster, broadcast);
}

static void test_ip_options(const struct cluster *cluster)
{
	const uint8_t no_operations[8] = {1, 1, 1, 1, 1, 1, 1, 0};
	int fd = cluster->node[CLUSTER_LEADER].udp;
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast *broadcast = cluster_load(cluster, 5, true);
	uint64_t last_seq;

	report_begin("IP options are stepped over: copies and checksums are right behind them");
	cluster_set_tx_checksum(cluster, CLUSTER_LEADER, false);
	if (setsockopt(fd, IPPROTO_IP, IP_OPTIONS, no_operations, sizeof(no_operations)))
		report_fatal("setting IP options");
	last_seq = send_flagged(cluster, fd, 64);
	setsockopt(fd, IPPROTO_IP, IP_OPTIONS, NULL, 0);
	cluster_set_tx_checksum(cluster, CLUSTER_LEADER, true);
	capture_collect(cluster, arrivals);
	expect_one_copy_each(arrivals, 5, last_seq);
	expect_counts(broadcast, 5);
	report_end();
	cluster_unload(cluster, broadcast);
}

static void test_other_ports(const struct cluster *cluster)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast *broadcast = cluster_load(cluster, 3, true);
	const uint16_t port = htons(23456);
	struct datagram datagram = {.flags = WIRE_F_CLONE, .payload_bytes = 64};
	uint8_t bytes[DATAGRAM_BYTES_MAX];
	int fd = cluster_udp(cluster->node[3].ns, cluster->node[3].ip, port);
	int received = 0;

	report_begin("a follower on another port gets its copy there, software checksum valid");
	cluster_set_tx_checksum(cluster, CLUSTER_LEADER, false);
	bpf_broadcast_set_peer(broadcast, 3, cluster->node[3].ip, port, cluster->node[3].mac);
	for (unsigned int i = 0; i < BROADCASTS; i++) {
		datagram.op = datagram.bcast_seq = next_seq++;
		cluster_send(cluster, cluster->node[CLUSTER_LEADER].udp, 2, &datagram);
	}
	cluster_set_tx_checksum(cluster, CLUSTER_LEADER, true);
	capture_collect(cluster, arrivals);
	while (recv(fd, bytes, sizeof(bytes), 0) > 0)
		received++;
	report_equal(received, BROADCASTS, "datagrams on the other port");
	report_equal(arrivals[2].datagrams, BROADCASTS, "datagrams at replica 2");
	report_equal(arrivals[3].bad_udp_checksum, 0, "bad UDP checksums at replica 3");
	report_end();
	close(fd);
	cluster_unload(cluster, broadcast);
}

static void test_baseline(const struct cluster *cluster)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast *broadcast = cluster_load(cluster, 5, false);
	struct bpf_broadcast_counts counts;

	report_begin("baseline: N-1 addressed sends are counted per follower, nothing is cloned");
	/* A baseline never needs MACs; the address attributes. */
	bpf_broadcast_set_peer(broadcast, 4, cluster->node[4].ip, htons(WIRE_PORT_DEFAULT), NULL);
	for (unsigned int i = 0; i < BROADCASTS; i++, next_seq++)
		for (uint8_t id = 2; id <= 5; id++) {
			const struct datagram datagram = {.window = WIRE_WINDOW_MEASURED,
							  .payload_bytes = 64,
							  .op = next_seq,
							  .bcast_seq = next_seq};

			cluster_send(cluster, cluster->node[CLUSTER_LEADER].udp, id, &datagram);
		}
	capture_collect(cluster, arrivals);
	expect_one_copy_each(arrivals, 5, next_seq - 1);
	cluster_counts(broadcast, &counts);
	for (uint8_t id = 2; id <= 5; id++)
		report_equal(counts.frames[WIRE_WINDOW_MEASURED][id], BROADCASTS, "frames[1][%u]",
			     id);
	report_equal(counts.counters[BCAST_ORIGINALS], 0, "originals");
	report_equal(counts.counters[BCAST_CLONES], 0, "clones");
	report_equal(counts.counters[BCAST_PEER_UNKNOWN], 0, "unknown peers");
	report_end();
	cluster_unload(cluster, broadcast);
}

static void test_switch(const struct cluster *cluster)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast *broadcast = cluster_load(cluster, 5, true);
	struct bpf_broadcast_counts counts;

	report_begin("cloning switched off at run time: a flagged datagram goes where it is "
		     "addressed alone; switched on again it is cloned");
	bpf_broadcast_set_clone(broadcast, false);
	send_flagged(cluster, cluster->node[CLUSTER_LEADER].udp, 64);
	capture_collect(cluster, arrivals);
	report_equal(arrivals[2].datagrams, BROADCASTS, "datagrams at replica 2");
	report_equal(arrivals[2].still_flagged, BROADCASTS, "unchanged datagrams at replica 2");
	for (uint8_t id = 3; id <= 5; id++)
		report_equal(arrivals[id].frames, 0, "frames at replica %u", id);
	cluster_counts(broadcast, &counts);
	report_equal(counts.counters[BCAST_CLONE_OFF], BROADCASTS, "clone_off");
	report_equal(counts.counters[BCAST_CLONES], 0, "clones");
	report_equal(counts.frames[WIRE_WINDOW_MEASURED][2], per_window[1], "frames[1][2]");
	report_equal(counts.frames[WIRE_WINDOW_MEASURED][3], 0, "frames[1][3]");

	bpf_broadcast_set_clone(broadcast, true);
	send_flagged(cluster, cluster->node[CLUSTER_LEADER].udp, 64);
	capture_collect(cluster, arrivals);
	expect_one_copy_each(arrivals, 5, next_seq - 1);
	report_end();
	cluster_unload(cluster, broadcast);
}

static void test_unknown_mac(const struct cluster *cluster)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast *broadcast = cluster_load(cluster, 5, true);
	struct bpf_broadcast_counts counts;

	report_begin("a follower whose MAC is unknown gets no copy and is counted; the others do");
	bpf_broadcast_set_peer(broadcast, 5, cluster->node[5].ip, htons(WIRE_PORT_DEFAULT), NULL);
	send_flagged(cluster, cluster->node[CLUSTER_LEADER].udp, 64);
	capture_collect(cluster, arrivals);
	expect_one_copy_each(arrivals, 4, next_seq - 1);
	cluster_counts(broadcast, &counts);
	report_equal(counts.counters[BCAST_PEER_UNKNOWN], BROADCASTS, "unknown peers");
	report_equal(counts.frames[WIRE_WINDOW_MEASURED][5], 0, "frames[1][5]");
	report_equal(counts.frames[WIRE_WINDOW_MEASURED][4], per_window[1], "frames[1][4]");

	for (uint8_t id = 2; id <= 5; id++)
		bpf_broadcast_set_peer(broadcast, id, cluster->node[id].ip,
				       htons(WIRE_PORT_DEFAULT), NULL);
	send_flagged(cluster, cluster->node[CLUSTER_LEADER].udp, 64);
	capture_collect(cluster, arrivals);
	for (uint8_t id = 2; id <= 5; id++)
		report_equal(arrivals[id].frames, 0, "with no MAC known, frames at replica %u", id);
	cluster_counts(broadcast, &counts);
	report_equal(counts.counters[BCAST_PEER_UNKNOWN], BROADCASTS * 5, "unknown peers in all");
	report_end();
	cluster_unload(cluster, broadcast);
}

int main(void)
{
	static const uint8_t sizes[] = {3, 5, 7, 11, 15};
	struct cluster cluster;

	cluster_build(&cluster);
	for (size_t i = 0; i < sizeof(sizes); i++) {
		test_size(&cluster, sizes[i], 64, true);
		test_size(&cluster, sizes[i], 64, false);
		test_size(&cluster, sizes[i], WIRE_PAYLOAD_MAX, true);
		test_size(&cluster, sizes[i], WIRE_PAYLOAD_MAX, false);
	}
	test_no_checksum(&cluster);
	test_ip_options(&cluster);
	test_other_ports(&cluster);
	test_baseline(&cluster);
	test_switch(&cluster);
	test_unknown_mac(&cluster);
	return report_exit_code();
}
