// SPDX-License-Identifier: Apache-2.0
#include "load_fixture.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct load_cluster cluster;

static void on_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	(void)ctx;
	assert(cluster.sent_count < SENT_MAX);
	cluster.to[cluster.sent_count] = to;
	cluster.sent[cluster.sent_count] = *msg;
	if (msg->type == WIRE_REQUEST) {
		/* The payload lies in scratch memory of the generator. */
		assert(msg->payload_bytes == cluster.config.payload_bytes);
		assert(msg->payload_bytes <= PAYLOAD_MAX);
		memcpy(cluster.payloads[cluster.sent_count], msg->payload, msg->payload_bytes);
		cluster.sent[cluster.sent_count].payload = cluster.payloads[cluster.sent_count];
	}
	cluster.sent_count++;
}

static void on_interval(void *ctx, const struct load_interval *interval)
{
	(void)ctx;
	assert(cluster.interval_count < INTERVALS_MAX);
	cluster.intervals[cluster.interval_count++] = *interval;
}

static void on_phase(void *ctx, enum load_phase phase)
{
	(void)ctx;
	assert(cluster.phase_count < PHASES_MAX);
	cluster.phases[cluster.phase_count++] = phase;
}

static void on_outage(void *ctx, const struct load_outage *outage)
{
	(void)ctx;
	assert(cluster.outage_count < OUTAGES_MAX);
	cluster.outages[cluster.outage_count++] = *outage;
}

void cluster_begin(const struct load_config *config, bool hold)
{
	struct load_env env = {
		.send = on_send,
		.interval = on_interval,
		.phase = on_phase,
		.outage = on_outage,
	};
	size_t bytes = load_memory_bytes(config);

	memset(&cluster, 0, sizeof(cluster));
	cluster.config = *config;
	cluster.now = 5000 * MS;
	cluster.memory = aligned_alloc(64, bytes);
	memset(cluster.memory, 0, bytes);
	cluster.load = load_init(cluster.memory, config, &env, hold);
}

void cluster_end(void)
{
	free(cluster.memory);
}

struct load_config load_config_small(void)
{
	return (struct load_config){
		.clients = 2,
		.nonce = 3,
		.requests = 4,
		.warmup_ns = 10 * MS,
		.payload_bytes = 21,
		.replicas = 3,
		.keys = 10,
		.get_percent = 50,
		.retry_ns = 100 * MS,
		.no_progress_ns = 3000 * MS,
		.interval_ns = 100 * MS,
		.seed = 42,
	};
}

void tick_at(uint64_t ms)
{
	cluster.now = (5000 + ms) * MS;
	load_tick(cluster.load, cluster.now);
}

void receive_from(uint8_t sender, struct vr_msg msg)
{
	msg.sender = sender;
	load_receive(cluster.load, &msg, cluster.now);
}

void receive(struct vr_msg msg)
{
	receive_from(2, msg);
}

void ready(void)
{
	receive((struct vr_msg){.type = WIRE_PROBE_OK, .flags = WIRE_F_READY});
}

void mark_ok(uint8_t window)
{
	receive((struct vr_msg){.type = WIRE_MARK_OK, .window = window});
}

struct vr_msg reply_message(uint32_t slot, uint64_t request, uint64_t op)
{
	return (struct vr_msg){
		.type = WIRE_REPLY,
		.client_id = slot + 1 + 3 * 2,
		.request = request,
		.op = op,
	};
}

void reply(uint32_t slot, uint64_t request, uint64_t op)
{
	receive(reply_message(slot, request, op));
}

unsigned count(enum wire_type type)
{
	unsigned found = 0;

	for (unsigned i = 0; i < cluster.sent_count; i++)
		found += cluster.sent[i].type == type;
	return found;
}

const struct vr_msg *last(enum wire_type type)
{
	for (unsigned i = cluster.sent_count; i-- > 0;)
		if (cluster.sent[i].type == type)
			return &cluster.sent[i];
	return NULL;
}
