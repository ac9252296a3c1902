// SPDX-License-Identifier: Apache-2.0
/* A replica without memory among others that remember: VR Revisited 4.3. */
#include "check.h"
#include "replica_messages.h"

/* Replica 3 of `replicas`, in its second life. */
static void begin(uint8_t replicas)
{
	struct vr_config config = fixture_config(3, replicas);

	config.incarnation = LIFE_OF(3) + 1;
	fixture_begin(&config);
}

/* Of a log of `op` ops of view 0. */
static void hear_response(uint8_t from, uint32_t view, uint64_t op)
{
	struct vr_msg response = {.type = WIRE_RECOVERY_RESPONSE,
				  .sender = from,
				  .view = view,
				  .op = op,
				  .commit = op,
				  .request = LIFE_OF(3) + 1};
	struct told told = {.last_normal = view, .hash = chain_of(op, op + 1, 0)};

	hear_told(&response, &told);
}

static void hear_entry(uint8_t from, uint32_t view, uint64_t op)
{
	struct vr_msg entry = op_of_view(WIRE_ENTRY, op, 0);

	entry.view = view;
	entry.sender = from;
	hear(&entry);
}

static void it_asks_all_until_it_is_answered(void)
{
	begin(5);
	CHECK_EQ(count_sent(WIRE_RECOVERY), 4);
	pass(RESEND_TICKS);
	CHECK_EQ(count_sent(WIRE_RECOVERY), 8);
	CHECK_EQ(last_sent(WIRE_RECOVERY)->incarnation, LIFE_OF(3) + 1);
}

static void f_and_one_responses_with_the_leaders_recover_it(void)
{
	begin(5);
	hear_response(2, 0, 2);
	hear_response(1, 0, 3);
	CHECK_EQ(count_sent(WIRE_FETCH), 0);
	hear_response(1, 0, 3);
	CHECK_EQ(count_sent(WIRE_FETCH), 0);
	hear_response(4, 0, 1);
	CHECK_EQ(count_sent_to(WIRE_FETCH, 1), 1);
	CHECK_EQ(status().health, VR_RECOVERING);
	for (uint64_t op = 1; op <= 3; op++)
		hear_entry(1, 0, op);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(status().recoveries, 1);
	CHECK_EQ(status().commit, 3);
	CHECK_EQ(status().hash, chain_of(3, 4, 0));
	CHECK_EQ(count_sent_to(WIRE_PREPARE_OK, 1), 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->op, 3);
}

static void nothing_recovers_without_the_leader_of_the_latest_view(void)
{
	begin(5);
	hear_response(1, 0, 3);
	hear_response(2, 0, 3);
	hear_response(4, 6, 3); /* replica 2 leads view 6 */
	hear_response(5, 6, 3);
	CHECK_EQ(count_sent(WIRE_FETCH), 0);
	CHECK_EQ(status().health, VR_RECOVERING);
	hear_response(2, 6, 3);
	CHECK_EQ(count_sent_to(WIRE_FETCH, 2), 1);
	CHECK_EQ(last_sent(WIRE_FETCH)->view, 6);
}

static void an_answer_to_an_earlier_life_is_dropped(void)
{
	struct vr_msg response = {
		.type = WIRE_RECOVERY_RESPONSE, .sender = 1, .request = LIFE_OF(3)};

	begin(3);
	hear_told(&response, &(struct told){0});
	hear_response(2, 0, 0);
	CHECK_EQ(status().health, VR_RECOVERING);
	CHECK_EQ(dropped(VR_DROP_stale_incarnation), 1);
	hear_response(1, 0, 0);
	CHECK_EQ(status().health, VR_NORMAL);
}

static void it_takes_part_in_nothing_before(void)
{
	struct vr_msg promise = {.type = WIRE_DO_VIEW_CHANGE, .sender = 1, .view = 2};
	struct vr_msg wish = {.type = WIRE_START_VIEW_CHANGE, .sender = 1, .view = 2};

	begin(3);
	forget_sent();
	prepare(1, 0, 1);
	hear(&wish);
	hear_told(&promise, &(struct told){0});
	CHECK_EQ(replica->sent_count, 0);
	CHECK_EQ(status().op, 0);
	CHECK_EQ(dropped(VR_DROP_not_normal), 3);
}

static void a_view_that_began_meanwhile_is_recovered_instead(void)
{
	begin(3);
	hear_response(1, 0, 3);
	hear_response(2, 0, 3);
	hear_entry(1, 0, 1);
	hear_response(2, 1, 4);
	CHECK_EQ(status().view, 1);
	CHECK_EQ(last_sent(WIRE_FETCH)->view, 1);
	hear_entry(1, 0, 2);
	for (uint64_t op = status().commit + 1; op <= 4; op++)
		hear_entry(2, 1, op);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK_EQ(status().view, 1);
	CHECK_EQ(status().commit, 4);
}

/* It may not vouch for anything, but it does remember: its earlier answer stands, its new log is no view's. */
static void one_that_is_bound_by_a_promise_does_not_answer_with_its_log(void)
{
	struct vr_msg bound = {.type = WIRE_RECOVERY_RESPONSE,
			       .flags = WIRE_F_BOUND,
			       .sender = 2,
			       .view = 1,
			       .op = 1,
			       .request = LIFE_OF(3) + 1};
	struct told told = {.hash = chain_of(1, 2, 0)};

	begin(5);
	hear_response(2, 0, 3);
	hear_told(&bound, &told);
	hear_response(4, 1, 3);
	hear_response(5, 1, 3);
	CHECK_EQ(count_sent(WIRE_FETCH), 0);
	hear_response(2, 1, 3);
	CHECK_EQ(count_sent_to(WIRE_FETCH, 2), 1);
	CHECK_EQ(last_sent(WIRE_FETCH)->request, 3);
}

/* Whoever answered and ended since may have forgotten that it answered. */
static void an_answer_of_a_life_that_another_knows_to_have_ended_does_not_count(void)
{
	struct vr_msg response = {
		.type = WIRE_RECOVERY_RESPONSE, .sender = 2, .op = 0, .request = LIFE_OF(3) + 1};
	struct told told = {0};

	begin(3);
	fixture_lives(told.lives, 3);
	hear_response(1, 0, 0);
	told.lives[1] = LIFE_OF(1) + 1;
	hear_told(&response, &told);
	CHECK_EQ(status().health, VR_RECOVERING);
}

static void a_leader_that_forgot_makes_its_followers_want_another_view(void)
{
	struct vr_msg asks = {.type = WIRE_RECOVERY, .sender = 1, .incarnation = LIFE_OF(1) + 1};

	fixture_founded(2, 3);
	prepare(1, 0, 1);
	forget_sent();
	hear(&asks);
	CHECK_EQ(count_sent_to(WIRE_RECOVERY_RESPONSE, 1), 1);
	CHECK_EQ(last_sent(WIRE_RECOVERY_RESPONSE)->request, LIFE_OF(1) + 1);
	CHECK_EQ(last_sent(WIRE_RECOVERY_RESPONSE)->op, 1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	CHECK_EQ(last_sent(WIRE_START_VIEW_CHANGE)->view, 1);
	/* A follower that forgot does not. */
	fixture_founded(2, 3);
	asks.sender = 3;
	asks.incarnation = LIFE_OF(3) + 1;
	hear(&asks);
	CHECK_EQ(status().health, VR_NORMAL);
}

RUN_TESTS({"it asks all until it is answered", it_asks_all_until_it_is_answered},
	  {"f + 1 responses, with the leader's, recover it",
	   f_and_one_responses_with_the_leaders_recover_it},
	  {"nothing recovers without the leader of the latest view",
	   nothing_recovers_without_the_leader_of_the_latest_view},
	  {"an answer to an earlier life is dropped", an_answer_to_an_earlier_life_is_dropped},
	  {"it takes part in nothing before", it_takes_part_in_nothing_before},
	  {"a view that began meanwhile is recovered instead",
	   a_view_that_began_meanwhile_is_recovered_instead},
	  {"one that is bound by a promise does not answer with its log",
	   one_that_is_bound_by_a_promise_does_not_answer_with_its_log},
	  {"an answer of a life that another knows to have ended does not count",
	   an_answer_of_a_life_that_another_knows_to_have_ended_does_not_count},
	  {"a leader that forgot makes its followers want another view",
	   a_leader_that_forgot_makes_its_followers_want_another_view})
