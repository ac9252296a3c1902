// SPDX-License-Identifier: Apache-2.0
/*
 * The input as a sequence of ticks, flushes and messages, forged in every field: the core never crashes or
 * asserts, its commit never falls, and what it committed never changes.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "fuzz_input.h"
#include "fuzz_step.h"
#include "log_hash.h"

/* At most what a FETCH or a GET_STATE is answered with, and a word to each replica thrice over. */
#define SENDS_PER_STEP_MAX (64u + 3u * WIRE_MAX_REPLICAS)

static struct core core;
static unsigned sends;
static uint64_t touched;

static void require(bool condition)
{
	if (!condition)
		abort();
}

/* Reads each byte that is sent: the sanitizer says if one of them is nobody's. */
static void look_at(const struct vr_msg *msg)
{
	require(msg->payload_bytes <= WIRE_PAYLOAD_MAX && msg->type > 0 &&
		msg->type < WIRE_TYPE_END);
	for (unsigned i = 0; i < msg->payload_bytes; i++)
		touched += msg->payload[i];
}

static void on_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	(void)ctx;
	require(to >= 1 && to <= core.replicas && to != core.id && msg->bcast_seq == 0);
	require(++sends <= SENDS_PER_STEP_MAX);
	look_at(msg);
}

static unsigned on_broadcast(void *ctx, const struct vr_msg *msg)
{
	(void)ctx;
	require(msg->bcast_seq != 0);
	look_at(msg);
	return core.replicas - 1u;
}

static void on_reply(void *ctx, vr_return_address to, const struct vr_msg *msg)
{
	(void)ctx;
	(void)to;
	look_at(msg);
}

static void on_committed(void *ctx, uint64_t op, uint32_t client_id, uint64_t request,
			 const uint8_t *payload, uint16_t bytes)
{
	(void)ctx;
	require(op == core.commit + 1);
	core.commit = op;
	core.chain = log_hash_next(core.chain, op, client_id, request, payload, bytes);
}

static void on_restored(void *ctx, uint64_t op, uint64_t hash)
{
	(void)ctx;
	require(op > core.commit);
	core.commit = op;
	core.chain = hash;
}

static void begin(const struct fuzz_begin *begin)
{
	struct vr_config config = {
		.replicas = begin->replicas % 2 ? 5 : 3,
		.log_capacity_ops = 16,
		.clients_max = 3,
		.keys_max = 4,
		.value_max_bytes = 8,
		.resend_ticks = 5,
		.heartbeat_ticks = 10,
		.view_change_ticks = 40,
	};
	struct vr_env env = {
		.send = on_send,
		.broadcast = on_broadcast,
		.reply = on_reply,
		.committed = on_committed,
		.restored = on_restored,
	};
	struct vr_status status;

	config.id = begin->id % config.replicas + 1;
	config.incarnation = first_life(config.id);
	core = (struct core){.id = config.id, .replicas = config.replicas};
	core.memory_bytes = vr_memory_bytes(&config);
	core.memory = aligned_alloc(64, core.memory_bytes);
	memset(core.memory, 0, core.memory_bytes);
	core.vr = vr_init(core.memory, &config, &env);
	sends = 0;
	vr_tick(core.vr, 0);
	if (begin->founded % 2 == 0)
		return;
	found_core(&core);
	vr_status(core.vr, &status);
	require(status.health == VR_NORMAL);
}

static void check(void)
{
	struct vr_status status;
	uint64_t hash = 0;

	vr_status(core.vr, &status);
	require(status.commit == core.commit && status.hash == core.chain);
	require(status.op >= status.commit && status.highest >= status.op);
	require(vr_hash_at(core.vr, core.commit, &hash) && hash == core.chain);
	require(status.view >= core.view);
	core.view = status.view;
}

static void tick(uint8_t ticks)
{
	/* An odd number: as one leap, as after a pause of the process. */
	for (unsigned i = 0; i < ticks; i += ticks % 2 ? ticks : 1) {
		sends = 0;
		core.now += ticks % 2 ? ticks : 1;
		vr_tick(core.vr, core.now);
		vr_flush(core.vr);
	}
}

/* In a block of its own, so that one byte too many is seen. */
static void receive(struct vr_msg msg, uint8_t from)
{
	uint8_t *exact = malloc(msg.payload_bytes ? msg.payload_bytes : 1);

	if (msg.payload_bytes)
		memcpy(exact, msg.payload, msg.payload_bytes);
	msg.payload = exact;
	vr_receive(core.vr, &msg, from);
	free(exact);
}

static void take_step(struct fuzz_input *input, const struct fuzz_step *step)
{
	struct vr_msg msg;

	sends = 0;
	switch (step->kind % FUZZ_KINDS) {
	case FUZZ_TICK:
		tick(step->type);
		break;
	case FUZZ_FLUSH:
		vr_flush(core.vr);
		break;
	default:
		read_message(input, step, &core, &msg);
		receive(msg, step->client);
	}
	check();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
	struct fuzz_input input = {.at = data, .left = bytes};
	struct fuzz_begin first;
	struct fuzz_step step;

	if (!input_take(&input, &first, sizeof(first)))
		return 0;
	begin(&first);
	check();
	while (input_take(&input, &step, sizeof(step)))
		take_step(&input, &step);
	free(core.memory);
	return 0;
}
