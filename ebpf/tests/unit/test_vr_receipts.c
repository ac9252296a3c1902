// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "replica_fixture.h"

static struct replica_fixture *follower;

static void broadcast(uint64_t bcast_seq, uint8_t window)
{
	struct vr_msg msg = {.type = WIRE_COMMIT, .bcast_seq = bcast_seq, .window = window};

	send_from_leader(follower, &msg);
}

static uint64_t receipts(enum wire_window window)
{
	return vr_window(follower->vr, window)->receipts;
}

static uint64_t duplicates(enum wire_window window)
{
	return vr_window(follower->vr, window)->duplicates;
}

static void check_windows(void)
{
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
	CHECK_EQ(fixture_status(follower).bcast_seq, 5);
}

static void check_seen_again(void)
{
	broadcast(1, 1);
	broadcast(2, 1);
	broadcast(1, 1);
	broadcast(2, 1);
	broadcast(2, 1);
	CHECK_EQ(receipts(1), 2);
	CHECK_EQ(duplicates(1), 3);
}

static void check_resends(void)
{
	send_prepare(follower, 1, 0, 0);
	CHECK_EQ(receipts(0), 0);
	send_prepare(follower, 1, 0, 1);
	CHECK_EQ(receipts(0), 1);
}

static void check_span(void)
{
	broadcast(1, 0);
	broadcast(65536, 0);
	broadcast(2, 0);
	CHECK_EQ(receipts(0), 3);
	/* 65537 takes the place of 1: 1 can no longer be told from a duplicate. */
	broadcast(65537, 0);
	broadcast(1, 0);
	CHECK_EQ(receipts(0), 4);
	CHECK_EQ(duplicates(0), 0);
	CHECK_EQ(fixture_status(follower).drops[VR_DROP_out_of_window], 1);
	broadcast(2, 0);
	CHECK_EQ(duplicates(0), 1);
	/* A jump over the whole span forgets everything before it. */
	broadcast(10000000, 0);
	broadcast(9999999, 0);
	CHECK_EQ(receipts(0), 6);
	broadcast(65537, 0);
	CHECK_EQ(receipts(0), 6);
	CHECK_EQ(fixture_status(follower).drops[VR_DROP_out_of_window], 2);
}

static void check_every_seq_once(void)
{
	for (uint64_t seq = 1; seq <= 200000; seq++) {
		/* Every pair arrives swapped, and every seventh twice. */
		uint64_t arrived = (seq & 1) ? seq + 1 : seq - 1;

		broadcast(arrived, 1);
		if (seq % 7 == 0)
			broadcast(arrived, 1);
		fixture_forget(follower);
	}
	CHECK_EQ(receipts(1), 200000);
	CHECK_EQ(duplicates(1), 200000 / 7);
}

static void check_bad_window(void)
{
	broadcast(1, WIRE_WINDOWS);
	broadcast(1, 255);
	CHECK_EQ(fixture_status(follower).drops[VR_DROP_out_of_window], 2);
	CHECK_EQ(fixture_status(follower).window, 0);
}

static void check_another_life(void)
{
	struct vr_msg msg = {.type = WIRE_COMMIT, .bcast_seq = 1, .incarnation = LEADER_LIFE - 1};

	send_from_leader(follower, &msg);
	CHECK_EQ(receipts(0), 0);
	CHECK_EQ(fixture_status(follower).drops[VR_DROP_stale_incarnation], 1);
	broadcast(1, 0);
	/* A new life that nothing was prepared in before is followed, and counted from zero. */
	msg.incarnation = LEADER_LIFE + 1;
	msg.bcast_seq = 9;
	send_from_leader(follower, &msg);
	CHECK_EQ(receipts(0), 1);
	CHECK_EQ(fixture_status(follower).leader_incarnation, LEADER_LIFE + 1);
}

#define FOLLOWER_TEST(name)                     \
	static void name(void)                  \
	{                                       \
		follower = fixture_follower(3); \
		check_##name();                 \
		fixture_end(follower);          \
	}

FOLLOWER_TEST(windows)
FOLLOWER_TEST(seen_again)
FOLLOWER_TEST(resends)
FOLLOWER_TEST(span)
FOLLOWER_TEST(every_seq_once)
FOLLOWER_TEST(bad_window)
FOLLOWER_TEST(another_life)

RUN_TESTS({"receipts are counted in the window that the leader stamped", windows},
	  {"a bcast_seq seen again is a duplicate", seen_again},
	  {"a resend is no receipt", resends},
	  {"a bcast_seq too old to judge is not counted", span},
	  {"each of many reordered and repeated broadcasts is counted once", every_seq_once},
	  {"a window that does not exist is dropped", bad_window},
	  {"receipts are per life of the leader", another_life})
