// SPDX-License-Identifier: Apache-2.0
#include "window_report.h"

#include <string.h>

#include "clock.h"

static struct window_edge edge_now(struct window_report *report)
{
	struct window_edge edge = {.send_errors =
					   report->broadcast->errors - report->now.send_errors};
	struct bpf_broadcast_counts counts;

	if (offload_read_view(report->offload, &counts)) {
		edge.clones = counts.counters[BCAST_CLONES];
		edge.clone_errors = counts.counters[BCAST_CLONE_ERRORS];
		edge.peer_unknown = counts.counters[BCAST_PEER_UNKNOWN];
	}
	return edge;
}

void window_report_enter_view(struct window_report *report, uint32_t view)
{
	report->now = (struct view_report){
		.open = true,
		.view = view,
		.send_errors = report->broadcast->errors,
	};
}

void window_report_before_mark(struct window_report *report)
{
	report->now.next = edge_now(report);
	report->now.next_taken = true;
}

static void enter_window(struct window_report *report, const struct vr_status *status,
			 uint64_t now_ns)
{
	struct view_report *now = &report->now;
	uint8_t window = status->window;

	event_window(report->events, &(struct event_window){
					     .window = window,
					     .view = status->view,
					     .leader = status->leader,
					     .leaderIncarnation = status->leader_incarnation,
					     .bcastSeq = status->bcast_seq,
					     .cpuNs = clock_cpu_ns(),
				     });
	if (!now->looked) {
		now->looked = true;
		now->first = window;
	}
	now->entered[window] = true;
	/* The first one began with the view. */
	if (window != now->first)
		now->begin[window] = now->next_taken ? now->next : edge_now(report);
	if (window == WIRE_WINDOW_AFTER)
		now->drained_at_ns = now_ns + WINDOW_DRAIN_NS;
}

/*
 * Whether the core still counts in this view: one in which nothing was counted is left
 * without a word.
 */
static bool is_present(const struct view_report *now, const struct vr_status *status)
{
	return now->open && now->view == status->view;
}

void window_report_look(struct window_report *report, const struct vr_status *status,
			uint64_t now_ns)
{
	struct view_report *now = &report->now;

	/* Whose life leads is known from its first message on. */
	if (!is_present(now, status) || !status->leader_incarnation)
		return;
	now->leader = status->leader;
	now->leader_incarnation = status->leader_incarnation;
	if (status->window < WIRE_WINDOWS && !now->entered[status->window])
		enter_window(report, status, now_ns);
	now->next_taken = false;
}

/* Where a window ends: where the next one that was entered begins, or now. */
static struct window_edge end_of(struct window_report *report, unsigned window)
{
	unsigned next;

	for (next = window + 1; next < WIRE_WINDOWS; next++) {
		if (report->now.entered[next])
			return report->now.begin[next];
	}
	return edge_now(report);
}

static struct window_edge spent_in(struct window_report *report, unsigned window)
{
	const struct window_edge *begin = &report->now.begin[window];
	struct window_edge end = end_of(report, window);

	return (struct window_edge){
		.clones = end.clones - begin->clones,
		.clone_errors = end.clone_errors - begin->clone_errors,
		.peer_unknown = end.peer_unknown - begin->peer_unknown,
		.send_errors = end.send_errors - begin->send_errors,
	};
}

static void say_counters(struct window_report *report, const struct vr_view_counts *view,
			 unsigned window, bool final)
{
	const struct vr_window_counters *counted = &view->windows[window];
	struct window_edge spent = {0};
	struct bpf_broadcast_counts counts;
	bool known = offload_read_view(report->offload, &counts);
	bool led = view->leader == report->broadcast->own_id;
	size_t frames = known && led ? report->broadcast->peers->names->count + 1u : 0;

	if (led)
		spent = spent_in(report, window);
	event_counters(report->events, &(struct event_counters){
					       .final = final,
					       .window = window,
					       .view = view->view,
					       .leader = view->leader,
					       .leaderIncarnation = view->leader_incarnation,
					       .broadcasts = counted->broadcasts,
					       .sent = counted->sent,
					       .sendErrors = spent.send_errors,
					       .clones = spent.clones,
					       .cloneErrors = spent.clone_errors,
					       .peerUnknown = spent.peer_unknown,
					       .framesKnown = known,
					       .frames = {counts.frames[window], frames},
					       .receipts = counted->receipts,
					       .duplicates = counted->duplicates,
					       .resends = counted->resends,
				       });
}

/*
 * A window counts in a view from the one on in which the view was entered; what was
 * counted is told in any case.
 */
static bool worth_telling(const struct view_report *now, const struct vr_view_counts *view,
			  unsigned window)
{
	const struct vr_window_counters *counted = &view->windows[window];

	return (now->looked && window >= now->first && window <= view->window) ||
	       counted->broadcasts || counted->sent || counted->receipts || counted->duplicates ||
	       counted->resends;
}

static void say_all_counters(struct window_report *report, const struct vr_view_counts *view)
{
	unsigned window;

	for (window = 0; window < WIRE_WINDOWS; window++) {
		if (worth_telling(&report->now, view, window))
			say_counters(report, view, window, true);
	}
}

void window_report_leave_view(struct window_report *report, const struct vr_view_counts *counts)
{
	/* What arrives of a view before it is entered counts too, and it may end before. */
	if (report->now.view != counts->view)
		window_report_enter_view(report, counts->view);
	say_all_counters(report, counts);
	report->now.open = false;
}

/* The present view's numbers in the form in which those of a view that was left come. */
static struct vr_view_counts count_present(const struct window_report *report, uint8_t window)
{
	const struct view_report *now = &report->now;
	struct vr_view_counts counts = {
		.view = now->view,
		.leader = now->leader,
		.leader_incarnation = now->leader_incarnation,
		.window = window,
	};
	unsigned each;

	for (each = 0; each < WIRE_WINDOWS; each++)
		counts.windows[each] = *vr_window(report->vr, (enum wire_window)each);
	return counts;
}

static void say_checkpoint(struct window_report *report, const struct vr_status *status)
{
	uint64_t hash;

	/*
	 * A resent PREPARE tells of the window before a heartbeat tells of the closing
	 * MARK's op.
	 */
	if (!status->mark_op)
		return;
	if (status->commit < status->mark_op || !vr_hash_at(report->vr, status->mark_op, &hash))
		return;
	event_checkpoint(report->events, &(struct event_checkpoint){
						 .view = status->view,
						 .op = status->mark_op,
						 .commit = status->commit,
						 .hash = hash,
					 });
	report->checkpoint_said = true;
}

void window_report_tick(struct window_report *report, const struct vr_status *status,
			uint64_t now_ns)
{
	struct view_report *now = &report->now;
	struct vr_view_counts counts;
	unsigned window;

	if (!is_present(now, status) || !now->drained_at_ns)
		return;
	if (!report->checkpoint_said)
		say_checkpoint(report, status);
	if (now->drained || now_ns < now->drained_at_ns)
		return;
	now->drained = true;
	counts = count_present(report, status->window);
	for (window = now->first; window < WIRE_WINDOW_AFTER; window++)
		say_counters(report, &counts, window, false);
}

void window_report_final(struct window_report *report, const struct vr_status *status)
{
	struct vr_view_counts counts;

	if (!is_present(&report->now, status))
		return;
	/* Windows that were never entered are told as well: nothing was counted in them. */
	counts = count_present(report, WIRE_WINDOW_AFTER);
	say_all_counters(report, &counts);
}
