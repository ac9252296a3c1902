// SPDX-License-Identifier: Apache-2.0
/* What the program writes down of sampled operations: who made each copy, for whom, and when. */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "capture.h"
#include "kernel_trace.h"
#include "report.h"

#define EVERY 4
/* Ops 1..OPS are sent, so OPS / EVERY of them are sampled. */
#define OPS 40
#define RECORDS_MAX 8192

static struct trace_record records[RECORDS_MAX];
static unsigned int record_count;

static uint64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static void keep(void *ctx, const struct trace_record *record)
{
	(void)ctx;
	if (record_count < RECORDS_MAX)
		records[record_count] = *record;
	record_count++;
}

static struct kernel_trace *open_ring(struct bpf_broadcast *broadcast, uint32_t every)
{
	struct kernel_trace *trace =
		kernel_trace_open(bpf_broadcast_trace_fd(broadcast), keep, NULL);

	if (!trace)
		report_fatal("mapping the ring");
	errno = -bpf_broadcast_set_trace(broadcast, every);
	if (errno)
		report_fatal("switching the trace on");
	record_count = 0;
	return trace;
}

/* As a replica sends a first transmission: one flagged datagram, or one to each follower. */
static void send_broadcast(const struct cluster *cluster, uint8_t replicas, bool flagged,
			   struct datagram datagram)
{
	const int fd = cluster->node[CLUSTER_LEADER].udp;

	datagram.payload_bytes = 64;
	datagram.flags = flagged ? WIRE_F_CLONE : 0;
	for (uint8_t id = 2; id <= (flagged ? 2 : replicas); id++)
		cluster_send(cluster, fd, id, &datagram);
}

static unsigned int count_records(uint64_t op, enum trace_point point, uint8_t peer)
{
	unsigned int found = 0;

	for (unsigned int i = 0; i < record_count && i < RECORDS_MAX; i++)
		found +=
			records[i].op == op && records[i].point == point && records[i].peer == peer;
	return found;
}

/* The original leaves last, for the last follower; every other copy is a clone. */
static void expect_copies(uint64_t op, uint8_t replicas, bool flagged)
{
	for (uint8_t id = 2; id <= replicas; id++) {
		const bool cloned = flagged && id != replicas;

		report_equal(count_records(op, TRACE_EGRESS_CLONE, id), cloned,
			     "clones of op %llu for replica %u", (unsigned long long)op, id);
		report_equal(count_records(op, TRACE_EGRESS, id), !cloned,
			     "other copies of op %llu for replica %u", (unsigned long long)op, id);
	}
}

static void expect_times(uint64_t began_ns, uint64_t ended_ns)
{
	uint64_t last_ns = began_ns;
	unsigned int disordered = 0;

	for (unsigned int i = 0; i < record_count; i++) {
		disordered += records[i].t_ns < last_ns;
		last_ns = records[i].t_ns;
	}
	report_equal(disordered, 0, "records before the one written earlier");
	report_equal(last_ns <= ended_ns, 1, "the last record is by the caller's own clock");
}

static void test_copies(const struct cluster *cluster, uint8_t replicas, bool flagged)
{
	struct bpf_broadcast *broadcast = cluster_load(cluster, replicas, flagged);
	struct kernel_trace *trace = open_ring(broadcast, EVERY);
	struct arrivals arrivals[CLUSTER_NODES + 1];
	uint64_t began_ns = now_ns();

	report_begin("%u replicas, %s: each sampled operation leaves %u records, one per follower, "
		     "and says who made the copy",
		     replicas, flagged ? "tc_broadcast" : "baseline", replicas - 1u);
	for (uint64_t op = 1; op <= OPS; op++)
		send_broadcast(cluster, replicas, flagged,
			       (struct datagram){.op = op, .bcast_seq = op});
	kernel_trace_drain(trace);
	report_equal(record_count, OPS / EVERY * (replicas - 1u), "records");
	for (uint64_t op = 1; op <= OPS; op++) {
		if (op % EVERY == 0)
			expect_copies(op, replicas, flagged);
	}
	expect_times(began_ns, now_ns());
	report_end();
	capture_collect(cluster, arrivals);
	kernel_trace_close(trace);
	cluster_unload(cluster, broadcast);
}

static void test_others(const struct cluster *cluster)
{
	struct bpf_broadcast *broadcast = cluster_load(cluster, 3, true);
	struct kernel_trace *trace = open_ring(broadcast, EVERY);
	struct arrivals arrivals[CLUSTER_NODES + 1];

	report_begin("a heartbeat, a mark and a resend name an op and are no sampled operation");
	send_broadcast(cluster, 3, true,
		       (struct datagram){.type = WIRE_COMMIT, .op = EVERY, .bcast_seq = 1});
	send_broadcast(cluster, 3, true,
		       (struct datagram){.type = WIRE_MARK, .op = EVERY, .bcast_seq = 2});
	send_broadcast(cluster, 3, false, (struct datagram){.op = EVERY});
	kernel_trace_drain(trace);
	report_equal(record_count, 0, "records");
	send_broadcast(cluster, 3, true, (struct datagram){.op = EVERY, .bcast_seq = 3});
	kernel_trace_drain(trace);
	report_equal(record_count, 2, "records of the PREPARE after them");
	report_end();
	capture_collect(cluster, arrivals);
	kernel_trace_close(trace);
	cluster_unload(cluster, broadcast);
}

static void test_switch(const struct cluster *cluster)
{
	struct bpf_broadcast *broadcast = cluster_load(cluster, 3, true);
	struct kernel_trace *trace = open_ring(broadcast, 0);
	struct arrivals arrivals[CLUSTER_NODES + 1];

	report_begin("nothing is written before the trace is switched on, nor after it is off");
	send_broadcast(cluster, 3, true, (struct datagram){.op = EVERY, .bcast_seq = 1});
	kernel_trace_drain(trace);
	report_equal(record_count, 0, "records before");
	bpf_broadcast_set_trace(broadcast, 1);
	send_broadcast(cluster, 3, true, (struct datagram){.op = 7, .bcast_seq = 2});
	kernel_trace_drain(trace);
	report_equal(record_count, 2, "records while every operation is sampled");
	bpf_broadcast_set_trace(broadcast, 0);
	send_broadcast(cluster, 3, true, (struct datagram){.op = EVERY, .bcast_seq = 3});
	kernel_trace_drain(trace);
	report_equal(record_count, 2, "records after");
	report_end();
	capture_collect(cluster, arrivals);
	kernel_trace_close(trace);
	cluster_unload(cluster, broadcast);
}

static void test_full(const struct cluster *cluster)
{
	struct bpf_broadcast *broadcast = cluster_load(cluster, 3, true);
	struct kernel_trace *trace = open_ring(broadcast, 1);
	struct arrivals arrivals[CLUSTER_NODES + 1];
	const unsigned int sent = TRACE_RING_BYTES / sizeof(struct trace_record);
	struct bpf_broadcast_counts counts;

	report_begin(
		"a ring that nobody empties fills up, the rest is counted, and no copy is lost");
	for (uint64_t op = 1; op <= sent; op++)
		send_broadcast(cluster, 3, true, (struct datagram){.op = op, .bcast_seq = op});
	cluster_counts(broadcast, &counts);
	kernel_trace_drain(trace);
	report_equal(counts.counters[BCAST_TRACE_FULL] > 0, 1, "some had no room");
	report_equal(record_count + counts.counters[BCAST_TRACE_FULL], 2 * sent,
		     "records written and counted");
	report_equal(counts.frames[0][2] + counts.frames[0][3], 2 * sent, "frames");
	report_end();
	capture_collect(cluster, arrivals);
	kernel_trace_close(trace);
	cluster_unload(cluster, broadcast);
}

int main(void)
{
	static const uint8_t sizes[] = {3, 5, 7};
	struct cluster cluster;

	cluster_build(&cluster);
	for (size_t i = 0; i < sizeof(sizes); i++) {
		test_copies(&cluster, sizes[i], true);
		test_copies(&cluster, sizes[i], false);
	}
	test_others(&cluster);
	test_switch(&cluster);
	test_full(&cluster);
	return report_exit_code();
}
