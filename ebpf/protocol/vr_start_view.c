// SPDX-License-Identifier: Apache-2.0
/* A view begins: START_VIEW, and how a replica that missed it hears of it (VR Revisited 4.2, steps 4 and 5; 5.2). */
#include "vr_internal.h"

#include "vr_hooks.h"

void vr_tell_of_view(struct vr *vr, uint8_t id)
{
	struct vr_peer *peer = &vr->peers[id];
	struct vr_msg start = vr_message(vr, WIRE_START_VIEW);

	/* A deposed leader at full speed must not get an answer to each of its messages. */
	if (peer->told && vr->now - peer->told_at < vr->config.resend_ticks / 2)
		return;
	peer->told = true;
	peer->told_at = vr->now;
	vr_send_summary(vr, id, &start);
}

void vr_get_view_receive(struct vr *vr, const struct vr_msg *msg)
{
	if (vr_serves(vr))
		vr_tell_of_view(vr, msg->sender);
	else
		vr_drop(vr, VR_DROP_not_leader);
}

/* Moving on binds as a promise does. Its log is asked for; it tells of it by START_VIEW. */
void vr_fell_behind(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_msg ask;

	vr_move_to(vr, msg->view);
	vr->repeat_at = vr->now + vr->config.resend_ticks;
	ask = vr_message(vr, WIRE_GET_VIEW);
	vr_send(vr, msg->sender, &ask);
}

static void note_leader(struct vr *vr, const struct vr_msg *msg)
{
	vr->leader_heard_at = vr->now;
	vr->leader_incarnation = msg->incarnation;
}

void vr_start_view_receive(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_log_summary log;

	if (msg->sender != vr_leader_of(vr, msg->view)) {
		vr_drop(vr, VR_DROP_unknown_sender);
		return;
	}
	if (msg->view < vr->view) {
		vr_drop(vr, VR_DROP_stale_view);
		return;
	}
	if (!vr_read_summary(vr, msg, &log)) {
		vr_drop(vr, VR_DROP_bad_payload);
		return;
	}
	if (msg->view > vr->view)
		vr_move_to(vr, msg->view);
	note_leader(vr, msg);
	vr_learn_lives(vr, &log);
	vr_note_window(vr, msg->window, log.mark_op);
	if (vr_unpromised(vr)) {
		/* Our log is of this view already; the leader wants to hear that. */
		if (vr->health == VR_VIEW_CHANGE)
			vr_wish_no_more(vr);
		vr->ack_due = true;
		return;
	}
	if (VR_HOOK_COUNT_STALE_ACKS)
		vr_acknowledge(vr);
	if (VR_HOOK_KEEP_OWN_LOG)
		vr_become_normal(vr);
	else if (!vr->adoption.active)
		vr_adopt(vr, msg->sender, &log);
}
