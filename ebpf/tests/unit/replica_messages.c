// SPDX-License-Identifier: Apache-2.0
#include "replica_messages.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "log_hash.h"

struct told told_by(const struct vr_msg *msg)
{
	struct wire_log_summary summary;
	struct told told = {0};

	if (msg->payload_bytes != sizeof(summary))
		return told;
	memcpy(&summary, msg->payload, sizeof(summary));
	told.last_normal = be32toh(summary.last_normal);
	told.hash = be64toh(summary.hash);
	for (unsigned id = 1; id <= WIRE_MAX_REPLICAS; id++)
		told.lives[id] = be32toh(summary.lives[id]);
	return told;
}

void hear(const struct vr_msg *msg)
{
	struct vr_msg heard = *msg;

	if (!heard.incarnation)
		heard.incarnation = LIFE_OF(heard.sender);
	vr_receive(replica->vr, &heard, 0);
	vr_flush(replica->vr);
}

void hear_told(const struct vr_msg *msg, const struct told *told)
{
	struct wire_log_summary summary = {.last_normal = htobe32(told->last_normal),
					   .hash = htobe64(told->hash)};
	struct vr_msg heard = *msg;

	for (unsigned id = 1; id <= WIRE_MAX_REPLICAS; id++)
		summary.lives[id] = htobe32(told->lives[id]);
	heard.payload = (const uint8_t *)&summary;
	heard.payload_bytes = sizeof(summary);
	hear(&heard);
}

void pass(uint64_t ticks)
{
	while (ticks--) {
		vr_tick(replica->vr, ++replica->now);
		vr_flush(replica->vr);
	}
}

static uint16_t write_put(uint8_t payload[WIRE_PAYLOAD_MAX], uint32_t key, const char *value)
{
	struct kv_command command = {.verb = KV_PUT, .key = htobe32(key)};

	memcpy(payload, &command, sizeof(command));
	memcpy(payload + sizeof(command), value, strlen(value));
	return (uint16_t)(sizeof(command) + strlen(value));
}

static void ask_put(uint32_t client, uint64_t request, uint64_t known_op, const char *value)
{
	uint8_t payload[WIRE_PAYLOAD_MAX];
	struct vr_msg msg = {
		.type = WIRE_REQUEST,
		.client_id = client,
		.request = request,
		.op = known_op,
		.payload_bytes = write_put(payload, 1, value),
		.payload = payload,
	};

	/* Each client sits at an address of its own. */
	vr_receive(replica->vr, &msg, client + 1000u);
	vr_flush(replica->vr);
}

void ask(uint32_t client, uint64_t request, const char *value)
{
	ask_put(client, request, 0, value);
}

void ask_knowing(uint32_t client, uint64_t request, uint64_t known_op)
{
	ask_put(client, request, known_op, "value");
}

struct vr_msg op_of_view(enum wire_type type, uint64_t op, uint32_t view)
{
	static uint8_t payload[WIRE_PAYLOAD_MAX];
	char value[16];

	snprintf(value, sizeof(value), "view %u", view);
	return (struct vr_msg){
		.type = (uint8_t)type,
		.view = view,
		.op = op,
		.client_id = 1,
		.request = op,
		.payload_bytes = write_put(payload, (uint32_t)op, value),
		.payload = payload,
	};
}

uint64_t chain_of(uint64_t op, uint64_t changed, uint32_t view)
{
	uint64_t hash = 0;

	for (uint64_t at = 1; at <= op; at++) {
		struct vr_msg msg = op_of_view(WIRE_PREPARE, at, at >= changed ? view : 0);

		hash = log_hash_next(hash, at, msg.client_id, msg.request, msg.payload,
				     msg.payload_bytes);
	}
	return hash;
}

void prepare(uint64_t op, uint64_t commit, uint64_t bcast_seq)
{
	struct vr_msg msg = op_of_view(WIRE_PREPARE, op, 0);

	msg.sender = 1;
	msg.commit = commit;
	msg.bcast_seq = bcast_seq;
	msg.flags = bcast_seq ? 0 : WIRE_F_RESEND;
	hear(&msg);
}

void acknowledge(uint8_t from, uint64_t op)
{
	struct vr_msg msg = {
		.type = WIRE_PREPARE_OK, .sender = from, .view = status().view, .op = op};

	hear(&msg);
}
