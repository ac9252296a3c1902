// SPDX-License-Identifier: Apache-2.0
#include "cluster.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sim_random.h"
#include "transcript.h"
#include "wire_parse.h"

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

/* Surely: it may have heard already that its leader began another life. */
static bool follows(const struct node *node, const struct vr_msg *msg)
{
	return node->cluster->nodes[msg->sender].incarnation == msg->incarnation &&
	       node->health == VR_NORMAL && !node->leads && msg->view == node->view &&
	       msg->sender == node->leader && msg->incarnation == node->leader_incarnation;
}

static void hand_to_client(struct cluster *cluster, const struct vr_msg *msg)
{
	if (msg->type == WIRE_REPLY)
		checker_reply(&cluster->checker, msg);
	load_receive(cluster->load, msg, cluster->network.now_ns);
}

static void hand_to_replica(struct node *node, const struct vr_msg *msg, uint8_t source)
{
	struct checker *checker = &node->cluster->checker;

	if (source != NETWORK_CLIENT) {
		checker_holds(checker, node->id, msg);
		checker_handed(checker, node->id, msg, follows(node, msg));
	}
	vr_receive(node->vr, msg, source);
	end_batch_some_time(node->cluster, node);
}

static void deliver(struct cluster *cluster, const struct event *event)
{
	struct node *node = &cluster->nodes[event->node];
	uint64_t now_ns = cluster->network.now_ns;
	struct vr_msg msg;

	if (event->node != NETWORK_CLIENT && !node->vr)
		return;
	if (wire_parse(event->datagram, event->bytes, NETWORK_RUN_ID, &msg) != WIRE_OK) {
		checker_fail(&cluster->checker, "a datagram of replica%u can't be parsed",
			     event->source);
		return;
	}
	cluster->digest = XXH3_64bits_withSeed(event->datagram, event->bytes,
					       cluster->digest ^ now_ns ^ event->node);
	if (cluster->network.transcript)
		transcript_receive(now_ns, event->source, event->node, &msg);
	if (event->node == NETWORK_CLIENT)
		hand_to_client(cluster, &msg);
	else
		hand_to_replica(node, &msg, event->source);
}

static void tick(struct cluster *cluster, struct node *node)
{
	struct network *network = &cluster->network;
	uint64_t every_ns = cluster->plan.tick_every_ns;

	if (node == &cluster->nodes[NETWORK_CLIENT]) {
		load_tick(cluster->load, network->now_ns);
	} else if (node->vr) {
		flush(node);
		vr_tick(node->vr, node_ticks(node, network->now_ns));
	}
	network_schedule(network, network->now_ns + every_ns, EVENT_TICK,
			 (uint8_t)(node - cluster->nodes));
}

/* A paused process does nothing; its socket keeps some datagrams and overflows for others. */
static bool stands_still(struct cluster *cluster, struct event *event)
{
	struct node *node = &cluster->nodes[event->node];

	if (cluster->network.now_ns >= node->paused_until_ns)
		return false;
	if (event->kind != EVENT_DELIVER || random_chance(&cluster->network.random, 700)) {
		network_postpone(&cluster->network, event, node->paused_until_ns);
		event->datagram = NULL;
	}
	return true;
}

static void happen(struct cluster *cluster, struct event *event)
{
	struct node *node = &cluster->nodes[event->node];

	if (event->kind > EVENT_FLUSH) {
		cluster_fault_event(cluster, event);
		return;
	}
	if (stands_still(cluster, event))
		return;
	if (event->kind == EVENT_DELIVER)
		deliver(cluster, event);
	else if (event->kind == EVENT_TICK)
		tick(cluster, node);
	else if (node->vr && node->flush_due)
		flush(node);
	if (node->vr)
		cluster_observe(node);
}

static void add_up(struct cluster *cluster)
{
	struct exercised *exercised = cluster->exercised;
	struct load_summary summary;

	load_summary(cluster->load, &summary);
	exercised->runs++;
	exercised->commits += cluster->checker.ops;
	exercised->datagrams += cluster->network.sent;
	exercised->lost += cluster->network.lost;
	exercised->doubled += cluster->network.doubled;
	exercised->retries += summary.retries;
	exercised->duplicates += cluster->checker.duplicate_receipts;
	exercised->majority_away += cluster->plan.story == STORY_MAJORITY_AWAY;
	exercised->memory_lost += cluster->memory_lost;
	exercised->memory_lost_told += summary.ended == LOAD_MEMORY_LOST;
}

uint64_t cluster_run(const struct plan *plan, bool transcript, struct exercised *exercised,
		     char *why)
{
	struct cluster *cluster = calloc(1, sizeof(*cluster));
	uint64_t digest;

	assert(cluster);
	cluster->plan = *plan;
	cluster->exercised = exercised;
	network_init(&cluster->network, &cluster->plan, transcript);
	cluster_boot(cluster);
	cluster_schedule_faults(cluster);
	while (!cluster->checker.why[0] && !cluster_is_over(cluster)) {
		struct event event = network_next(&cluster->network);

		happen(cluster, &event);
		free(event.datagram);
	}
	if (!cluster->checker.why[0])
		cluster_check_outcome(cluster);
	add_up(cluster);
	snprintf(why, 256, "%s", cluster->checker.why);
	digest = cluster->digest;
	cluster_shut_down(cluster);
	free(cluster);
	return digest;
}

void cluster_note(const struct cluster *cluster, uint8_t node, const char *format, ...)
{
	va_list arguments;

	if (!cluster->network.transcript)
		return;
	va_start(arguments, format);
	transcript_note(cluster->network.now_ns, node, format, arguments);
	va_end(arguments);
}
