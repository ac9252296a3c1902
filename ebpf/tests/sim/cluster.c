// SPDX-License-Identifier: Apache-2.0
#include "cluster.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sim_random.h"
#include "transcript.h"
#include "wire_parse.h"

#define RUN_LIMIT_NS (120000 * SIM_MS)

static void plan_faults(struct cluster *cluster)
{
	struct network *network = &cluster->network;
	const struct plan *plan = &cluster->plan;

	for (uint32_t i = 0; i < plan->pauses; i++)
		network_schedule(network, random_within(&network->random, 1, plan->chaos_ends_ns),
				 EVENT_PAUSE,
				 (uint8_t)random_within(&network->random, 2, plan->replicas));
	for (uint32_t i = 0; i < plan->restarts; i++)
		network_schedule(network, random_within(&network->random, 1, plan->chaos_ends_ns),
				 EVENT_RESTART,
				 (uint8_t)random_within(&network->random, 2, plan->replicas));
	if (plan->leader_restarts_at_ns)
		network_schedule(network, plan->leader_restarts_at_ns, EVENT_RESTART,
				 CLUSTER_LEADER);
}

static void flush(struct node *node)
{
	node->flush_due = false;
	vr_flush(node->vr);
}

/* A receive batch ends at once or a little later, so that batches of several datagrams occur. */
static void end_batch_some_time(struct cluster *cluster, struct node *node)
{
	struct network *network = &cluster->network;

	if (random_chance(&network->random, 600)) {
		flush(node);
	} else if (!node->flush_due) {
		node->flush_due = true;
		network_schedule(network,
				 network->now_ns + random_within(&network->random, 0, 300000),
				 EVENT_FLUSH, node->id);
	}
}

static void deliver(struct cluster *cluster, const struct event *event)
{
	struct node *node = &cluster->nodes[event->node];
	uint64_t now_ns = cluster->network.now_ns;
	struct vr_msg msg;

	if (wire_parse(event->datagram, event->bytes, NETWORK_RUN_ID, &msg) != WIRE_OK) {
		checker_fail(&cluster->checker, "a datagram of replica%u can't be parsed",
			     event->source);
		return;
	}
	cluster->network.delivered++;
	cluster->digest = XXH3_64bits_withSeed(event->datagram, event->bytes,
					       cluster->digest ^ now_ns ^ event->node);
	if (cluster->network.transcript)
		transcript_receive(now_ns, event->source, event->node, &msg);
	if (event->node == NETWORK_CLIENT) {
		if (msg.type == WIRE_REPLY)
			checker_reply(&cluster->checker, &msg);
		load_receive(cluster->load, &msg, now_ns);
		return;
	}
	checker_delivered(&cluster->checker, event->node, CLUSTER_LEADER, &msg);
	vr_receive(node->vr, &msg, event->source);
	end_batch_some_time(cluster, node);
}

static void pause(struct cluster *cluster, struct node *node)
{
	struct network *network = &cluster->network;

	node->paused_until_ns = network->now_ns + random_within(&network->random, 5, 300) * SIM_MS;
	cluster->pauses++;
	cluster_note(cluster, node->id, "is paused");
}

static void tick(struct cluster *cluster, uint8_t id)
{
	struct network *network = &cluster->network;

	if (id == NETWORK_CLIENT) {
		load_tick(cluster->load, network->now_ns);
	} else {
		flush(&cluster->nodes[id]);
		vr_tick(cluster->nodes[id].vr, network->now_ns / SIM_MS);
	}
	network_schedule(network, network->now_ns + SIM_MS, EVENT_TICK, id);
}

static void happen(struct cluster *cluster, const struct event *event)
{
	struct node *node = &cluster->nodes[event->node];

	/* A paused process does nothing; its socket keeps some datagrams and overflows for others. */
	if (event->node && cluster->network.now_ns < node->paused_until_ns &&
	    event->kind != EVENT_RESTART) {
		if (event->kind != EVENT_DELIVER || random_chance(&cluster->network.random, 700))
			network_postpone(&cluster->network, event, node->paused_until_ns);
		return;
	}
	switch (event->kind) {
	case EVENT_DELIVER:
		deliver(cluster, event);
		break;
	case EVENT_TICK:
		tick(cluster, event->node);
		break;
	case EVENT_FLUSH:
		flush(node);
		break;
	case EVENT_PAUSE:
		pause(cluster, node);
		break;
	case EVENT_RESTART:
		cluster->restarts++;
		cluster_note(cluster, node->id, "restarts with empty memory");
		cluster_start_node(cluster, node->id);
		break;
	}
}

static void add_up(const struct cluster *cluster, struct exercised *exercised)
{
	struct load_summary summary;
	struct vr_status leader;

	load_summary(cluster->load, &summary);
	vr_status(cluster->nodes[CLUSTER_LEADER].vr, &leader);
	exercised->runs++;
	exercised->refusals += leader.health == VR_LOST_MEMORY;
	exercised->log_full_runs += cluster->plan.story == STORY_LOG_FULL;
	exercised->leader_restart_runs += cluster->plan.story == STORY_LEADER_RESTARTS;
	exercised->sent += cluster->network.sent;
	exercised->lost += cluster->network.lost;
	exercised->duplicated += cluster->network.duplicated;
	exercised->ops += cluster->checker.ops;
	exercised->fetches += cluster->fetches;
	exercised->retries += summary.retries;
	exercised->pauses += cluster->pauses;
	exercised->restarts += cluster->restarts;
	for (unsigned window = 0; window < WIRE_WINDOWS; window++) {
		exercised->resends += vr_window(cluster->nodes[CLUSTER_LEADER].vr, window)->resends;
		for (unsigned id = 2; id <= cluster->plan.replicas; id++)
			exercised->duplicates +=
				vr_window(cluster->nodes[id].vr, window)->duplicates;
	}
}

uint64_t cluster_run(const struct plan *plan, bool transcript, struct exercised *exercised,
		     char *why)
{
	struct cluster *cluster = calloc(1, sizeof(*cluster));
	uint64_t digest;

	assert(cluster);
	cluster->plan = *plan;
	network_init(&cluster->network, plan, transcript);
	cluster_boot(cluster);
	plan_faults(cluster);
	while (!cluster->checker.why[0] && !cluster_is_over(cluster) &&
	       cluster->network.now_ns < RUN_LIMIT_NS) {
		struct event event = network_next(&cluster->network);

		happen(cluster, &event);
	}
	if (!cluster->checker.why[0])
		cluster_check_outcome(cluster);
	add_up(cluster, exercised);
	snprintf(why, 256, "%s", cluster->checker.why);
	digest = cluster->digest;
	cluster_shut_down(cluster);
	free(cluster);
	return digest;
}
