// SPDX-License-Identifier: Apache-2.0
/* A follower in normal operation: VR Revisited 4.1, steps 4 and 7. */
#include "check.h"
#include "replica_messages.h"

static void a_prepare_is_acknowledged_and_the_commit_on_it_executed(void)
{
	fixture_founded(2, 3);
	prepare(1, 0, 1);
	CHECK_EQ(count_sent_to(WIRE_PREPARE_OK, 1), 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->incarnation, LIFE_OF(2));
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->bcast_seq, 0);
	CHECK_EQ(status().commit, 0);
	prepare(2, 1, 2);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 2);
	CHECK_EQ(status().commit, 1);
	CHECK_EQ(count_sent(WIRE_REPLY), 0);
}

static void a_batch_is_acknowledged_once(void)
{
	fixture_founded(2, 3);
	for (uint64_t op = 1; op <= 5; op++) {
		struct vr_msg msg = op_of_view(WIRE_PREPARE, op, 0);

		msg.sender = 1;
		msg.incarnation = LIFE_OF(1);
		msg.bcast_seq = op;
		vr_receive(replica->vr, &msg, 0);
	}
	CHECK_EQ(replica->sent_count, 0);
	vr_flush(replica->vr);
	CHECK_EQ(replica->sent_count, 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 5);
	vr_flush(replica->vr);
	CHECK_EQ(replica->sent_count, 1);
}

static void only_the_gapless_prefix_is_acknowledged_and_executed(void)
{
	fixture_founded(2, 3);
	prepare(1, 0, 1);
	prepare(3, 0, 3);
	prepare(5, 0, 5);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 1);
	prepare(6, 5, 6);
	CHECK_EQ(status().commit, 1);
	CHECK_EQ(status().highest, 6);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 1);
	prepare(2, 0, 0);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 3);
	CHECK_EQ(status().commit, 3);
	prepare(4, 0, 0);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 6);
	CHECK_EQ(status().commit, 5);
	CHECK(replica->committed_in_order);
	CHECK_EQ(replica->committed, 5);
}

static void a_duplicate_is_acknowledged_again_and_stored_once(void)
{
	fixture_founded(2, 3);
	prepare(1, 0, 1);
	forget_sent();
	prepare(1, 0, 0);
	CHECK_EQ(count_sent(WIRE_PREPARE_OK), 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 1);
	CHECK_EQ(status().op, 1);
}

static void a_heartbeat_is_acknowledged(void)
{
	struct vr_msg heartbeat = {.type = WIRE_COMMIT, .sender = 1, .bcast_seq = 2, .commit = 1};

	fixture_founded(2, 3);
	prepare(1, 0, 1);
	forget_sent();
	hear(&heartbeat);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 1);
	CHECK_EQ(status().commit, 1);
}

static void what_is_missing_is_fetched_gap_by_gap_without_a_flood(void)
{
	fixture_founded(2, 3);
	prepare(4, 0, 4);
	CHECK_EQ(last_sent(WIRE_FETCH)->op, 1);
	CHECK_EQ(last_sent(WIRE_FETCH)->request, 3);
	CHECK(!(last_sent(WIRE_FETCH)->flags & WIRE_F_ADOPT));
	prepare(7, 0, 7);
	CHECK_EQ(count_sent_to(WIRE_FETCH, 1), 1);
	pass(RESEND_TICKS);
	CHECK_EQ(count_sent(WIRE_FETCH), 2);
	for (uint64_t op = 1; op <= 3; op++)
		prepare(op, 0, 0);
	CHECK_EQ(count_sent(WIRE_FETCH), 3);
	CHECK_EQ(last_sent(WIRE_FETCH)->op, 5);
	CHECK_EQ(last_sent(WIRE_FETCH)->request, 6);
}

static void a_commit_beyond_the_log_reveals_a_gap(void)
{
	struct vr_msg heartbeat = {.type = WIRE_COMMIT, .sender = 1, .bcast_seq = 1, .commit = 100};

	fixture_founded(2, 3);
	hear(&heartbeat);
	CHECK_EQ(last_sent(WIRE_FETCH)->op, 1);
	CHECK_EQ(last_sent(WIRE_FETCH)->request, 64);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 0);
	CHECK_EQ(status().commit, 0);
}

static void what_finds_no_room_is_never_acknowledged(void)
{
	fixture_founded(2, 3);
	prepare(64, 0, 1);
	prepare(UINT64_MAX, 0, 2);
	prepare(0, 0, 3);
	CHECK_EQ(dropped(VR_DROP_out_of_window), 3);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 0);
	CHECK_EQ(status().op, 0);
}

static void only_the_leader_prepares(void)
{
	struct vr_msg msg = op_of_view(WIRE_PREPARE, 1, 0);

	fixture_founded(2, 3);
	msg.sender = 3;
	hear(&msg);
	CHECK_EQ(status().op, 0);
	CHECK_EQ(replica->sent_count, 0);
	CHECK_EQ(dropped(VR_DROP_unknown_sender), 1);
}

static void nothing_of_an_earlier_life_counts(void)
{
	struct vr_msg msg = op_of_view(WIRE_PREPARE, 1, 0);

	fixture_founded(2, 3);
	msg.sender = 1;
	msg.incarnation = LIFE_OF(1) - 1;
	hear(&msg);
	CHECK_EQ(status().op, 0);
	CHECK_EQ(dropped(VR_DROP_stale_incarnation), 1);
}

static void a_sender_that_can_not_be_is_dropped(void)
{
	struct vr_msg msg = {.type = WIRE_COMMIT, .sender = 4};

	fixture_founded(2, 3);
	hear(&msg);
	msg.sender = 2;
	hear(&msg);
	CHECK_EQ(dropped(VR_DROP_unknown_sender), 2);
}

/* Arithmetic on them would wrap; loops up to them would never end. */
static void numbers_that_nobody_ever_reaches_are_refused(void)
{
	struct vr_msg heartbeat = {.type = WIRE_COMMIT, .sender = 1, .bcast_seq = UINT64_MAX - 1};

	fixture_founded(2, 3);
	hear(&heartbeat);
	heartbeat.bcast_seq = UINT64_MAX;
	hear(&heartbeat);
	heartbeat = (struct vr_msg){.type = WIRE_COMMIT, .sender = 1, .commit = UINT64_MAX};
	hear(&heartbeat);
	heartbeat = (struct vr_msg){.type = WIRE_COMMIT, .sender = 1, .view = UINT32_MAX};
	hear(&heartbeat);
	prepare(UINT64_MAX, 0, 2);
	CHECK_EQ(dropped(VR_DROP_out_of_window), 5);
	CHECK_EQ(status().view, 0);
	CHECK_EQ(status().highest, 0);
	CHECK_EQ(replica->sent_count, 0);
}

RUN_TESTS({"a PREPARE is acknowledged and the commit on it executed",
	   a_prepare_is_acknowledged_and_the_commit_on_it_executed},
	  {"a batch is acknowledged once", a_batch_is_acknowledged_once},
	  {"only the gapless prefix is acknowledged and executed",
	   only_the_gapless_prefix_is_acknowledged_and_executed},
	  {"a duplicate is acknowledged again and stored once",
	   a_duplicate_is_acknowledged_again_and_stored_once},
	  {"a heartbeat is acknowledged", a_heartbeat_is_acknowledged},
	  {"what is missing is fetched, gap by gap, without a flood",
	   what_is_missing_is_fetched_gap_by_gap_without_a_flood},
	  {"a COMMIT beyond the log reveals a gap", a_commit_beyond_the_log_reveals_a_gap},
	  {"what finds no room is never acknowledged", what_finds_no_room_is_never_acknowledged},
	  {"numbers that nobody ever reaches are refused",
	   numbers_that_nobody_ever_reaches_are_refused},
	  {"only the leader prepares", only_the_leader_prepares},
	  {"nothing of an earlier life counts", nothing_of_an_earlier_life_counts},
	  {"a sender that can not be is dropped", a_sender_that_can_not_be_is_dropped})
