// SPDX-License-Identifier: Apache-2.0
#include "fuzz_input.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "log_hash.h"
#include "vr_internal.h"

#define BRANCHES 4u
#define BRANCH_OPS 96u

bool input_take(struct fuzz_input *input, void *into, size_t bytes)
{
	if (bytes > input->left)
		return false;
	memcpy(into, input->at, bytes);
	input->at += bytes;
	input->left -= bytes;
	return true;
}

/* From 255 down: numbers at the bounds of what the core lets in, and beyond; else base and an offset. */
static uint64_t near(uint64_t base, uint8_t offset)
{
	static const uint64_t far[] = {UINT64_MAX,
				       VR_NUMBER_MAX,
				       VR_NUMBER_MAX - 1,
				       VR_VIEW_MAX,
				       VR_VIEW_MAX - 1,
				       65536,
				       0,
				       1};
	unsigned from_end = 255u - offset;

	if (from_end < sizeof(far) / sizeof(far[0]))
		return far[from_end];
	return base + offset - FUZZ_NEAR;
}

/* Each branch leaves branch 0 at an op of its own: what diverges there has other clients' ops behind. */
static struct vr_msg branch_op(uint64_t op, unsigned branch)
{
	static uint8_t payload[WIRE_PAYLOAD_MIN + 2];
	bool left = branch && op >= 4u * branch;
	struct kv_command command = {.verb = KV_PUT, .key = htobe32((uint32_t)op)};

	memcpy(payload, &command, sizeof(command));
	payload[WIRE_PAYLOAD_MIN] = (uint8_t)op;
	payload[WIRE_PAYLOAD_MIN + 1] = left ? (uint8_t)branch : 0;
	return (struct vr_msg){
		.client_id = (uint32_t)(op % 4) + (left ? branch : 0),
		.request = op,
		.payload = payload,
		.payload_bytes = sizeof(payload),
	};
}

static uint64_t branch_hash(uint64_t op, unsigned branch)
{
	static uint64_t hashes[BRANCHES][BRANCH_OPS];
	static bool known;

	for (unsigned b = 0; !known && b < BRANCHES; b++) {
		for (uint64_t at = 1; at < BRANCH_OPS; at++) {
			struct vr_msg msg = branch_op(at, b);

			hashes[b][at] = log_hash_next(hashes[b][at - 1], at, msg.client_id,
						      msg.request, msg.payload, msg.payload_bytes);
		}
	}
	known = true;
	return op < BRANCH_OPS ? hashes[branch % BRANCHES][op] : op;
}

static void write_summary(const struct fuzz_step *step, const struct core *core, struct vr_msg *msg,
			  uint8_t *payload)
{
	struct wire_log_summary summary = {
		.last_normal = htobe32(msg->view - step->extra / BRANCHES % 8),
		.hash = htobe64(branch_hash(msg->op, step->extra)),
	};

	for (uint8_t id = 1; id <= core->replicas; id++)
		summary.lives[id] = htobe32(first_life(id));
	/* One life is told otherwise. */
	if (step->payload_bytes)
		summary.lives[step->payload_bytes % (core->replicas + 1u)] =
			htobe32(first_life(step->payload_bytes % 16) + step->payload_bytes / 16);
	memcpy(payload, &summary, sizeof(summary));
	msg->payload_bytes = sizeof(summary);
}

/* As many as the step asks for, if they are there. */
static uint16_t take_bytes(struct fuzz_input *input, const struct fuzz_step *step, uint8_t *into,
			   size_t room)
{
	size_t bytes = step->payload_bytes * 6u;

	if (bytes > room)
		bytes = room;
	if (bytes > input->left)
		bytes = input->left;
	input_take(input, into, bytes);
	return (uint16_t)bytes;
}

static void write_state(struct fuzz_input *input, const struct fuzz_step *step, struct vr_msg *msg,
			uint8_t *payload)
{
	uint8_t *content = payload + sizeof(struct wire_state_piece);
	uint16_t bytes = 8; /* no keys, no clients */
	struct wire_state_piece piece = {.hash = htobe64(branch_hash(msg->op, step->extra))};

	memset(content, 0, bytes);
	if (step->payload_bytes)
		bytes = take_bytes(input, step, content,
				   WIRE_PAYLOAD_MAX - sizeof(struct wire_state_piece));
	/* As much as has come with it, or more that is still to come. */
	piece.total_bytes = htobe32((uint32_t)msg->request + bytes * (1u + step->extra / 64));
	memcpy(payload, &piece, sizeof(piece));
	msg->payload_bytes = (uint16_t)(sizeof(piece) + bytes);
}

static void write_payload(struct fuzz_input *input, const struct fuzz_step *step,
			  const struct core *core, struct vr_msg *msg)
{
	static uint8_t payload[WIRE_PAYLOAD_MAX];
	struct vr_msg op;

	msg->payload = payload;
	switch (step->payload % FUZZ_PAYLOADS) {
	case FUZZ_OP:
		op = branch_op(msg->op, step->extra % BRANCHES);
		/* A request chooses for itself; what replicas send is the op that it was given. */
		if (msg->type != WIRE_REQUEST) {
			msg->client_id = op.client_id;
			msg->request = op.request;
		}
		msg->payload_bytes = op.payload_bytes;
		memcpy(payload, op.payload, op.payload_bytes);
		break;
	case FUZZ_SUMMARY:
		write_summary(step, core, msg, payload);
		break;
	case FUZZ_STATE:
		write_state(input, step, msg, payload);
		break;
	case FUZZ_BYTES:
		msg->payload_bytes = take_bytes(input, step, payload, sizeof(payload));
		break;
	}
}

/* What a type's `request` means stands at the top of protocol/vr.c. */
static uint64_t request_base(const struct vr_msg *msg, const struct core *core)
{
	switch (msg->type) {
	case WIRE_RECOVERY_RESPONSE:
		return first_life(core->id);
	case WIRE_STATE:
	case WIRE_GET_STATE:
		return 0;
	default:
		return msg->op;
	}
}

static void read_fields(const struct fuzz_step *step, const struct core *core, struct vr_msg *msg)
{
	struct vr_status status;

	vr_status(core->vr, &status);
	msg->incarnation = (uint32_t)near(first_life(msg->sender), step->life);
	msg->view = (uint32_t)near(status.view, step->view);
	msg->op = near(status.op, step->op);
	msg->commit = near(status.commit, step->commit);
	msg->request = near(request_base(msg, core), step->request);
	msg->bcast_seq = near(0, step->bcast_seq);
	msg->client_id = step->client;
}

void read_message(struct fuzz_input *input, const struct fuzz_step *step, const struct core *core,
		  struct vr_msg *msg)
{
	struct fuzz_raw raw;

	*msg = (struct vr_msg){
		.type = step->type % (WIRE_TYPE_END + 1u),
		.flags = step->flags,
		.sender = step->sender % (core->replicas + 2u),
		.window = step->window % 5,
	};
	read_fields(step, core, msg);
	if (step->kind % FUZZ_KINDS == FUZZ_RAW && input_take(input, &raw, sizeof(raw))) {
		msg->op = raw.op;
		msg->commit = raw.commit;
		msg->request = raw.request;
		msg->bcast_seq = raw.bcast_seq;
		msg->view = raw.view;
		msg->incarnation = raw.incarnation;
		msg->client_id = raw.client_id;
	}
	write_payload(input, step, core, msg);
}

void found_core(const struct core *core)
{
	for (uint8_t id = 1; id <= core->replicas; id++) {
		struct fuzz_step step = {
			.type = WIRE_RECOVERY_RESPONSE,
			.kind = FUZZ_MESSAGE,
			.sender = id,
			.flags = WIRE_F_FRESH,
			.life = FUZZ_NEAR,
			.view = FUZZ_NEAR,
			.op = FUZZ_NEAR,
			.commit = FUZZ_NEAR,
			.request = FUZZ_NEAR,
			.bcast_seq = FUZZ_NEAR,
			.payload = FUZZ_SUMMARY,
		};
		struct vr_msg msg;

		if (id == core->id)
			continue;
		read_message(&(struct fuzz_input){0}, &step, core, &msg);
		vr_receive(core->vr, &msg, 0);
		vr_flush(core->vr);
	}
}
