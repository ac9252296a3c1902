// SPDX-License-Identifier: Apache-2.0
/* Several cores: what was acknowledged outlives leaders, and nothing is executed twice. */
#include "check.h"
#include "group_fixture.h"

#define LONG_ENOUGH 500

static void a_dead_leader_is_replaced_and_nothing_acknowledged_is_lost(void)
{
	group_begin(3);
	group_put(1, 1, 10);
	group_crash(1);
	group_pass(LONG_ENOUGH);
	CHECK_EQ(group_leader(), 2);
	CHECK_EQ(group_status(2).commit, 10);
	group_put(1, 11, 12);
	CHECK_EQ(group.replied[1], 12);
	/* It replaced what request 10 had written. */
	CHECK_EQ(group_status(2).commit, 12);
	CHECK(group.agrees);
}

static bool keep_from_leader(struct group_message *message)
{
	return message->msg.type != WIRE_PREPARE_OK;
}

/* Prepared everywhere, acknowledged to nobody; the client asks the new leader for it. */
static void what_was_prepared_commits_under_the_next_leader_and_once(void)
{
	group_begin(3);
	group_put(1, 1, 3);
	group.lets_pass = keep_from_leader;
	group_put(1, 4, 4);
	CHECK_EQ(group.replied[1], 3);
	group_crash(1);
	group.lets_pass = NULL;
	group_pass(LONG_ENOUGH);
	CHECK_EQ(group_status(group_leader()).commit, 4);
	group_put(1, 4, 4);
	CHECK_EQ(group.replied[1], 4);
	CHECK(strcmp(group.reply[1], "3") == 0);
	CHECK_EQ(group_status(group_leader()).op, 4);
}

static void a_leader_that_was_cut_off_acknowledges_nothing_and_follows_when_it_returns(void)
{
	group_begin(3);
	group_put(1, 1, 3);
	group_isolate(1, true);
	group_put_to(1, 2, 1, "in vain");
	group_pass(LONG_ENOUGH);
	CHECK_EQ(group.replied[2], 0);
	CHECK(!group_status(1).is_leader);
	CHECK_EQ(group_leader(), 2);
	group_put(1, 4, 6);
	group_isolate(1, false);
	group_pass(LONG_ENOUGH);
	CHECK_EQ(group_status(1).view, group_status(group_leader()).view);
	CHECK(group_is_equal());
	CHECK_EQ(group_status(1).commit, 6);
}

static void without_a_majority_nothing_is_answered_and_with_one_it_goes_on(void)
{
	group_begin(5);
	group_put(1, 1, 3);
	group_isolate(3, true);
	group_isolate(4, true);
	group_put(1, 4, 5);
	CHECK_EQ(group.replied[1], 5);
	group_isolate(5, true);
	group_put_to(1, 1, 6, "6");
	group_pass(3 * LONG_ENOUGH);
	CHECK_EQ(group.replied[1], 5);
	CHECK_EQ(group_leader(), 0);
	group_isolate(4, false);
	group_pass(LONG_ENOUGH);
	CHECK(group_leader() != 0);
	group_put(1, 6, 7);
	CHECK_EQ(group.replied[1], 7);
	group_isolate(3, false);
	group_isolate(5, false);
	group_pass(LONG_ENOUGH);
	CHECK(group_is_equal());
}

static void one_that_can_not_hear_the_leader_disturbs_nobody(void)
{
	group_begin(5);
	group.cut[1][5] = true;
	for (uint64_t request = 1; request <= 20; request++) {
		group_put(1, request, request);
		group_pass(LONG_ENOUGH / 10);
	}
	CHECK_EQ(group.replied[1], 20);
	CHECK_EQ(group_status(1).view, 0);
	CHECK(group_status(1).is_leader);
	group.cut[1][5] = false;
	group_pass(LONG_ENOUGH);
	CHECK_EQ(group_status(5).view, 0);
	CHECK(group_is_equal());
}

static void leaders_that_fail_one_after_another_are_replaced(void)
{
	group_begin(5);
	for (unsigned round = 0; round < 10; round++) {
		uint8_t leader = group_leader();

		CHECK(leader != 0);
		group_put(1, 3 * round + 1, 3 * round + 3);
		CHECK_EQ(group.replied[1], 3 * round + 3);
		group_crash(leader);
		group_pass(LONG_ENOUGH);
		group_start(leader);
		group_pass(LONG_ENOUGH);
		CHECK_EQ(group_status(leader).health, VR_NORMAL);
	}
	CHECK_EQ(group_status(group_leader()).commit, 30);
	CHECK(group_is_equal());
}

static struct group_message old_promise;

/* Nothing that replica 3 says arrives; its promise is kept. */
static bool catch_the_promise(struct group_message *message)
{
	if (message->from != 3)
		return true;
	if (message->msg.type == WIRE_DO_VIEW_CHANGE) {
		old_promise = *message;
		old_promise.msg.payload = old_promise.bytes;
	}
	return false;
}

/* Replica 3 promises view 1 by wishes that 4 and 5 have withdrawn, and ends. */
static void promise_and_end(void)
{
	group.lets_pass = catch_the_promise;
	for (uint8_t from = 4; from <= 5; from++) {
		struct vr_msg wish = {.type = WIRE_START_VIEW_CHANGE,
				      .sender = from,
				      .incarnation = group.lives[from],
				      .view = 1};

		group.cut[1][3] = true;
		group_pass(60);
		vr_receive(group.nodes[3], &wish, 0);
	}
	group_pass(1);
	group.cut[1][3] = false;
	group_crash(3);
	group.lets_pass = NULL;
}

static void cut_pair(uint8_t a, uint8_t b, bool cut)
{
	group.cut[a][b] = group.cut[b][a] = cut;
}

/* Begins anew, and recovers from others than replica 3. */
static void restart_apart_from_3(uint8_t id)
{
	cut_pair(3, id, true);
	group_crash(id);
	group_start(id);
	group_pass(LONG_ENOUGH);
}

/*
 * The promise arrives after all who were told of its sender's next life began anew as well, one after the
 * other. Counted, it would make a majority that doesn't know of op 3 (VR Revisited alone counts it).
 */
static void a_promise_of_an_ended_life_is_never_counted(void)
{
	group_begin(5);
	group_put(1, 1, 2);
	cut_pair(2, 3, true);
	promise_and_end();
	CHECK_EQ(old_promise.msg.type, WIRE_DO_VIEW_CHANGE);
	group_start(3);
	group_pass(LONG_ENOUGH);
	restart_apart_from_3(4);
	restart_apart_from_3(5);
	CHECK_EQ(group_leader(), 1);
	CHECK_EQ(group_status(1).view, 0);
	cut_pair(1, 2, true);
	cut_pair(1, 4, true);
	group_put(1, 3, 3);
	CHECK_EQ(group.replied[1], 3);
	group_isolate(1, true);
	group.cut[5][2] = true;
	vr_receive(group.nodes[2], &old_promise.msg, 0);
	for (unsigned tick = 0; tick < 150; tick++) {
		group_pass(1);
		CHECK(!group_status(2).is_leader);
	}
	for (uint8_t id = 2; id <= 5; id++)
		group_isolate(id, false);
	group_pass(2 * LONG_ENOUGH);
	CHECK(group_leader() != 0);
	CHECK(group_status(group_leader()).commit >= 3);
	CHECK(group.agrees);
}

RUN_TESTS({"a dead leader is replaced and nothing acknowledged is lost",
	   a_dead_leader_is_replaced_and_nothing_acknowledged_is_lost},
	  {"what was prepared commits under the next leader, and once",
	   what_was_prepared_commits_under_the_next_leader_and_once},
	  {"a leader that was cut off acknowledges nothing, and follows when it returns",
	   a_leader_that_was_cut_off_acknowledges_nothing_and_follows_when_it_returns},
	  {"without a majority nothing is answered, and with one it goes on",
	   without_a_majority_nothing_is_answered_and_with_one_it_goes_on},
	  {"one that can not hear the leader disturbs nobody",
	   one_that_can_not_hear_the_leader_disturbs_nobody},
	  {"leaders that fail one after another are replaced",
	   leaders_that_fail_one_after_another_are_replaced},
	  {"a promise of an ended life is never counted",
	   a_promise_of_an_ended_life_is_never_counted})
