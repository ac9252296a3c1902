// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include "sim_random.h"

static enum plan_story story_of(uint64_t seed, uint8_t replicas)
{
	switch (seed % 20) {
	case 3:
		return STORY_MAJORITY_AWAY;
	case 7:
	case 12:
		return STORY_MEMORY_LOST;
	case 13:
		return STORY_LEADER_ALONE;
	case 9:
	case 16:
		return STORY_TWO_LOGS;
	case 1:
	case 11:
		return STORY_LATE_PREPARES;
	case 4:
	case 14:
		return STORY_RECOVERY_COUNTS;
	case 10:
		/* With three, whoever acknowledged makes a majority: nothing of it is ever given up. */
		return replicas > 3 ? STORY_LATE_ACKS : STORY_USUAL;
	case 6:
	case 19:
		return STORY_LAGGARD_LEADS;
	case 17:
		return STORY_ALL_KILLED;
	default:
		return STORY_USUAL;
	}
}

#define CHOOSE(random, list) list[random_within(random, 0, sizeof(list) / sizeof(list[0]) - 1)]

/* Small rings let laggards need a checkpoint, the large one never does. */
static void plan_cluster(struct plan *plan, uint64_t *random)
{
	static const uint64_t capacities[] = {16, 32, 64, 128, 256, 1024};
	static const uint32_t patience[] = {40, 60, 100};

	plan->log_capacity_ops = CHOOSE(random, capacities);
	plan->view_change_ticks = CHOOSE(random, patience);
	plan->tick_every_ns = random_within(random, 2, 6) * SIM_MS / 2;
	plan->skew_per_mille = random_chance(random, 700) ? 200 : 0;
}

static void plan_network(struct plan *plan, uint64_t *random)
{
	static const uint32_t rates[] = {0, 0, 10, 50, 150, 300};
	static const uint64_t delays_us[] = {1000, 3000, 8000, 25000};
	static const uint32_t straggling[] = {0, 0, 5, 20};

	plan->loss = CHOOSE(random, rates);
	plan->duplication = CHOOSE(random, rates);
	plan->stragglers = CHOOSE(random, straggling);
	plan->straggle_ns = random_within(random, 50, 300) * SIM_MS;
	plan->delay_least_ns = random_within(random, 150, 500) * 1000;
	plan->delay_most_ns = CHOOSE(random, delays_us) * 1000;
}

/* The clients go on a little longer than the faults, so that service must resume. */
static void plan_workload(struct plan *plan, uint64_t *random)
{
	plan->clients = (uint32_t)random_within(random, 1, SIM_CLIENTS_MAX);
	plan->payload_bytes = (uint16_t)random_within(random, 8, SIM_PAYLOAD_MAX);
	plan->get_percent = (uint32_t)random_within(random, 0, 80);
	plan->warmup_ns = random_within(random, 0, 3) * 20 * SIM_MS;
	plan->chaos_ends_ns = random_within(random, 200, 1500) * SIM_MS;
	plan->measure_ns = plan->chaos_ends_ns - random_within(random, 0, 100) * SIM_MS;
}

struct plan plan_of_seed(uint64_t seed, uint8_t replicas)
{
	uint64_t random = seed * 0x2545f4914f6cdd1dull + 1;
	struct plan plan = {
		.seed = seed,
		.replicas = replicas ? replicas : (uint8_t)(3 + 2 * (seed % 3)),
	};

	plan.story = story_of(seed, plan.replicas);
	plan_cluster(&plan, &random);
	plan_network(&plan, &random);
	plan_workload(&plan, &random);
	plan_faults(&plan, &random);
	return plan;
}
