/* SPDX-License-Identifier: Apache-2.0 */
/* What one seed decides: cluster, workload and faults. */
#ifndef LAB_SIM_PLAN_H
#define LAB_SIM_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#define SIM_MS 1000000ull
#define SIM_PAYLOAD_MAX 80
#define SIM_CLIENTS_MAX 8
#define SIM_KEYS 12

enum plan_story {
	STORY_USUAL, /* everything must complete */
	STORY_LOG_FULL, /* the log is too small: the client must be told */
	STORY_LEADER_RESTARTS, /* the leader loses its memory: nobody may contradict what was committed */
};

struct plan {
	uint64_t seed;
	enum plan_story story;
	uint8_t replicas;
	uint32_t clients;
	uint64_t requests;
	uint16_t payload_bytes;
	uint32_t get_percent;
	uint64_t log_capacity_ops;
	uint32_t quorum_wait_ticks;
	/* Faults, until chaos_ends_ns; in per mille of datagrams. */
	uint64_t chaos_ends_ns;
	uint32_t loss, duplication;
	uint64_t delay_least_ns, delay_most_ns;
	uint32_t pauses, restarts; /* of followers, spread over the chaos */
	uint64_t leader_restarts_at_ns; /* 0: never */
};

struct plan plan_of_seed(uint64_t seed);

#endif
