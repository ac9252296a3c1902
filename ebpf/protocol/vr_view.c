// SPDX-License-Identifier: Apache-2.0
/* Entering and leaving views: what belongs to a view begins and ends with it. */
#include "vr_internal.h"

#include <string.h>

static bool counted_anything(const struct vr *vr)
{
	for (unsigned window = 0; window < WIRE_WINDOWS; window++) {
		const struct vr_window_counters *counters = &vr->windows[window];

		if (counters->broadcasts || counters->receipts || counters->duplicates ||
		    counters->resends)
			return true;
	}
	return false;
}

/* bcast_seq begins anew in each view, and so does what is counted of it. */
static void leave_view(struct vr *vr)
{
	struct vr_view_counts counts = {
		.view = vr->view,
		.leader = vr->leader,
		.leader_incarnation = vr->leader == vr->config.id ? vr->config.incarnation
								  : vr->leader_incarnation,
		.window = vr->window,
	};

	memcpy(counts.windows, vr->windows, sizeof(counts.windows));
	if (vr->env.view_left && counted_anything(vr))
		vr->env.view_left(vr->env.ctx, &counts);
	memset(vr->windows, 0, sizeof(vr->windows));
	memset(&vr->receipts, 0, sizeof(vr->receipts));
	vr->bcast_seq = 0;
}

static void forget_followers(struct vr *vr)
{
	quorum_init(&vr->quorum, vr->config.replicas, vr->leader);
	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		struct vr_peer *peer = &vr->peers[id];

		peer->follows = false;
		peer->received_seq = 0;
		peer->window = 0;
		peer->backoff = 0;
		peer->silent_since = vr->now;
		peer->promised = false;
		peer->told = false;
	}
}

void vr_move_to(struct vr *vr, uint32_t view)
{
	vr_execute_known(vr);
	if (view != vr->view)
		leave_view(vr);
	vr->health = VR_VIEW_CHANGE;
	vr->view = view;
	vr->wanted = view;
	vr->wanted_at = vr->now;
	vr->repeat_at = vr->now;
	vr->leader = vr_leader_of(vr, view);
	vr->leader_incarnation = vr->peers[vr->leader].incarnation;
	vr->adoption.active = false;
	vr->ack_due = false;
	vr->doubt_op = 0;
	vr->mark_waits = false;
	vr->highest = 0;
	forget_followers(vr);
}

void vr_become_normal(struct vr *vr)
{
	vr->health = VR_NORMAL;
	vr->last_normal = vr->view;
	vr->wanted = vr->view;
	vr->view_changes_failed = 0;
	vr->views_entered++;
	vr->leader_heard_at = vr->now;
	vr->broadcast_at = vr->now;
	vr->highest = vr->log.prefix;
	vr->fetch_target = 0;
	/* Acknowledged at once: what was prepared in earlier views commits by it. */
	vr->ack_due = vr->leader != vr->config.id;
	vr_note_in_progress(vr);
	/* A new leader has a full period to hear from its followers. */
	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		vr->peers[id].heard = id != vr->config.id;
		vr->peers[id].heard_at = vr->now;
	}
	if (vr->env.view_entered)
		vr->env.view_entered(vr->env.ctx, vr->view, vr->leader == vr->config.id);
}
