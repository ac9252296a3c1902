// SPDX-License-Identifier: Apache-2.0
/* A follower in normal operation: PREPARE, COMMIT, MARK in; PREPARE-OK and FETCH out. */
#include "vr_internal.h"

#include "vr_hooks.h"

static void receive_prepare(struct vr *vr, const struct vr_msg *msg)
{
	struct log_op entry = {
		.op = msg->op,
		.request = msg->request,
		.client_id = msg->client_id,
		.bytes = msg->payload_bytes,
		.payload = msg->payload,
	};

	if (msg->op == 0) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (log_put(&vr->log, &entry) == LOG_NO_ROOM) {
		vr_drop(vr, VR_DROP_log_full);
		return;
	}
	if (msg->op > vr->highest)
		vr->highest = msg->op;
	/* A duplicate is acknowledged too: the leader sends again when an acknowledgement got lost. */
	vr->ack_due = true;
}

/* A lost MARK heals: its window and op travel on every heartbeat after it. */
static void note_mark(struct vr *vr, const struct vr_msg *msg)
{
	if (msg->window == WIRE_WINDOW_AFTER && msg->op > vr->mark_op)
		vr->mark_op = msg->op;
}

void vr_follower_receive(struct vr *vr, const struct vr_msg *msg)
{
	if (msg->sender != vr->leader) {
		vr_drop(vr, VR_DROP_unknown_sender);
		return;
	}
	if (!vr_leader_is_followed(vr, msg)) {
		vr_drop(vr, VR_DROP_stale_incarnation);
		return;
	}
	if (msg->window >= WIRE_WINDOWS) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (msg->bcast_seq)
		vr_note_receipt(vr, msg->bcast_seq, msg->window);
	if (msg->window > vr->window)
		vr->window = msg->window;
	if (msg->commit > vr->commit_known)
		vr->commit_known = msg->commit;
	if (msg->commit > vr->highest)
		vr->highest = msg->commit;
	if (msg->type == WIRE_PREPARE)
		receive_prepare(vr, msg);
	else
		note_mark(vr, msg);
}

/* VR Revisited 4.1, step 4: an acknowledgement of op means that all before it are held as well. */
static void acknowledge(struct vr *vr)
{
	struct vr_msg ok = vr_message(vr, WIRE_PREPARE_OK);

	vr->ack_due = false;
	ok.op = VR_HOOK_ACK_OP(vr->log.prefix, vr->highest);
	ok.request = vr->leader_incarnation;
	vr->env.send(vr->env.ctx, vr->leader, &ok);
}

/* Asks for the first stretch that is missing; again once it came, or when no answer did. */
static void fetch_missing(struct vr *vr)
{
	struct vr_msg fetch;
	uint64_t first = vr->log.prefix + 1;
	uint64_t last = first;

	/* What has no room here can't be fetched either. */
	if (vr->log.prefix >= vr->highest || first > vr->log.capacity_ops)
		return;
	if (vr->log.prefix < vr->fetch_target && vr->now < vr->fetch_again_at)
		return;
	while (last < vr->highest && last - first + 1 < VR_RESEND_MAX &&
	       !log_holds(&vr->log, last + 1))
		last++;
	fetch = vr_message(vr, WIRE_FETCH);
	fetch.op = first;
	fetch.request = last;
	vr->env.send(vr->env.ctx, vr->leader, &fetch);
	vr->fetch_target = last;
	vr->fetch_again_at = vr->now + vr->config.resend_ticks;
}

void vr_follower_flush(struct vr *vr)
{
	uint64_t commit = vr->commit_known < vr->log.prefix ? vr->commit_known : vr->log.prefix;

	/* The acknowledgement goes first: the leader waits for it, nobody waits for the execution. */
	if (vr->ack_due)
		acknowledge(vr);
	vr_commit_through(vr, commit);
	fetch_missing(vr);
}
