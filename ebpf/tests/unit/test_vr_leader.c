// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "replica_fixture.h"

static struct replica_fixture *leader;

static void check_commit(void)
{
	const struct sent *prepare, *reply;

	send_put(leader, 9, 1, "value", 77);
	CHECK_EQ(leader->sent_count, 1);
	prepare = fixture_last(leader, WIRE_PREPARE);
	CHECK_EQ(prepare->how, SENT_BROADCAST);
	CHECK_EQ(prepare->msg.op, 1);
	CHECK_EQ(prepare->msg.bcast_seq, 1);
	CHECK_EQ(prepare->msg.client_id, 9);
	CHECK_EQ(prepare->msg.request, 1);
	send_prepare_ok(leader, 2, LIFE_OF(2), 1);
	CHECK_EQ(leader->sent_count, 1);
	CHECK_EQ(fixture_status(leader).commit, 0);
	send_prepare_ok(leader, 5, LIFE_OF(5), 1);
	reply = fixture_last(leader, WIRE_REPLY);
	CHECK(reply);
	CHECK_EQ(reply->to, 77);
	CHECK_EQ(reply->msg.op, 1);
	CHECK_EQ(reply->msg.client_id, 9);
	CHECK_EQ(reply->msg.request, 1);
	CHECK_EQ(fixture_status(leader).commit, 1);
	CHECK_EQ(leader->committed, 1);
}

static void check_retry_in_progress(void)
{
	send_put(leader, 9, 1, "value", 77);
	send_put(leader, 9, 1, "value", 78);
	CHECK_EQ(fixture_count(leader, WIRE_PREPARE), 1);
	send_prepare_ok(leader, 2, LIFE_OF(2), 1);
	CHECK_EQ(fixture_count(leader, WIRE_REPLY), 1);
	/* Answered where the retry came from. */
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->to, 78);
}

static void check_retry_of_an_executed_request(void)
{
	send_put(leader, 9, 1, "first", 77);
	send_prepare_ok(leader, 2, LIFE_OF(2), 1);
	send_put(leader, 9, 2, "second", 77);
	send_prepare_ok(leader, 2, LIFE_OF(2), 2);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->msg.payload_bytes, 5);
	fixture_forget(leader);
	send_put(leader, 9, 2, "second", 79);
	CHECK_EQ(leader->sent_count, 1);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->to, 79);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->msg.op, 2);
	CHECK(memcmp(fixture_last(leader, WIRE_REPLY)->bytes, "first", 5) == 0);
	CHECK_EQ(fixture_status(leader).op, 2);
}

static void check_older_request(void)
{
	send_put(leader, 9, 2, "value", 77);
	send_prepare_ok(leader, 2, LIFE_OF(2), 1);
	fixture_forget(leader);
	send_put(leader, 9, 1, "value", 77);
	CHECK_EQ(leader->sent_count, 0);
	CHECK_EQ(fixture_status(leader).op, 1);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_stale_request], 1);
}

static void check_bad_requests(void)
{
	struct vr_msg msg = {.type = WIRE_REQUEST, .client_id = 1, .request = 1};

	vr_receive(leader->vr, &msg, 0);
	send_put(leader, 1, 1, "seventeen letters", 0);
	send_put(leader, 1, 0, "zero", 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_bad_request], 3);
	for (uint32_t client = 1; client <= 5; client++)
		send_put(leader, client, 1, "value", 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_clients_full], 1);
	CHECK_EQ(fixture_status(leader).op, 4);
}

static void check_log_full(void)
{
	for (uint64_t request = 1; request <= 256; request++) {
		send_put(leader, 1, request, "value", 0);
		send_prepare_ok(leader, 2, LIFE_OF(2), request);
		fixture_forget(leader);
	}
	send_put(leader, 1, 257, "value", 5);
	CHECK_EQ(leader->sent_count, 1);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->msg.flags, WIRE_F_LOG_FULL);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->msg.request, 257);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->to, 5);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->msg.op, 0);
	CHECK_EQ(fixture_status(leader).commit, 256);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_log_full], 1);
	/* Refusing isn't executing: the same request is refused again, not answered. */
	send_put(leader, 1, 257, "value", 5);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->msg.flags, WIRE_F_LOG_FULL);
	/* The last one that was executed still has its reply. */
	send_put(leader, 1, 256, "value", 5);
	CHECK_EQ(fixture_last(leader, WIRE_REPLY)->msg.op, 256);
}

static void send_mark(uint8_t window, uint64_t op)
{
	struct vr_msg msg = {.type = WIRE_MARK, .window = window, .op = op};

	vr_receive(leader->vr, &msg, 6);
}

static void check_marks(void)
{
	send_mark(WIRE_WINDOW_MEASURED, 0);
	CHECK_EQ(fixture_last(leader, WIRE_MARK)->how, SENT_BROADCAST);
	CHECK_EQ(fixture_last(leader, WIRE_MARK)->msg.window, WIRE_WINDOW_MEASURED);
	CHECK_EQ(fixture_last(leader, WIRE_MARK)->msg.bcast_seq, 1);
	CHECK_EQ(fixture_last(leader, WIRE_MARK_OK)->to, 6);
	send_mark(WIRE_WINDOW_MEASURED, 0);
	CHECK_EQ(fixture_count(leader, WIRE_MARK), 1);
	CHECK_EQ(fixture_count(leader, WIRE_MARK_OK), 2);
	send_put(leader, 1, 1, "value", 0);
	CHECK_EQ(fixture_last(leader, WIRE_PREPARE)->msg.window, WIRE_WINDOW_MEASURED);
	send_mark(WIRE_WINDOW_AFTER, 1);
	CHECK_EQ(fixture_last(leader, WIRE_MARK)->msg.op, 1);
	CHECK_EQ(vr_window(leader->vr, WIRE_WINDOW_WARMUP)->broadcasts, 0);
	CHECK_EQ(vr_window(leader->vr, WIRE_WINDOW_MEASURED)->broadcasts, 2);
	CHECK_EQ(vr_window(leader->vr, WIRE_WINDOW_AFTER)->broadcasts, 1);
	/* It travels on every heartbeat after it. */
	vr_tick(leader->vr, 200);
	CHECK_EQ(fixture_last(leader, WIRE_COMMIT)->msg.op, 1);
	CHECK_EQ(fixture_last(leader, WIRE_COMMIT)->msg.window, WIRE_WINDOW_AFTER);
	send_mark(WIRE_WINDOWS, 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_out_of_window], 1);
}

static void check_mark_beyond_the_log(void)
{
	send_put(leader, 1, 1, "value", 0);
	send_mark(WIRE_WINDOW_AFTER, 500);
	CHECK_EQ(fixture_status(leader).mark_op, 1);
}

#define LEADER_TEST(name, replicas)                \
	static void name(void)                     \
	{                                          \
		leader = fixture_leader(replicas); \
		check_##name();                    \
		fixture_end(leader);               \
	}

LEADER_TEST(commit, 5)
LEADER_TEST(retry_in_progress, 3)
LEADER_TEST(retry_of_an_executed_request, 3)
LEADER_TEST(older_request, 3)
LEADER_TEST(bad_requests, 3)
LEADER_TEST(log_full, 3)
LEADER_TEST(marks, 3)
LEADER_TEST(mark_beyond_the_log, 3)

RUN_TESTS({"a request commits with f PREPARE-OKs and is answered", commit},
	  {"a retry of a request in progress is answered once, where it came from",
	   retry_in_progress},
	  {"a retry of the last executed request gets the stored reply",
	   retry_of_an_executed_request},
	  {"a request older than the last is dropped", older_request},
	  {"bad requests and too many clients are dropped and counted", bad_requests},
	  {"a full log refuses with a flag", log_full}, {"a MARK opens its window once", marks},
	  {"a MARK beyond the log is held to the log", mark_beyond_the_log})
