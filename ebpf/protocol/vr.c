// SPDX-License-Identifier: Apache-2.0
/*
 * Messages by type. Every message carries its sender's id, incarnation and view,
 * and `commit`: the last op executed where it was sent.
 *
 * | type              | from -> to               | op                              | request                     | other fields |
 * |-------------------|--------------------------|---------------------------------|-----------------------------|--------------|
 * | PROBE             | client -> replica        | 0                               | 0                           | |
 * | PROBE_OK          | replica -> client        | last op of the gapless prefix   | 0                           | flags READY, MEMORY_LOST |
 * | REQUEST           | client -> leader         | highest op that a REPLY named   | request number of client_id | client_id, payload = struct kv_command and value |
 * | REPLY             | leader -> client         | op that the request was given   | request number of client_id | client_id, payload = result; flag MEMORY_LOST: refused, no payload |
 * | PREPARE           | leader -> followers      | the op that payload is given    | request number of client_id | client_id, payload, window, bcast_seq (0 and flag RESEND when sent again) |
 * | PREPARE_OK        | follower -> leader       | the sender holds each of 1..op  | latest bcast_seq received   | |
 * | COMMIT            | leader -> followers      | op of the closing MARK, or 0    | 0                           | window, bcast_seq |
 * | MARK              | client -> leader         | highest op that a REPLY named   | 0                           | window to open |
 * | MARK              | leader -> followers      | op of the closing MARK, or 0    | 0                           | window, bcast_seq |
 * | MARK_OK           | leader -> client         | op of the closing MARK, or 0    | 0                           | window that is open |
 * | START_VIEW_CHANGE | replica -> replicas      | view that binds the sender      | 0                           | view = the view it wants |
 * | DO_VIEW_CHANGE    | replica -> next leader   | last op of its log              | 0                           | payload = struct wire_log_summary |
 * | START_VIEW        | new leader -> replicas   | last op of the view's log       | 0                           | payload = struct wire_log_summary |
 * | GET_VIEW          | replica -> leader        | 0                               | 0                           | view = the view it heard of |
 * | RECOVERY          | replica -> replicas      | 0                               | 0                           | its incarnation is the nonce |
 * | RECOVERY_RESPONSE | replica -> replica       | last op of its log              | incarnation that asked      | flags FRESH, FOUNDER, BOUND; payload = struct wire_log_summary |
 * | FETCH             | replica -> replica       | first op that is missing        | last op that is missing     | flag ADOPT: as ENTRY, please |
 * | ENTRY             | replica -> replica       | the op                          | request number of client_id | client_id, payload |
 * | GET_STATE         | replica -> replica       | op of the checkpoint, 0 any     | offset in bytes             | |
 * | STATE             | replica -> replica       | op of the checkpoint            | offset in bytes             | payload = struct wire_state_piece, bytes |
 *
 * View v is led by replica (v mod N) + 1, VR Revisited 4.
 */
#include "vr_internal.h"

#include <assert.h>

#include "checkpoint.h"
#include "vr_hooks.h"

#define CLIENTS_MAX (1u << 20)
#define KEYS_MAX (1u << 24)
#define VALUE_MAX_BYTES (WIRE_PAYLOAD_MAX - WIRE_PAYLOAD_MIN)

static bool within(uint64_t value, uint64_t least, uint64_t most)
{
	return value >= least && value <= most;
}

/* A checkpoint's length is told in 32 bits. */
static const char *checkpoint_error(const struct vr_config *config)
{
	struct kv kv = {.keys = config->keys_max, .value_max_bytes = config->value_max_bytes};
	struct client_table clients = {.capacity = config->clients_max,
				       .reply_max_bytes = config->value_max_bytes};

	if (checkpoint_bytes_max(&kv, &clients) <= UINT32_MAX)
		return NULL;
	return "keys_max, clients_max and value_max_bytes make a checkpoint of more than 4 GiB";
}

const char *vr_config_error(const struct vr_config *config)
{
	_Static_assert(WIRE_MAX_REPLICAS == 15 && WIRE_PAYLOAD_MAX == 1408 &&
			       LOG_CAPACITY_OPS_MIN == 16 && LOG_CAPACITY_OPS_MAX == 1u << 24,
		       "the sentences name these");

	if (!within(config->replicas, 3, WIRE_MAX_REPLICAS) || config->replicas % 2 == 0)
		return "replicas must be odd and within 3..15";
	if (!within(config->id, 1, config->replicas))
		return "id must be within 1..replicas";
	if (config->incarnation == 0)
		return "incarnation must not be 0";
	if (!within(config->log_capacity_ops, LOG_CAPACITY_OPS_MIN, LOG_CAPACITY_OPS_MAX))
		return "log_capacity_ops must be within 16..2^24";
	if (!within(config->clients_max, 1, CLIENTS_MAX))
		return "clients_max must be within 1..2^20";
	if (!within(config->keys_max, 1, KEYS_MAX))
		return "keys_max must be within 1..2^24";
	if (!within(config->value_max_bytes, 1, VALUE_MAX_BYTES))
		return "value_max_bytes must be within 1..1400";
	if (!config->resend_ticks || !config->heartbeat_ticks)
		return "resend_ticks and heartbeat_ticks must be at least 1";
	if (config->view_change_ticks < 8 ||
	    config->view_change_ticks / 2 < config->heartbeat_ticks)
		return "view_change_ticks must be at least 8, and twice heartbeat_ticks";
	if (config->resend_ticks > config->view_change_ticks / 2)
		return "resend_ticks must be at most half of view_change_ticks";
	return checkpoint_error(config);
}

static uint64_t uncommitted_max(const struct vr_config *config)
{
	uint64_t half = config->log_capacity_ops / 2 - 1;

	return half < VR_UNCOMMITTED_MAX ? half : VR_UNCOMMITTED_MAX;
}

static struct vr *lay_out(struct memory_layout *layout, const struct vr_config *config,
			  struct vr *measured)
{
	struct vr *vr = memory_take(layout, sizeof(struct vr));
	uint32_t payload_max_bytes = config->value_max_bytes + WIRE_PAYLOAD_MIN;

	if (!vr)
		vr = measured;
	log_init(&vr->log, layout, config->log_capacity_ops, payload_max_bytes);
	log_init(&vr->adoption.incoming, layout, uncommitted_max(config) + 1, payload_max_bytes);
	client_table_init(&vr->clients, layout, config->clients_max, config->value_max_bytes);
	kv_init(&vr->kv, layout, config->keys_max, config->value_max_bytes);
	vr->scratch = memory_take(layout, config->value_max_bytes);
	vr->transfer.capacity = checkpoint_bytes_max(&vr->kv, &vr->clients);
	vr->transfer.buffer = memory_take(layout, vr->transfer.capacity);
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
	vr->health = VR_RECOVERING;
	vr->uncommitted_max = uncommitted_max(config);
	vr->leader = vr_leader_of(vr, vr->view);
	vr->fresh_lives[config->id] = config->incarnation;
	quorum_init(&vr->quorum, config->replicas, vr->leader);
	return vr;
}

static bool is_of_leader(const struct vr_msg *msg)
{
	return msg->type == WIRE_PREPARE || msg->type == WIRE_COMMIT || msg->type == WIRE_MARK;
}

/* Of an earlier view. Whoever sent it may not know that there is a later one. */
static void receive_stale(struct vr *vr, const struct vr_msg *msg)
{
	vr_drop(vr, VR_DROP_stale_view);
	if (VR_HOOK_ACCEPT_AFTER_PROMISE && msg->type == WIRE_PREPARE)
		vr_accept_stale(vr, msg);
	if (vr_serves(vr))
		vr_tell_of_view(vr, msg->sender);
}

static void receive_in_view(struct vr *vr, const struct vr_msg *msg)
{
	vr->peers[msg->sender].heard = true;
	vr->peers[msg->sender].heard_at = vr->now;
	switch (msg->type) {
	case WIRE_PREPARE:
	case WIRE_COMMIT:
	case WIRE_MARK:
		vr_follower_receive(vr, msg);
		break;
	case WIRE_PREPARE_OK:
		vr_leader_prepare_ok(vr, msg);
		break;
	case WIRE_GET_VIEW:
		vr_get_view_receive(vr, msg);
		break;
	case WIRE_FETCH:
		vr_fetch_receive(vr, msg);
		break;
	case WIRE_ENTRY:
		vr_adopt_entry(vr, msg);
		break;
	case WIRE_GET_STATE:
		vr_get_state_receive(vr, msg);
		break;
	case WIRE_STATE:
		vr_state_receive(vr, msg);
		break;
	default:
		vr_drop(vr, VR_DROP_unknown_sender);
	}
}

/* VR Revisited 4.1: replicas only process normal messages of their own view. */
static void receive_by_view(struct vr *vr, const struct vr_msg *msg)
{
	if (msg->view > vr->view) {
		if (!is_of_leader(msg) || msg->sender != vr_leader_of(vr, msg->view)) {
			vr_drop(vr, VR_DROP_stale_view);
			return;
		}
		vr_fell_behind(vr, msg);
	}
	if (msg->view < vr->view)
		receive_stale(vr, msg);
	else
		receive_in_view(vr, msg);
}

/* VR Revisited 4.3: who recovers takes no part in anything but its recovery. */
static void receive_recovering(struct vr *vr, const struct vr_msg *msg)
{
	bool of_log = msg->type == WIRE_ENTRY || msg->type == WIRE_STATE;

	if (vr->adoption.active && of_log && msg->view == vr->view)
		receive_in_view(vr, msg);
	else
		vr_drop(vr, VR_DROP_not_normal);
}

static void receive_from_replica(struct vr *vr, const struct vr_msg *msg)
{
	if (msg->type == WIRE_RECOVERY)
		vr_recovery_receive(vr, msg);
	else if (msg->type == WIRE_RECOVERY_RESPONSE)
		vr_recovery_response_receive(vr, msg);
	else if (vr->health == VR_RECOVERING)
		receive_recovering(vr, msg);
	else if (msg->type == WIRE_START_VIEW_CHANGE)
		vr_start_view_change_receive(vr, msg);
	else if (msg->type == WIRE_DO_VIEW_CHANGE)
		vr_do_view_change_receive(vr, msg);
	else if (msg->type == WIRE_START_VIEW)
		vr_start_view_receive(vr, msg);
	else
		receive_by_view(vr, msg);
}

void vr_receive(struct vr *vr, const struct vr_msg *msg, vr_return_address from)
{
	if ((msg->op | msg->commit | msg->bcast_seq) >= VR_NUMBER_MAX || msg->view > VR_VIEW_MAX) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (msg->sender == 0) {
		vr_client_receive(vr, msg, from);
		return;
	}
	if (msg->sender > vr->config.replicas || msg->sender == vr->config.id) {
		vr_drop(vr, VR_DROP_unknown_sender);
		return;
	}
	if (!vr_peer_is_present(vr, msg)) {
		vr_drop(vr, VR_DROP_stale_incarnation);
		return;
	}
	if (vr->health == VR_LOST_MEMORY)
		vr_drop(vr, VR_DROP_not_normal);
	else
		receive_from_replica(vr, msg);
}

/* VR Revisited 4.2, step 1; and a leader whom nobody answers must not keep the others from having one. */
static void watch_quorum(struct vr *vr)
{
	uint64_t patience = vr->config.view_change_ticks;
	bool alone = vr->leader == vr->config.id ? vr_peers_heard(vr, patience) < vr_f(vr)
						 : vr->now - vr->leader_heard_at >= patience;

	if (alone)
		vr_want_view(vr, vr->view + 1);
}

/* The process slept, not the others: what it would have heard meanwhile still waits in its socket. */
static void wake_up(struct vr *vr, uint64_t slept_ticks)
{
	vr->leader_heard_at += slept_ticks;
	vr->wanted_at += slept_ticks;
	for (unsigned id = 1; id <= vr->config.replicas; id++)
		vr->peers[id].heard_at += slept_ticks;
}

static void tick_by_health(struct vr *vr)
{
	switch (vr->health) {
	case VR_RECOVERING:
		vr_recovery_tick(vr);
		break;
	case VR_NORMAL:
		watch_quorum(vr);
		if (vr_serves(vr))
			vr_leader_tick(vr);
		break;
	case VR_VIEW_CHANGE:
		vr_view_change_tick(vr);
		break;
	case VR_LOST_MEMORY:
		return;
	}
	vr_adopt_tick(vr);
	vr_transfer_tick(vr);
}

void vr_tick(struct vr *vr, uint64_t now_ticks)
{
	uint64_t passed = now_ticks - vr->now;

	vr->now = now_ticks;
	if (vr->ticking && passed >= vr->config.view_change_ticks / 2)
		wake_up(vr, passed);
	if (!vr->ticking)
		vr->hopeless_since = now_ticks;
	vr->ticking = true;
	tick_by_health(vr);
}

void vr_flush(struct vr *vr)
{
	if (vr->leader != vr->config.id)
		vr_follower_flush(vr);
}

void vr_status(const struct vr *vr, struct vr_status *status)
{
	bool leads = vr_serves(vr);

	*status = (struct vr_status){
		.health = vr_memory_is_lost(vr) ? VR_LOST_MEMORY : vr->health,
		.is_leader = leads,
		.ready = vr->health == VR_NORMAL,
		.leader = vr->leader,
		.view = vr->view,
		.last_normal = vr->last_normal,
		.leader_incarnation = vr->leader == vr->config.id ? vr->config.incarnation
								  : vr->leader_incarnation,
		.window = vr->window,
		.peers_ready = (uint8_t)vr_peers_heard(vr, vr->config.view_change_ticks),
		.op = vr->log.prefix,
		.first = vr->log.first,
		.highest = vr->highest > vr->log.prefix ? vr->highest : vr->log.prefix,
		.commit = vr->commit,
		.mark_op = vr->mark_op,
		.bcast_seq = leads ? vr->bcast_seq : vr->receipts.highest,
		.views_entered = vr->views_entered,
		.recoveries = vr->recoveries,
		.checkpoints_installed = vr->transfer.installed_count,
		.checkpoints_taken = vr->transfer.taken_count,
	};
	log_hash_at(&vr->log, vr->commit, &status->hash);
	for (unsigned id = 1; leads && id <= vr->config.replicas; id++)
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
