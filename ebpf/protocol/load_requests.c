// SPDX-License-Identifier: Apache-2.0
/* The closed loop: each slot has one request outstanding, sent again until it is answered. */
#include "load_internal.h"

#include <inttypes.h>

/* Retries and timeouts are told of in the interval of their own phase, as completions are. */
static bool counts_in_interval(const struct load *load, const struct load_slot *slot)
{
	return slot->measured == (load->phase == LOAD_MEASURING);
}

static struct vr_msg request_message(struct load *load, uint32_t slot)
{
	uint64_t request = load->slots[slot].request;

	load_payload(&load->config, slot, request, load->payload);
	return (struct vr_msg){
		.type = WIRE_REQUEST,
		.client_id = load_client_id(load, slot),
		.op = load->highest_op,
		.request = request,
		.payload = load->payload,
		.payload_bytes = load->config.payload_bytes,
	};
}

bool load_may_issue(const struct load *load, uint64_t now_ns)
{
	uint64_t elapsed_ns = now_ns - load->phase_began_ns;

	if (load->phase == LOAD_WARMUP)
		return load->config.warmup_ns > 0;
	if (load->phase != LOAD_MEASURING)
		return false;
	if (load->config.requests)
		return load->issued < load->config.requests;
	return elapsed_ns < load->config.measure_ns;
}

void load_issue(struct load *load, uint32_t slot, uint64_t now_ns)
{
	struct load_slot *at = &load->slots[slot];
	struct vr_msg msg;

	*at = (struct load_slot){
		.request = at->request + 1,
		.first_sent_ns = now_ns,
		.retry_at_ns = now_ns + load->config.retry_ns,
		.outstanding = true,
		.measured = load->phase == LOAD_MEASURING,
		.after_op = load->highest_op,
	};
	if (load->outstanding++ == 0)
		load->progress_ns = now_ns;
	if (at->measured)
		load->issued++;
	if (at->retry_at_ns < load->retry_scan_ns)
		load->retry_scan_ns = at->retry_at_ns;
	msg = request_message(load, slot);
	load->env.send(load->env.ctx, load->leader, &msg);
	load_check_sent(load, slot, now_ns);
}

void load_issue_all(struct load *load, uint64_t now_ns)
{
	for (uint32_t slot = 0; slot < load->config.clients; slot++) {
		if (!load_may_issue(load, now_ns))
			return;
		if (!load->slots[slot].outstanding)
			load_issue(load, slot, now_ns);
	}
}

static void record(struct load *load, const struct load_slot *slot, uint64_t now_ns)
{
	uint64_t latency_ns = now_ns - slot->first_sent_ns;

	if (slot->measured) {
		latency_record(&load->measured, latency_ns);
		load->last_reply_ns = now_ns;
	}
	if (counts_in_interval(load, slot))
		latency_record(&load->interval, latency_ns);
}

static void lost_op(struct load *load, const struct vr_msg *msg, uint32_t slot, uint64_t now_ns)
{
	uint64_t after_op = load->slots[slot].after_op;

	if (msg->op <= after_op)
		load_lost_memory(load, now_ns,
				 "replica%u gives op %" PRIu64 " to request %" PRIu64
				 " of client %u, which was sent after op %" PRIu64
				 " had been acknowledged: the cluster forgot it",
				 msg->sender, msg->op, msg->request, msg->client_id, after_op);
	else
		load_lost_memory(load, now_ns,
				 "replica%u gives op %" PRIu64 " to request %" PRIu64
				 " of client %u, but another request that was acknowledged had it: "
				 "the cluster forgot it",
				 msg->sender, msg->op, msg->request, msg->client_id);
}

void load_accept_reply(struct load *load, const struct vr_msg *msg, uint64_t now_ns)
{
	uint32_t slot = msg->client_id - load_client_id(load, 0);
	struct load_slot *at;

	if (slot >= load->config.clients)
		return;
	at = &load->slots[slot];
	/* A late reply to a retry of a request that was answered already. */
	if (!at->outstanding || msg->request != at->request)
		return;
	if (msg->flags & WIRE_F_MEMORY_LOST) {
		load_lost_memory(load, now_ns,
				 "replica%u refuses: more than f replicas lost their memories, ops "
				 "up to %" PRIu64 " had been acknowledged",
				 msg->sender, load->highest_op);
		return;
	}
	/* Each request that was executed has an op. */
	if (!msg->op)
		return;
	load_outage_note(load, msg->sender, now_ns);
	at->outstanding = false;
	load->outstanding--;
	load->progress_ns = now_ns;
	load->replies++;
	load_follow(load, msg);
	load_check_answered(load, slot, msg, now_ns);
	record(load, at, now_ns);
	if (!load_history_note(load, msg->op, slot)) {
		lost_op(load, msg, slot, now_ns);
		return;
	}
	if (load_may_issue(load, now_ns))
		load_issue(load, slot, now_ns);
	/* The next request is on its way: what is left to do costs no latency. */
	load_history_chain(load);
}

bool load_sent_at(const struct load *load, uint32_t client_id, uint64_t request, uint64_t *sent_ns)
{
	uint32_t slot = client_id - load_client_id(load, 0);

	if (slot >= load->config.clients || !load->slots[slot].outstanding ||
	    load->slots[slot].request != request)
		return false;
	*sent_ns = load->slots[slot].first_sent_ns;
	return true;
}

static void retry(struct load *load, uint32_t slot, uint64_t now_ns)
{
	struct load_slot *at = &load->slots[slot];
	struct vr_msg msg = request_message(load, slot);
	struct load_tally tally = {.timeouts = !at->timed_out, .retries = load->config.replicas};

	for (uint8_t id = 1; id <= load->config.replicas; id++)
		load->env.send(load->env.ctx, id, &msg);
	at->timed_out = true;
	at->retry_at_ns = now_ns + load->config.retry_ns;
	if (at->measured) {
		load->measured_tally.timeouts += tally.timeouts;
		load->measured_tally.retries += tally.retries;
	}
	if (counts_in_interval(load, at)) {
		load->interval_tally.timeouts += tally.timeouts;
		load->interval_tally.retries += tally.retries;
	}
}

/* Slots are looked through once per retry_ns at most, never per datagram. */
void load_retry_due(struct load *load, uint64_t now_ns)
{
	uint64_t next = UINT64_MAX;

	if (now_ns < load->retry_scan_ns)
		return;
	for (uint32_t slot = 0; slot < load->config.clients; slot++) {
		struct load_slot *at = &load->slots[slot];

		if (!at->outstanding)
			continue;
		if (now_ns >= at->retry_at_ns)
			retry(load, slot, now_ns);
		if (at->retry_at_ns < next)
			next = at->retry_at_ns;
	}
	load->retry_scan_ns = next;
}
