// SPDX-License-Identifier: Apache-2.0
/* Crashes, pauses and cuts, and their end. */
#include <stdlib.h>

#include "cluster.h"
#include "sim_random.h"

static uint32_t all_replicas(const struct cluster *cluster)
{
	return (2u << cluster->plan.replicas) - 2;
}

static unsigned count_of(uint32_t nodes)
{
	return (unsigned)__builtin_popcount(nodes);
}

void cluster_schedule_faults(struct cluster *cluster)
{
	struct network *network = &cluster->network;
	const struct plan *plan = &cluster->plan;

	for (uint32_t at = 0; at < plan->fault_count; at++)
		event_push(&network->queue, (struct event){.at_ns = plan->faults[at].begins_ns,
							   .kind = EVENT_FAULT_BEGINS,
							   .fault = (uint8_t)at});
	network_schedule(network, plan->chaos_ends_ns, EVENT_CHAOS_ENDS, 0);
}

uint32_t cluster_without_memory(const struct cluster *cluster)
{
	uint32_t nodes = 0;

	for (uint8_t id = 1; id <= cluster->plan.replicas; id++) {
		const struct node *node = &cluster->nodes[id];

		if (!node->vr || (node->lives > 1 && !node->remembers))
			nodes |= 1u << id;
	}
	return nodes;
}

/* The bit of whoever leads the latest view, 0 if nobody does. */
static uint32_t present_leader(const struct cluster *cluster)
{
	uint32_t leader = 0, view = 0;

	for (uint8_t id = 1; id <= cluster->plan.replicas; id++) {
		const struct node *node = &cluster->nodes[id];

		if (node->vr && node->leads && node->view >= view) {
			leader = 1u << id;
			view = node->view;
		}
	}
	return leader;
}

static void put_in_place(uint32_t *nodes, uint32_t place, uint32_t real)
{
	if (*nodes & place)
		*nodes = (*nodes & ~place) | real;
}

/* Puts real replicas in the places of whoever leads and of the rest. */
static void resolve(const struct cluster *cluster, struct fault *fault)
{
	uint32_t leader = present_leader(cluster);
	uint32_t next = leader << 1 & all_replicas(cluster);

	if (leader && !next)
		next = 1u << 1;
	put_in_place(&fault->nodes, NODES_LEADER, leader);
	put_in_place(&fault->nodes, NODES_NEXT, next);
	put_in_place(&fault->others, NODES_NEXT, next);
	put_in_place(&fault->others, NODES_REST, all_replicas(cluster) & ~fault->nodes);
}

static bool anybody_remembers(const struct cluster *cluster)
{
	for (uint8_t id = 1; id <= cluster->plan.replicas; id++)
		if (cluster->nodes[id].vr && cluster->nodes[id].remembers)
			return true;
	return false;
}

static void crash(struct cluster *cluster, uint8_t id, uint64_t back_ns)
{
	struct node *node = &cluster->nodes[id];

	cluster_note(cluster, id, "crashes");
	cluster->exercised->crashes++;
	cluster->exercised->leader_crashes += node->leads;
	cluster_end_life(node);
	network_schedule(&cluster->network, back_ns, EVENT_RESTART, id);
	if (count_of(cluster_without_memory(cluster)) > plan_f(&cluster->plan))
		cluster->memory_lost = true;
	if (!anybody_remembers(cluster)) {
		checker_all_forgotten(&cluster->checker);
		cluster->victims = 0;
		cluster->must_be_told =
			cluster->checker.acknowledged && load_phase_now(cluster->load) != LOAD_DONE;
	}
}

static void crash_if_allowed(struct cluster *cluster, uint8_t id, const struct fault *fault)
{
	struct node *node = &cluster->nodes[id];
	uint32_t after = cluster_without_memory(cluster) | 1u << id;

	if (node->vr && (fault->forced || count_of(after) <= plan_f(&cluster->plan)))
		crash(cluster, id, fault->ends_ns);
}

static void pause_until(struct cluster *cluster, uint8_t id, uint64_t until_ns)
{
	struct node *node = &cluster->nodes[id];

	if (until_ns <= node->paused_until_ns)
		return;
	cluster_note(cluster, id, "is paused until %.3f ms", (double)until_ns / 1e6);
	cluster->exercised->pauses++;
	node->paused_until_ns = until_ns;
}

static void cut(struct cluster *cluster, const struct fault *fault, int change)
{
	bool one_way = fault->kind == FAULT_CUT_ONE_WAY;

	if (change > 0) {
		cluster->exercised->partitions += !one_way;
		cluster->exercised->one_way += one_way;
	}
	cluster_note(cluster, 0, "%s %s between sets 0x%x and 0x%x",
		     one_way ? (fault->inbound ? "cut <-" : "cut ->") : "cut <->",
		     change > 0 ? "begins" : "ends", fault->nodes, fault->others);
	if (!one_way || !fault->inbound)
		network_cut(&cluster->network, fault->nodes, fault->others, change);
	if (!one_way || fault->inbound)
		network_cut(&cluster->network, fault->others, fault->nodes, change);
}

static void stall(struct cluster *cluster, const struct fault *fault)
{
	uint32_t from = fault->inbound ? fault->others : fault->nodes;
	uint32_t to = fault->inbound ? fault->nodes : fault->others;

	cluster_note(cluster, 0, "what goes from set 0x%x to 0x%x is held until %.3f ms", from, to,
		     (double)fault->ends_ns / 1e6);
	network_hold(&cluster->network, from, to, fault->ends_ns);
	cluster->exercised->stalls++;
}

/* Killed at one moment, so that not one of them can have been answered by another. */
static void note_victims(struct cluster *cluster, const struct fault *fault)
{
	const struct plan *plan = &cluster->plan;
	uint32_t together = 0;

	for (uint32_t at = 0; at < plan->fault_count; at++)
		if (plan->faults[at].forced && plan->faults[at].begins_ns == fault->begins_ns)
			together |= plan->faults[at].nodes;
	/* Had one not heard yet that the cluster was founded, it could be founded once more. */
	if (count_of(together) <= plan_f(plan) || together == all_replicas(cluster) ||
	    cluster->first_lives_normal != all_replicas(cluster) || !anybody_remembers(cluster))
		return;
	cluster->victims = together;
	cluster->must_be_told = load_phase_now(cluster->load) != LOAD_DONE;
}

static void begin(struct cluster *cluster, uint8_t at)
{
	struct fault *fault = &cluster->plan.faults[at];

	resolve(cluster, fault);
	if (fault->kind == FAULT_CUT || fault->kind == FAULT_CUT_ONE_WAY) {
		cut(cluster, fault, 1);
		event_push(&cluster->network.queue, (struct event){.at_ns = fault->ends_ns,
								   .kind = EVENT_FAULT_ENDS,
								   .fault = at});
		return;
	}
	if (fault->kind == FAULT_STALL) {
		stall(cluster, fault);
		return;
	}
	if (fault->forced && !cluster->victims)
		note_victims(cluster, fault);
	for (uint8_t id = 1; id <= cluster->plan.replicas; id++) {
		if (!(fault->nodes & (1u << id)))
			continue;
		if (fault->kind == FAULT_PAUSE)
			pause_until(cluster, id, fault->ends_ns);
		else
			crash_if_allowed(cluster, id, fault);
	}
}

static void send_away(struct cluster *cluster, uint8_t id)
{
	struct plan *plan = &cluster->plan;
	struct network *network = &cluster->network;
	static const enum fault_kind kinds[] = {FAULT_CRASH, FAULT_PAUSE, FAULT_CUT};
	struct fault *fault = &plan->faults[plan->fault_count++];

	*fault = (struct fault){
		.nodes = 1u << id, .others = NODES_REST, .ends_ns = plan->away_ends_ns};
	fault->kind = kinds[random_within(&network->random, 0, 2)];
	begin(cluster, (uint8_t)(plan->fault_count - 1));
}

/*
 * The network is well from now on, and f + 1 replicas that have their memory are
 * there. Some others stay away for a while: those without memory count as away.
 */
static void end_chaos(struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;
	uint32_t away = cluster_without_memory(cluster);

	cluster_note(cluster, 0, "the chaos is over");
	cluster->ops_at_chaos_end = cluster->checker.ops;
	for (uint32_t i = 0; i < plan->away; i++) {
		uint8_t id = (uint8_t)random_within(&cluster->network.random, 1, plan->replicas);

		if (away & (1u << id) || count_of(away) >= plan_f(plan))
			continue;
		away |= 1u << id;
		cluster->exercised->away++;
		send_away(cluster, id);
	}
}

void cluster_fault_event(struct cluster *cluster, const struct event *event)
{
	switch (event->kind) {
	case EVENT_FAULT_BEGINS:
		begin(cluster, event->fault);
		break;
	case EVENT_FAULT_ENDS:
		cut(cluster, &cluster->plan.faults[event->fault], -1);
		break;
	case EVENT_RESTART:
		cluster->exercised->restarts++;
		cluster_start_node(cluster, event->node);
		break;
	case EVENT_CHAOS_ENDS:
		end_chaos(cluster);
		break;
	}
}
