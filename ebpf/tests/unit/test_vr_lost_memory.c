// SPDX-License-Identifier: Apache-2.0
/* More than f replicas lost their memories: nothing is served, and whoever asks is told. */
#include "check.h"
#include "group_fixture.h"
#include "replica_messages.h"

static void hear_seen(uint8_t from, uint64_t bcast_seq)
{
	struct vr_msg msg = {.type = WIRE_PREPARE_OK, .sender = from, .request = bcast_seq};

	hear(&msg);
}

static void a_leader_whose_followers_follow_and_that_lacks_an_acknowledged_op_lost_it(void)
{
	fixture_founded(1, 5);
	ask_knowing(1, 5, 3);
	CHECK_EQ(status().op, 0);
	CHECK_EQ(count_sent(WIRE_REPLY), 0);
	pass(HEARTBEAT_TICKS);
	CHECK_EQ(last_sent(WIRE_COMMIT)->bcast_seq, 1);
	hear_seen(2, 1);
	hear_seen(2, 1);
	pass(1);
	CHECK_EQ(status().health, VR_NORMAL);
	hear_seen(3, 1);
	pass(1);
	CHECK_EQ(status().health, VR_LOST_MEMORY);
	CHECK(!status().ready);
	ask_knowing(1, 5, 3);
	CHECK_EQ(last_sent(WIRE_REPLY)->flags, WIRE_F_MEMORY_LOST);
	CHECK_EQ(last_sent(WIRE_REPLY)->request, 5);
	CHECK_EQ(last_sent(WIRE_REPLY)->payload_bytes, 0);
	/* For ever, and towards everybody. */
	ask(2, 1, "value");
	CHECK_EQ(count_sent_to(WIRE_REPLY, 1002), 1);
	pass(1000);
	CHECK_EQ(status().health, VR_LOST_MEMORY);
}

/* They acknowledged before they changed views; the leader was told of an op of the later view. */
static void acknowledgements_that_were_on_their_way_prove_nothing(void)
{
	fixture_founded(1, 3);
	ask(2, 1, "value");
	ask_knowing(1, 5, 3);
	hear_seen(2, 1);
	hear_seen(3, 1);
	pass(HEARTBEAT_TICKS);
	hear_seen(2, 1);
	pass(1);
	CHECK_EQ(status().health, VR_NORMAL);
	hear(&(struct vr_msg){.type = WIRE_PREPARE, .sender = 2, .view = 1, .op = 3});
	CHECK_EQ(status().view, 1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
}

static void an_op_that_is_here_is_no_doubt(void)
{
	fixture_founded(1, 3);
	ask(2, 1, "value");
	ask_knowing(1, 5, 1);
	CHECK_EQ(status().op, 2);
	pass(HEARTBEAT_TICKS);
	hear_seen(2, 3);
	pass(1);
	CHECK_EQ(status().health, VR_NORMAL);
}

static void a_follower_says_nothing_of_it(void)
{
	fixture_founded(2, 3);
	ask_knowing(1, 5, 3);
	CHECK_EQ(replica->sent_count, 0);
	CHECK_EQ(status().health, VR_NORMAL);
}

static void more_than_f_without_memory_stay_down_and_say_so_after_a_while(void)
{
	group_begin(3);
	group_put(1, 1, 5);
	group_pass(50);
	group_crash(1);
	group_crash(2);
	group_start(1);
	group_start(2);
	group_pass(300);
	CHECK_EQ(group_status(1).health, VR_RECOVERING);
	group_pass(300);
	CHECK_EQ(group_status(1).health, VR_LOST_MEMORY);
	group_put_to(1, 1, 6, "6");
	CHECK(group.memory_lost);
	group_pass(5000);
	CHECK_EQ(group_leader(), 0);
	CHECK_EQ(group.replied[1], 5);
	CHECK_EQ(group_status(3).commit, 5);
}

/* Two of five began anew, and the third that remembers was only cut off. */
static void hope_returns_with_one_that_remembers(void)
{
	group_begin(5);
	group_put(1, 1, 5);
	group_crash(4);
	group_crash(5);
	group_isolate(1, true);
	group_start(4);
	group_start(5);
	group_pass(2000);
	CHECK_EQ(group_leader(), 0);
	group_isolate(1, false);
	group_pass(1000);
	CHECK(group_leader() != 0);
	group_put(1, 6, 7);
	CHECK_EQ(group.replied[1], 7);
	group_pass(50);
	CHECK(group_is_equal());
}

static void all_that_began_anew_are_a_new_cluster_and_a_client_that_remembers_finds_out(void)
{
	group_begin(3);
	group_put(1, 1, 5);
	for (uint8_t id = 1; id <= 3; id++)
		group_crash(id);
	for (uint8_t id = 1; id <= 3; id++)
		group_start(id);
	memset(group.requests, 0, sizeof(group.requests));
	group_pass(50);
	CHECK_EQ(group_leader(), 1);
	group_put(1, 6, 6);
	group_pass(50);
	CHECK_EQ(group.replied[1], 5);
	CHECK_EQ(group_status(1).health, VR_LOST_MEMORY);
	group_put_to(1, 1, 6, "6");
	CHECK(group.memory_lost);
}

RUN_TESTS({"a leader whose followers follow and that lacks an acknowledged op lost it",
	   a_leader_whose_followers_follow_and_that_lacks_an_acknowledged_op_lost_it},
	  {"acknowledgements that were on their way prove nothing",
	   acknowledgements_that_were_on_their_way_prove_nothing},
	  {"an op that is here is no doubt", an_op_that_is_here_is_no_doubt},
	  {"a follower says nothing of it", a_follower_says_nothing_of_it},
	  {"more than f without memory stay down, and say so after a while",
	   more_than_f_without_memory_stay_down_and_say_so_after_a_while},
	  {"hope returns with one that remembers", hope_returns_with_one_that_remembers},
	  {"all that began anew are a new cluster, and a client that remembers finds out",
	   all_that_began_anew_are_a_new_cluster_and_a_client_that_remembers_finds_out})
