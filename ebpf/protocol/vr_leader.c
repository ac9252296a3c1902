// SPDX-License-Identifier: Apache-2.0
/* Towards the clients: REQUEST, PROBE and MARK, and the broadcasts they cause. */
#include "vr_internal.h"

#include "vr_hooks.h"

void vr_leader_broadcast(struct vr *vr, struct vr_msg *msg)
{
	struct vr_window_counters *counters = &vr->windows[vr->window];

	msg->bcast_seq = ++vr->bcast_seq;
	counters->broadcasts++;
	counters->sent += vr->env.broadcast(vr->env.ctx, msg);
	vr->broadcast_at = vr->now;
}

/* VR Revisited 4.1, step 3: next op number, into the log, PREPARE to the others. */
static void prepare(struct vr *vr, const struct vr_msg *msg, struct client *client)
{
	struct log_op entry = vr_operation(msg);
	struct vr_msg message;

	entry.op = vr->log.prefix + 1;
	if (vr->log.prefix - vr->commit >= vr->uncommitted_max ||
	    log_put(&vr->log, &entry, vr->commit) != LOG_STORED) {
		vr_drop(vr, VR_DROP_overload);
		return;
	}
	client->request = msg->request;
	message = vr_prepare_message(vr, entry.op);
	vr_leader_broadcast(vr, &message);
	if (VR_HOOK_COMMIT_AT_ONCE)
		vr_commit_through(vr, entry.op);
}

static void say_memory_lost(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	struct vr_msg reply = vr_message(vr, WIRE_REPLY);

	reply.flags = WIRE_F_MEMORY_LOST;
	reply.client_id = msg->client_id;
	reply.request = msg->request;
	vr->env.reply(vr->env.ctx, from, &reply);
}

/*
 * The client was told of an op that isn't here. Either there is a later view, and this leader has no
 * followers any more; or what was acknowledged is forgotten. vr_leader_doubt_tick tells which.
 */
static bool knows_more_than_we(struct vr *vr, const struct vr_msg *msg)
{
	if (msg->op <= vr->log.prefix)
		return false;
	if (!vr->doubt_op) {
		vr->doubt_op = msg->op;
		vr->doubt_seq = vr->bcast_seq;
	}
	return true;
}

/*
 * An acknowledged op was committed by f + 1 replicas. f followers that received what was broadcast in this view
 * after the client spoke weren't of a later view then, so one of those f + 1 is among us and has forgotten it.
 */
void vr_leader_doubt_tick(struct vr *vr)
{
	unsigned follow = 0;

	if (!vr->doubt_op)
		return;
	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		follow += vr->peers[id].received_seq > vr->doubt_seq;
	}
	if (vr->doubt_op <= vr->log.prefix)
		vr->doubt_op = 0;
	else if (follow >= vr_f(vr))
		vr->health = VR_LOST_MEMORY;
}

static void receive_request(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	struct client *client;
	enum client_verdict verdict;

	/* Request numbers begin at 1: 0 would look like a client that never asked for anything. */
	if (msg->request == 0 || !kv_accepts(&vr->kv, msg->payload, msg->payload_bytes)) {
		vr_drop(vr, VR_DROP_bad_request);
		return;
	}
	if (knows_more_than_we(vr, msg)) {
		vr_drop(vr, VR_DROP_not_leader);
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
	client->reachable = true;
	if (verdict == CLIENT_NEW)
		prepare(vr, msg, client);
	else if (verdict == CLIENT_REPLIED)
		vr_send_reply(vr, client);
}

/* Whoever may lead next had better know where the clients are that wait. */
static void note_address(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	struct client *client = client_table_find(&vr->clients, msg->client_id);

	if (!client)
		return;
	client->from = from;
	client->reachable = true;
}

static void receive_probe(struct vr *vr, vr_return_address from)
{
	struct vr_msg answer = vr_message(vr, WIRE_PROBE_OK);

	answer.op = vr->log.prefix;
	if (vr_serves(vr))
		answer.flags = WIRE_F_READY;
	if (vr_memory_is_lost(vr))
		answer.flags = WIRE_F_MEMORY_LOST;
	vr->env.reply(vr->env.ctx, from, &answer);
}

void vr_note_window(struct vr *vr, uint8_t window, uint64_t mark_op)
{
	if (window >= WIRE_WINDOWS)
		return;
	if (window > vr->window)
		vr->window = window;
	if (window == WIRE_WINDOW_AFTER && mark_op > vr->mark_op)
		vr->mark_op = mark_op;
}

void vr_answer_mark(struct vr *vr)
{
	struct vr_msg message = vr_message(vr, WIRE_MARK_OK);
	unsigned entered = 0;

	for (unsigned id = 1; id <= vr->config.replicas; id++)
		entered += vr->peers[id].follows && vr->peers[id].window >= vr->window;
	if (entered < vr_f(vr))
		return;
	vr->mark_waits = false;
	message.op = vr->mark_op;
	vr->env.reply(vr->env.ctx, vr->mark_from, &message);
}

/* Opens a counting window once; a repeated MARK causes no further broadcast. */
static void receive_mark(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	struct vr_msg message;

	if (msg->window >= WIRE_WINDOWS) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (knows_more_than_we(vr, msg)) {
		vr_drop(vr, VR_DROP_not_leader);
		return;
	}
	if (msg->window == WIRE_WINDOW_AFTER && vr->mark_op == 0)
		vr->mark_op = msg->op;
	if (msg->window > vr->window) {
		vr->window = msg->window;
		message = vr_message(vr, WIRE_MARK);
		message.op = vr->mark_op;
		vr_leader_broadcast(vr, &message);
	}
	vr->mark_from = from;
	vr->mark_waits = true;
	vr_answer_mark(vr);
}

void vr_client_receive(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	if (msg->type == WIRE_PROBE) {
		receive_probe(vr, from);
		return;
	}
	if (msg->type != WIRE_REQUEST && msg->type != WIRE_MARK) {
		vr_drop(vr, VR_DROP_unknown_sender);
		return;
	}
	if (vr_memory_is_lost(vr)) {
		if (msg->type == WIRE_REQUEST)
			say_memory_lost(vr, msg, from);
		else
			receive_probe(vr, from);
		return;
	}
	if (!vr_serves(vr)) {
		vr_drop(vr, VR_DROP_not_leader);
		if (msg->type == WIRE_REQUEST)
			note_address(vr, msg, from);
		return;
	}
	if (msg->type == WIRE_REQUEST)
		receive_request(vr, msg, from);
	else
		receive_mark(vr, msg, from);
}
