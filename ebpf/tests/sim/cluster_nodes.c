// SPDX-License-Identifier: Apache-2.0
/* The cores, and what they call. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "cluster.h"
#include "sim_random.h"
#include "transcript.h"

static void count_sent(struct exercised *exercised, const struct vr_msg *msg)
{
	exercised->fetches += msg->type == WIRE_FETCH;
	exercised->resends += (msg->flags & WIRE_F_RESEND) != 0;
}

static void on_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	struct node *node = ctx;

	count_sent(node->cluster->exercised, msg);
	checker_holds(&node->cluster->checker, node->id, msg);
	network_send(&node->cluster->network, node->id, to, msg);
}

static unsigned on_broadcast(void *ctx, const struct vr_msg *msg)
{
	struct node *node = ctx;
	unsigned sends = 0;

	checker_holds(&node->cluster->checker, node->id, msg);
	for (uint8_t id = 1; id <= node->cluster->plan.replicas; id++) {
		if (id == node->id)
			continue;
		network_send(&node->cluster->network, node->id, id, msg);
		sends++;
	}
	checker_broadcast(&node->cluster->checker, node->id, msg, sends);
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
	checker_committed(&node->cluster->checker, node->id, op, &operation);
}

static void on_restored(void *ctx, uint64_t op, uint64_t hash)
{
	struct node *node = ctx;

	node->cluster->exercised->checkpoints++;
	cluster_note(node->cluster, node->id, "installs a checkpoint of ops 1..%llu",
		     (unsigned long long)op);
	checker_restored(&node->cluster->checker, node->id, op, hash);
}

static void on_view_entered(void *ctx, uint32_t view, bool leads)
{
	struct node *node = ctx;

	if (!leads)
		return;
	node->cluster->exercised->view_changes += view > 0;
	checker_leads(&node->cluster->checker, node->id, view);
}

static void on_view_left(void *ctx, const struct vr_view_counts *counts)
{
	struct node *node = ctx;

	checker_counts(&node->cluster->checker, node->id, counts);
}

static struct vr_config node_config(const struct node *node)
{
	const struct plan *plan = &node->cluster->plan;

	return (struct vr_config){
		.id = node->id,
		.replicas = plan->replicas,
		.incarnation = node->incarnation,
		.log_capacity_ops = plan->log_capacity_ops,
		.clients_max = SIM_CLIENTS_MAX,
		.keys_max = SIM_KEYS,
		.value_max_bytes = SIM_PAYLOAD_MAX - WIRE_PAYLOAD_MIN,
		.resend_ticks = 5,
		.heartbeat_ticks = 10,
		.view_change_ticks = plan->view_change_ticks,
	};
}

static void init_core(struct node *node)
{
	const struct vr_env env = {
		.ctx = node,
		.send = on_send,
		.broadcast = on_broadcast,
		.reply = on_reply,
		.view_entered = on_view_entered,
		.view_left = on_view_left,
		.committed = on_committed,
		.restored = on_restored,
	};
	struct vr_config config = node_config(node);
	size_t bytes = vr_memory_bytes(&config);

	assert(bytes);
	node->memory = aligned_alloc(64, bytes);
	assert(node->memory);
	memset(node->memory, 0, bytes);
	node->vr = vr_init(node->memory, &config, &env);
}

/* Also a restart: all memory is lost, and the life that begins is later than the one before. */
void cluster_start_node(struct cluster *cluster, uint8_t id)
{
	struct node *node = &cluster->nodes[id];

	node->incarnation += (uint32_t)random_within(&cluster->network.random, 1, 1000);
	if (node->incarnation == 0)
		node->incarnation = 1;
	node->lives++;
	node->remembers = false;
	checker_new_life(&cluster->checker, id, node->incarnation);
	init_core(node);
	cluster_observe(node);
}

static void check_present_view(struct node *node)
{
	struct vr_status status;
	struct vr_view_counts counts;

	vr_status(node->vr, &status);
	counts = (struct vr_view_counts){
		.view = status.view,
		.leader = status.leader,
		.leader_incarnation = status.leader_incarnation,
	};
	for (unsigned window = 0; window < WIRE_WINDOWS; window++)
		counts.windows[window] = *vr_window(node->vr, window);
	checker_counts(&node->cluster->checker, node->id, &counts);
	node->cluster->exercised->recoveries += status.recoveries;
}

void cluster_end_life(struct node *node)
{
	if (!node->vr)
		return;
	check_present_view(node);
	free(node->memory);
	node->memory = NULL;
	node->vr = NULL;
	node->leads = node->flush_due = false;
	node->paused_until_ns = 0;
}

const char *node_health(const struct node *node)
{
	static const char *const names[] = {"recovering", "normal", "view change", "lost memory"};

	return node->vr ? names[node->health] : "down";
}

static void note_status(const struct node *node, const struct vr_status *status)
{
	cluster_note(node->cluster, node->id, "is now %s%s in view %u, op %llu, commit %llu",
		     node_health(node), status->is_leader ? ", the leader," : "", status->view,
		     (unsigned long long)status->op, (unsigned long long)status->commit);
}

static void observe_normal(struct node *node)
{
	struct cluster *cluster = node->cluster;

	if (cluster->victims & (1u << node->id))
		checker_fail(&cluster->checker,
			     "replica%u serves again, but it was killed with more than f at once",
			     node->id);
	node->remembers = true;
	if (node->lives == 1)
		cluster->first_lives_normal |= 1u << node->id;
}

void cluster_observe(struct node *node)
{
	struct vr_status status;
	bool changed;

	vr_status(node->vr, &status);
	changed = status.health != node->health || status.view != node->view;
	node->health = status.health;
	node->view = status.view;
	node->leader = status.leader;
	node->leader_incarnation = status.leader_incarnation;
	node->window = status.window;
	node->mark_op = status.mark_op;
	node->leads = status.is_leader;
	if (changed)
		note_status(node, &status);
	if (status.health == VR_NORMAL && (!node->remembers || node->cluster->victims))
		observe_normal(node);
}

uint64_t node_ticks(const struct node *node, uint64_t now_ns)
{
	return node->offset_ticks + now_ns * node->rate_per_mille / 1000 / SIM_MS;
}
