/* SPDX-License-Identifier: Apache-2.0 */
/* One simulated run: N cores, one load generator, a network, faults and a checker. */
#ifndef LAB_SIM_CLUSTER_H
#define LAB_SIM_CLUSTER_H

#include "checker.h"
#include "exercised.h"
#include "load_client.h"
#include "network.h"

/*
 * Once f + 1 replicas that have their memory reach each other, an operation is
 * committed within this many view_change_ticks (of the slowest clock): at worst
 * a wish for another view has been backed off to eight of them, and the leaders
 * of up to f views in a row are not there.
 */
#define RESUME_VIEW_CHANGES 24

struct cluster;

struct node {
	struct cluster *cluster;
	void *memory;
	struct vr *vr; /* NULL while crashed */
	uint8_t id;
	uint32_t incarnation, lives;
	uint64_t paused_until_ns;
	uint32_t rate_per_mille; /* of its clock */
	uint64_t offset_ticks;
	bool flush_due;
	bool remembers; /* this life was in status normal */
	/* As last observed. */
	enum vr_health health;
	uint32_t view;
	uint8_t leader;
	uint32_t leader_incarnation;
	uint8_t window;
	uint64_t mark_op;
	bool leads;
};

struct cluster {
	struct plan plan;
	struct network network;
	struct checker checker;
	struct node nodes[WIRE_MAX_REPLICAS + 1];
	void *load_memory;
	struct load *load;
	struct exercised *exercised;
	uint64_t digest; /* of all deliveries */
	uint32_t first_lives_normal; /* set of replicas */
	/* Killed at one moment, more than f of them: they must never serve again. */
	uint32_t victims;
	bool memory_lost; /* more than f were without memory at once */
	bool must_be_told; /* and the clients must come to know */
	uint64_t ops_at_chaos_end;
	uint64_t resumed_ns, done_ns; /* 0: not yet */
};

/*
 * Runs the plan and adds up what it exercised; the violation, or "" for none, is
 * copied to why (256 bytes). Returns a digest of all deliveries.
 */
uint64_t cluster_run(const struct plan *plan, bool transcript, struct exercised *exercised,
		     char *why);
void cluster_note(const struct cluster *cluster, uint8_t node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* cluster_nodes.c: the cores and the load generator. */
void cluster_boot(struct cluster *cluster);
void cluster_shut_down(struct cluster *cluster);
void cluster_start_node(struct cluster *cluster, uint8_t id);
void cluster_end_life(struct node *node);
/* Sees what became of the node's status; after everything that is handed to it. */
void cluster_observe(struct node *node);
/* Its status in words, "down" while crashed. */
const char *node_health(const struct node *node);
uint64_t node_ticks(const struct node *node, uint64_t now_ns);

/* cluster_faults.c */
void cluster_schedule_faults(struct cluster *cluster);
void cluster_fault_event(struct cluster *cluster, const struct event *event);
/* Replicas that are down, or were restarted and have not recovered yet. */
uint32_t cluster_without_memory(const struct cluster *cluster);

/* cluster_outcome.c: what must hold at the end. */
bool cluster_is_over(struct cluster *cluster);
void cluster_check_outcome(struct cluster *cluster);

#endif
