// SPDX-License-Identifier: Apache-2.0
/* The run's course: finding the leader, holding, marks and the ways a run ends. */
#include "check.h"
#include "load_fixture.h"

static void check_finds_the_leader(void)
{
	tick_at(0);
	CHECK_EQ(count(WIRE_PROBE), 3);
	tick_at(49);
	CHECK_EQ(count(WIRE_PROBE), 3);
	receive((struct vr_msg){.type = WIRE_PROBE_OK});
	CHECK_EQ(load_phase_now(cluster.load), LOAD_WAITING);
	tick_at(50);
	CHECK_EQ(count(WIRE_PROBE), 6);
	ready();
	CHECK_EQ(load_phase_now(cluster.load), LOAD_WARMUP);
	CHECK_EQ(load_leader(cluster.load), 2);
	CHECK_EQ(count(WIRE_REQUEST), 2);
	CHECK_EQ(cluster.to[cluster.sent_count - 1], 2);
	CHECK_EQ(last(WIRE_REQUEST)->client_id, 8);
}

static void check_no_progress(void)
{
	struct load_summary summary;

	tick_at(0);
	ready();
	tick_at(1000);
	reply(0, 1, 1);
	tick_at(3999);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_WARMUP);
	tick_at(4000);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DONE);
	load_summary(cluster.load, &summary);
	CHECK_EQ(summary.ended, LOAD_NO_PROGRESS);
}

static struct load_summary summary_now(void)
{
	struct load_summary summary;

	load_summary(cluster.load, &summary);
	return summary;
}

static void check_memory_lost(void)
{
	struct vr_msg refusal = reply_message(0, 1, 0);

	refusal.flags = WIRE_F_MEMORY_LOST;
	tick_at(0);
	ready();
	reply(1, 1, 8);
	receive_from(3, refusal);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DONE);
	CHECK_EQ(summary_now().ended, LOAD_MEMORY_LOST);
	CHECK(strstr(load_end_reason(cluster.load), "replica3 refuses: "));
	CHECK(strstr(load_end_reason(cluster.load), "ops up to 8"));
}

static void check_memory_lost_before_it_began(void)
{
	tick_at(0);
	receive((struct vr_msg){.type = WIRE_PROBE_OK, .flags = WIRE_F_MEMORY_LOST});
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DONE);
	CHECK_EQ(summary_now().ended, LOAD_MEMORY_LOST);
	CHECK(strstr(load_end_reason(cluster.load), "replica2 says"));
}

/* Slot 0's second request was sent after op 8 had been named. */
static void check_op_that_was_given_before(void)
{
	tick_at(0);
	ready();
	reply(0, 1, 8);
	CHECK_EQ(last(WIRE_REQUEST)->op, 8);
	reply(1, 1, 7);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_WARMUP);
	reply(0, 2, 6);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DONE);
	CHECK_EQ(summary_now().ended, LOAD_MEMORY_LOST);
	CHECK(strstr(load_end_reason(cluster.load), "gives op 6 to request 2 of client 7, which "
						    "was sent after op 8"));
}

static void check_op_of_another_request(void)
{
	tick_at(0);
	ready();
	reply(0, 1, 8);
	reply(1, 1, 8);
	CHECK_EQ(summary_now().ended, LOAD_MEMORY_LOST);
	CHECK(strstr(load_end_reason(cluster.load), "gives op 8 to request 1 of client 8, but "
						    "another request"));
}

static void check_leader_changes(void)
{
	struct vr_msg msg = reply_message(0, 1, 1);

	tick_at(0);
	ready();
	msg.view = 5;
	receive_from(3, msg);
	CHECK_EQ(load_leader(cluster.load), 3);
	CHECK_EQ(cluster.to[cluster.sent_count - 1], 3);
	/* What the leader of an earlier view says late is a result, but nobody asks it again. */
	msg = reply_message(1, 1, 2);
	msg.view = 4;
	receive_from(2, msg);
	CHECK_EQ(load_outstanding(cluster.load), 2);
	CHECK_EQ(load_leader(cluster.load), 3);
	CHECK_EQ(cluster.to[cluster.sent_count - 1], 3);
	/* A MARK goes to the leader, and to everybody once it is late. */
	tick_at(10);
	CHECK_EQ(count(WIRE_MARK), 1);
	CHECK_EQ(cluster.to[cluster.sent_count - 1], 3);
	tick_at(30);
	CHECK_EQ(count(WIRE_MARK), 4);
	receive_from(1, (struct vr_msg){.type = WIRE_MARK_OK, .window = 1, .view = 6});
	CHECK_EQ(load_leader(cluster.load), 1);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_MEASURING);
}

static void check_unanswered_mark(void)
{
	struct load_summary summary;

	tick_at(0);
	ready();
	tick_at(10);
	mark_ok(1);
	for (uint64_t op = 1; op <= 6; op++)
		reply(op % 2, (op + 1) / 2, op);
	/* Nothing but the closing MARK is out: it too may not wait for ever. */
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DRAINING);
	tick_at(3009);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DRAINING);
	tick_at(3010);
	load_summary(cluster.load, &summary);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DONE);
	CHECK_EQ(summary.ended, LOAD_NO_PROGRESS);
	CHECK_EQ(summary.completed, 4);
}

static void check_interrupt(void)
{
	struct load_summary summary;

	tick_at(0);
	ready();
	load_interrupt(cluster.load, cluster.now);
	load_interrupt(cluster.load, cluster.now);
	load_summary(cluster.load, &summary);
	CHECK_EQ(summary.ended, LOAD_INTERRUPTED);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DONE);
	CHECK_EQ(cluster.phase_count, 3);
}

static void check_deadlines(void)
{
	CHECK(load_next_deadline_ns(cluster.load) <= cluster.now);
	tick_at(0);
	CHECK_EQ(load_next_deadline_ns(cluster.load), 5050 * MS);
	ready();
	CHECK_EQ(load_next_deadline_ns(cluster.load), 5010 * MS);
	tick_at(10);
	CHECK_EQ(load_next_deadline_ns(cluster.load), 5030 * MS);
	mark_ok(1);
	CHECK_EQ(load_next_deadline_ns(cluster.load), 5100 * MS);
}

LOAD_TEST(finds_the_leader)
LOAD_TEST(no_progress)
LOAD_TEST(memory_lost)
LOAD_TEST(memory_lost_before_it_began)
LOAD_TEST(op_that_was_given_before)
LOAD_TEST(op_of_another_request)
LOAD_TEST(leader_changes)
LOAD_TEST(unanswered_mark)
LOAD_TEST(interrupt)
LOAD_TEST(deadlines)

static void check_held(void)
{
	tick_at(0);
	ready();
	CHECK_EQ(load_phase_now(cluster.load), LOAD_HELD);
	tick_at(10000);
	CHECK_EQ(count(WIRE_REQUEST), 0);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_HELD);
	load_release(cluster.load, cluster.now);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_WARMUP);
}

static void held(void)
{
	struct load_config ours = load_config_small();

	cluster_begin(&ours, true);
	check_held();
	cluster_end();
}

static void check_duration_and_no_warmup(void)
{
	struct load_summary summary;

	tick_at(0);
	ready();
	CHECK_EQ(count(WIRE_REQUEST), 0);
	mark_ok(1);
	CHECK_EQ(count(WIRE_REQUEST), 2);
	tick_at(40);
	reply(0, 1, 1);
	CHECK_EQ(count(WIRE_REQUEST), 3);
	tick_at(60);
	reply(0, 2, 2);
	CHECK_EQ(count(WIRE_REQUEST), 3);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_MEASURING);
	reply(1, 1, 3);
	CHECK_EQ(load_phase_now(cluster.load), LOAD_DRAINING);
	load_summary(cluster.load, &summary);
	CHECK_EQ(summary.completed, 3);
}

static void duration_and_no_warmup(void)
{
	struct load_config ours = load_config_small();

	ours.requests = 0;
	ours.measure_ns = 50 * MS;
	ours.warmup_ns = 0;
	cluster_begin(&ours, false);
	check_duration_and_no_warmup();
	cluster_end();
}

static void config_bounds_are_named(void)
{
	struct load_config bad = load_config_small();

	CHECK(!load_config_error(&bad));
	bad.payload_bytes = 7;
	CHECK(strstr(load_config_error(&bad), "payload_bytes"));
	CHECK_EQ(load_memory_bytes(&bad), 0);
	bad = load_config_small();
	bad.clients = 0;
	CHECK(strstr(load_config_error(&bad), "clients"));
	bad = load_config_small();
	bad.requests = 0;
	CHECK(strstr(load_config_error(&bad), "measure_ns"));
}

RUN_TESTS({"probes until a ready leader answers, then warms up", finds_the_leader},
	  {"a silent cluster ends the run", no_progress},
	  {"a cluster that lost its memory ends the run", memory_lost},
	  {"a cluster that lost its memory is not waited for", memory_lost_before_it_began},
	  {"an op below one that was named before means lost memory", op_that_was_given_before},
	  {"an op that another request had means lost memory", op_of_another_request},
	  {"requests follow the leader of the latest view", leader_changes},
	  {"an unanswered closing MARK ends the run without progress", unanswered_mark},
	  {"an interrupt ends the run at once", interrupt},
	  {"the next deadline is the earliest", deadlines},
	  {"a held run waits for its release", held},
	  {"seconds instead of requests, without warm-up", duration_and_no_warmup},
	  {"a configuration out of bounds is named", config_bounds_are_named})
