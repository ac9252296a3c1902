/* SPDX-License-Identifier: Apache-2.0 */
/* The proof's events over views, with a core and a program that say what the test tells them to. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "window_report.h"

/* By its text, so that the program's loader and the core aren't linked. */
#include "window_report.c"

#define REPLICAS 3
#define S 1000000000ull

static struct bpf_broadcast_counts program; /* since the view was entered */
static struct vr_window_counters core[WIRE_WINDOWS];
static struct line_writer out;
static struct event_log events;
static struct window_report report;
static FILE *file;

bool offload_read_view(struct offload *offload, struct bpf_broadcast_counts *counts)
{
	(void)offload;
	*counts = program;
	return true;
}

const struct vr_window_counters *vr_window(const struct vr *vr, enum wire_window window)
{
	(void)vr;
	return &core[window];
}

bool vr_hash_at(const struct vr *vr, uint64_t op, uint64_t *hash)
{
	(void)vr;
	*hash = 0xabc;
	return op <= 100;
}

static void open_report(void)
{
	static const struct config_peers names = {.count = REPLICAS};
	static const struct peers peers = {.names = &names};
	static const struct broadcast broadcast = {.own_id = 1, .peers = &peers};

	file = tmpfile();
	if (!file)
		abort();
	line_writer_open(&out, fileno(file));
	event_log_open(&events, "replica1", &out);
	report = (struct window_report){.events = &events, .broadcast = &broadcast};
}

/* As env.view_entered does: the core and the program count from nothing. */
static void enter(uint32_t view)
{
	memset(&program, 0, sizeof(program));
	memset(core, 0, sizeof(core));
	window_report_enter_view(&report, view);
}

static struct vr_status normal(uint32_t view, uint8_t window)
{
	return (struct vr_status){.health = VR_NORMAL,
				  .view = view,
				  .leader = (uint8_t)(view % REPLICAS + 1),
				  .leader_incarnation = 70 + view,
				  .window = window};
}

static void look(uint32_t view, uint8_t window)
{
	const struct vr_status status = normal(view, window);

	window_report_look(&report, &status, S);
}

static void end(uint32_t view)
{
	const struct vr_status status = normal(view, 1);

	window_report_final(&report, &status);
}

/* `times` broadcasts were cloned for both followers. */
static void broadcast_in(uint8_t window, uint64_t times)
{
	core[window].broadcasts += times;
	core[window].sent += times;
	program.frames[window][2] += times;
	program.frames[window][3] += times;
	program.counters[BCAST_CLONES] += times;
}

static void leave(uint32_t view, uint8_t window)
{
	struct vr_view_counts counts = {.view = view,
					.leader = (uint8_t)(view % REPLICAS + 1),
					.leader_incarnation = 70 + view,
					.window = window};

	memcpy(counts.windows, core, sizeof(core));
	window_report_leave_view(&report, &counts);
}

/* Lines of all that was said which hold this text. */
static unsigned lines_with(const char *text)
{
	static char said[1 << 16];
	ssize_t bytes = pread(fileno(file), said, sizeof(said) - 1, 0);
	unsigned lines = 0;

	said[bytes < 0 ? 0 : bytes] = '\0';
	for (const char *at = said; (at = strstr(at, text)); at++)
		lines++;
	return lines;
}

static void a_led_view_tells_its_windows_when_it_is_left(void)
{
	open_report();
	enter(3);
	look(3, 0);
	broadcast_in(0, 5);
	window_report_before_mark(&report);
	broadcast_in(1, 7);
	look(3, 1);
	leave(3, 1);
	CHECK_EQ(lines_with("\"event\":\"window\""), 2);
	CHECK_EQ(lines_with("\"final\":true,\"window\":0,\"view\":3,\"leader\":1,"
			    "\"leaderIncarnation\":73,\"broadcasts\":5,\"sent\":5,\"sendErrors\":0,"
			    "\"clones\":5,"),
		 1);
	CHECK_EQ(lines_with("\"window\":1,\"view\":3,\"leader\":1,\"leaderIncarnation\":73,"
			    "\"broadcasts\":7,\"sent\":7,\"sendErrors\":0,\"clones\":7,"),
		 1);
	CHECK_EQ(lines_with("\"frames\":[0,0,7,7]"), 1);
	CHECK_EQ(lines_with("\"window\":2"), 0);
}

static void the_next_view_tells_of_its_own_windows_alone(void)
{
	open_report();
	enter(3);
	look(3, 1);
	broadcast_in(1, 7);
	leave(3, 1);
	enter(4);
	look(4, 1);
	look(4, 1);
	core[1].receipts = 9;
	end(4);
	CHECK_EQ(lines_with("\"event\":\"window\""), 2);
	CHECK_EQ(lines_with("\"final\":true,\"window\":1,\"view\":4,\"leader\":2,"
			    "\"leaderIncarnation\":74,\"broadcasts\":0,"),
		 1);
	CHECK_EQ(lines_with("\"frames\":[],\"receipts\":9,"), 1);
	/* View 4 was entered in window 1: its warm-up is none of its own. */
	CHECK_EQ(lines_with("\"window\":0"), 0);
}

static void a_view_that_was_left_is_not_told_at_the_end_again(void)
{
	open_report();
	enter(3);
	look(3, 1);
	broadcast_in(1, 7);
	leave(3, 1);
	end(3);
	end(4);
	CHECK_EQ(lines_with("\"event\":\"counters\""), 1);
}

static void a_follower_that_missed_a_window_tells_that_it_counted_nothing(void)
{
	open_report();
	enter(4);
	look(4, 0);
	core[0].receipts = 2;
	look(4, 2);
	core[2].receipts = 1;
	leave(4, 2);
	CHECK_EQ(lines_with("\"final\":true,\"window\":1,\"view\":4,\"leader\":2,"), 1);
}

static void the_drain_is_told_once_in_the_view_that_saw_the_closing_mark(void)
{
	struct vr_status status = normal(3, 2);

	open_report();
	enter(3);
	look(3, 1);
	look(3, 2);
	status.commit = status.mark_op = 50;
	window_report_tick(&report, &status, S + WINDOW_DRAIN_NS - 1);
	CHECK_EQ(lines_with("\"event\":\"checkpoint\""), 1);
	CHECK_EQ(lines_with("\"event\":\"counters\""), 0);
	window_report_tick(&report, &status, S + WINDOW_DRAIN_NS);
	window_report_tick(&report, &status, 2 * S);
	CHECK_EQ(lines_with("\"event\":\"checkpoint\""), 1);
	CHECK_EQ(lines_with("\"final\":false,\"window\":1,\"view\":3"), 1);
	CHECK_EQ(lines_with("\"event\":\"counters\""), 1);
}

RUN_TESTS({"a led view tells its windows when it is left",
	   a_led_view_tells_its_windows_when_it_is_left},
	  {"the next view tells of its own windows alone",
	   the_next_view_tells_of_its_own_windows_alone},
	  {"a view that was left is not told at the end again",
	   a_view_that_was_left_is_not_told_at_the_end_again},
	  {"a follower that missed a window tells that it counted nothing",
	   a_follower_that_missed_a_window_tells_that_it_counted_nothing},
	  {"the drain is told once, in the view that saw the closing mark",
	   the_drain_is_told_once_in_the_view_that_saw_the_closing_mark})
