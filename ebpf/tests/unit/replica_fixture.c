// SPDX-License-Identifier: Apache-2.0
#include "replica_fixture.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "replica_messages.h"

struct replica_fixture *replica;

static void record(enum sent_how how, uint64_t to, const struct vr_msg *msg)
{
	struct sent *sent;

	assert(replica->sent_count < SENT_MAX && msg->payload_bytes <= sizeof(sent->bytes));
	sent = &replica->sent[replica->sent_count++];
	sent->how = how;
	sent->to = to;
	sent->msg = *msg;
	if (msg->payload_bytes)
		memcpy(sent->bytes, msg->payload, msg->payload_bytes);
	sent->msg.payload = sent->bytes;
}

static void on_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	(void)ctx;
	record(SENT_TO_REPLICA, to, msg);
}

/* As the baseline does: one send per other replica. */
static unsigned on_broadcast(void *ctx, const struct vr_msg *msg)
{
	(void)ctx;
	record(SENT_BROADCAST, 0, msg);
	return replica->others;
}

static void on_reply(void *ctx, vr_return_address to, const struct vr_msg *msg)
{
	(void)ctx;
	record(SENT_TO_CLIENT, to, msg);
}

static void on_view_entered(void *ctx, uint32_t view, bool leads)
{
	(void)ctx;
	(void)view;
	replica->views_entered++;
	replica->entered_as_leader = leads;
}

static void on_view_left(void *ctx, const struct vr_view_counts *counts)
{
	(void)ctx;
	replica->views_left++;
	replica->left = *counts;
}

static void on_committed(void *ctx, uint64_t op, uint32_t client_id, uint64_t request,
			 const uint8_t *payload, uint16_t bytes)
{
	(void)ctx;
	(void)client_id;
	(void)request;
	(void)payload;
	(void)bytes;
	replica->committed++;
	replica->committed_in_order &= op == replica->committed;
}

struct vr_config fixture_config(uint8_t id, uint8_t replicas)
{
	return (struct vr_config){
		.id = id,
		.replicas = replicas,
		.incarnation = LIFE_OF(id),
		.log_capacity_ops = 64,
		.clients_max = 4,
		.keys_max = 8,
		.value_max_bytes = 16,
		.resend_ticks = RESEND_TICKS,
		.heartbeat_ticks = HEARTBEAT_TICKS,
		.view_change_ticks = VIEW_CHANGE_TICKS,
	};
}

void fixture_begin(const struct vr_config *config)
{
	static struct replica_fixture fixture;
	struct vr_env env = {
		.send = on_send,
		.broadcast = on_broadcast,
		.reply = on_reply,
		.view_entered = on_view_entered,
		.view_left = on_view_left,
		.committed = on_committed,
	};
	size_t bytes = vr_memory_bytes(config);

	free(fixture.memory);
	memset(&fixture, 0, sizeof(fixture));
	replica = &fixture;
	replica->memory = aligned_alloc(64, bytes);
	memset(replica->memory, 0, bytes);
	replica->others = config->replicas - 1u;
	replica->committed_in_order = true;
	replica->vr = vr_init(replica->memory, config, &env);
	vr_tick(replica->vr, 0);
}

void fixture_lives(uint32_t lives[WIRE_MAX_REPLICAS + 1], uint8_t replicas)
{
	memset(lives, 0, (WIRE_MAX_REPLICAS + 1) * sizeof(*lives));
	for (uint8_t id = 1; id <= replicas; id++)
		lives[id] = LIFE_OF(id);
}

void fixture_founded(uint8_t id, uint8_t replicas)
{
	struct vr_config config = fixture_config(id, replicas);
	struct told told = {0};

	fixture_begin(&config);
	fixture_lives(told.lives, replicas);
	for (uint8_t other = 1; other <= replicas; other++) {
		struct vr_msg fresh = {.type = WIRE_RECOVERY_RESPONSE,
				       .flags = WIRE_F_FRESH,
				       .sender = other,
				       .request = LIFE_OF(id)};

		if (other != id)
			hear_told(&fresh, &told);
	}
	assert(status().health == VR_NORMAL);
	forget_sent();
}

void forget_sent(void)
{
	replica->sent_count = 0;
}

unsigned count_sent(enum wire_type type)
{
	unsigned count = 0;

	for (unsigned i = 0; i < replica->sent_count; i++)
		count += replica->sent[i].msg.type == type;
	return count;
}

unsigned count_sent_to(enum wire_type type, uint64_t to)
{
	unsigned count = 0;

	for (unsigned i = 0; i < replica->sent_count; i++)
		count += replica->sent[i].msg.type == type && replica->sent[i].to == to;
	return count;
}

const struct vr_msg *last_sent(enum wire_type type)
{
	static const struct vr_msg none;

	for (unsigned i = replica->sent_count; i-- > 0;)
		if (replica->sent[i].msg.type == type)
			return &replica->sent[i].msg;
	return &none;
}

struct vr_status status(void)
{
	struct vr_status now;

	vr_status(replica->vr, &now);
	return now;
}

uint64_t dropped(enum vr_drop cause)
{
	return status().drops[cause];
}
