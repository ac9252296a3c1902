// SPDX-License-Identifier: Apache-2.0
/* Faults that follow one another so that something happens which chance alone hardly ever brings about. */
#include "plan.h"
#include "sim_random.h"

static void plan_majority_away(struct plan *plan, uint64_t *random)
{
	uint32_t count = (uint32_t)random_within(random, plan_f(plan) + 1, plan->replicas);
	uint64_t begins_ns = random_within(random, 30 * SIM_MS, plan->chaos_ends_ns / 2);
	uint64_t lasts_ns = random_within(random, 50, 500) * SIM_MS;
	uint32_t away = plan_some_replicas(plan, random, count);

	/* Isolated ones reach nobody, not even each other. */
	for (uint8_t id = 1; id <= plan->replicas; id++) {
		struct fault *fault;

		if (!(away & (1u << id)))
			continue;
		fault = plan_add_fault(plan, random_chance(random, 500) ? FAULT_PAUSE : FAULT_CUT,
				       begins_ns, lasts_ns);
		fault->nodes = 1u << id;
		fault->others = NODES_REST;
	}
}

/* The next leader is one that has been away for long, so that it needs another's log, or a checkpoint. */
static void plan_laggard_leads(struct plan *plan, uint64_t *random)
{
	uint64_t begins_ns = random_within(random, 30 * SIM_MS, plan->chaos_ends_ns / 2);
	uint64_t lasts_ns = random_within(random, 50, 400) * SIM_MS;
	struct fault *fault = plan_add_fault(plan, FAULT_CUT, begins_ns, lasts_ns);

	fault->nodes = NODES_NEXT;
	fault->others = NODES_REST;
	lasts_ns -= random_within(random, 0, 20) * SIM_MS;
	fault = plan_add_fault(plan, random_chance(random, 700) ? FAULT_CRASH : FAULT_CUT,
			       begins_ns + lasts_ns, plan_some_time(plan, random));
	fault->nodes = NODES_LEADER;
	fault->others = NODES_REST;
}

/*
 * What a leader sends is held until the others have promised the next view, and it hears of none of
 * that; the next leader gets nothing at all. Whoever promised must not acknowledge what comes then.
 */
static void plan_late_prepares(struct plan *plan, uint64_t *random)
{
	uint64_t patience_ns = plan->view_change_ticks * SIM_MS;
	uint64_t begins_ns = random_within(random, 30 * SIM_MS, plan->chaos_ends_ns / 2);
	uint64_t held_ns = random_within(random, patience_ns * 8 / 10, patience_ns * 15 / 10);
	struct fault *fault = plan_add_fault(plan, FAULT_STALL, begins_ns, held_ns);

	fault->nodes = NODES_LEADER;
	fault->others = NODES_REST;
	fault = plan_add_fault(plan, FAULT_CUT_ONE_WAY, begins_ns, held_ns);
	fault->nodes = NODES_LEADER;
	fault->others = NODES_REST;
	fault->inbound = true;
	fault = plan_add_fault(plan, FAULT_CUT, begins_ns, 3 * patience_ns);
	fault->nodes = NODES_LEADER;
	fault->others = NODES_NEXT;
}

static struct fault *add_between(struct plan *plan, enum fault_kind kind, uint64_t begins_ns,
				 uint64_t ends_ns)
{
	return plan_add_fault(plan, kind, begins_ns, ends_ns - begins_ns);
}

/*
 * Acknowledgements arrive when their addressee leads again, N views later, and has given the op to
 * another request. Nothing else happens, and clocks agree: the turns of N leaders have to come out.
 */
static void plan_late_acks(struct plan *plan, uint64_t *random)
{
	uint64_t patience_ns = plan->view_change_ticks * SIM_MS;
	uint64_t begins_ns = random_within(random, 60, 120) * SIM_MS;
	uint64_t joins_ns = begins_ns + patience_ns * random_within(random, 25, 35) / 10;
	uint64_t turn_ns = patience_ns * random_within(random, 12, 16) / 10;
	uint64_t leads_ns = joins_ns + (plan->replicas - 2u) * turn_ns;
	struct fault *fault;

	plan->skew_per_mille = 0;
	plan->loss = plan->duplication = plan->stragglers = 0;
	plan->chaos_ends_ns = leads_ns + 3 * patience_ns;
	plan->measure_ns = plan->chaos_ends_ns;
	/* Replica 2 acknowledges what replica 1 prepares, and then is away. */
	fault = add_between(plan, FAULT_CUT, begins_ns, joins_ns);
	fault->nodes = 1u << 1;
	fault->others = plan_all_replicas(plan) & ~6u;
	fault = add_between(plan, FAULT_CUT, begins_ns, plan->chaos_ends_ns);
	fault->nodes = 1u << 2;
	fault->others = plan_all_replicas(plan) & ~6u;
	fault = add_between(plan, FAULT_CUT, begins_ns + 15 * SIM_MS, leads_ns);
	fault->nodes = NODES_CLIENTS;
	fault->others = NODES_REST;
	fault = add_between(plan, FAULT_STALL, begins_ns - SIM_MS, leads_ns + SIM_MS);
	fault->nodes = 1u << 2;
	fault->others = 1u << 1;
	fault = add_between(plan, FAULT_CUT_ONE_WAY, begins_ns + 30 * SIM_MS, plan->chaos_ends_ns);
	fault->nodes = 1u << 1;
	fault->others = 1u << 2;
	for (uint32_t turn = 0; turn + 2 < plan->replicas; turn++) {
		fault = add_between(plan, FAULT_CUT, joins_ns + turn * turn_ns,
				    joins_ns + (turn + 1) * turn_ns);
		fault->nodes = NODES_LEADER;
		fault->others = NODES_REST;
	}
	fault = add_between(plan, FAULT_CUT, leads_ns - 2 * SIM_MS, plan->chaos_ends_ns);
	fault->nodes = plan_some_replicas(plan, random, plan_f(plan)) & ~6u;
	fault->others = NODES_REST;
}

/*
 * f followers hold what is committed, the others lag behind. One of the f restarts; as soon as it has
 * recovered, the leader dies, and the rest of the f stand still: what it recovered is all there is.
 */
static void plan_recovery_counts(struct plan *plan, uint64_t *random)
{
	uint64_t at_ns = random_within(random, 60 * SIM_MS, plan->chaos_ends_ns / 2);
	uint64_t down_ns = random_within(random, 1, 20) * SIM_MS;
	uint32_t holders = plan_some_replicas(plan, random, plan_f(plan)) & ~(1u << 1);
	uint32_t restarts = holders & -holders;
	struct fault *fault =
		plan_add_fault(plan, FAULT_CUT_ONE_WAY,
			       at_ns - random_within(random, 10, 50) * SIM_MS, plan->chaos_ends_ns);

	fault->nodes = 1u << 1;
	fault->others = plan_all_replicas(plan) & ~holders & ~(1u << 1);
	fault = plan_add_fault(plan, FAULT_CRASH, at_ns, down_ns);
	fault->nodes = restarts;
	at_ns += down_ns + random_within(random, 1, 30) * SIM_MS;
	fault = plan_add_fault(plan, FAULT_CRASH, at_ns, 4 * plan->view_change_ticks * SIM_MS);
	fault->nodes = 1u << 1;
	fault = plan_add_fault(plan, FAULT_PAUSE, at_ns, 4 * plan->view_change_ticks * SIM_MS);
	fault->nodes = holders & ~restarts;
}

/*
 * A leader prepares in vain, alone with the clients, while the others change views. Then it is back,
 * but for the new leader, which dies soon after: two logs of different views compete.
 */
static void plan_two_logs(struct plan *plan, uint64_t *random)
{
	uint64_t patience_ns = plan->view_change_ticks * SIM_MS;
	uint64_t begins_ns = random_within(random, 30 * SIM_MS, plan->chaos_ends_ns / 2);
	uint64_t alone_ns = patience_ns + random_within(random, 1, patience_ns);
	struct fault *fault = plan_add_fault(plan, FAULT_CUT, begins_ns, alone_ns);

	fault->nodes = NODES_LEADER | NODES_CLIENTS;
	fault->others = NODES_REST;
	fault = plan_add_fault(plan, FAULT_CUT, begins_ns, alone_ns + patience_ns);
	fault->nodes = NODES_LEADER;
	fault->others = NODES_NEXT;
	fault = plan_add_fault(plan, FAULT_CRASH,
			       begins_ns + alone_ns + random_within(random, 1, 40) * SIM_MS,
			       random_within(random, 50, 100) * SIM_MS);
	fault->nodes = NODES_LEADER;
}

static void plan_leader_alone(struct plan *plan, uint64_t *random)
{
	uint64_t begins_ns = random_within(random, 30 * SIM_MS, plan->chaos_ends_ns / 2);
	struct fault *fault =
		plan_add_fault(plan, FAULT_CUT, begins_ns, random_within(random, 60, 500) * SIM_MS);

	fault->nodes = NODES_LEADER | NODES_CLIENTS;
	fault->others = NODES_REST;
}

/* All at one moment, so that none has recovered before the next one goes; or one by one. */
static void plan_killing(struct plan *plan, uint64_t *random, uint32_t victims)
{
	uint64_t begins_ns = random_within(random, 20 * SIM_MS, plan->chaos_ends_ns);
	bool at_once = random_chance(random, 700);

	for (uint8_t id = 1; id <= plan->replicas; id++) {
		struct fault *fault;

		if (!(victims & (1u << id)))
			continue;
		fault = plan_add_fault(plan, FAULT_CRASH, begins_ns, 0);
		fault->ends_ns = begins_ns + random_within(random, 1, 80) * SIM_MS;
		fault->nodes = 1u << id;
		fault->forced = true;
		if (!at_once)
			begins_ns += random_within(random, 0, 40) * SIM_MS;
	}
}

void plan_story(struct plan *plan, uint64_t *random)
{
	uint32_t victims = (uint32_t)random_within(random, plan_f(plan) + 1, plan->replicas - 1u);

	switch (plan->story) {
	case STORY_USUAL:
		break;
	case STORY_MAJORITY_AWAY:
		plan_majority_away(plan, random);
		break;
	case STORY_LEADER_ALONE:
		plan_leader_alone(plan, random);
		break;
	case STORY_TWO_LOGS:
		plan_two_logs(plan, random);
		break;
	case STORY_LATE_PREPARES:
		plan_late_prepares(plan, random);
		break;
	case STORY_LATE_ACKS:
		plan_late_acks(plan, random);
		break;
	case STORY_RECOVERY_COUNTS:
		plan_recovery_counts(plan, random);
		break;
	case STORY_LAGGARD_LEADS:
		plan_laggard_leads(plan, random);
		break;
	case STORY_MEMORY_LOST:
		plan_killing(plan, random, plan_some_replicas(plan, random, victims));
		break;
	case STORY_ALL_KILLED:
		plan_killing(plan, random, plan_all_replicas(plan));
		break;
	}
}
