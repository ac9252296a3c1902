/* SPDX-License-Identifier: Apache-2.0 */
/* One simulated run: N cores, one load generator, a network, faults and a checker. */
#ifndef LAB_SIM_CLUSTER_H
#define LAB_SIM_CLUSTER_H

#include "checker.h"
#include "load_client.h"
#include "network.h"

#define CLUSTER_LEADER 1

struct cluster;

struct node {
	struct cluster *cluster;
	void *memory;
	struct vr *vr;
	uint8_t id;
	uint32_t incarnation;
	uint64_t paused_until_ns;
	bool flush_due;
};

/* What a run exercised, summed over runs. */
struct exercised {
	uint64_t runs, log_full_runs, leader_restart_runs, refusals;
	uint64_t sent, lost, duplicated;
	uint64_t ops, fetches, resends, retries, pauses, restarts, duplicates;
};

struct cluster {
	struct plan plan;
	struct network network;
	struct checker checker;
	struct node nodes[WIRE_MAX_REPLICAS + 1];
	void *load_memory;
	struct load *load;
	uint64_t pauses, restarts, fetches, digest;
};

/* Runs the seed; the violation, or "" for none, is copied to why (256 bytes). Returns a digest of all deliveries. */
uint64_t cluster_run(const struct plan *plan, bool transcript, struct exercised *exercised,
		     char *why);

/* cluster_nodes.c */
void cluster_boot(struct cluster *cluster);
void cluster_shut_down(struct cluster *cluster);
void cluster_start_node(struct cluster *cluster, uint8_t id);
void cluster_note(const struct cluster *cluster, uint8_t node, const char *what);

/* cluster_outcome.c: what must hold at the end. */
bool cluster_is_over(const struct cluster *cluster);
void cluster_check_outcome(struct cluster *cluster);

#endif
