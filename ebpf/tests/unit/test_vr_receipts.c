// SPDX-License-Identifier: Apache-2.0
/* Receipts: distinct bcast_seqs of a view that arrived at a follower, by the window that the leader stamped. */
#include "check.h"
#include "replica_messages.h"

static void broadcast_in(uint32_t view, uint64_t bcast_seq, uint8_t window)
{
	struct vr_msg msg = {.type = WIRE_COMMIT,
			     .sender = (uint8_t)(view % 3 + 1),
			     .view = view,
			     .bcast_seq = bcast_seq,
			     .window = window};

	hear(&msg);
	forget_sent();
}

static void broadcast(uint64_t bcast_seq, uint8_t window)
{
	broadcast_in(0, bcast_seq, window);
}

static uint64_t receipts(enum wire_window window)
{
	return vr_window(replica->vr, window)->receipts;
}

static uint64_t duplicates(enum wire_window window)
{
	return vr_window(replica->vr, window)->duplicates;
}

static void receipts_are_counted_in_the_window_that_the_leader_stamped(void)
{
	fixture_founded(3, 3);
	broadcast(1, 0);
	broadcast(2, 1);
	broadcast(4, 1);
	broadcast(5, 2);
	/* Late, after the next window opened: it counts where the leader sent it. */
	broadcast(3, 1);
	CHECK_EQ(receipts(0), 1);
	CHECK_EQ(receipts(1), 3);
	CHECK_EQ(receipts(2), 1);
	CHECK_EQ(duplicates(1), 0);
	CHECK_EQ(status().bcast_seq, 5);
	CHECK_EQ(status().window, 2);
}

static void a_bcast_seq_seen_again_is_a_duplicate(void)
{
	fixture_founded(3, 3);
	broadcast(1, 1);
	broadcast(2, 1);
	broadcast(1, 1);
	broadcast(2, 1);
	broadcast(2, 1);
	CHECK_EQ(receipts(1), 2);
	CHECK_EQ(duplicates(1), 3);
}

static void a_resend_is_no_receipt(void)
{
	fixture_founded(3, 3);
	prepare(1, 0, 0);
	CHECK_EQ(receipts(0), 0);
	prepare(1, 0, 1);
	CHECK_EQ(receipts(0), 1);
}

static void a_bcast_seq_too_old_to_judge_is_not_counted(void)
{
	fixture_founded(3, 3);
	broadcast(1, 0);
	broadcast(65536, 0);
	broadcast(2, 0);
	CHECK_EQ(receipts(0), 3);
	/* 65537 takes the place of 1: 1 can no longer be told from a duplicate. */
	broadcast(65537, 0);
	broadcast(1, 0);
	CHECK_EQ(receipts(0), 4);
	CHECK_EQ(duplicates(0), 0);
	CHECK_EQ(dropped(VR_DROP_out_of_window), 1);
	broadcast(2, 0);
	CHECK_EQ(duplicates(0), 1);
	/* A jump over the whole span forgets everything before it. */
	broadcast(10000000, 0);
	broadcast(9999999, 0);
	broadcast(65537, 0);
	CHECK_EQ(receipts(0), 6);
	CHECK_EQ(dropped(VR_DROP_out_of_window), 2);
}

static void each_of_many_reordered_and_repeated_broadcasts_is_counted_once(void)
{
	fixture_founded(3, 3);
	for (uint64_t seq = 1; seq <= 200000; seq++) {
		/* Every pair arrives swapped, and every seventh twice. */
		uint64_t arrived = (seq & 1) ? seq + 1 : seq - 1;

		broadcast(arrived, 1);
		if (seq % 7 == 0)
			broadcast(arrived, 1);
	}
	CHECK_EQ(receipts(1), 200000);
	CHECK_EQ(duplicates(1), 200000 / 7);
}

static void a_window_that_does_not_exist_is_dropped(void)
{
	fixture_founded(3, 3);
	broadcast(1, WIRE_WINDOWS);
	broadcast(1, 255);
	CHECK_EQ(dropped(VR_DROP_out_of_window), 2);
	CHECK_EQ(status().window, 0);
	CHECK_EQ(receipts(0), 0);
}

/* bcast_seq begins anew in each view: 1 of view 1 is no duplicate of 1 of view 0. */
static void each_view_is_counted_for_itself(void)
{
	fixture_founded(3, 3);
	broadcast(1, 0);
	broadcast(2, 1);
	broadcast(2, 1);
	CHECK_EQ(replica->views_left, 0);
	broadcast_in(1, 1, 1);
	CHECK_EQ(replica->views_left, 1);
	CHECK_EQ(replica->left.view, 0);
	CHECK_EQ(replica->left.leader, 1);
	CHECK_EQ(replica->left.leader_incarnation, LIFE_OF(1));
	CHECK_EQ(replica->left.window, 1);
	CHECK_EQ(replica->left.windows[0].receipts, 1);
	CHECK_EQ(replica->left.windows[1].receipts, 1);
	CHECK_EQ(replica->left.windows[1].duplicates, 1);
	/* It has yet to enter view 1, and counts what arrives for it. */
	CHECK_EQ(receipts(0), 0);
	CHECK_EQ(receipts(1), 1);
	CHECK_EQ(duplicates(1), 0);
	/* What comes late of view 0 counts nowhere any more. */
	broadcast(3, 1);
	CHECK_EQ(receipts(1), 1);
}

static void a_view_without_any_count_is_left_silently(void)
{
	fixture_founded(3, 3);
	broadcast_in(1, 0, 0);
	CHECK_EQ(status().view, 1);
	CHECK_EQ(replica->views_left, 0);
}

RUN_TESTS({"receipts are counted in the window that the leader stamped",
	   receipts_are_counted_in_the_window_that_the_leader_stamped},
	  {"a bcast_seq seen again is a duplicate", a_bcast_seq_seen_again_is_a_duplicate},
	  {"a resend is no receipt", a_resend_is_no_receipt},
	  {"a bcast_seq too old to judge is not counted",
	   a_bcast_seq_too_old_to_judge_is_not_counted},
	  {"each of many reordered and repeated broadcasts is counted once",
	   each_of_many_reordered_and_repeated_broadcasts_is_counted_once},
	  {"a window that does not exist is dropped", a_window_that_does_not_exist_is_dropped},
	  {"each view is counted for itself", each_view_is_counted_for_itself},
	  {"a view without any count is left silently", a_view_without_any_count_is_left_silently})
