// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include "sim_random.h"

static enum plan_story story_of(uint64_t seed)
{
	if (seed % 20 == 7)
		return STORY_LOG_FULL;
	return seed % 10 == 3 ? STORY_LEADER_RESTARTS : STORY_USUAL;
}

struct plan plan_of_seed(uint64_t seed)
{
	static const uint32_t losses[] = {0, 10, 50, 200, 400};
	static const uint64_t delays[] = {50000, 300000, 3000000, 20000000};
	uint64_t random = seed * 0x2545f4914f6cdd1dull + 1;
	struct plan plan = {
		.seed = seed,
		.story = story_of(seed),
		.replicas = (uint8_t)(3 + 2 * (seed % 3)),
		.clients = (uint32_t)random_within(&random, 1, SIM_CLIENTS_MAX),
		.requests = random_within(&random, 10, 250),
		.payload_bytes = (uint16_t)random_within(&random, 8, SIM_PAYLOAD_MAX),
		.get_percent = (uint32_t)random_within(&random, 0, 100),
		.log_capacity_ops = 8192,
		.quorum_wait_ticks = (uint32_t)random_within(&random, 20, 300),
		.chaos_ends_ns = random_within(&random, 100, 1500) * SIM_MS,
		.loss = losses[random_within(&random, 0, 4)],
		.duplication = losses[random_within(&random, 0, 3)],
		.delay_least_ns = 20000,
		.delay_most_ns = delays[random_within(&random, 0, 3)],
		.pauses = (uint32_t)random_within(&random, 0, 4),
		.restarts =
			(uint32_t)(random_chance(&random, 500) ? random_within(&random, 1, 4) : 0),
	};

	if (plan.story == STORY_LOG_FULL)
		plan.log_capacity_ops = random_within(&random, 1, plan.requests);
	if (plan.story == STORY_LEADER_RESTARTS) {
		/*
		 * Without a disk, a follower that forgot too, or was never reached, can't be told from one
		 * that has nothing to remember. So nobody else restarts, and the leader waits for all.
		 */
		plan.restarts = 0;
		plan.quorum_wait_ticks = 10000000;
		plan.leader_restarts_at_ns = random_within(&random, 1, 300) * SIM_MS;
	}
	return plan;
}
