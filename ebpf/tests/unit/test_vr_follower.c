// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "replica_fixture.h"

static struct replica_fixture *follower;

static const struct vr_msg *last_ok(void)
{
	return &fixture_last(follower, WIRE_PREPARE_OK)->msg;
}

static void check_acknowledges(void)
{
	send_prepare(follower, 1, 0, 1);
	CHECK_EQ(follower->sent_count, 1);
	CHECK_EQ(last_ok()->op, 1);
	CHECK_EQ(last_ok()->sender, 2);
	CHECK_EQ(last_ok()->incarnation, LIFE_OF(2));
	CHECK_EQ(last_ok()->request, LEADER_LIFE);
	CHECK_EQ(last_ok()->bcast_seq, 0);
	CHECK_EQ(fixture_status(follower).commit, 0);
	send_prepare(follower, 2, 1, 2);
	CHECK_EQ(last_ok()->op, 2);
	CHECK_EQ(fixture_status(follower).commit, 1);
}

static void check_batch(void)
{
	for (uint64_t op = 1; op <= 5; op++) {
		struct vr_msg msg = {
			.type = WIRE_PREPARE,
			.sender = 1,
			.incarnation = LEADER_LIFE,
			.op = op,
			.bcast_seq = op,
			.payload_bytes = 8,
			.payload = (const uint8_t *)"\1\0\0\0\0\0\0\1",
		};

		vr_receive(follower->vr, &msg, 0);
	}
	CHECK_EQ(follower->sent_count, 0);
	vr_flush(follower->vr);
	CHECK_EQ(follower->sent_count, 1);
	CHECK_EQ(last_ok()->op, 5);
	vr_flush(follower->vr);
	CHECK_EQ(follower->sent_count, 1);
}

static void check_gapless_prefix(void)
{
	send_prepare(follower, 1, 0, 1);
	send_prepare(follower, 3, 0, 3);
	send_prepare(follower, 5, 0, 5);
	CHECK_EQ(last_ok()->op, 1);
	CHECK_EQ(fixture_status(follower).op, 1);
	/* A commit beyond the gap executes the prefix alone. */
	send_prepare(follower, 6, 5, 6);
	CHECK_EQ(fixture_status(follower).commit, 1);
	CHECK_EQ(last_ok()->op, 1);
	send_prepare(follower, 2, 0, 0);
	CHECK_EQ(last_ok()->op, 3);
	CHECK_EQ(fixture_status(follower).commit, 3);
	send_prepare(follower, 4, 0, 0);
	CHECK_EQ(last_ok()->op, 6);
	CHECK_EQ(fixture_status(follower).commit, 5);
	CHECK(follower->committed_in_order);
	CHECK_EQ(follower->committed, 5);
}

static void check_duplicate(void)
{
	send_prepare(follower, 1, 0, 1);
	fixture_forget(follower);
	send_prepare(follower, 1, 0, 0);
	CHECK_EQ(follower->sent_count, 1);
	CHECK_EQ(last_ok()->op, 1);
	CHECK_EQ(fixture_status(follower).op, 1);
}

static void check_fetch(void)
{
	const struct vr_msg *fetch;

	send_prepare(follower, 4, 0, 4);
	fetch = &fixture_last(follower, WIRE_FETCH)->msg;
	CHECK_EQ(fetch->op, 1);
	CHECK_EQ(fetch->request, 3);
	/* Once asked, not again before resend_ticks, unless what was asked for came. */
	send_prepare(follower, 7, 0, 7);
	CHECK_EQ(fixture_count(follower, WIRE_FETCH), 1);
	vr_tick(follower->vr, 10);
	send_prepare(follower, 8, 0, 8);
	CHECK_EQ(fixture_count(follower, WIRE_FETCH), 2);
	for (uint64_t op = 1; op <= 3; op++)
		send_prepare(follower, op, 0, 0);
	CHECK_EQ(fixture_count(follower, WIRE_FETCH), 3);
	fetch = &fixture_last(follower, WIRE_FETCH)->msg;
	CHECK_EQ(fetch->op, 5);
	CHECK_EQ(fetch->request, 6);
}

static void check_commit_reveals_a_gap(void)
{
	struct vr_msg commit = {.type = WIRE_COMMIT, .commit = 100, .bcast_seq = 1};

	send_from_leader(follower, &commit);
	CHECK_EQ(fixture_last(follower, WIRE_FETCH)->msg.op, 1);
	CHECK_EQ(fixture_last(follower, WIRE_FETCH)->msg.request, 64);
	CHECK_EQ(fixture_count(follower, WIRE_PREPARE_OK), 0);
}

static void check_full(void)
{
	send_prepare(follower, 257, 0, 1);
	send_prepare(follower, UINT64_MAX, 0, 2);
	CHECK_EQ(fixture_status(follower).drops[VR_DROP_log_full], 2);
	send_prepare(follower, 0, 0, 3);
	CHECK_EQ(fixture_status(follower).drops[VR_DROP_out_of_window], 1);
	CHECK_EQ(follower->sent_count, 0);
}

static void check_marks(void)
{
	struct vr_msg mark = {.type = WIRE_MARK, .window = 1, .bcast_seq = 1};
	struct vr_msg heartbeat = {.type = WIRE_COMMIT, .window = 2, .bcast_seq = 3, .op = 9};

	send_from_leader(follower, &mark);
	CHECK_EQ(fixture_status(follower).window, 1);
	/* MARK(2) with bcast_seq 2 is lost: the heartbeat after it heals. */
	send_from_leader(follower, &heartbeat);
	CHECK_EQ(fixture_status(follower).window, 2);
	CHECK_EQ(fixture_status(follower).mark_op, 9);
	send_from_leader(follower, &mark);
	CHECK_EQ(fixture_status(follower).window, 2);
}

static void check_client_messages(void)
{
	struct vr_msg probe = {.type = WIRE_PROBE};

	send_put(follower, 1, 1, "value", 5);
	CHECK_EQ(follower->sent_count, 0);
	CHECK_EQ(fixture_status(follower).drops[VR_DROP_not_leader], 1);
	vr_receive(follower->vr, &probe, 5);
	CHECK_EQ(fixture_last(follower, WIRE_PROBE_OK)->msg.flags, 0);
	CHECK_EQ(fixture_last(follower, WIRE_PROBE_OK)->to, 5);
}

static void check_only_the_leader_prepares(void)
{
	struct vr_msg msg = {.type = WIRE_PREPARE, .sender = 3, .incarnation = LIFE_OF(3), .op = 1};

	vr_receive(follower->vr, &msg, 0);
	vr_flush(follower->vr);
	CHECK_EQ(follower->sent_count, 0);
	CHECK_EQ(fixture_status(follower).drops[VR_DROP_unknown_sender], 1);
}

#define FOLLOWER_TEST(name)                     \
	static void name(void)                  \
	{                                       \
		follower = fixture_follower(2); \
		check_##name();                 \
		fixture_end(follower);          \
	}

FOLLOWER_TEST(acknowledges)
FOLLOWER_TEST(batch)
FOLLOWER_TEST(gapless_prefix)
FOLLOWER_TEST(duplicate)
FOLLOWER_TEST(fetch)
FOLLOWER_TEST(commit_reveals_a_gap)
FOLLOWER_TEST(full)
FOLLOWER_TEST(marks)
FOLLOWER_TEST(client_messages)
FOLLOWER_TEST(only_the_leader_prepares)

RUN_TESTS({"a PREPARE is acknowledged and the commit on it executed", acknowledges},
	  {"a batch is acknowledged once", batch},
	  {"only the gapless prefix is acknowledged and executed", gapless_prefix},
	  {"a duplicate PREPARE is acknowledged again and stored once", duplicate},
	  {"missing PREPAREs are fetched, gap by gap, without a flood", fetch},
	  {"a COMMIT beyond the log reveals a gap", commit_reveals_a_gap},
	  {"ops outside the log are dropped and never acknowledged", full},
	  {"windows follow the leader's broadcasts and a lost MARK heals", marks},
	  {"a follower refuses requests and answers probes", client_messages},
	  {"only the leader's PREPAREs count", only_the_leader_prepares})
