// SPDX-License-Identifier: Apache-2.0
/*
 * Malformed, forged and random frames through the egress hook: each leaves once and
 * as it was, unless it is a broadcast of the leader's; and each is counted once.
 * usage: netns_packet_fuzz [SEED]
 */
#include <arpa/inet.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cluster.h"
#include "forged_packet.h"
#include "fuzz_frame.h"
#include "report.h"
#include "wire_tap.h"

#define REPLICAS 5
#define FRAMES_OF_A_KIND 400
#define FORWARDED 300
#define SEED_DEFAULT 20160412

static struct cluster cluster;
static struct wire_tap tap;
static struct bpf_broadcast *broadcast;
static unsigned long long seed = SEED_DEFAULT;

/* When a behaviour began. */
static struct {
	struct bpf_broadcast_counts counts;
	uint64_t strangers;
} before;

/* What came of the frames of one kind. */
struct tally {
	uint64_t put;
	uint64_t left; /* copies of them that came out */
	uint64_t clonable; /* as fuzz_frame_may_be_cloned judges */
};

static struct fuzz_leader leader(void)
{
	return (struct fuzz_leader){
		.ip = cluster.node[CLUSTER_LEADER].ip,
		.port = htons(WIRE_PORT_DEFAULT),
		.run_id = htobe64(DATAGRAM_RUN_ID),
		.id = CLUSTER_LEADER,
	};
}

static uint64_t all_frames(const struct bpf_broadcast_counts *counts)
{
	uint64_t sum = 0;

	for (int window = 0; window < WIRE_WINDOWS; window++)
		for (int id = 1; id <= WIRE_MAX_REPLICAS; id++)
			sum += counts->frames[window][id];
	return sum;
}

/* Each packet that came to the hook is in exactly one of these. All peers are known here. */
static uint64_t packets_counted(const struct bpf_broadcast_counts *counts)
{
	static const enum bcast_counter ways[] = {
		BCAST_NOT_OURS,	    BCAST_FOREIGN_RUN,	  BCAST_UNICAST,
		BCAST_FROM_OUTSIDE, BCAST_STALE_VIEW,	  BCAST_FRAGMENT,
		BCAST_GSO,	    BCAST_TRUNCATED,	  BCAST_ORIGINALS,
		BCAST_PEER_UNKNOWN, BCAST_REWRITE_ERRORS,
	};
	/* Broadcasts that were addressed one by one: a frame of one follower each. */
	uint64_t sum = all_frames(counts) - counts->counters[BCAST_ORIGINALS] -
		       counts->counters[BCAST_CLONES];

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		sum += counts->counters[ways[i]];
	return sum;
}

/* Since then. */
static struct bpf_broadcast_counts counted(void)
{
	struct bpf_broadcast_counts counts;

	cluster_counts(broadcast, &counts);
	for (int window = 0; window < WIRE_WINDOWS; window++)
		for (int id = 0; id <= WIRE_MAX_REPLICAS; id++)
			counts.frames[window][id] -= before.counts.frames[window][id];
	for (int counter = 0; counter < BCAST_COUNTER_END; counter++)
		counts.counters[counter] -= before.counts.counters[counter];
	return counts;
}

/* Frames that the hook saw besides: those that end a look, and the kernel's own. */
static uint64_t strangers(void)
{
	return tap.closings + tap.foreign - before.strangers;
}

static void expect_left(const uint8_t *frame, size_t length, struct tally *tally)
{
	const struct fuzz_leader right = leader();
	const bool clonable = fuzz_frame_may_be_cloned(frame, length, &right);
	struct wire_seen seen;

	wire_tap_put(&tap, frame, length);
	seen = wire_tap_look(&tap, fuzz_mac, 0);
	report_equal(seen.frames, clonable ? REPLICAS - 1 : 1, "copies of frame %llu, %zu bytes",
		     (unsigned long long)tally->put, length);
	if (!clonable)
		report_expect(seen.first_bytes == length && !memcmp(seen.first, frame, length),
			      "frame %llu was changed", (unsigned long long)tally->put);
	tally->put++;
	tally->left += seen.frames;
	tally->clonable += clonable;
}

static void expect_counts(enum fuzz_kind kind, const struct tally *tally)
{
	const enum bcast_counter counter = fuzz_kind_counter(kind);
	const struct bpf_broadcast_counts counts = counted();

	report_equal(packets_counted(&counts), tally->put + strangers(), "packets counted");
	report_equal(counts.counters[BCAST_ORIGINALS], tally->clonable, "originals");
	report_equal(counts.counters[BCAST_CLONES], tally->clonable * (REPLICAS - 2), "clones");
	report_equal(counts.counters[BCAST_CLONE_ERRORS], 0, "clone errors");
	report_equal(counts.counters[BCAST_REWRITE_ERRORS], 0, "rewrite errors");
	report_equal(tally->left, tally->put + counts.counters[BCAST_CLONES], "frames that left");
	if (counter != BCAST_COUNTER_END)
		report_equal(counts.counters[counter],
			     tally->put + (counter == BCAST_NOT_OURS ? strangers() : 0),
			     "the counter of the reason");
}

static void begin(void)
{
	cluster_counts(broadcast, &before.counts);
	before.strangers = tap.closings + tap.foreign;
}

static void test_kind(enum fuzz_kind kind)
{
	const struct fuzz_leader right = leader();
	uint64_t random = seed + kind;
	struct tally tally = {0};
	uint8_t frame[FUZZ_FRAME_BYTES_MAX];

	report_begin("%d frames, %s (seed %llu): none leaves more often than it may, each is "
		     "counted once",
		     FRAMES_OF_A_KIND, fuzz_kind_name(kind), seed);
	begin();
	for (int i = 0; i < FRAMES_OF_A_KIND; i++)
		expect_left(frame, fuzz_frame_write(frame, kind, &right, &random), &tally);
	expect_counts(kind, &tally);
	report_end();
}

static void let_leader_forward(void)
{
	const int ns = cluster.node[CLUSTER_LEADER].ns;

	cluster_write_sysctl(ns, "net/ipv4/ip_forward", "1");
	cluster_write_sysctl(ns, "net/ipv4/conf/all/rp_filter", "0");
	cluster_write_sysctl(ns, "net/ipv4/conf/eth0/rp_filter", "0");
	cluster_write_sysctl(ns, "net/ipv4/conf/eth0/accept_local", "1");
	cluster_write_sysctl(ns, "net/ipv4/conf/all/send_redirects", "0");
	cluster_write_sysctl(ns, "net/ipv4/conf/eth0/send_redirects", "0");
	cluster_ip(ns, "route add 10.88.0.0/24 via 10.77.0.3\n");
	cluster_ip(cluster.node[2].ns, "route add 10.88.0.0/24 via 10.77.0.1\n");
}

/* Flagged broadcasts that differ in all that a sender is free to choose. */
static void send_forwarded(uint32_t target)
{
	int fd;

	cluster_enter(cluster.node[2].ns);
	fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
	if (fd < 0)
		report_fatal("opening a raw socket");
	for (unsigned int i = 0; i < FORWARDED; i++) {
		const struct datagram datagram = {
			.type = 1 + i % (WIRE_TYPE_END - 1),
			.flags = WIRE_F_CLONE | i << 1,
			.sender = 1 + i % 3,
			.window = i % WIRE_WINDOWS,
			.payload_bytes = i * 4,
			.view = i % 2,
			.op = i,
			.bcast_seq = 1 + i,
		};

		/* Every other one claims the leader's own address. */
		forged_packet_send(fd, cluster.node[i % 2 ? CLUSTER_LEADER : 4].ip, target,
				   &datagram);
	}
	close(fd);
}

static void test_forwarded(void)
{
	static const uint8_t nobody[6];
	const uint32_t target = inet_addr("10.88.0.9");
	struct bpf_broadcast_counts counts;
	struct wire_seen seen;

	report_begin("%d flagged broadcasts from outside that the leader only forwards leave once "
		     "each, counted as from outside",
		     FORWARDED);
	let_leader_forward();
	begin();
	send_forwarded(target);
	seen = wire_tap_look(&tap, nobody, target);
	counts = counted();
	report_equal(seen.frames, FORWARDED, "frames that left");
	report_equal(counts.counters[BCAST_FROM_OUTSIDE], FORWARDED, "from outside");
	report_equal(counts.counters[BCAST_CLONES], 0, "clones");
	report_equal(packets_counted(&counts), FORWARDED + strangers(), "packets counted");
	report_end();
}

int main(int argc, char **argv)
{
	if (argc > 1)
		seed = strtoull(argv[1], NULL, 0);
	cluster_build(&cluster);
	broadcast = cluster_load(&cluster, REPLICAS, true);
	wire_tap_open(&tap, &cluster);
	for (int kind = 0; kind < FUZZ_KINDS_END; kind++)
		test_kind(kind);
	test_forwarded();
	wire_tap_close(&tap);
	cluster_unload(&cluster, broadcast);
	return report_exit_code();
}
