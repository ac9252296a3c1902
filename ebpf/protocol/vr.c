// SPDX-License-Identifier: Apache-2.0
/*
 * Messages by type. Every message carries its sender's id, incarnation and
 * view, and `commit`: the last op committed where it was sent.
 *
 * | type       | from -> to          | op                                | request                         | other fields |
 * |------------|---------------------|-----------------------------------|---------------------------------|--------------|
 * | HELLO      | replica -> replica  | highest op the sender knows of    | first incarnation of the leader that the sender ever followed, 0 if none; a leader's own | window |
 * | HELLO_OK   | replica -> replica  | as HELLO                          | as HELLO                        | window |
 * | PROBE      | client -> replica   | 0                                 | 0                               | |
 * | PROBE_OK   | replica -> client   | last op of the gapless prefix     | 0                               | flag READY: it leads and serves |
 * | REQUEST    | client -> leader    | 0                                 | request number of client_id     | client_id, payload = struct kv_command and value |
 * | PREPARE    | leader -> followers | the op that payload is given      | request number of client_id     | client_id, payload, window, bcast_seq (0 and flag RESEND when sent again) |
 * | PREPARE_OK | follower -> leader  | the sender holds each of 1..op    | the leader's incarnation that it is meant for | |
 * | COMMIT     | leader -> followers | op of the closing MARK, 0 before  | 0                               | window, bcast_seq |
 * | REPLY      | leader -> client    | op that the request was given     | request number of client_id     | client_id, payload = result; flag LOG_FULL: refused, op 0, no payload |
 * | FETCH      | follower -> leader  | first op that is missing          | last op that is missing in a row | |
 * | MARK       | client -> leader    | highest op that a REPLY named     | 0                               | window to open |
 * | MARK       | leader -> followers | op of the closing MARK, 0 before  | 0                               | window, bcast_seq |
 * | MARK_OK    | leader -> client    | op of the closing MARK, 0 before  | 0                               | window that is open |
 *
 * View v is led by replica (v mod N) + 1, VR Revisited 4.
 */
#include "vr_internal.h"

#include <assert.h>

#define CLIENTS_MAX (1u << 20)
#define KEYS_MAX (1u << 24)
#define VALUE_MAX_BYTES (WIRE_PAYLOAD_MAX - WIRE_PAYLOAD_MIN)

static bool within(uint64_t value, uint64_t least, uint64_t most)
{
	return value >= least && value <= most;
}

const char *vr_config_error(const struct vr_config *config)
{
	_Static_assert(WIRE_MAX_REPLICAS == 15 && WIRE_PAYLOAD_MAX == 1408,
		       "the sentences name these");

	if (!within(config->replicas, 3, WIRE_MAX_REPLICAS) || config->replicas % 2 == 0)
		return "replicas must be odd and within 3..15";
	if (!within(config->id, 1, config->replicas))
		return "id must be within 1..replicas";
	if (config->incarnation == 0)
		return "incarnation must not be 0";
	if (!within(config->log_capacity_ops, 1, LOG_CAPACITY_OPS_MAX))
		return "log_capacity_ops must be within 1..2^32";
	if (!within(config->log_capacity_bytes, WIRE_PAYLOAD_MIN, LOG_CAPACITY_BYTES_MAX))
		return "log_capacity_bytes must be within 8..2^32";
	if (!within(config->clients_max, 1, CLIENTS_MAX))
		return "clients_max must be within 1..2^20";
	if (!within(config->keys_max, 1, KEYS_MAX))
		return "keys_max must be within 1..2^24";
	if (!within(config->value_max_bytes, 1, VALUE_MAX_BYTES))
		return "value_max_bytes must be within 1..1400";
	if (!config->resend_ticks || !config->heartbeat_ticks || !config->hello_ticks)
		return "resend_ticks, heartbeat_ticks and hello_ticks must be at least 1";
	return NULL;
}

static struct vr *lay_out(struct memory_layout *layout, const struct vr_config *config,
			  struct vr *measured)
{
	struct vr *vr = memory_take(layout, sizeof(struct vr));

	if (!vr)
		vr = measured;
	log_init(&vr->log, layout, config->log_capacity_ops, config->log_capacity_bytes);
	client_table_init(&vr->clients, layout, config->clients_max, config->value_max_bytes);
	kv_init(&vr->kv, layout, config->keys_max, config->value_max_bytes);
	vr->scratch = memory_take(layout, config->value_max_bytes);
	return vr;
}

size_t vr_memory_bytes(const struct vr_config *config)
{
	struct memory_layout layout = {0};
	struct vr measured;

	if (vr_config_error(config))
		return 0;
	lay_out(&layout, config, &measured);
	return (layout.used + 63) & ~(size_t)63;
}

struct vr *vr_init(void *memory, const struct vr_config *config, const struct vr_env *env)
{
	struct memory_layout layout = {.base = memory};
	struct vr *vr;

	assert(!vr_config_error(config) && (uintptr_t)memory % 64 == 0);
	vr = lay_out(&layout, config, NULL);
	vr->config = *config;
	vr->env = *env;
	vr->leader = (uint8_t)(vr->view % config->replicas + 1);
	quorum_init(&vr->quorum, config->replicas, vr->leader);
	return vr;
}

static void receive_from_client(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	switch (msg->type) {
	case WIRE_REQUEST:
		vr_leader_request(vr, msg, from);
		break;
	case WIRE_PROBE:
		vr_leader_probe(vr, from);
		break;
	case WIRE_MARK:
		vr_leader_mark(vr, msg, from);
		break;
	default:
		vr_drop(vr, VR_DROP_unknown_sender);
	}
}

static void receive_from_replica(struct vr *vr, const struct vr_msg *msg)
{
	switch (msg->type) {
	case WIRE_HELLO:
	case WIRE_HELLO_OK:
		vr_hello_receive(vr, msg);
		break;
	case WIRE_PREPARE:
	case WIRE_COMMIT:
	case WIRE_MARK:
		vr_follower_receive(vr, msg);
		break;
	case WIRE_PREPARE_OK:
		vr_leader_prepare_ok(vr, msg);
		break;
	case WIRE_FETCH:
		vr_leader_fetch(vr, msg);
		break;
	default:
		vr_drop(vr, VR_DROP_unknown_sender);
	}
}

void vr_receive(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	if (msg->sender == 0) {
		receive_from_client(vr, msg, from);
		return;
	}
	if (msg->sender > vr->config.replicas || msg->sender == vr->config.id) {
		vr_drop(vr, VR_DROP_unknown_sender);
		return;
	}
	/* VR Revisited 4.1: replicas only process normal messages of their own view. */
	if (msg->view != vr->view) {
		vr_drop(vr, VR_DROP_stale_view);
		return;
	}
	receive_from_replica(vr, msg);
}

void vr_tick(struct vr *vr, uint64_t now_ticks)
{
	if (!vr->ticking) {
		vr->ticking = true;
		vr->started = now_ticks;
	}
	vr->now = now_ticks;
	vr_hello_tick(vr);
	if (vr_serves(vr))
		vr_leader_tick(vr);
}

void vr_flush(struct vr *vr)
{
	if (!vr_leads(vr))
		vr_follower_flush(vr);
}

static uint8_t peers_ready(const struct vr *vr)
{
	uint8_t ready = 0;

	for (unsigned id = 1; id <= vr->config.replicas; id++)
		ready += vr->peers[id].ready;
	return ready;
}

void vr_status(const struct vr *vr, struct vr_status *status)
{
	*status = (struct vr_status){
		.health = vr->health,
		.is_leader = vr_leads(vr),
		.ready = vr->health == VR_NORMAL,
		.leader = vr->leader,
		.view = vr->view,
		.leader_incarnation =
			vr_leads(vr) ? vr->config.incarnation : vr->leader_incarnation,
		.window = vr->window,
		.peers_ready = peers_ready(vr),
		.op = vr->log.prefix,
		.commit = vr->commit,
		.mark_op = vr->mark_op,
		.bcast_seq = vr_leads(vr) ? vr->bcast_seq : vr->receipts.highest,
	};
	log_hash_at(&vr->log, vr->commit, &status->hash);
	for (unsigned id = 1; id <= vr->config.replicas; id++)
		status->acked[id] = vr->quorum.acked[id];
	for (unsigned cause = 0; cause < VR_DROP_END; cause++)
		status->drops[cause] = vr->drops[cause];
}

const struct vr_window_counters *vr_window(const struct vr *vr, enum wire_window window)
{
	return &vr->windows[window];
}

bool vr_hash_at(const struct vr *vr, uint64_t op, uint64_t *hash)
{
	return op <= vr->commit && log_hash_at(&vr->log, op, hash);
}
