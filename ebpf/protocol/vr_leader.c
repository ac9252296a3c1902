// SPDX-License-Identifier: Apache-2.0
/* The leader towards its clients: REQUEST, PROBE and MARK, and the broadcasts they cause. */
#include "vr_internal.h"

void vr_leader_broadcast(struct vr *vr, struct vr_msg *msg)
{
	struct vr_window_counters *counters = &vr->windows[vr->window];

	msg->bcast_seq = ++vr->bcast_seq;
	counters->broadcasts++;
	counters->sent += vr->env.broadcast(vr->env.ctx, msg);
	vr->broadcast_at = vr->now;
}

static void refuse_log_full(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	struct vr_msg reply = vr_message(vr, WIRE_REPLY);

	vr_drop(vr, VR_DROP_log_full);
	reply.flags = WIRE_F_LOG_FULL;
	reply.client_id = msg->client_id;
	reply.request = msg->request;
	vr->env.reply(vr->env.ctx, from, &reply);
}

/* VR Revisited 4.1, step 3: next op number, into the log, PREPARE to the others. */
static void prepare(struct vr *vr, const struct vr_msg *msg, struct client *client)
{
	struct log_op entry = {
		.op = vr->log.prefix + 1,
		.request = msg->request,
		.client_id = msg->client_id,
		.bytes = msg->payload_bytes,
		.payload = msg->payload,
	};
	struct vr_msg message;

	if (log_put(&vr->log, &entry) != LOG_STORED) {
		refuse_log_full(vr, msg, client->from);
		return;
	}
	client->request = msg->request;
	message = vr_prepare_message(vr, entry.op);
	vr_leader_broadcast(vr, &message);
}

void vr_leader_request(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	struct client *client;
	enum client_verdict verdict;

	if (!vr_serves(vr)) {
		vr_drop(vr, VR_DROP_not_leader);
		return;
	}
	/* Request numbers begin at 1: 0 would look like a client that never asked for anything. */
	if (msg->request == 0 || !kv_accepts(&vr->kv, msg->payload, msg->payload_bytes)) {
		vr_drop(vr, VR_DROP_bad_request);
		return;
	}
	client = client_table_obtain(&vr->clients, msg->client_id);
	if (!client) {
		vr_drop(vr, VR_DROP_clients_full);
		return;
	}
	verdict = client_judge(client, msg->request);
	if (verdict == CLIENT_STALE) {
		vr_drop(vr, VR_DROP_stale_request);
		return;
	}
	client->from = from;
	if (verdict == CLIENT_NEW)
		prepare(vr, msg, client);
	else if (verdict == CLIENT_REPLIED)
		vr_send_reply(vr, client);
}

void vr_leader_probe(struct vr *vr, vr_return_address from)
{
	struct vr_msg answer = vr_message(vr, WIRE_PROBE_OK);

	answer.op = vr->log.prefix;
	if (vr_serves(vr))
		answer.flags = WIRE_F_READY;
	vr->env.reply(vr->env.ctx, from, &answer);
}

/* Opens a counting window once; a repeated MARK is answered and causes no further broadcast. */
void vr_leader_mark(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	struct vr_msg message;

	if (!vr_serves(vr)) {
		vr_drop(vr, VR_DROP_not_leader);
		return;
	}
	if (msg->window >= WIRE_WINDOWS) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (msg->window > vr->window) {
		vr->window = msg->window;
		/* An op that doesn't exist could never be reached: the checkpoint stays within the log. */
		if (msg->window == WIRE_WINDOW_AFTER)
			vr->mark_op = msg->op < vr->log.prefix ? msg->op : vr->log.prefix;
		message = vr_message(vr, WIRE_MARK);
		message.op = vr->mark_op;
		vr_leader_broadcast(vr, &message);
	}
	message = vr_message(vr, WIRE_MARK_OK);
	message.op = vr->mark_op;
	vr->env.reply(vr->env.ctx, from, &message);
}
