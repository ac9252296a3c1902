/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes in the namespaces of some nodes, as containers' main processes are, a
 * labfault beside them, and datagrams that are sent and counted.
 */
#ifndef NETNS_FAULT_SCENE_H
#define NETNS_FAULT_SCENE_H

#include "cluster.h"
#include "fault_process.h"

/* Nodes 1 to 3 are replica1 to replica3, node 4 is the client. */
#define SCENE_TARGETS 4
#define SCENE_CLIENT 4
#define SCENE_DATAGRAMS_MAX 4096

struct fault_scene {
	struct cluster cluster;
	pid_t process[CLUSTER_NODES + 1]; /* index = node; 0: none */
	struct fault_process fault;
};

void scene_begin(struct fault_scene *scene);
/* labfault, told of all four. */
void scene_start(struct fault_scene *scene);
/* Ends it and waits for it; its exit code. */
int scene_stop(struct fault_scene *scene);

/* A process that does nothing in this node's namespace. */
pid_t scene_process(const struct fault_scene *scene, uint8_t node);
/* Kills it and waits for it. */
void scene_bury(pid_t process);

/* What came of numbered datagrams. */
struct arrival {
	unsigned int total;
	unsigned int distinct;
	unsigned int fewest; /* times of the same datagram, of those that came at all */
	unsigned int most;
	unsigned int damaged;
};

/* Sends `count` from node to node, in the name of the sender with this node's id, and awaits the last. */
struct arrival scene_exchange(struct fault_scene *scene, uint8_t from, uint8_t to,
			      unsigned int count);

/* Programs on the hooks of a node's interface. */
struct hooks {
	unsigned int xdp;
	unsigned int tcx;
};

struct hooks scene_hooks(const struct fault_scene *scene, uint8_t node);
/* Takes the XDP hook of a node with a program that lets everything pass. Its id. */
uint32_t scene_occupy(const struct fault_scene *scene, uint8_t node);
void scene_vacate(const struct fault_scene *scene, uint8_t node);

#endif
