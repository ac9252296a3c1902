// SPDX-License-Identifier: Apache-2.0
/* When who crashes, stands still or can't be reached. */
#include <assert.h>

#include "plan.h"
#include "sim_random.h"

struct fault *plan_add_fault(struct plan *plan, enum fault_kind kind, uint64_t begins_ns,
			     uint64_t lasts_ns)
{
	struct fault *fault = &plan->faults[plan->fault_count++];

	assert(plan->fault_count <= SIM_FAULTS_MAX);
	*fault = (struct fault){.kind = kind, .begins_ns = begins_ns};
	fault->ends_ns = begins_ns + lasts_ns;
	if (fault->ends_ns > plan->chaos_ends_ns)
		fault->ends_ns = plan->chaos_ends_ns;
	return fault;
}

uint32_t plan_all_replicas(const struct plan *plan)
{
	return (2u << plan->replicas) - 2;
}

uint32_t plan_some_replicas(const struct plan *plan, uint64_t *random, uint32_t count)
{
	uint32_t nodes = 0;

	while ((uint32_t)__builtin_popcount(nodes) < count)
		nodes |= 1u << random_within(random, 1, plan->replicas);
	return nodes;
}

/* A pair, one against all, or two groups; clients reach both sides, except in a story of their own. */
static void choose_sides(const struct plan *plan, struct fault *fault, uint64_t *random)
{
	switch (random_within(random, 0, 3)) {
	case 0:
		fault->nodes = plan_some_replicas(plan, random, 1);
		do
			fault->others = plan_some_replicas(plan, random, 1);
		while (fault->others == fault->nodes);
		break;
	case 1:
		fault->nodes = plan_some_replicas(plan, random, 1);
		fault->others = NODES_REST;
		break;
	case 2:
		fault->nodes = NODES_LEADER;
		fault->others = NODES_REST;
		break;
	default:
		fault->nodes = plan_some_replicas(plan, random,
						  (uint32_t)random_within(random, 1, plan_f(plan)));
		fault->others = NODES_REST | NODES_CLIENTS;
	}
	fault->inbound = random_chance(random, 500);
}

uint64_t plan_some_time(const struct plan *plan, uint64_t *random)
{
	uint64_t patience_us = plan->view_change_ticks * 1000ull;

	switch (random_within(random, 0, 2)) {
	case 0:
		return random_within(random, 1, 60) * SIM_MS;
	case 1:
		return random_within(random, 1, 300) * SIM_MS;
	default:
		return random_within(random, patience_us * 9 / 10, patience_us * 17 / 10) * 1000;
	}
}

static void add_some_fault(struct plan *plan, uint64_t *random)
{
	static const enum fault_kind kinds[] = {FAULT_CRASH, FAULT_CRASH, FAULT_PAUSE,
						FAULT_STALL, FAULT_CUT,	  FAULT_CUT_ONE_WAY};
	uint64_t begins_ns = random_within(random, SIM_MS, plan->chaos_ends_ns - SIM_MS);
	enum fault_kind kind = kinds[random_within(random, 0, 5)];
	struct fault *fault = plan_add_fault(plan, kind, begins_ns, plan_some_time(plan, random));

	if (kind == FAULT_CUT || kind == FAULT_CUT_ONE_WAY || kind == FAULT_STALL)
		choose_sides(plan, fault, random);
	else
		fault->nodes = random_chance(random, 400) ? NODES_LEADER
							  : plan_some_replicas(plan, random, 1);
}

void plan_faults(struct plan *plan, uint64_t *random)
{
	uint64_t count = random_chance(random, 150) ? 0 : random_within(random, 1, 14);

	/* A story that has to come out in every detail is told alone. */
	if (plan->story == STORY_LATE_ACKS)
		count = 0;
	for (uint64_t i = 0; i < count; i++)
		add_some_fault(plan, random);
	plan_story(plan, random);
	if (plan->story < STORY_MEMORY_LOST && random_chance(random, 300)) {
		plan->away = (uint32_t)random_within(random, 1, plan_f(plan));
		plan->away_ends_ns = plan->chaos_ends_ns + random_within(random, 50, 600) * SIM_MS;
	}
}
