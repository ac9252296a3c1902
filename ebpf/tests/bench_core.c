// SPDX-License-Identifier: Apache-2.0
/*
 * Operations per second of the pure core: N = 3 cores in one process, one
 * closed-loop client, no sockets. What remains is what the protocol itself costs.
 */
#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vr.h"

#define REPLICAS 3
#define OPS 1000000ull
#define ROUNDS 3
#define LOG_OPS 65536ull /* the ring turns many times */
#define PAYLOAD_BYTES 64
#define RING 64

struct bench {
	struct vr *nodes[REPLICAS + 1];
	void *memories[REPLICAS + 1];
	struct {
		uint8_t to;
		struct vr_msg msg;
		uint8_t bytes[WIRE_PAYLOAD_MAX];
	} ring[RING];
	unsigned head, tail;
	uint64_t replies;
};

static struct bench bench;

static void on_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	unsigned at = bench.tail++ % RING;

	(void)ctx;
	assert(bench.tail - bench.head <= RING);
	bench.ring[at].to = to;
	bench.ring[at].msg = *msg;
	/* An operation stays where it is, in the sender's log; a summary lies on the sender's stack. */
	if (msg->type == WIRE_PREPARE || !msg->payload_bytes)
		return;
	memcpy(bench.ring[at].bytes, msg->payload, msg->payload_bytes);
	bench.ring[at].msg.payload = bench.ring[at].bytes;
}

static unsigned on_broadcast(void *ctx, const struct vr_msg *msg)
{
	for (uint8_t id = 2; id <= REPLICAS; id++)
		on_send(ctx, id, msg);
	return REPLICAS - 1;
}

static void on_reply(void *ctx, vr_return_address to, const struct vr_msg *msg)
{
	(void)ctx;
	(void)to;
	bench.replies += msg->type == WIRE_REPLY;
}

static void drain(void)
{
	while (bench.head != bench.tail) {
		uint8_t to = bench.ring[bench.head % RING].to;

		vr_receive(bench.nodes[to], &bench.ring[bench.head++ % RING].msg, 0);
		vr_flush(bench.nodes[to]);
	}
}

/* Ticks until all have heard of all. */
static void found(void)
{
	struct vr_status status = {0};

	for (uint64_t tick = 0; !status.is_leader || status.peers_ready < REPLICAS - 1; tick++) {
		assert(tick < 100);
		for (uint8_t id = 1; id <= REPLICAS; id++) {
			vr_tick(bench.nodes[id], tick);
			vr_flush(bench.nodes[id]);
		}
		drain();
		vr_status(bench.nodes[1], &status);
	}
}

static void start(void)
{
	struct vr_env env = {.send = on_send, .broadcast = on_broadcast, .reply = on_reply};

	bench = (struct bench){0};
	for (uint8_t id = 1; id <= REPLICAS; id++) {
		struct vr_config config = {
			.id = id,
			.replicas = REPLICAS,
			.incarnation = id,
			.log_capacity_ops = LOG_OPS,
			.clients_max = 64,
			.keys_max = 1024,
			.value_max_bytes = 1400,
			.resend_ticks = 10,
			.heartbeat_ticks = 50,
			.view_change_ticks = 200,
		};
		size_t bytes = vr_memory_bytes(&config);

		bench.memories[id] = aligned_alloc(64, bytes);
		assert(bench.memories[id]);
		memset(bench.memories[id], 0, bytes); /* touches every page before the clock runs */
		bench.nodes[id] = vr_init(bench.memories[id], &config, &env);
	}
	found();
}

static void put(uint64_t request)
{
	uint8_t payload[PAYLOAD_BYTES] = {KV_PUT, 0, 0, 0};
	uint32_t key = htobe32((uint32_t)(request * 2654435769u));
	struct vr_msg msg = {
		.type = WIRE_REQUEST,
		.client_id = 1,
		.request = request,
		.payload_bytes = PAYLOAD_BYTES,
		.payload = payload,
	};

	memcpy(payload + 4, &key, sizeof(key));
	vr_receive(bench.nodes[1], &msg, 0);
	drain();
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(void)
{
	for (unsigned round = 0; round < ROUNDS; round++) {
		double began, took;

		start();
		began = seconds();
		for (uint64_t request = 1; request <= OPS; request++)
			put(request);
		took = seconds() - began;
		assert(bench.replies == OPS);
		printf("bench-core: %.0f operations/s, %.0f ns each over %u replicas (%llu "
		       "operations)\n",
		       (double)OPS / took, took * 1e9 / (double)OPS, REPLICAS, OPS);
		for (unsigned id = 1; id <= REPLICAS; id++)
			free(bench.memories[id]);
	}
	return 0;
}
