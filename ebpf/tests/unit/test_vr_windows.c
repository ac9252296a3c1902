// SPDX-License-Identifier: Apache-2.0
/* Counting windows: opened by a client's MARK, known to f followers before it is answered. */
#include <endian.h>

#include "check.h"
#include "replica_messages.h"

#define CLIENT 77

static void mark(uint8_t window, uint64_t known_op)
{
	struct vr_msg msg = {.type = WIRE_MARK, .window = window, .op = known_op};

	vr_receive(replica->vr, &msg, CLIENT);
	vr_flush(replica->vr);
}

static void acknowledge_in(uint8_t from, uint8_t window)
{
	struct vr_msg msg = {.type = WIRE_PREPARE_OK, .sender = from, .window = window};

	msg.view = status().view;
	hear(&msg);
}

static void a_mark_opens_a_window_once_and_is_answered_when_f_are_in_it(void)
{
	fixture_founded(1, 5);
	ask(1, 1, "value");
	mark(1, 0);
	CHECK_EQ(status().window, 1);
	CHECK_EQ(count_sent(WIRE_MARK), 1);
	CHECK_EQ(last_sent(WIRE_MARK)->window, 1);
	CHECK_EQ(last_sent(WIRE_MARK)->bcast_seq, 2);
	acknowledge_in(2, 1);
	acknowledge_in(3, 0);
	CHECK_EQ(count_sent(WIRE_MARK_OK), 0);
	mark(1, 0);
	CHECK_EQ(count_sent(WIRE_MARK), 1);
	CHECK_EQ(count_sent(WIRE_MARK_OK), 0);
	acknowledge_in(4, 1);
	CHECK_EQ(count_sent_to(WIRE_MARK_OK, CLIENT), 1);
	CHECK_EQ(last_sent(WIRE_MARK_OK)->window, 1);
	acknowledge_in(5, 1);
	CHECK_EQ(count_sent(WIRE_MARK_OK), 1);
	/* Its answer may have got lost. */
	mark(1, 0);
	CHECK_EQ(count_sent(WIRE_MARK_OK), 2);
	CHECK_EQ(count_sent(WIRE_MARK), 1);
	/* The MARK itself is the first broadcast of its window. */
	CHECK_EQ(vr_window(replica->vr, WIRE_WINDOW_WARMUP)->broadcasts, 1);
	CHECK_EQ(vr_window(replica->vr, WIRE_WINDOW_MEASURED)->broadcasts, 1);
}

static void the_closing_mark_names_the_op_up_to_which_logs_are_compared(void)
{
	fixture_founded(1, 3);
	for (uint64_t request = 1; request <= 5; request++)
		ask(1, request, "value");
	acknowledge(2, 5);
	mark(1, 3);
	CHECK_EQ(status().mark_op, 0);
	mark(2, 4);
	CHECK_EQ(status().mark_op, 4);
	CHECK_EQ(last_sent(WIRE_MARK)->op, 4);
	pass(HEARTBEAT_TICKS);
	CHECK_EQ(last_sent(WIRE_COMMIT)->op, 4);
	CHECK_EQ(last_sent(WIRE_COMMIT)->window, 2);
	acknowledge_in(2, 2);
	CHECK_EQ(last_sent(WIRE_MARK_OK)->op, 4);
	mark(2, 5);
	CHECK_EQ(status().mark_op, 4);
}

static void a_window_never_closes_again(void)
{
	fixture_founded(1, 3);
	mark(2, 0);
	mark(1, 0);
	CHECK_EQ(status().window, 2);
	CHECK_EQ(count_sent(WIRE_MARK), 1);
	mark(WIRE_WINDOWS, 0);
	CHECK_EQ(dropped(VR_DROP_out_of_window), 1);
}

static void a_follower_follows_and_a_lost_mark_heals(void)
{
	struct vr_msg marked = {.type = WIRE_MARK, .sender = 1, .window = 1, .bcast_seq = 1};
	struct vr_msg heartbeat = {
		.type = WIRE_COMMIT, .sender = 1, .window = 2, .bcast_seq = 3, .op = 9};

	fixture_founded(2, 3);
	hear(&marked);
	CHECK_EQ(status().window, 1);
	CHECK_EQ(last_sent(WIRE_PREPARE_OK)->window, 1);
	/* MARK(2) with bcast_seq 2 is lost: the heartbeat after it heals. */
	hear(&heartbeat);
	CHECK_EQ(status().window, 2);
	CHECK_EQ(status().mark_op, 9);
	hear(&marked);
	CHECK_EQ(status().window, 2);
	mark(2, 0);
	CHECK_EQ(count_sent(WIRE_MARK_OK), 0);
}

/* The old leader had answered, so f followers were in the window; one of them promises to the new one. */
static void a_new_leader_takes_window_and_mark_over(void)
{
	struct wire_log_summary summary = {.mark_op = htobe64(1)};
	struct vr_msg promise = {.type = WIRE_DO_VIEW_CHANGE,
				 .sender = 3,
				 .window = 2,
				 .view = 1,
				 .payload = (const uint8_t *)&summary,
				 .payload_bytes = sizeof(summary)};

	fixture_founded(2, 3);
	hear(&promise);
	CHECK(status().is_leader);
	CHECK_EQ(status().window, 2);
	CHECK_EQ(status().mark_op, 1);
	CHECK_EQ(last_sent(WIRE_START_VIEW)->window, 2);
}

static void a_leader_reports_what_it_counted_when_its_view_is_left(void)
{
	struct told told = {0};
	struct vr_msg start = {.type = WIRE_START_VIEW, .sender = 2, .view = 1, .window = 1};

	fixture_founded(1, 3);
	ask(1, 1, "value");
	mark(1, 0);
	acknowledge(2, 1);
	pass(RESEND_TICKS);
	hear_told(&start, &told);
	CHECK_EQ(replica->views_left, 1);
	CHECK_EQ(replica->left.leader, 1);
	CHECK_EQ(replica->left.leader_incarnation, LIFE_OF(1));
	CHECK_EQ(replica->left.windows[0].broadcasts, 1);
	CHECK_EQ(replica->left.windows[0].sent, 2);
	CHECK_EQ(replica->left.windows[1].broadcasts, 1);
	CHECK_EQ(vr_window(replica->vr, WIRE_WINDOW_WARMUP)->broadcasts, 0);
	CHECK_EQ(status().bcast_seq, 0);
}

RUN_TESTS({"a MARK opens a window once and is answered when f are in it",
	   a_mark_opens_a_window_once_and_is_answered_when_f_are_in_it},
	  {"the closing MARK names the op up to which logs are compared",
	   the_closing_mark_names_the_op_up_to_which_logs_are_compared},
	  {"a window never closes again", a_window_never_closes_again},
	  {"a follower follows, and a lost MARK heals", a_follower_follows_and_a_lost_mark_heals},
	  {"a new leader takes window and MARK over", a_new_leader_takes_window_and_mark_over},
	  {"a leader reports what it counted when its view is left",
	   a_leader_reports_what_it_counted_when_its_view_is_left})
