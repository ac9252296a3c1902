// SPDX-License-Identifier: Apache-2.0
/* Wishes and promises: VR Revisited 4.2, steps 1 and 2. */
#include "check.h"
#include "replica_messages.h"

static void hear_wish(uint8_t from, uint32_t view, uint32_t bound)
{
	struct vr_msg wish = {
		.type = WIRE_START_VIEW_CHANGE, .sender = from, .view = view, .op = bound};

	hear(&wish);
}

static void hear_heartbeat(void)
{
	struct vr_msg heartbeat = {.type = WIRE_COMMIT, .sender = 1};

	hear(&heartbeat);
}

static void a_silent_leader_makes_a_follower_wish_for_the_next_view(void)
{
	fixture_founded(3, 3);
	pass(VIEW_CHANGE_TICKS - 1);
	CHECK_EQ(count_sent(WIRE_START_VIEW_CHANGE), 0);
	pass(1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	CHECK(!status().ready);
	CHECK_EQ(status().view, 0);
	CHECK_EQ(count_sent(WIRE_START_VIEW_CHANGE), 2);
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 1);
}

static void a_leader_that_is_heard_from_keeps_its_followers(void)
{
	fixture_founded(3, 3);
	for (unsigned i = 0; i < 10; i++) {
		pass(VIEW_CHANGE_TICKS - 1);
		hear_heartbeat();
	}
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(count_sent(WIRE_START_VIEW_CHANGE), 0);
}

static void one_wish_alone_moves_nobody_however_long(void)
{
	fixture_founded(3, 5);
	pass(8 * VIEW_CHANGE_TICKS);
	CHECK_EQ(status().view, 0);
	CHECK_EQ(count_sent(WIRE_DO_VIEW_CHANGE), 0);
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 1);
	/* Nor does another's move one that hears its leader. */
	fixture_founded(3, 5);
	hear_wish(4, 1, 0);
	hear_wish(5, 1, 0);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(status().view, 0);
}

static void a_wish_is_withdrawn_when_the_leader_is_heard_again(void)
{
	fixture_founded(3, 3);
	pass(VIEW_CHANGE_TICKS);
	hear_heartbeat();
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(count_sent(WIRE_PREPARE_OK), 1);
	forget_sent();
	pass(2 * RESEND_TICKS);
	CHECK_EQ(count_sent(WIRE_START_VIEW_CHANGE), 0);
	/* What it missed meanwhile is as good as ever. */
	prepare(1, 0, 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 1);
}

static void f_and_one_wishes_make_a_promise(void)
{
	fixture_founded(3, 5);
	prepare(1, 0, 1);
	pass(VIEW_CHANGE_TICKS);
	hear_wish(4, 1, 0);
	CHECK_EQ(count_sent(WIRE_DO_VIEW_CHANGE), 0);
	hear_wish(4, 1, 0);
	CHECK_EQ(count_sent(WIRE_DO_VIEW_CHANGE), 0);
	hear_wish(5, 1, 0);
	CHECK_EQ(status().view, 1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	CHECK_EQ(count_sent_to(WIRE_DO_VIEW_CHANGE, 2), 1);
	CHECK_EQ(last_sent(WIRE_DO_VIEW_CHANGE)->view, 1);
	CHECK_EQ(last_sent(WIRE_DO_VIEW_CHANGE)->op, 1);
	CHECK_EQ(told_by(last_sent(WIRE_DO_VIEW_CHANGE)).last_normal, 0);
	CHECK_EQ(told_by(last_sent(WIRE_DO_VIEW_CHANGE)).hash, chain_of(1, 2, 0));
	CHECK_EQ(told_by(last_sent(WIRE_DO_VIEW_CHANGE)).lives[5], LIFE_OF(5));
}

static void wishes_for_different_views_do_not_add_up(void)
{
	fixture_founded(3, 5);
	pass(VIEW_CHANGE_TICKS);
	hear_wish(4, 1, 0);
	hear_wish(5, 2, 0);
	CHECK_EQ(status().view, 0);
	/* It joins the later wish; so will the other. */
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 2);
	hear_wish(4, 2, 0);
	CHECK_EQ(status().view, 2);
}

static void a_wish_of_long_ago_does_not_count(void)
{
	fixture_founded(3, 5);
	pass(VIEW_CHANGE_TICKS / 2 - 1);
	hear_wish(4, 1, 0);
	hear_heartbeat();
	pass(VIEW_CHANGE_TICKS);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	hear_wish(5, 1, 0);
	CHECK_EQ(status().view, 0);
}

static void one_whose_leader_is_quiet_joins_a_wish(void)
{
	fixture_founded(3, 3);
	pass(VIEW_CHANGE_TICKS / 2);
	hear_wish(2, 1, 0);
	CHECK_EQ(status().view, 1);
	CHECK_EQ(count_sent_to(WIRE_DO_VIEW_CHANGE, 2), 1);
}

static void a_leader_that_wishes_and_one_that_promised_are_joined_at_once(void)
{
	fixture_founded(3, 5);
	hear_wish(1, 1, 0);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	fixture_founded(3, 5);
	/* It is bound by view 1 and can't come back: the others have to follow. */
	hear_wish(5, 2, 1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 2);
}

static void after_a_promise_nothing_of_the_old_view_is_acknowledged(void)
{
	fixture_founded(3, 3);
	prepare(1, 0, 1);
	pass(VIEW_CHANGE_TICKS);
	hear_wish(2, 1, 0);
	CHECK_EQ(status().view, 1);
	forget_sent();
	prepare(2, 1, 2);
	hear_heartbeat();
	CHECK_EQ(count_sent(WIRE_PREPARE_OK), 0);
	CHECK_EQ(status().op, 1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	CHECK_EQ(dropped(VR_DROP_stale_view), 2);
}

static void a_promise_is_repeated_and_after_a_while_another_view_is_wanted(void)
{
	fixture_founded(3, 3);
	pass(VIEW_CHANGE_TICKS);
	hear_wish(2, 1, 0);
	forget_sent();
	pass(RESEND_TICKS);
	CHECK_EQ(count_sent_to(WIRE_DO_VIEW_CHANGE, 2), 1);
	pass(VIEW_CHANGE_TICKS - RESEND_TICKS);
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 2);
	CHECK_EQ(status().view, 1);
	hear_wish(1, 2, 0);
	CHECK_EQ(status().view, 2);
	/* It leads view 2, and was more patient with it. */
	pass(2 * VIEW_CHANGE_TICKS - 1);
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 2);
	pass(1);
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 3);
}

static void a_leader_that_nobody_answers_stops_leading(void)
{
	fixture_founded(1, 3);
	ask(1, 1, "value");
	pass(VIEW_CHANGE_TICKS);
	CHECK(!status().is_leader);
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 1);
	ask(1, 2, "value");
	CHECK_EQ(dropped(VR_DROP_not_leader), 1);
	/* It promised nothing, and goes on as soon as f answer again. */
	acknowledge(3, 1);
	CHECK(status().is_leader);
	CHECK_EQ(status().commit, 1);
}

static void the_time_that_a_process_slept_is_nobodys_silence(void)
{
	fixture_founded(3, 3);
	pass(10);
	vr_tick(replica->vr, replica->now += 100 * VIEW_CHANGE_TICKS);
	CHECK_EQ(status().health, VR_NORMAL);
	pass(VIEW_CHANGE_TICKS);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
}

RUN_TESTS({"a silent leader makes a follower wish for the next view",
	   a_silent_leader_makes_a_follower_wish_for_the_next_view},
	  {"a leader that is heard from keeps its followers",
	   a_leader_that_is_heard_from_keeps_its_followers},
	  {"one wish alone moves nobody, however long", one_wish_alone_moves_nobody_however_long},
	  {"a wish is withdrawn when the leader is heard again",
	   a_wish_is_withdrawn_when_the_leader_is_heard_again},
	  {"f + 1 wishes make a promise", f_and_one_wishes_make_a_promise},
	  {"wishes for different views do not add up", wishes_for_different_views_do_not_add_up},
	  {"a wish of long ago does not count", a_wish_of_long_ago_does_not_count},
	  {"one whose leader is quiet joins a wish", one_whose_leader_is_quiet_joins_a_wish},
	  {"a leader that wishes, and one that promised, are joined at once",
	   a_leader_that_wishes_and_one_that_promised_are_joined_at_once},
	  {"after a promise nothing of the old view is acknowledged",
	   after_a_promise_nothing_of_the_old_view_is_acknowledged},
	  {"a promise is repeated, and after a while another view is wanted",
	   a_promise_is_repeated_and_after_a_while_another_view_is_wanted},
	  {"a leader that nobody answers stops leading",
	   a_leader_that_nobody_answers_stops_leading},
	  {"the time that a process slept is nobody's silence",
	   the_time_that_a_process_slept_is_nobodys_silence})
