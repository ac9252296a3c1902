// SPDX-License-Identifier: Apache-2.0
/* The leader towards its followers: resends, their back-off, the idle heartbeat, FETCH. */
#include "check.h"
#include "replica_messages.h"

/* A leader whose followers acknowledged `op` ops. */
static void begin(uint64_t op)
{
	fixture_founded(1, 3);
	for (uint64_t request = 1; request <= op; request++)
		ask(1, request, "value");
	acknowledge(2, op);
	acknowledge(3, op);
	forget_sent();
}

static void an_idle_leader_broadcasts_its_commit(void)
{
	begin(2);
	pass(HEARTBEAT_TICKS - 1);
	CHECK_EQ(count_sent(WIRE_COMMIT), 0);
	pass(1);
	CHECK_EQ(count_sent(WIRE_COMMIT), 1);
	CHECK_EQ(last_sent(WIRE_COMMIT)->commit, 2);
	CHECK_EQ(last_sent(WIRE_COMMIT)->bcast_seq, 3);
	CHECK_EQ(vr_window(replica->vr, WIRE_WINDOW_WARMUP)->broadcasts, 3);
	CHECK_EQ(vr_window(replica->vr, WIRE_WINDOW_WARMUP)->sent, 6);
}

static void a_busy_leader_does_not(void)
{
	begin(0);
	for (uint64_t request = 1; request <= 3; request++) {
		pass(HEARTBEAT_TICKS - 1);
		ask(1, request, "value");
		acknowledge(2, request);
	}
	CHECK_EQ(count_sent(WIRE_COMMIT), 0);
}

static void what_a_follower_does_not_acknowledge_is_sent_to_it_again(void)
{
	begin(0);
	ask(1, 1, "value");
	ask(1, 2, "value");
	acknowledge(2, 2);
	acknowledge(3, 1);
	forget_sent();
	pass(RESEND_TICKS - 1);
	CHECK_EQ(count_sent(WIRE_PREPARE), 0);
	pass(1);
	CHECK_EQ(count_sent(WIRE_PREPARE), 1);
	CHECK_EQ(count_sent_to(WIRE_PREPARE, 3), 1);
	CHECK_EQ(last_sent(WIRE_PREPARE)->op, 2);
	CHECK_EQ(last_sent(WIRE_PREPARE)->flags, WIRE_F_RESEND);
	CHECK_EQ(last_sent(WIRE_PREPARE)->bcast_seq, 0);
	CHECK_EQ(vr_window(replica->vr, WIRE_WINDOW_WARMUP)->resends, 1);
}

static void a_silent_follower_is_sent_to_ever_more_rarely(void)
{
	begin(0);
	ask(1, 1, "value");
	for (unsigned i = 0; i < 1000 / RESEND_TICKS; i++) {
		acknowledge(2, 1);
		pass(RESEND_TICKS);
	}
	/* After 10, 20, 40, 80, then every 160 ticks: 4 within 150, 5 within the 850 after. */
	CHECK_EQ(count_sent_to(WIRE_PREPARE, 3), 9);
	acknowledge(3, 1);
	ask(1, 2, "value");
	acknowledge(2, 2);
	forget_sent();
	pass(RESEND_TICKS);
	CHECK_EQ(count_sent_to(WIRE_PREPARE, 3), 1);
}

static void one_that_does_not_follow_is_told_of_the_view(void)
{
	fixture_founded(1, 3);
	ask(1, 1, "value");
	acknowledge(2, 1);
	forget_sent();
	pass(RESEND_TICKS);
	CHECK_EQ(count_sent_to(WIRE_START_VIEW, 3), 1);
	CHECK_EQ(count_sent_to(WIRE_START_VIEW, 2), 0);
	CHECK_EQ(count_sent_to(WIRE_PREPARE, 3), 0);
	CHECK_EQ(last_sent(WIRE_START_VIEW)->op, 1);
}

static void hear_fetch(uint64_t first, uint64_t last)
{
	struct vr_msg fetch = {.type = WIRE_FETCH, .sender = 2, .op = first, .request = last};

	forget_sent();
	hear(&fetch);
}

static void a_fetch_is_answered_with_what_is_held(void)
{
	begin(5);
	hear_fetch(2, 4);
	CHECK_EQ(count_sent_to(WIRE_PREPARE, 2), 3);
	CHECK_EQ(replica->sent[0].msg.op, 2);
	CHECK_EQ(last_sent(WIRE_PREPARE)->op, 4);
	hear_fetch(5, UINT64_MAX);
	CHECK_EQ(count_sent(WIRE_PREPARE), 1);
	hear_fetch(0, 3);
	hear_fetch(4, 3);
	hear_fetch(6, 6);
	hear_fetch(UINT64_MAX, UINT64_MAX);
	CHECK_EQ(count_sent(WIRE_PREPARE), 0);
	CHECK_EQ(dropped(VR_DROP_out_of_window), 4);
}

/* It acknowledged in its earlier life, and forgot. */
static void a_follower_that_began_anew_no_longer_counts(void)
{
	struct vr_msg recovery = {
		.type = WIRE_RECOVERY, .sender = 2, .incarnation = LIFE_OF(2) + 1};

	fixture_founded(1, 5);
	ask(1, 1, "value");
	acknowledge(2, 1);
	hear(&recovery);
	acknowledge(3, 1);
	CHECK_EQ(status().commit, 0);
	CHECK_EQ(status().acked[2], 0);
	acknowledge(2, 1);
	CHECK_EQ(dropped(VR_DROP_stale_incarnation), 1);
	CHECK_EQ(status().commit, 0);
	acknowledge(4, 1);
	CHECK_EQ(status().commit, 1);
}

RUN_TESTS({"an idle leader broadcasts its commit", an_idle_leader_broadcasts_its_commit},
	  {"a busy leader does not", a_busy_leader_does_not},
	  {"what a follower does not acknowledge is sent to it again",
	   what_a_follower_does_not_acknowledge_is_sent_to_it_again},
	  {"a silent follower is sent to ever more rarely",
	   a_silent_follower_is_sent_to_ever_more_rarely},
	  {"one that does not follow is told of the view",
	   one_that_does_not_follow_is_told_of_the_view},
	  {"a FETCH is answered with what is held", a_fetch_is_answered_with_what_is_held},
	  {"a follower that began anew no longer counts",
	   a_follower_that_began_anew_no_longer_counts})
