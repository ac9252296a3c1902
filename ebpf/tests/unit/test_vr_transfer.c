// SPDX-License-Identifier: Apache-2.0
/*
 * State transfer by checkpoint, VR Revisited 5.2, for one that is further behind than the log reaches
 * back. A checkpoint of these groups takes several pieces; see fill_state().
 */
#include "check.h"
#include "group_fixture.h"

static unsigned states, dropped_states;

/* One large value for each client's key, so that the state takes four pieces. */
static void fill_state(void)
{
	char large[901] = {0};

	memset(large, 'x', sizeof(large) - 1);
	for (uint32_t client = 1; client <= GROUP_CLIENTS; client++)
		for (uint64_t request = 1; request <= 2; request++)
			group_put_to(group_leader(), client, request, large);
}

static bool count(struct group_message *message)
{
	states += message->msg.type == WIRE_STATE;
	return true;
}

/* Every third piece gets lost, every other arrives twice. */
static bool lose_and_repeat(struct group_message *message)
{
	count(message);
	if (message->msg.type != WIRE_STATE)
		return true;
	if (states % 3 == 0) {
		dropped_states++;
		return false;
	}
	vr_receive(group.nodes[message->to], &message->msg, 0);
	return true;
}

static void begin(bool (*lets_pass)(struct group_message *))
{
	states = dropped_states = 0;
	group_begin(3);
	group.lets_pass = lets_pass;
	fill_state();
}

static void one_that_was_away_for_longer_than_the_log_gets_the_state(void)
{
	begin(count);
	group_isolate(3, true);
	group_put(1, 3, 60);
	group_isolate(3, false);
	group_pass(30);
	CHECK(states >= 4);
	CHECK_EQ(group.restored[3], 1);
	CHECK_EQ(group_status(3).checkpoints_installed, 1);
	CHECK_EQ(group_status(1).checkpoints_taken, 1);
	CHECK(group_is_equal());
	CHECK_EQ(group_status(3).view, 0);
	group_put(1, 61, 70);
	group_pass(30);
	CHECK(group_is_equal());
	CHECK_EQ(group_status(3).checkpoints_installed, 1);
}

static void one_that_was_away_for_less_gets_ops(void)
{
	begin(count);
	group_isolate(3, true);
	group_put(1, 3, 8);
	group_isolate(3, false);
	group_pass(30);
	CHECK_EQ(states, 0);
	CHECK(group_is_equal());
}

static void pieces_may_get_lost_and_come_twice(void)
{
	begin(lose_and_repeat);
	group_isolate(3, true);
	group_put(1, 3, 60);
	group_isolate(3, false);
	group_pass(200);
	CHECK(dropped_states > 0);
	CHECK_EQ(group.restored[3], 1);
	CHECK(group_is_equal());
	CHECK_EQ(group_status(3).view, 0);
}

static void one_without_memory_recovers_from_checkpoint_and_log(void)
{
	begin(lose_and_repeat);
	group_put(1, 3, 60);
	group_crash(2);
	group_put(1, 61, 70);
	group_start(2);
	group_pass(300);
	CHECK_EQ(group_status(2).recoveries, 1);
	CHECK(group.restored[2] >= 1);
	CHECK(group_is_equal());
	group_put(1, 71, 90);
	group_pass(30);
	CHECK(group_is_equal());
}

/* The group goes on at full speed: what the checkpoint doesn't hold must still be there when it has come. */
static void it_catches_up_while_others_go_on(void)
{
	begin(count);
	group_put(1, 3, 60);
	group_crash(2);
	group_start(2);
	for (uint64_t request = 61; request <= 260; request++) {
		group_put(1, request, request);
		group_pass(1);
	}
	group_pass(30);
	CHECK_EQ(group_status(2).recoveries, 1);
	CHECK(group_is_equal());
}

static void a_request_stays_executed_once_across_a_checkpoint(void)
{
	uint64_t commit;

	begin(count);
	group_isolate(3, true);
	group_put(1, 3, 60);
	group_isolate(3, false);
	group_pass(30);
	CHECK_EQ(group.restored[3], 1);
	/* The two that executed it are gone one after the other; 3 leads, and knows of it from the checkpoint alone. */
	group_crash(1);
	group_pass(300);
	group_start(1);
	group_pass(300);
	group_isolate(group_leader(), true);
	group_pass(400);
	CHECK_EQ(group_leader(), 3);
	commit = group_status(3).commit;
	group.replied[1] = 0;
	group_put_to(3, 1, 60, "60");
	CHECK_EQ(group_status(3).commit, commit);
	CHECK_EQ(group.replied[1], 60);
	CHECK(strcmp(group.reply[1], "59") == 0);
	group_put_to(3, 1, 59, "59");
	CHECK_EQ(group_status(3).commit, commit);
}

static bool corrupt(struct group_message *message)
{
	count(message);
	/* The number of keys. */
	if (message->msg.type == WIRE_STATE && message->msg.request == 0)
		message->bytes[sizeof(struct wire_state_piece)] = 0xff;
	return true;
}

static void a_corrupt_checkpoint_is_refused_and_changes_nothing(void)
{
	struct vr_status before;

	begin(corrupt);
	group_isolate(3, true);
	group_put(1, 3, 60);
	before = group_status(3);
	group_isolate(3, false);
	group_pass(50);
	CHECK(group_status(3).drops[VR_DROP_bad_payload] > 0);
	CHECK_EQ(group.restored[3], 0);
	CHECK_EQ(group_status(3).op, before.op);
	CHECK(group_status(3).commit <= before.op && group.agrees);
	/* And the next one is taken. */
	group.lets_pass = NULL;
	group_pass(50);
	CHECK_EQ(group.restored[3], 1);
	CHECK(group_is_equal());
}

/* A new leader that is far behind the best log takes that one's state before it begins the view. */
static void a_new_leader_takes_the_state_of_the_best_log(void)
{
	begin(count);
	group_isolate(2, true);
	group_put(1, 3, 60);
	group_crash(1);
	group_isolate(2, false);
	group_pass(400);
	CHECK_EQ(group_leader(), 2);
	CHECK_EQ(group_status(2).view, 1);
	CHECK_EQ(group.restored[2], 1);
	CHECK(group_is_equal());
	group_put(1, 61, 62);
	CHECK_EQ(group.replied[1], 62);
	CHECK(strcmp(group.reply[1], "61") == 0);
}

RUN_TESTS({"one that was away for longer than the log gets the state",
	   one_that_was_away_for_longer_than_the_log_gets_the_state},
	  {"one that was away for less gets ops", one_that_was_away_for_less_gets_ops},
	  {"pieces may get lost and come twice", pieces_may_get_lost_and_come_twice},
	  {"one without memory recovers from checkpoint and log",
	   one_without_memory_recovers_from_checkpoint_and_log},
	  {"it catches up while others go on", it_catches_up_while_others_go_on},
	  {"a request stays executed once across a checkpoint",
	   a_request_stays_executed_once_across_a_checkpoint},
	  {"a corrupt checkpoint is refused and changes nothing",
	   a_corrupt_checkpoint_is_refused_and_changes_nothing},
	  {"a new leader takes the state of the best log",
	   a_new_leader_takes_the_state_of_the_best_log})
