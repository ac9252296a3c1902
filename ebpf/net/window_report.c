// SPDX-License-Identifier: Apache-2.0
#include "window_report.h"

#include <string.h>

#include "clock.h"

static struct window_edge edge_now(struct window_report *report)
{
	struct window_edge edge = {.send_errors = report->broadcast->errors};
	struct bpf_broadcast_counts counts;

	if (offload_read(report->offload, &counts)) {
		edge.clones = counts.counters[BCAST_CLONES];
		edge.clone_errors = counts.counters[BCAST_CLONE_ERRORS];
		edge.peer_unknown = counts.counters[BCAST_PEER_UNKNOWN];
	}
	return edge;
}

void window_report_before_mark(struct window_report *report)
{
	report->next = edge_now(report);
	report->next_taken = true;
}

void window_report_look(struct window_report *report, const struct vr_status *status,
			uint64_t now_ns)
{
	uint8_t window = status->window;

	if (window >= WIRE_WINDOWS || report->entered[window]) {
		report->next_taken = false;
		return;
	}
	event_window(report->events, &(struct event_window){
					     .window = window,
					     .view = status->view,
					     .leader = status->leader,
					     .leaderIncarnation = status->leader_incarnation,
					     .bcastSeq = status->bcast_seq,
					     .cpuNs = clock_cpu_ns(),
				     });
	report->entered[window] = true;
	if (window != WIRE_WINDOW_WARMUP)
		report->begin[window] = report->next_taken ? report->next : edge_now(report);
	report->next_taken = false;
	if (window == WIRE_WINDOW_AFTER)
		report->drained_at_ns = now_ns + WINDOW_DRAIN_NS;
}

/* Where a window ends: where the next one that was entered begins, or now. */
static struct window_edge end_of(const struct window_report *report, unsigned window,
				 struct window_edge now)
{
	unsigned next;

	for (next = window + 1; next < WIRE_WINDOWS; next++) {
		if (report->entered[next])
			return report->begin[next];
	}
	return now;
}

static void say_counters(struct window_report *report, const struct vr_status *status,
			 unsigned window, bool final)
{
	const struct vr_window_counters *counted = vr_window(report->vr, (enum wire_window)window);
	struct window_edge end = end_of(report, window, edge_now(report));
	const struct window_edge *begin = &report->begin[window];
	struct bpf_broadcast_counts counts;
	bool known = offload_read(report->offload, &counts);
	size_t frames =
		known && status->is_leader ? report->broadcast->peers->names->count + 1u : 0;

	event_counters(report->events,
		       &(struct event_counters){
			       .final = final,
			       .window = window,
			       .view = status->view,
			       .leader = status->leader,
			       .leaderIncarnation = status->leader_incarnation,
			       .broadcasts = counted->broadcasts,
			       .sent = counted->sent,
			       .sendErrors = end.send_errors - begin->send_errors,
			       .clones = end.clones - begin->clones,
			       .cloneErrors = end.clone_errors - begin->clone_errors,
			       .peerUnknown = end.peer_unknown - begin->peer_unknown,
			       .framesKnown = known,
			       .frames = {counts.frames[window], frames},
			       .receipts = counted->receipts,
			       .duplicates = counted->duplicates,
			       .resends = counted->resends,
		       });
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
	if (!report->drained_at_ns)
		return;
	if (!report->checkpoint_said)
		say_checkpoint(report, status);
	if (report->drained || now_ns < report->drained_at_ns)
		return;
	report->drained = true;
	say_counters(report, status, WIRE_WINDOW_WARMUP, false);
	say_counters(report, status, WIRE_WINDOW_MEASURED, false);
}

void window_report_final(struct window_report *report, const struct vr_status *status)
{
	unsigned window;

	for (window = 0; window < WIRE_WINDOWS; window++)
		say_counters(report, status, window, true);
}
