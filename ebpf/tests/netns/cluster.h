/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cluster's network on the real kernel: one network namespace per replica,
 * each with a veth `eth0`, all on a bridge in a namespace of its own.
 *
 * The namespaces have no name and no pid: they exist through this process's
 * file descriptors alone, so the kernel takes them away with everything in them
 * however the process ends, kill -9 included.
 */
#ifndef NETNS_CLUSTER_H
#define NETNS_CLUSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "bpf_broadcast.h"
#include "datagram.h"

#define CLUSTER_NODES WIRE_MAX_REPLICAS
#define CLUSTER_LEADER 1

struct node {
	int ns; /* its network namespace */
	int udp; /* bound to ip:WIRE_PORT_DEFAULT */
	int packet; /* sees every frame that arrives on eth0 */
	uint32_t ip; /* network byte order: 10.77.0.id */
	uint8_t mac[6];
	uint32_t ifindex;
};

struct cluster {
	int home; /* the namespace we came from */
	int hub; /* the bridge's */
	struct node node[CLUSTER_NODES + 1]; /* index = replica id */
};

/* Builds it or ends the program; not root: prints `skipped` and exits 0. */
void cluster_build(struct cluster *cluster);
void cluster_enter(int ns);
/* Runs a program there with these arguments (NULL-ended). Its exit status. */
int cluster_run(int ns, const char *const argv[]);
/* Feeds lines to `ip -batch` there; ends the program if one fails. */
void cluster_ip(int ns, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cluster_write_sysctl(int ns, const char *path, const char *value);
/* A UDP socket in a node's namespace bound to ip:port (network byte order). */
int cluster_udp(int ns, uint32_t ip, uint16_t port);
void cluster_set_tx_checksum(const struct cluster *cluster, uint8_t id, bool on);

/* Opens the real program at the leader of view 0 for `replicas` and tells it all followers. */
struct bpf_broadcast *cluster_load(const struct cluster *cluster, uint8_t replicas, bool clone);
void cluster_unload(const struct cluster *cluster, struct bpf_broadcast *broadcast);
/* Counts now; ends the program if they cannot be read. */
void cluster_counts(struct bpf_broadcast *broadcast, struct bpf_broadcast_counts *counts);

/* Sends from this socket to follower `to`, or ends the program. */
void cluster_send(const struct cluster *cluster, int fd, uint8_t to,
		  const struct datagram *datagram);
/* The same with a length of one's own choice, for datagrams that lie. */
void cluster_send_bytes(const struct cluster *cluster, int fd, uint8_t to, const void *bytes,
			size_t length);

#endif
