// SPDX-License-Identifier: Apache-2.0
/* A view begins at a follower: VR Revisited 4.2, step 5, and 5.2 for one that missed it. */
#include "check.h"
#include "replica_messages.h"

/* Follower 3 of 3 holds `op` ops of view 0, of which `commit` are committed. */
static void begin(uint64_t op, uint64_t commit)
{
	fixture_founded(3, 3);
	for (uint64_t at = 1; at <= op; at++)
		prepare(at, commit, at);
	forget_sent();
}

/* View 1's log: ops from `changed` on are of that view. Replica 2 leads it. */
static void hear_start_view(uint64_t op, uint64_t commit, uint64_t changed)
{
	struct told told = {.last_normal = 1, .hash = chain_of(op, changed, 1)};
	struct vr_msg start = {
		.type = WIRE_START_VIEW, .sender = 2, .view = 1, .op = op, .commit = commit};

	fixture_lives(told.lives, 3);
	hear_told(&start, &told);
}

static void hear_entry(uint64_t op, uint64_t changed)
{
	struct vr_msg entry = op_of_view(WIRE_ENTRY, op, op >= changed);

	entry.view = 1;
	entry.sender = 2;
	hear(&entry);
}

static uint64_t hash_at(uint64_t op)
{
	uint64_t hash = 0;

	return vr_hash_at(replica->vr, op, &hash) ? hash : 0;
}

static void one_that_holds_the_views_log_follows_at_once(void)
{
	begin(3, 1);
	hear_start_view(3, 2, 4);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(status().view, 1);
	CHECK_EQ(status().leader, 2);
	CHECK_EQ(count_sent(WIRE_FETCH), 0);
	/* What was prepared in earlier views is acknowledged in this one. */
	CHECK_EQ(count_sent_to(WIRE_PREPARE_OK, 2), 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 3);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->view, 1);
	CHECK_EQ(status().commit, 2);
}

static void a_tail_that_the_view_does_not_know_of_is_cut_off(void)
{
	begin(5, 1);
	hear_start_view(3, 1, 4);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(status().op, 3);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 3);
}

static void a_tail_that_differs_is_replaced_when_all_of_the_other_is_there(void)
{
	begin(5, 2);
	hear_start_view(6, 2, 4);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	CHECK_EQ(last_sent(WIRE_FETCH)->op, 3);
	CHECK_EQ(last_sent(WIRE_FETCH)->request, 6);
	for (uint64_t op = 3; op <= 5; op++)
		hear_entry(op, 4);
	CHECK_EQ(status().op, 5);
	CHECK_EQ(count_sent(WIRE_PREPARE_OK), 0);
	hear_entry(6, 4);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 6);
	hear(&(struct vr_msg){.type = WIRE_COMMIT, .sender = 2, .view = 1, .commit = 6});
	CHECK_EQ(status().commit, 6);
	CHECK_EQ(hash_at(6), chain_of(6, 4, 1));
	CHECK(replica->committed_in_order);
}

static void what_is_committed_of_it_is_executed_on_the_way(void)
{
	begin(3, 0);
	hear_start_view(5, 4, 2);
	hear_entry(1, 2);
	hear_entry(2, 2);
	CHECK_EQ(status().commit, 2);
	CHECK_EQ(hash_at(2), chain_of(2, 2, 1));
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	hear_entry(4, 2);
	CHECK_EQ(status().commit, 2);
	hear_entry(3, 2);
	CHECK_EQ(status().commit, 4);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	hear_entry(5, 2);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(status().commit, 4);
}

static void what_is_lost_on_the_way_is_asked_for_again(void)
{
	begin(0, 0);
	hear_start_view(3, 0, 4);
	hear_entry(1, 4);
	hear_entry(3, 4);
	forget_sent();
	pass(RESEND_TICKS);
	CHECK_EQ(count_sent(WIRE_FETCH), 1);
	CHECK_EQ(last_sent(WIRE_FETCH)->op, 2);
	hear_entry(2, 4);
	CHECK_EQ(status().health, VR_NORMAL);
}

static void a_leader_of_a_later_view_is_asked_for_it(void)
{
	struct vr_msg heartbeat = {.type = WIRE_COMMIT, .sender = 2, .view = 1, .commit = 1};

	begin(2, 0);
	hear(&heartbeat);
	CHECK_EQ(count_sent_to(WIRE_GET_VIEW, 2), 1);
	CHECK_EQ(last_sent(WIRE_GET_VIEW)->view, 1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	/* It is bound: nothing of view 0 is acknowledged, nor of view 1 before its log is here. */
	forget_sent();
	prepare(3, 0, 3);
	hear(&heartbeat);
	CHECK_EQ(count_sent(WIRE_PREPARE_OK), 0);
	CHECK_EQ(status().commit, 0);
	hear_start_view(2, 1, 3);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(status().commit, 1);
}

static void others_can_not_announce_a_view(void)
{
	struct vr_msg heartbeat = {.type = WIRE_COMMIT, .sender = 1, .view = 1};
	struct told told = {0};
	struct vr_msg start = {.type = WIRE_START_VIEW, .sender = 1, .view = 1};

	begin(1, 0);
	hear(&heartbeat);
	hear_told(&start, &told);
	CHECK_EQ(status().view, 0);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(dropped(VR_DROP_unknown_sender), 1);
	/* Nor can a later leader announce what can't be: more uncommitted ops than may be. */
	hear_start_view(32, 0, 33);
	CHECK_EQ(dropped(VR_DROP_bad_payload), 1);
	CHECK_EQ(status().view, 0);
}

static void a_view_announced_twice_is_entered_once(void)
{
	begin(1, 0);
	hear_start_view(1, 0, 2);
	hear_start_view(1, 0, 2);
	CHECK_EQ(replica->views_entered, 2);
	CHECK_EQ(count_sent(WIRE_PREPARE_OK), 2);
	/* And an old one not at all. */
	hear(&(struct vr_msg){.type = WIRE_START_VIEW, .sender = 1, .view = 0});
	CHECK_EQ(status().view, 1);
	CHECK_EQ(dropped(VR_DROP_stale_view), 1);
}

static void a_deposed_leader_is_told_and_its_tail_is_replaced(void)
{
	fixture_founded(1, 3);
	ask(2, 1, "in vain");
	ask(2, 2, "in vain");
	hear_start_view(1, 0, 1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	hear_entry(1, 1);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK(!status().is_leader);
	CHECK_EQ(status().op, 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 1);
}

RUN_TESTS({"one that holds the view's log follows at once",
	   one_that_holds_the_views_log_follows_at_once},
	  {"a tail that the view does not know of is cut off",
	   a_tail_that_the_view_does_not_know_of_is_cut_off},
	  {"a tail that differs is replaced when all of the other is there",
	   a_tail_that_differs_is_replaced_when_all_of_the_other_is_there},
	  {"what is committed of it is executed on the way",
	   what_is_committed_of_it_is_executed_on_the_way},
	  {"what is lost on the way is asked for again",
	   what_is_lost_on_the_way_is_asked_for_again},
	  {"a leader of a later view is asked for it", a_leader_of_a_later_view_is_asked_for_it},
	  {"others can not announce a view", others_can_not_announce_a_view},
	  {"a view announced twice is entered once", a_view_announced_twice_is_entered_once},
	  {"a deposed leader is told, and its tail is replaced",
	   a_deposed_leader_is_told_and_its_tail_is_replaced})
