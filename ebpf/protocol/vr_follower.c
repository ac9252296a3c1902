// SPDX-License-Identifier: Apache-2.0
/* A follower in normal operation: PREPARE, COMMIT, MARK in; PREPARE-OK and FETCH out. */
#include "vr_internal.h"

#include "vr_hooks.h"

static void receive_prepare(struct vr *vr, const struct vr_msg *msg)
{
	struct log_op entry = vr_operation(msg);

	if (msg->op == 0) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (msg->op > vr->highest)
		vr->highest = msg->op;
	/* Beyond the ring: it is asked for again, or a checkpoint is, once that is near. */
	if (msg->op > vr->log.prefix && log_put(&vr->log, &entry, vr->commit) == LOG_NO_ROOM)
		vr_drop(vr, VR_DROP_out_of_window);
}

static void note_leader(struct vr *vr, const struct vr_msg *msg)
{
	vr->leader_heard_at = vr->now;
	vr->leader_incarnation = msg->incarnation;
	if (msg->bcast_seq)
		vr_note_receipt(vr, msg->bcast_seq, msg->window);
	/* A lost MARK heals: its window and op travel on every heartbeat after it. */
	vr_note_window(vr, msg->window, msg->type == WIRE_PREPARE ? 0 : msg->op);
	if (msg->commit > vr->commit_known)
		vr->commit_known = msg->commit;
}

/* PREPARE, COMMIT or MARK of this view. */
void vr_follower_receive(struct vr *vr, const struct vr_msg *msg)
{
	if (msg->sender != vr->leader) {
		vr_drop(vr, VR_DROP_unknown_sender);
		return;
	}
	if (msg->window >= WIRE_WINDOWS) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	note_leader(vr, msg);
	/* The leader was silent, but nobody else has taken its place. */
	if (vr->health == VR_VIEW_CHANGE && vr_unpromised(vr))
		vr_wish_no_more(vr);
	if (vr->health != VR_NORMAL) {
		vr_drop(vr, VR_DROP_not_normal);
		return;
	}
	if (msg->commit > vr->highest)
		vr->highest = msg->commit;
	if (msg->type == WIRE_PREPARE)
		receive_prepare(vr, msg);
	/*
	 * A duplicate is acknowledged too, since an acknowledgement may have got lost, and so is a heartbeat:
	 * a leader that hears from nobody has to stop leading.
	 */
	vr->ack_due = true;
}

/* VR Revisited 4.1, step 4: an acknowledgement of op means that all before it are held as well. */
void vr_acknowledge(struct vr *vr)
{
	struct vr_msg ok = vr_message(vr, WIRE_PREPARE_OK);

	vr->ack_due = false;
	ok.op = VR_HOOK_ACK_OP(vr->log.prefix, vr->highest);
	ok.request = vr->receipts.highest;
	vr_send(vr, vr->leader, &ok);
}

/* Asks for the first stretch that is missing; again once it came, or when no answer did. */
static void fetch_missing(struct vr *vr)
{
	struct vr_msg fetch;
	uint64_t first = vr->log.prefix + 1;
	uint64_t last = first;

	if (vr->log.prefix >= vr->highest || vr->transfer.receiving)
		return;
	if (vr->log.prefix < vr->fetch_target && vr->now < vr->fetch_again_at)
		return;
	while (last < vr->highest && last - first + 1 < VR_RESEND_MAX &&
	       !log_holds(&vr->log, last + 1))
		last++;
	fetch = vr_message(vr, WIRE_FETCH);
	fetch.op = first;
	fetch.request = last;
	vr_send(vr, vr->leader, &fetch);
	vr->fetch_target = last;
	vr->fetch_again_at = vr->now + vr->config.resend_ticks;
}

void vr_follower_flush(struct vr *vr)
{
	if (vr->health != VR_NORMAL)
		return;
	/* The acknowledgement goes first: the leader waits for it, nobody waits for the execution. */
	if (vr->ack_due)
		vr_acknowledge(vr);
	vr_execute_known(vr);
	fetch_missing(vr);
}

void vr_accept_stale(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_msg ok = vr_message(vr, WIRE_PREPARE_OK);

	if (vr->health != VR_VIEW_CHANGE || msg->view != vr->last_normal)
		return;
	receive_prepare(vr, msg);
	ok.view = msg->view;
	ok.op = vr->log.prefix;
	vr_send(vr, msg->sender, &ok);
}
