/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The environment of replica and client, read once, checked once, with every
 * problem named at the same time.
 */
#ifndef LAB_CONFIG_H
#define LAB_CONFIG_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire.h"

#define CONFIG_PROBLEMS_BYTES 1024
#define CONFIG_HOST_BYTES 254

struct config_peer {
	char host[CONFIG_HOST_BYTES];
	uint16_t port; /* host byte order */
};

/* Index = replica id, 1..count. */
struct config_peers {
	uint8_t count;
	struct config_peer at[WIRE_MAX_REPLICAS + 1];
};

/* TRACE and TRACE_EVERY: what is sampled from the start, or once a signal switches it on. */
struct config_trace {
	bool on;
	uint32_t every;
};

struct replica_config {
	uint8_t id;
	struct config_peers peers;
	bool tc_broadcast;
	uint64_t run_id;
	uint64_t log_capacity_ops;
	char iface[IFNAMSIZ]; /* "": the interface of the route to the peers */
	struct config_trace trace;
};

struct client_config {
	struct config_peers peers;
	uint64_t run_id;
	uint32_t clients;
	uint64_t requests; /* 0: duration_ns counts */
	uint64_t duration_ns;
	uint64_t warmup_ns;
	uint16_t payload_bytes;
	uint32_t get_percent;
	uint64_t retry_ns;
	uint64_t no_progress_ns;
	uint64_t ready_timeout_ns;
	bool hold;
	uint64_t seed;
	struct config_trace trace;
};

/*
 * Sentences joined by "; ", each naming the variable, its value and the bounds.
 * Empty: all is well.
 */
struct config_problems {
	size_t bytes;
	char text[CONFIG_PROBLEMS_BYTES];
};

/*
 * mtu: of the interface that will carry the datagrams; bounds PAYLOAD_BYTES. True
 * if there is no problem.
 */
bool replica_config_read(struct replica_config *config, struct config_problems *problems);
bool client_config_read(struct client_config *config, uint32_t mtu,
			struct config_problems *problems);

#endif
