// SPDX-License-Identifier: Apache-2.0
/* The leader towards its followers: PREPARE-OK, FETCH, resends and the idle heartbeat. */
#include "vr_internal.h"

struct vr_msg vr_prepare_message(const struct vr *vr, uint64_t op)
{
	const struct log_entry *entry = log_at(&vr->log, op);
	struct vr_msg message = vr_message(vr, WIRE_PREPARE);

	message.op = op;
	message.client_id = entry->client_id;
	message.request = entry->request;
	message.payload = log_payload(&vr->log, entry);
	message.payload_bytes = entry->bytes;
	return message;
}

/* Sends ops first..last to one follower again, at most VR_RESEND_MAX of them. */
static void resend(struct vr *vr, uint8_t to, uint64_t first, uint64_t last)
{
	if (last - first >= VR_RESEND_MAX)
		last = first + VR_RESEND_MAX - 1;
	for (uint64_t op = first; op <= last; op++) {
		struct vr_msg message = vr_prepare_message(vr, op);

		message.flags = WIRE_F_RESEND;
		vr->env.send(vr->env.ctx, to, &message);
		vr->windows[vr->window].resends++;
	}
}

/* VR Revisited 4.1, step 5: with f PREPARE-OKs the op and all before it are committed. */
void vr_leader_prepare_ok(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_peer *peer = &vr->peers[msg->sender];
	uint64_t point;

	if (!vr_serves(vr)) {
		vr_drop(vr, VR_DROP_not_leader);
		return;
	}
	/* An acknowledgement of what an earlier life of this leader prepared says nothing about ours. */
	if (msg->request != vr->config.incarnation || !vr_peer_is_present(vr, msg)) {
		vr_drop(vr, VR_DROP_stale_incarnation);
		return;
	}
	if (msg->op > vr->log.prefix) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (msg->op > vr->quorum.acked[msg->sender]) {
		peer->silent_since = vr->now;
		peer->backoff = 0;
	}
	point = quorum_acknowledge(&vr->quorum, msg->sender, msg->op);
	vr_commit_through(vr, point);
}

/* A follower names a stretch that it misses; a FETCH carries no promise, so any life may ask. */
void vr_leader_fetch(struct vr *vr, const struct vr_msg *msg)
{
	uint64_t last = msg->request;

	if (!vr_serves(vr)) {
		vr_drop(vr, VR_DROP_not_leader);
		return;
	}
	if (!vr_peer_is_present(vr, msg)) {
		vr_drop(vr, VR_DROP_stale_incarnation);
		return;
	}
	if (last > vr->log.prefix)
		last = vr->log.prefix;
	if (msg->op == 0 || msg->op > last) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	resend(vr, msg->sender, msg->op, last);
}

/* Only a follower that owes an acknowledgement and made no progress for a while is sent to again. */
static void resend_if_silent(struct vr *vr, uint8_t id)
{
	struct vr_peer *peer = &vr->peers[id];
	uint64_t acked = vr->quorum.acked[id];

	if (!peer->ready || acked >= vr->log.prefix) {
		peer->silent_since = vr->now;
		peer->backoff = 0;
		return;
	}
	if (vr->now - peer->silent_since < (uint64_t)vr->config.resend_ticks << peer->backoff)
		return;
	resend(vr, id, acked + 1, vr->log.prefix);
	peer->silent_since = vr->now;
	if (peer->backoff < VR_RESEND_BACKOFF_MAX)
		peer->backoff++;
}

void vr_leader_tick(struct vr *vr)
{
	for (uint8_t id = 1; id <= vr->config.replicas; id++) {
		if (id != vr->config.id)
			resend_if_silent(vr, id);
	}
	/* VR Revisited 4.1, step 6: an idle leader tells of the last commit in a message of its own. */
	if (vr->now - vr->broadcast_at >= vr->config.heartbeat_ticks) {
		struct vr_msg message = vr_message(vr, WIRE_COMMIT);

		message.op = vr->mark_op;
		vr_leader_broadcast(vr, &message);
	}
}
