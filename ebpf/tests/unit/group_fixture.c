// SPDX-License-Identifier: Apache-2.0
#include "group_fixture.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUEUE_MAX 4096u

struct group group;

static struct group_message queue[QUEUE_MAX];
static unsigned queue_head, queue_tail;
/* What a core is given as its ctx: a pointer to its own id. */
static uint8_t ids[GROUP_MAX + 1];

static uint8_t id_of(void *ctx)
{
	return *(const uint8_t *)ctx;
}

static void on_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	struct group_message *message = &queue[queue_tail++ % QUEUE_MAX];

	assert(queue_tail - queue_head < QUEUE_MAX && msg->payload_bytes <= WIRE_PAYLOAD_MAX);
	message->from = id_of(ctx);
	message->to = to;
	message->msg = *msg;
	if (msg->payload_bytes)
		memcpy(message->bytes, msg->payload, msg->payload_bytes);
	message->msg.payload = message->bytes;
}

static unsigned on_broadcast(void *ctx, const struct vr_msg *msg)
{
	for (uint8_t id = 1; id <= group.replicas; id++)
		if (id != id_of(ctx))
			on_send(ctx, id, msg);
	return group.replicas - 1u;
}

static void on_reply(void *ctx, vr_return_address to, const struct vr_msg *msg)
{
	(void)ctx;
	assert(to <= GROUP_CLIENTS);
	if (msg->flags & WIRE_F_MEMORY_LOST)
		group.memory_lost = true;
	if (msg->type != WIRE_REPLY || msg->flags & WIRE_F_MEMORY_LOST)
		return;
	group.replied[to] = msg->request;
	group.reply_op[to] = msg->op;
	memcpy(group.reply[to], msg->payload, msg->payload_bytes);
	group.reply[to][msg->payload_bytes] = '\0';
}

static void on_committed(void *ctx, uint64_t op, uint32_t client_id, uint64_t request,
			 const uint8_t *payload, uint16_t bytes)
{
	uint8_t id = id_of(ctx);
	uint64_t what = (uint64_t)client_id << 32 | request;

	(void)payload;
	(void)bytes;
	assert(op < GROUP_OPS_MAX);
	if (group.requests[op] && group.requests[op] != what)
		group.agrees = false;
	if (op != group.committed[id] + 1)
		group.agrees = false;
	group.requests[op] = what;
	group.committed[id] = op;
}

static void on_restored(void *ctx, uint64_t op, uint64_t hash)
{
	(void)hash;
	group.restored[id_of(ctx)]++;
	group.committed[id_of(ctx)] = op;
}

void group_start(uint8_t id)
{
	struct vr_config config = {
		.id = id,
		.replicas = group.replicas,
		.incarnation = ++group.lives[id],
		.log_capacity_ops = 16,
		.clients_max = GROUP_CLIENTS,
		.keys_max = 8,
		.value_max_bytes = 1000,
		.resend_ticks = 10,
		.heartbeat_ticks = 20,
		.view_change_ticks = 100,
	};
	struct vr_env env = {
		.ctx = &ids[id],
		.send = on_send,
		.broadcast = on_broadcast,
		.reply = on_reply,
		.committed = on_committed,
		.restored = on_restored,
	};
	size_t bytes = vr_memory_bytes(&config);

	ids[id] = id;
	free(group.memories[id]);
	group.memories[id] = aligned_alloc(64, bytes);
	memset(group.memories[id], 0, bytes);
	group.committed[id] = 0;
	group.nodes[id] = vr_init(group.memories[id], &config, &env);
}

void group_begin(uint8_t replicas)
{
	for (uint8_t id = 1; id <= GROUP_MAX; id++)
		free(group.memories[id]);
	group = (struct group){.replicas = replicas, .agrees = true};
	queue_head = queue_tail = 0;
	for (uint8_t id = 1; id <= replicas; id++) {
		group.lives[id] = 100u * id;
		group_start(id);
	}
	group_pass(30);
}

static void deliver(void)
{
	while (queue_head != queue_tail) {
		struct group_message *message = &queue[queue_head++ % QUEUE_MAX];
		struct vr *node = group.nodes[message->to];

		if (group.lets_pass && !group.lets_pass(message))
			continue;
		if (!node || group.cut[message->from][message->to])
			continue;
		vr_receive(node, &message->msg, 0);
		vr_flush(node);
	}
}

void group_pass(uint64_t ticks)
{
	while (ticks--) {
		group.now++;
		for (uint8_t id = 1; id <= group.replicas; id++) {
			if (!group.nodes[id])
				continue;
			vr_tick(group.nodes[id], group.now);
			vr_flush(group.nodes[id]);
		}
		deliver();
	}
}

void group_crash(uint8_t id)
{
	group.nodes[id] = NULL;
}

void group_isolate(uint8_t id, bool cut)
{
	for (uint8_t other = 1; other <= group.replicas; other++)
		group.cut[id][other] = group.cut[other][id] = cut;
}

struct vr_status group_status(uint8_t id)
{
	struct vr_status status = {0};

	if (group.nodes[id])
		vr_status(group.nodes[id], &status);
	return status;
}

uint8_t group_leader(void)
{
	uint8_t leader = 0;
	uint32_t view = 0;

	for (uint8_t id = 1; id <= group.replicas; id++) {
		struct vr_status status = group_status(id);

		if (!status.is_leader || (leader && status.view < view))
			continue;
		leader = id;
		view = status.view;
	}
	return leader;
}

void group_put_to(uint8_t id, uint32_t client, uint64_t request, const char *value)
{
	uint8_t payload[WIRE_PAYLOAD_MAX] = {KV_PUT};
	uint32_t key = htobe32(client);
	struct vr_msg msg = {
		.type = WIRE_REQUEST,
		.client_id = client,
		.request = request,
		.op = group.reply_op[client],
		.payload = payload,
		.payload_bytes = (uint16_t)(WIRE_PAYLOAD_MIN + strlen(value)),
	};

	memcpy(payload + 4, &key, sizeof(key));
	memcpy(payload + WIRE_PAYLOAD_MIN, value, strlen(value));
	vr_receive(group.nodes[id], &msg, client);
	vr_flush(group.nodes[id]);
	deliver();
}

void group_put(uint32_t client, uint64_t first, uint64_t last)
{
	for (uint64_t request = first; request <= last; request++) {
		char value[32];

		snprintf(value, sizeof(value), "%llu", (unsigned long long)request);
		group_put_to(group_leader(), client, request, value);
	}
}

bool group_is_equal(void)
{
	struct vr_status leader = group_status(group_leader());

	for (uint8_t id = 1; id <= group.replicas; id++) {
		struct vr_status status = group_status(id);

		if (group.nodes[id] &&
		    (status.commit != leader.commit || status.hash != leader.hash))
			return false;
	}
	return group.agrees;
}
