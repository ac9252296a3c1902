// SPDX-License-Identifier: Apache-2.0
/* The load generator, and beginning and end of a cluster. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "cluster.h"
#include "sim_random.h"

#define CLIENT_NONCE 5

static void on_client_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	struct cluster *cluster = ctx;

	network_send(&cluster->network, NETWORK_CLIENT, to, msg);
}

static void start_load(struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;
	const struct load_env env = {.ctx = cluster, .send = on_client_send};
	struct load_config config = {
		.clients = plan->clients,
		.nonce = CLIENT_NONCE,
		.measure_ns = plan->measure_ns,
		.warmup_ns = plan->warmup_ns,
		.payload_bytes = plan->payload_bytes,
		.replicas = plan->replicas,
		.keys = SIM_KEYS,
		.get_percent = plan->get_percent,
		.retry_ns = 30 * SIM_MS,
		.no_progress_ns = 100000 * SIM_MS,
		.interval_ns = 100 * SIM_MS,
		.seed = plan->seed,
	};
	size_t bytes = load_memory_bytes(&config);

	assert(bytes);
	cluster->load_memory = aligned_alloc(64, bytes);
	assert(cluster->load_memory);
	memset(cluster->load_memory, 0, bytes);
	cluster->load = load_init(cluster->load_memory, &config, &env, false);
}

static void set_clock(struct cluster *cluster, struct node *node)
{
	uint64_t *random = &cluster->network.random;
	uint32_t skew = cluster->plan.skew_per_mille;

	node->rate_per_mille = (uint32_t)random_within(random, 1000 - skew, 1000 + skew);
	node->offset_ticks = random_within(random, 0, skew * 1000);
}

void cluster_boot(struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;
	struct network *network = &cluster->network;

	checker_init(&cluster->checker, plan->replicas, CLIENT_NONCE * plan->clients + 1);
	for (uint8_t id = 1; id <= plan->replicas; id++) {
		struct node *node = &cluster->nodes[id];

		node->cluster = cluster;
		node->id = id;
		/* Some count over the end of 32 bits while they live. */
		node->incarnation = random_chance(&network->random, 300) ? UINT32_MAX - 600 : 1000;
		set_clock(cluster, node);
		cluster_start_node(cluster, id);
		network_schedule(network, random_within(&network->random, 0, 20 * SIM_MS),
				 EVENT_TICK, id);
	}
	start_load(cluster);
	network_schedule(network, SIM_MS, EVENT_TICK, NETWORK_CLIENT);
}

void cluster_shut_down(struct cluster *cluster)
{
	for (unsigned id = 1; id <= cluster->plan.replicas; id++)
		free(cluster->nodes[id].memory);
	free(cluster->load_memory);
	checker_end(&cluster->checker);
	network_end(&cluster->network);
}
