// SPDX-License-Identifier: Apache-2.0
/* The leader towards its followers: PREPARE-OK, resends and the idle heartbeat. */
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

/* VR Revisited 4.1, step 5: with f PREPARE-OKs the op and all before it are committed. */
void vr_leader_prepare_ok(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_peer *peer = &vr->peers[msg->sender];

	if (vr->leader != vr->config.id) {
		vr_drop(vr, VR_DROP_not_leader);
		return;
	}
	/* A leader that only wished for another view, since nobody answered, is answered again. */
	if (vr->health == VR_VIEW_CHANGE && vr_unpromised(vr) &&
	    vr_peers_heard(vr, vr->config.view_change_ticks) >= vr_f(vr))
		vr_wish_no_more(vr);
	if (!vr_serves(vr)) {
		vr_drop(vr, VR_DROP_not_normal);
		return;
	}
	if (msg->op > vr->log.prefix) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (!peer->follows || msg->op > vr->quorum.acked[msg->sender]) {
		peer->silent_since = vr->now;
		peer->backoff = 0;
	}
	peer->follows = true;
	if (msg->window < WIRE_WINDOWS && msg->window > peer->window)
		peer->window = msg->window;
	if (msg->request > peer->received_seq)
		peer->received_seq = msg->request;
	vr_commit_through(vr, quorum_acknowledge(&vr->quorum, msg->sender, msg->op));
	if (vr->mark_waits)
		vr_answer_mark(vr);
}

/* Only a follower that owes an acknowledgement and made no progress for a while is sent to again. */
static void resend_if_silent(struct vr *vr, uint8_t id)
{
	struct vr_peer *peer = &vr->peers[id];
	uint64_t first = vr->quorum.acked[id] + 1;

	if (peer->follows && first > vr->log.prefix) {
		peer->silent_since = vr->now;
		peer->backoff = 0;
		return;
	}
	if (vr->now - peer->silent_since < (uint64_t)vr->config.resend_ticks << peer->backoff)
		return;
	/* It may not know of this view. One that misses more than is held here asks by itself. */
	if (!peer->follows)
		vr_tell_of_view(vr, id);
	else if (first >= vr->log.first)
		vr_resend(vr, id, first, vr->log.prefix);
	peer->silent_since = vr->now;
	if (peer->backoff < VR_RESEND_BACKOFF_MAX)
		peer->backoff++;
}

void vr_leader_tick(struct vr *vr)
{
	vr_leader_doubt_tick(vr);
	if (!vr_serves(vr))
		return;
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
