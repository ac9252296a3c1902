/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof's events of one replica: `window` on entering a counting window,
 * `checkpoint`, `counters` after the drain and at the end. The BPF counters that
 * aren't kept per window are attributed by reading them when a window changes.
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

/* Totals since start, read at a window's edge. */
struct window_edge {
	uint64_t clones, clone_errors, peer_unknown, send_errors;
};

struct window_report {
	struct event_log *events;
	struct offload *offload;
	const struct broadcast *broadcast;
	const struct vr *vr;
	struct window_edge
		begin[WIRE_WINDOWS + 1]; /* begin[w + 1] is the end of w once entered[w + 1] */
	bool entered[WIRE_WINDOWS];
	struct window_edge next; /* taken just before a MARK is handed to the core */
	bool next_taken;
	uint64_t drained_at_ns; /* 0: the closing window wasn't entered */
	bool drained, checkpoint_said;
};

/*
 * Call before a client's MARK goes to the core: what the core broadcasts at once
 * belongs to the new window.
 */
void window_report_before_mark(struct window_report *report);
/* Call when the window may have changed; says `window` for one just entered. */
void window_report_look(struct window_report *report, const struct vr_status *status,
			uint64_t now_ns);
/* Every few ms: `checkpoint` and, after the drain, `counters`. */
void window_report_tick(struct window_report *report, const struct vr_status *status,
			uint64_t now_ns);
/* `counters` with final = true for all windows. */
void window_report_final(struct window_report *report, const struct vr_status *status);

#endif
