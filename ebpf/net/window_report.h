/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof's events of one replica: `window` on entering a counting window,
 * `checkpoint`, `counters` after the drain, when a view is left and at the end.
 * All of it per view, since a view is led by one life of one replica. The BPF
 * counters that aren't kept per window are attributed by reading them when a
 * window changes.
 */
#ifndef LAB_WINDOW_REPORT_H
#define LAB_WINDOW_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "broadcast.h"
#include "event_log.h"
#include "offload.h"
#include "vr.h"

/* Stragglers of the measured window get this long before it is reported. */
#define WINDOW_DRAIN_NS 300000000ull

/* Totals since the view was entered, read at a window's edge. */
struct window_edge {
	uint64_t clones, clone_errors, peer_unknown, send_errors;
};

/* What is told of one view. Zeroed whenever another one is entered. */
struct view_report {
	bool open; /* entered, and not left yet */
	uint32_t view;
	uint8_t leader;
	uint32_t leader_incarnation;
	uint64_t send_errors; /* of all views before this one */
	bool looked; /* the three below hold */
	uint8_t first; /* the window in which the view was entered */
	bool entered[WIRE_WINDOWS];
	struct window_edge begin[WIRE_WINDOWS]; /* also the end of the window entered before */
	struct window_edge next; /* taken just before a MARK is handed to the core */
	bool next_taken;
	uint64_t drained_at_ns; /* 0: the closing window wasn't entered */
	bool drained;
};

/* The owner fills the first four; the rest begins as zero. */
struct window_report {
	struct event_log *events;
	struct offload *offload;
	const struct broadcast *broadcast;
	const struct vr *vr;
	struct view_report now;
	bool checkpoint_said;
};

/* After offload_enter_view, before the core counts anything in this view. */
void window_report_enter_view(struct window_report *report, uint32_t view);
/*
 * `counters` with final = true for the windows of a view that is over. Before
 * offload_enter_view for the next one.
 */
void window_report_leave_view(struct window_report *report, const struct vr_view_counts *counts);
/*
 * Call before a client's MARK goes to the core: what the core broadcasts at once
 * belongs to the new window.
 */
void window_report_before_mark(struct window_report *report);
/*
 * Call when the window may have changed, in status normal alone; says `window`
 * for one just entered, in each view anew.
 */
void window_report_look(struct window_report *report, const struct vr_status *status,
			uint64_t now_ns);
/* Every few ms: `checkpoint` and, after the drain, `counters`. */
void window_report_tick(struct window_report *report, const struct vr_status *status,
			uint64_t now_ns);
/* `counters` with final = true for all windows of the present view. */
void window_report_final(struct window_report *report, const struct vr_status *status);

#endif
