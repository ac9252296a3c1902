// SPDX-License-Identifier: Apache-2.0
/* A view begins at its leader: VR Revisited 4.2, step 3. Replica 2 of 5 leads view 1. */
#include "check.h"
#include "replica_messages.h"

/* Holds `op` ops of view 0, of which `commit` are committed. */
static void begin(uint64_t op, uint64_t commit)
{
	fixture_founded(2, 5);
	for (uint64_t at = 1; at <= op; at++)
		prepare(at, commit, at);
	forget_sent();
}

static struct told of_view_0(uint64_t op)
{
	struct told told = {.hash = chain_of(op, op + 1, 0)};

	fixture_lives(told.lives, 5);
	return told;
}

static void hear_promise(uint8_t from, uint64_t op, uint64_t commit, const struct told *told)
{
	struct vr_msg promise = {
		.type = WIRE_DO_VIEW_CHANGE, .sender = from, .view = 1, .op = op, .commit = commit};

	hear_told(&promise, told);
}

static void f_promises_and_its_own_begin_the_view(void)
{
	struct told same = of_view_0(2);

	begin(2, 0);
	hear_promise(3, 2, 1, &same);
	/* One promise is proof of f + 1 wishes: it promises as well. */
	CHECK_EQ(status().view, 1);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	hear_promise(3, 2, 1, &same);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	hear_promise(4, 2, 1, &same);
	CHECK(status().is_leader);
	CHECK_EQ(status().view, 1);
	CHECK_EQ(status().last_normal, 1);
	CHECK_EQ(replica->views_entered, 2);
	CHECK(replica->entered_as_leader);
	CHECK_EQ(count_sent(WIRE_START_VIEW), 4);
	CHECK_EQ(last_sent(WIRE_START_VIEW)->op, 2);
	CHECK_EQ(told_by(last_sent(WIRE_START_VIEW)).hash, chain_of(2, 3, 0));
	/* The highest commit that any of them told of. */
	CHECK_EQ(status().commit, 1);
}

static void what_was_prepared_commits_in_the_new_view(void)
{
	struct told same = of_view_0(2);

	begin(2, 0);
	hear_promise(3, 2, 0, &same);
	hear_promise(4, 2, 0, &same);
	acknowledge(3, 2);
	CHECK_EQ(status().commit, 0);
	acknowledge(5, 2);
	CHECK_EQ(status().commit, 2);
	ask(2, 1, "value");
	CHECK_EQ(last_sent(WIRE_PREPARE)->op, 3);
	CHECK_EQ(last_sent(WIRE_PREPARE)->bcast_seq, 1);
}

static void what_is_in_progress_is_not_prepared_again(void)
{
	struct told same = of_view_0(2);

	begin(2, 0);
	ask(1, 2, "value"); /* it doesn't lead yet, and remembers where the client is */
	hear_promise(3, 2, 0, &same);
	hear_promise(4, 2, 0, &same);
	ask(1, 2, "value");
	CHECK_EQ(status().op, 2);
	acknowledge(3, 2);
	acknowledge(4, 2);
	CHECK_EQ(count_sent_to(WIRE_REPLY, 1001), 1);
	CHECK_EQ(last_sent(WIRE_REPLY)->request, 2);
	ask(1, 2, "value");
	CHECK_EQ(status().op, 2);
	CHECK_EQ(count_sent(WIRE_REPLY), 2);
}

/* VR Revisited 4.2: the view in which it was normal last decides, then the length. Replica 2 leads view 6, too. */
static void the_log_of_the_latest_view_wins_over_a_longer_one(void)
{
	struct told later = of_view_0(0), longer = of_view_0(9);
	struct vr_msg promise = {.type = WIRE_DO_VIEW_CHANGE, .sender = 4, .view = 6, .op = 9};

	begin(3, 0);
	hear_told(&promise, &longer);
	later.last_normal = 5;
	later.hash = chain_of(2, 2, 5);
	promise.sender = 5;
	promise.op = 2;
	hear_told(&promise, &later);
	CHECK_EQ(status().view, 6);
	CHECK_EQ(count_sent_to(WIRE_FETCH, 5), 1);
	CHECK_EQ(count_sent_to(WIRE_FETCH, 4), 0);
	CHECK_EQ(last_sent(WIRE_FETCH)->op, 1);
	CHECK_EQ(last_sent(WIRE_FETCH)->request, 2);
	CHECK_EQ(last_sent(WIRE_FETCH)->flags, WIRE_F_ADOPT);
}

static void hear_entry(uint8_t from, uint64_t op)
{
	struct vr_msg entry = op_of_view(WIRE_ENTRY, op, 0);

	entry.view = 1;
	entry.sender = from;
	hear(&entry);
}

static void a_longer_log_is_fetched_before_the_view_begins(void)
{
	struct told longer = of_view_0(4), same = of_view_0(2);

	begin(2, 0);
	hear_promise(3, 2, 0, &same);
	hear_promise(4, 4, 1, &longer);
	CHECK_EQ(status().health, VR_VIEW_CHANGE);
	CHECK_EQ(count_sent_to(WIRE_FETCH, 4), 1);
	CHECK_EQ(last_sent(WIRE_FETCH)->request, 4);
	for (uint64_t op = last_sent(WIRE_FETCH)->op; op <= 4; op++) {
		CHECK(!status().is_leader);
		hear_entry(3, op); /* from one that wasn't chosen: worth nothing */
		CHECK(!status().is_leader);
		hear_entry(4, op);
	}
	CHECK(status().is_leader);
	CHECK_EQ(status().op, 4);
	CHECK_EQ(told_by(last_sent(WIRE_START_VIEW)).hash, chain_of(4, 5, 0));
	CHECK_EQ(status().commit, 1);
}

static void a_log_that_was_fetched_and_is_not_the_one_told_of_is_not_taken(void)
{
	struct told longer = of_view_0(4), same = of_view_0(2);

	begin(2, 0);
	longer.hash++;
	hear_promise(3, 2, 0, &same);
	hear_promise(4, 4, 0, &longer);
	for (uint64_t op = 1; op <= 4; op++)
		hear_entry(4, op);
	CHECK(!status().is_leader);
	CHECK_EQ(status().op, 2);
	CHECK(dropped(VR_DROP_bad_payload) > 0);
}

/* Replica 3 promised in a life that ended; replica 4 already knows of its next. */
static void a_promise_that_its_sender_forgot_does_not_count(void)
{
	struct told same = of_view_0(2), knows = of_view_0(2);

	begin(2, 0);
	hear_promise(3, 2, 0, &same);
	knows.lives[3] = LIFE_OF(3) + 1;
	hear_promise(4, 2, 0, &knows);
	CHECK(!status().is_leader);
	hear_promise(3, 2, 0, &same);
	CHECK_EQ(dropped(VR_DROP_stale_incarnation), 1);
	hear_promise(5, 2, 0, &same);
	CHECK(status().is_leader);
}

static void promises_for_others_or_of_old_views_are_dropped(void)
{
	struct told same = of_view_0(2);
	struct vr_msg promise = {.type = WIRE_DO_VIEW_CHANGE, .sender = 3, .view = 2, .op = 2};

	begin(2, 0);
	hear_told(&promise, &same);
	CHECK_EQ(dropped(VR_DROP_not_leader), 1);
	CHECK_EQ(status().view, 0);
	promise.view = 1;
	promise.payload_bytes = 0;
	hear(&promise);
	same.last_normal = 2;
	hear_promise(3, 2, 0, &same);
	CHECK_EQ(dropped(VR_DROP_bad_payload), 2);
	CHECK_EQ(status().view, 0);
}

RUN_TESTS({"f promises and its own begin the view", f_promises_and_its_own_begin_the_view},
	  {"what was prepared commits in the new view", what_was_prepared_commits_in_the_new_view},
	  {"what is in progress is not prepared again", what_is_in_progress_is_not_prepared_again},
	  {"the log of the latest view wins over a longer one",
	   the_log_of_the_latest_view_wins_over_a_longer_one},
	  {"a longer log is fetched before the view begins",
	   a_longer_log_is_fetched_before_the_view_begins},
	  {"a log that was fetched and is not the one told of is not taken",
	   a_log_that_was_fetched_and_is_not_the_one_told_of_is_not_taken},
	  {"a promise that its sender forgot does not count",
	   a_promise_that_its_sender_forgot_does_not_count},
	  {"promises for others or of old views are dropped",
	   promises_for_others_or_of_old_views_are_dropped})
