// SPDX-License-Identifier: Apache-2.0
#include "replica_fixture.h"

#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

static void record(struct replica_fixture *fixture, enum sent_how how, uint64_t to,
		   const struct vr_msg *msg)
{
	struct sent *sent = &fixture->sent[fixture->sent_count++];

	assert(fixture->sent_count < SENT_MAX && msg->payload_bytes <= sizeof(sent->bytes));
	*sent = (struct sent){.how = how, .to = to, .msg = *msg};
	if (msg->payload_bytes)
		memcpy(sent->bytes, msg->payload, msg->payload_bytes);
	sent->msg.payload = sent->bytes;
}

static void on_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	record(ctx, SENT_TO_REPLICA, to, msg);
}

/* As the baseline does: one send per other replica. */
static unsigned on_broadcast(void *ctx, const struct vr_msg *msg)
{
	struct replica_fixture *fixture = ctx;

	record(fixture, SENT_BROADCAST, 0, msg);
	return fixture->others;
}

static void on_reply(void *ctx, vr_return_address to, const struct vr_msg *msg)
{
	record(ctx, SENT_TO_CLIENT, to, msg);
}

static void on_committed(void *ctx, uint64_t op, uint32_t client_id, uint64_t request,
			 const uint8_t *payload, uint16_t bytes)
{
	struct replica_fixture *fixture = ctx;

	(void)client_id;
	(void)request;
	(void)payload;
	(void)bytes;
	fixture->committed++;
	fixture->committed_in_order &= op == fixture->committed;
}

struct vr_config fixture_config(uint8_t id, uint8_t replicas)
{
	return (struct vr_config){
		.id = id,
		.replicas = replicas,
		.incarnation = id == 1 ? LEADER_LIFE : LIFE_OF(id),
		.log_capacity_ops = 256,
		.log_capacity_bytes = 8192,
		.clients_max = 4,
		.keys_max = 8,
		.value_max_bytes = 16,
		.resend_ticks = 10,
		.heartbeat_ticks = 50,
		.hello_ticks = 5,
		.quorum_wait_ticks = 100,
	};
}

struct replica_fixture *fixture_begin(const struct vr_config *config)
{
	struct replica_fixture *fixture = calloc(1, sizeof(*fixture));
	struct vr_env env = {
		.ctx = fixture,
		.send = on_send,
		.broadcast = on_broadcast,
		.reply = on_reply,
		.committed = on_committed,
	};
	size_t bytes = vr_memory_bytes(config);

	fixture->memory = aligned_alloc(64, bytes);
	memset(fixture->memory, 0, bytes);
	fixture->others = config->replicas - 1u;
	fixture->committed_in_order = true;
	fixture->vr = vr_init(fixture->memory, config, &env);
	return fixture;
}

struct replica_fixture *fixture_leader(uint8_t replicas)
{
	struct vr_config config = fixture_config(1, replicas);
	struct replica_fixture *fixture = fixture_begin(&config);

	vr_tick(fixture->vr, 0);
	for (uint8_t id = 2; id <= replicas; id++)
		send_hello(fixture, id, LIFE_OF(id), 0, 0);
	fixture_forget(fixture);
	return fixture;
}

struct replica_fixture *fixture_follower(uint8_t id)
{
	struct vr_config config = fixture_config(id, 3);
	struct replica_fixture *fixture = fixture_begin(&config);

	vr_tick(fixture->vr, 0);
	send_hello(fixture, 1, LEADER_LIFE, 0, LEADER_LIFE);
	fixture_forget(fixture);
	return fixture;
}

void fixture_end(struct replica_fixture *fixture)
{
	free(fixture->memory);
	free(fixture);
}

void fixture_forget(struct replica_fixture *fixture)
{
	fixture->sent_count = 0;
}

const struct sent *fixture_last(const struct replica_fixture *fixture, enum wire_type type)
{
	for (unsigned i = fixture->sent_count; i-- > 0;)
		if (fixture->sent[i].msg.type == type)
			return &fixture->sent[i];
	return NULL;
}

unsigned fixture_count(const struct replica_fixture *fixture, enum wire_type type)
{
	unsigned count = 0;

	for (unsigned i = 0; i < fixture->sent_count; i++)
		count += fixture->sent[i].msg.type == type;
	return count;
}

struct vr_status fixture_status(const struct replica_fixture *fixture)
{
	struct vr_status status;

	vr_status(fixture->vr, &status);
	return status;
}

static uint16_t write_put(uint8_t payload[64], uint32_t key, const char *value)
{
	struct kv_command command = {.verb = KV_PUT, .key = htobe32(key)};

	memcpy(payload, &command, sizeof(command));
	memcpy(payload + sizeof(command), value, strlen(value));
	return (uint16_t)(sizeof(command) + strlen(value));
}

void send_put(struct replica_fixture *fixture, uint32_t client, uint64_t request, const char *value,
	      vr_return_address from)
{
	uint8_t payload[64];
	struct vr_msg msg = {
		.type = WIRE_REQUEST,
		.client_id = client,
		.request = request,
		.payload_bytes = write_put(payload, 1, value),
		.payload = payload,
	};

	vr_receive(fixture->vr, &msg, from);
	vr_flush(fixture->vr);
}

void send_prepare_ok(struct replica_fixture *fixture, uint8_t from, uint32_t life, uint64_t op)
{
	struct vr_msg msg = {
		.type = WIRE_PREPARE_OK,
		.sender = from,
		.incarnation = life,
		.op = op,
		.request = LEADER_LIFE,
	};

	vr_receive(fixture->vr, &msg, 0);
	vr_flush(fixture->vr);
}

void send_hello(struct replica_fixture *fixture, uint8_t from, uint32_t life, uint64_t op,
		uint64_t followed)
{
	struct vr_msg msg = {
		.type = WIRE_HELLO,
		.sender = from,
		.incarnation = life,
		.op = op,
		.request = followed,
	};

	vr_receive(fixture->vr, &msg, 0);
	vr_flush(fixture->vr);
}

void send_from_leader(struct replica_fixture *fixture, const struct vr_msg *msg)
{
	struct vr_msg from_leader = *msg;

	from_leader.sender = 1;
	if (!from_leader.incarnation)
		from_leader.incarnation = LEADER_LIFE;
	vr_receive(fixture->vr, &from_leader, 0);
	vr_flush(fixture->vr);
}

void send_prepare(struct replica_fixture *fixture, uint64_t op, uint64_t commit, uint64_t bcast_seq)
{
	uint8_t payload[64];
	struct vr_msg msg = {
		.type = WIRE_PREPARE,
		.flags = bcast_seq ? 0 : WIRE_F_RESEND,
		.op = op,
		.commit = commit,
		.bcast_seq = bcast_seq,
		.client_id = 1,
		.request = op,
		.payload_bytes = write_put(payload, (uint32_t)op, "value"),
		.payload = payload,
	};

	send_from_leader(fixture, &msg);
}
