// SPDX-License-Identifier: Apache-2.0
/* The cores and the load generator, and what they call. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "cluster.h"
#include "sim_random.h"
#include "transcript.h"

#define CLIENT_NONCE 5

static void on_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	struct node *node = ctx;

	node->cluster->fetches += msg->type == WIRE_FETCH;
	network_send(&node->cluster->network, node->id, to, msg);
}

static unsigned on_broadcast(void *ctx, const struct vr_msg *msg)
{
	struct node *node = ctx;
	unsigned sends = 0;

	for (uint8_t id = 1; id <= node->cluster->plan.replicas; id++) {
		if (id == node->id)
			continue;
		network_send(&node->cluster->network, node->id, id, msg);
		sends++;
	}
	checker_broadcast(&node->cluster->checker, msg, sends);
	return sends;
}

static void on_reply(void *ctx, vr_return_address to, const struct vr_msg *msg)
{
	struct node *node = ctx;

	network_send(&node->cluster->network, node->id, (uint8_t)to, msg);
}

static void on_committed(void *ctx, uint64_t op, uint32_t client_id, uint64_t request,
			 const uint8_t *payload, uint16_t bytes)
{
	struct node *node = ctx;
	struct truth operation = {.client_id = client_id, .request = request, .bytes = bytes};

	assert(bytes <= SIM_PAYLOAD_MAX);
	memcpy(operation.payload, payload, bytes);
	checker_committed(&node->cluster->checker, node->id, node->id == CLUSTER_LEADER, op,
			  &operation);
}

static struct vr_config node_config(const struct node *node)
{
	const struct plan *plan = &node->cluster->plan;

	return (struct vr_config){
		.id = node->id,
		.replicas = plan->replicas,
		.incarnation = node->incarnation,
		.log_capacity_ops = plan->log_capacity_ops,
		.log_capacity_bytes = plan->log_capacity_ops * SIM_PAYLOAD_MAX,
		.clients_max = SIM_CLIENTS_MAX,
		.keys_max = SIM_KEYS,
		.value_max_bytes = SIM_PAYLOAD_MAX - WIRE_PAYLOAD_MIN,
		.resend_ticks = 5,
		.heartbeat_ticks = 20,
		.hello_ticks = 10,
		.quorum_wait_ticks = plan->quorum_wait_ticks,
	};
}

/* Also a restart: all memory is lost, and the life that begins is later than the one before. */
void cluster_start_node(struct cluster *cluster, uint8_t id)
{
	struct node *node = &cluster->nodes[id];
	struct vr_env env = {
		.ctx = node,
		.send = on_send,
		.broadcast = on_broadcast,
		.reply = on_reply,
		.committed = on_committed,
	};
	struct vr_config config;
	size_t bytes;

	node->cluster = cluster;
	node->id = id;
	node->incarnation += (uint32_t)random_within(&cluster->network.random, 1, 1000);
	node->flush_due = false;
	config = node_config(node);
	bytes = vr_memory_bytes(&config);
	free(node->memory);
	node->memory = aligned_alloc(64, bytes);
	assert(node->memory);
	memset(node->memory, 0, bytes);
	checker_new_life(&cluster->checker, id, node->incarnation);
	node->vr = vr_init(node->memory, &config, &env);
}

static void on_client_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	struct cluster *cluster = ctx;

	network_send(&cluster->network, NETWORK_CLIENT, to, msg);
}

static void start_load(struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;
	struct load_config config = {
		.clients = plan->clients,
		.nonce = CLIENT_NONCE,
		.requests = plan->requests,
		.warmup_ns = plan->seed % 4 * 10 * SIM_MS,
		.payload_bytes = plan->payload_bytes,
		.replicas = plan->replicas,
		.keys = SIM_KEYS,
		.get_percent = plan->get_percent,
		.retry_ns = 30 * SIM_MS,
		.no_progress_ns = 10000 * SIM_MS,
		.interval_ns = 100 * SIM_MS,
		.seed = plan->seed,
		.history_capacity_ops = CHECKER_OPS_MAX,
	};
	struct load_env env = {.ctx = cluster, .send = on_client_send};
	size_t bytes = load_memory_bytes(&config);

	cluster->load_memory = aligned_alloc(64, bytes);
	assert(cluster->load_memory);
	memset(cluster->load_memory, 0, bytes);
	cluster->load = load_init(cluster->load_memory, &config, &env, false);
}

void cluster_boot(struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;

	checker_init(&cluster->checker, plan->replicas, CLIENT_NONCE * plan->clients + 1);
	for (uint8_t id = 1; id <= plan->replicas; id++) {
		cluster_start_node(cluster, id);
		network_schedule(&cluster->network,
				 random_within(&cluster->network.random, 0, 5 * SIM_MS), EVENT_TICK,
				 id);
	}
	start_load(cluster);
	network_schedule(&cluster->network, SIM_MS, EVENT_TICK, NETWORK_CLIENT);
}

void cluster_shut_down(struct cluster *cluster)
{
	for (unsigned id = 1; id <= cluster->plan.replicas; id++)
		free(cluster->nodes[id].memory);
	free(cluster->load_memory);
	checker_end(&cluster->checker);
	network_end(&cluster->network);
}

void cluster_note(const struct cluster *cluster, uint8_t node, const char *what)
{
	if (cluster->network.transcript)
		transcript_note(cluster->network.now_ns, node, what);
}
