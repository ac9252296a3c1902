// SPDX-License-Identifier: Apache-2.0
/* What is measured: requests, retries, intervals, history. */
#include "check.h"
#include "load_fixture.h"
#include "log_hash.h"

/* Warm-up of 3 ops, then 4 measured ones, all answered within 3 ms. */
static void run_to_the_end(void)
{
	tick_at(0);
	ready();
	cluster.now += MS;
	reply(0, 1, 1);
	tick_at(10);
	CHECK_EQ(count(WIRE_MARK), 1);
	CHECK_EQ(last(WIRE_MARK)->window, WIRE_WINDOW_MEASURED);
	/* Again, to all three replicas: another may lead. */
	tick_at(30);
	CHECK_EQ(count(WIRE_MARK), 4);
	mark_ok(1);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_MEASURING);
	/* Both slots are still busy with the warm-up. */
	CHECK_EQ(count(WIRE_REQUEST), 3);
	tick_at(40);
	reply(0, 2, 3);
	reply(1, 1, 2);
	CHECK_EQ(count(WIRE_REQUEST), 5);
	cluster.now += 2 * MS;
	reply(0, 3, 4);
	cluster.now += MS;
	reply(1, 2, 5);
	CHECK_EQ(count(WIRE_REQUEST), 7);
	cluster.now += MS;
	reply(1, 3, 7);
	/* Four are out: no fifth. */
	CHECK_EQ(count(WIRE_REQUEST), 7);
	reply(0, 4, 6);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DRAINING);
	CHECK_EQ(last(WIRE_MARK)->window, WIRE_WINDOW_AFTER);
	CHECK_EQ(last(WIRE_MARK)->op, 7);
	mark_ok(1);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DRAINING);
	mark_ok(2);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DONE);
}

static void check_measures_exactly(void)
{
	static const enum load_phase expected[] = {LOAD_WAITING, LOAD_WARMUP, LOAD_MEASURING,
						   LOAD_DRAINING, LOAD_DONE};
	struct load_summary summary;

	CHECK_IN(run_to_the_end());
	load_summary(cluster.load, &summary);
	CHECK_EQ(summary.ended, LOAD_COMPLETE);
	CHECK_EQ(summary.requests, 4);
	CHECK_EQ(summary.completed, 4);
	CHECK_EQ(summary.timeouts, 0);
	CHECK_EQ(summary.retries, 0);
	CHECK_EQ(summary.sum_ns, (2 + 3 + 1 + 2) * MS);
	CHECK_EQ(summary.min_ns, 1 * MS);
	CHECK_EQ(summary.max_ns, 3 * MS);
	/* From the MARK's acknowledgement at 30 ms to the last reply at 44 ms. */
	CHECK_EQ(summary.duration_ns, 14 * MS);
	CHECK_EQ(cluster.phase_count, 5);
	for (unsigned i = 0; i < 5; i++)
		CHECK_EQ(cluster.phases[i], expected[i]);
	CHECK_EQ(cluster.interval_count, 2);
	CHECK_EQ(cluster.intervals[0].phase, LOAD_WARMUP);
	CHECK_EQ(cluster.intervals[0].completed, 1);
	CHECK_EQ(cluster.intervals[0].duration_us, 30000);
	CHECK_EQ(cluster.intervals[1].phase, LOAD_MEASURING);
	CHECK_EQ(cluster.intervals[1].completed, 4);
	CHECK_EQ(cluster.intervals[1].duration_us, 14000);
}

static void check_history(void)
{
	struct load_history history;

	CHECK_IN(run_to_the_end());
	load_history(cluster.load, &history);
	CHECK_EQ(history.op, 7);
	CHECK_EQ(history.operations, 7);
	CHECK(history.complete);
	CHECK(history.hash != 0);
}

static void check_history_with_a_hole(void)
{
	struct load_history history;

	tick_at(0);
	ready();
	reply(0, 1, 2);
	load_history(cluster.load, &history);
	CHECK_EQ(history.op, 2);
	CHECK(!history.complete);
	CHECK_EQ(history.hash, 0);
	reply(1, 1, 1);
	load_history(cluster.load, &history);
	CHECK(history.complete);
	/* What is too far ahead of a gap can't be kept, and is missed when the gap is closed. */
	for (uint64_t op = 4; op <= 3 + LOAD_HISTORY_OPS; op++) {
		cluster.sent_count = 0;
		reply(0, op - 2, op);
	}
	reply(1, 2, 3);
	load_history(cluster.load, &history);
	CHECK_EQ(history.operations, 3 + LOAD_HISTORY_OPS);
	CHECK(!history.complete);
}

/* Three times what the window has room for. Op 1 is the last of the first window to be told of. */
static void check_long_history(void)
{
	uint64_t ops = 3 * LOAD_HISTORY_OPS, hash;
	struct load_history history;
	uint8_t payload[PAYLOAD_MAX];

	tick_at(0);
	ready();
	hash = log_hash_next(0, 1, 7, 1, cluster.sent[3].payload, 21);
	memcpy(payload, cluster.sent[4].payload, sizeof(payload));
	for (uint64_t op = 2; op <= ops; op++) {
		hash = log_hash_next(hash, op, 8, op - 1, payload, 21);
		cluster.sent_count = 0;
		reply(1, op - 1, op);
		memcpy(payload, cluster.sent[0].payload, sizeof(payload));
		if (op == LOAD_HISTORY_OPS)
			reply(0, 1, 1);
	}
	load_history(cluster.load, &history);
	CHECK_EQ(history.op, ops);
	CHECK(history.complete);
	CHECK_EQ(history.hash, hash);
}

/*
 * One key, PUTs alone: each has to return what the one before wrote, of which the
 * fixture keeps the bytes.
 */
static void put_after_put(const char *second)
{
	struct vr_msg msg;
	char value[PAYLOAD_MAX] = {0};

	tick_at(0);
	ready();
	memcpy(value, cluster.payloads[3] + sizeof(struct kv_command), 13);
	CHECK_EQ(cluster.sent[3].type, WIRE_REQUEST);
	reply(0, 1, 1);
	msg = reply_message(1, 1, 2);
	msg.payload = (const uint8_t *)(second ? second : value);
	msg.payload_bytes = 13;
	receive(msg);
	load_interrupt(cluster.load, cluster.now);
}

static void on_one_key(const char *second, struct lin_summary *summary)
{
	struct load_config ours = load_config_small();

	ours.keys = 1;
	ours.get_percent = 0;
	cluster_begin(&ours, false);
	put_after_put(second);
	load_linearizability(cluster.load, summary);
	cluster_end();
}

static void the_history_is_judged(void)
{
	struct lin_summary summary;

	on_one_key(NULL, &summary);
	CHECK_EQ(summary.verdict, LIN_LINEARIZABLE);
	CHECK_EQ(summary.operations, 2);
	CHECK_EQ(summary.pending, 2);
	CHECK_EQ(summary.keys, 1);
	on_one_key("another value", &summary);
	CHECK_EQ(summary.verdict, LIN_VIOLATED);
	CHECK(strstr(summary.reason, "the PUT of client 1"));
}

static void check_outages(void)
{
	tick_at(0);
	ready();
	tick_at(200);
	reply(0, 1, 1);
	mark_ok(1);
	tick_at(249);
	reply(1, 1, 2);
	/* Neither warm-up nor 49 ms are told of. */
	CHECK_EQ(cluster.outage_count, 0);
	tick_at(299);
	receive_from(3, reply_message(0, 2, 3));
	CHECK_EQ(cluster.outage_count, 1);
	CHECK_EQ(cluster.outages[0].start_us, 49000);
	CHECK_EQ(cluster.outages[0].duration_us, 50000);
	CHECK_EQ(cluster.outages[0].leader_before, 2);
	CHECK_EQ(cluster.outages[0].leader_after, 3);
	tick_at(3299);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DONE);
	CHECK_EQ(cluster.outage_count, 2);
	CHECK_EQ(cluster.outages[1].start_us, 99000);
	CHECK_EQ(cluster.outages[1].duration_us, 3000000);
	CHECK_EQ(cluster.outages[1].leader_before, 3);
	CHECK_EQ(cluster.outages[1].leader_after, 0);
}

static void check_retries(void)
{
	struct load_summary summary;

	tick_at(0);
	ready();
	tick_at(10);
	mark_ok(1);
	tick_at(20);
	reply(0, 1, 1);
	reply(1, 1, 2);
	CHECK_EQ(count(WIRE_REQUEST), 4);
	tick_at(119);
	CHECK_EQ(count(WIRE_REQUEST), 4);
	tick_at(120);
	/* Each of both slots again, to all three replicas. */
	CHECK_EQ(count(WIRE_REQUEST), 10);
	CHECK_EQ(last(WIRE_REQUEST)->request, 2);
	tick_at(220);
	CHECK_EQ(count(WIRE_REQUEST), 16);
	reply(0, 2, 3);
	reply(0, 2, 3);
	load_summary(cluster.load, &summary);
	CHECK_EQ(summary.timeouts, 2);
	CHECK_EQ(summary.retries, 12);
	CHECK_EQ(summary.completed, 1);
	/* From the first send, not from the retry. */
	CHECK_EQ(summary.max_ns, 200 * MS);
	CHECK_EQ(load_outstanding(cluster.load), 2);
}

static void check_empty_intervals(void)
{
	tick_at(0);
	ready();
	tick_at(350);
	CHECK_EQ(cluster.interval_count, 3);
	CHECK_EQ(cluster.intervals[2].index, 2);
	CHECK_EQ(cluster.intervals[2].start_us, 200000);
	CHECK_EQ(cluster.intervals[2].duration_us, 100000);
	CHECK_EQ(cluster.intervals[2].completed, 0);
}

static void check_strangers(void)
{
	struct vr_msg of_replica_4 = {
		.type = WIRE_REPLY, .sender = 4, .client_id = 7, .request = 1, .op = 1};

	tick_at(0);
	ready();
	/* Another client's reply, a request not yet asked, a replica that doesn't exist. */
	reply(2, 1, 1);
	reply(UINT32_MAX, 1, 1);
	reply(0, 2, 1);
	load_receive(cluster.load, &of_replica_4, cluster.now);
	CHECK_EQ(load_outstanding(cluster.load), 2);
}

static void check_first_send(void)
{
	uint32_t client;
	uint64_t sent_ns = 0;

	tick_at(7);
	ready();
	client = last(WIRE_REQUEST)->client_id;
	CHECK(load_sent_at(cluster.load, client, 1, &sent_ns));
	CHECK_EQ(sent_ns, cluster.now);
	/* A retry changes nothing of it, as it changes nothing of the latency. */
	tick_at(110);
	CHECK(load_sent_at(cluster.load, client, 1, &sent_ns));
	CHECK_EQ(sent_ns, cluster.now - 103 * MS);
	CHECK(!load_sent_at(cluster.load, client, 2, &sent_ns));
	CHECK(!load_sent_at(cluster.load, client + 1000, 1, &sent_ns));
}

LOAD_TEST(measures_exactly)
LOAD_TEST(history)
LOAD_TEST(history_with_a_hole)
LOAD_TEST(long_history)
LOAD_TEST(outages)
LOAD_TEST(retries)
LOAD_TEST(empty_intervals)
LOAD_TEST(strangers)
LOAD_TEST(first_send)

RUN_TESTS({"exactly the asked requests are measured, from first send to reply", measures_exactly},
	  {"the history knows every op", history},
	  {"a history with a hole is not complete", history_with_a_hole},
	  {"a history of any length is chained", long_history},
	  {"the history is judged with the values that replies carry", the_history_is_judged},
	  {"an outage is told of when it ends, or with the run", outages},
	  {"retries go to every replica and are counted", retries},
	  {"an interval without a completion is told of", empty_intervals},
	  {"replies of strangers change nothing", strangers},
	  {"an outstanding request knows when it was first sent", first_send})
