// SPDX-License-Identifier: Apache-2.0
/* What is measured: requests, retries, intervals, history. */
#include "check.h"
#include "load_fixture.h"

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
	tick_at(30);
	CHECK_EQ(count(WIRE_MARK), 2);
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
	/* Beyond its capacity it says so. */
	reply(0, 2, 101);
	load_history(cluster.load, &history);
	CHECK(!history.complete);
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
LOAD_TEST(retries)
LOAD_TEST(empty_intervals)
LOAD_TEST(strangers)
LOAD_TEST(first_send)

RUN_TESTS({"exactly the asked requests are measured, from first send to reply", measures_exactly},
	  {"the history knows every op", history},
	  {"a history with a hole is not complete", history_with_a_hole},
	  {"retries go to every replica and are counted", retries},
	  {"an interval without a completion is told of", empty_intervals},
	  {"replies of strangers change nothing", strangers},
	  {"an outstanding request knows when it was first sent", first_send})
