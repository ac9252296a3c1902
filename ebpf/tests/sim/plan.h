/* SPDX-License-Identifier: Apache-2.0 */
/* What one seed decides: cluster, workload and faults. */
#ifndef LAB_SIM_PLAN_H
#define LAB_SIM_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#define SIM_MS 1000000ull
#define SIM_PAYLOAD_MAX 80 /* of an operation */
#define SIM_CLIENTS_MAX 6
#define SIM_KEYS 8
#define SIM_FAULTS_MAX 32 /* fourteen of chance and those of a story */

/* How a seed goes; all but the last two must complete every request. */
enum plan_story {
	STORY_USUAL, /* at most f replicas are without memory at any time */
	STORY_MAJORITY_AWAY, /* more than f are paused or cut off, and come back */
	STORY_LEADER_ALONE, /* whoever leads is cut off together with the clients */
	STORY_TWO_LOGS, /* and a view change has to choose between its log and a later one */
	STORY_LATE_PREPARES, /* what a leader sent arrives when the others have promised another view */
	STORY_RECOVERY_COUNTS, /* what a restarted replica recovered is needed at once */
	STORY_LATE_ACKS, /* acknowledgements arrive when their addressee leads again; not with 3 replicas */
	STORY_LAGGARD_LEADS, /* a replica that was away for long leads next */
	STORY_MEMORY_LOST, /* f + 1 to N - 1 are killed and begin anew */
	STORY_ALL_KILLED,
};

enum fault_kind {
	FAULT_CRASH, /* restarts with empty memory afterwards */
	FAULT_PAUSE, /* the process stands still */
	FAULT_STALL, /* what goes from `nodes` to `others` is held and arrives afterwards; inbound: the other way */
	FAULT_CUT, /* nothing passes between `nodes` and `others` */
	FAULT_CUT_ONE_WAY, /* nothing passes from `nodes` to `others`; inbound: the other way */
};

/* Sets of nodes: bit 0 is the clients, bit n replica n. */
#define NODES_CLIENTS 1u
#define NODES_LEADER 0x10000u /* stands for whoever leads when the fault begins */
#define NODES_NEXT 0x20000u /* whoever leads the view after that leader's */
#define NODES_REST 0x40000u /* `others`: all replicas that aren't in `nodes` */

struct fault {
	uint64_t begins_ns, ends_ns;
	enum fault_kind kind;
	uint32_t nodes, others;
	bool inbound;
	bool forced; /* a crash that may leave more than f without memory */
};

struct plan {
	uint64_t seed;
	enum plan_story story;
	uint8_t replicas;
	uint32_t clients;
	uint16_t payload_bytes;
	uint32_t get_percent;
	uint64_t warmup_ns, measure_ns;
	uint64_t log_capacity_ops;
	uint64_t
		tick_every_ns; /* how often a replica's loop comes round; a tick is a millisecond */
	uint32_t view_change_ticks;
	uint32_t skew_per_mille; /* a replica's clock runs this much faster or slower at most */
	/* Faults, until chaos_ends_ns; in per mille of datagrams. */
	uint64_t chaos_ends_ns;
	uint32_t loss, duplication;
	uint32_t stragglers; /* come as late as straggle_ns */
	uint64_t delay_least_ns, delay_most_ns, straggle_ns;
	uint32_t away; /* this many, f at most, stay away a while longer than the chaos */
	uint64_t away_ends_ns;
	struct fault faults[SIM_FAULTS_MAX];
	uint32_t fault_count;
};

/* replicas: 3, 5 or 7; 0 lets the seed choose. The same seed and size always give the same plan. */
struct plan plan_of_seed(uint64_t seed, uint8_t replicas);

/* plan_faults.c: faults of chance and those of the plan's story; times beyond the chaos are cut off. */
void plan_faults(struct plan *plan, uint64_t *random);

struct fault *plan_add_fault(struct plan *plan, enum fault_kind kind, uint64_t begins_ns,
			     uint64_t lasts_ns);
uint32_t plan_all_replicas(const struct plan *plan);
uint32_t plan_some_replicas(const struct plan *plan, uint64_t *random, uint32_t count);
/* Short, long, or about as long as it takes until a view change is under way: then its end meets it. */
uint64_t plan_some_time(const struct plan *plan, uint64_t *random);

/* plan_stories.c */
void plan_story(struct plan *plan, uint64_t *random);

static inline uint32_t plan_f(const struct plan *plan)
{
	return plan->replicas / 2u;
}

#endif
