/* SPDX-License-Identifier: Apache-2.0 */
/* What runs exercised, summed over them: a simulator that no longer provokes anything must fail. */
#ifndef LAB_SIM_EXERCISED_H
#define LAB_SIM_EXERCISED_H

#include <stdbool.h>
#include <stdint.h>

/* name, text, least per 1,000 seeds */
#define EXERCISED(X)                                                      \
	X(commits, "operations committed", 150000)                        \
	X(datagrams, "datagrams", 2000000)                                \
	X(lost, "datagrams lost", 150000)                                 \
	X(doubled, "datagrams doubled", 100000)                           \
	X(view_changes, "view changes completed", 600)                    \
	X(crashes, "crashes", 1000)                                       \
	X(leader_crashes, "of which whoever led", 400)                    \
	X(restarts, "restarts with empty memory", 1000)                   \
	X(recoveries, "recoveries", 700)                                  \
	X(checkpoints, "state transfers: checkpoints installed", 300)     \
	X(fetches, "fetches", 40000)                                      \
	X(resends, "resends", 150000)                                     \
	X(partitions, "partitions", 700)                                  \
	X(one_way, "one-way cuts", 500)                                   \
	X(stalls, "links stalled", 200)                                   \
	X(pauses, "pauses", 500)                                          \
	X(away, "replicas away after the chaos", 100)                     \
	X(majority_away, "runs with more than f replicas away", 40)       \
	X(resumptions, "resumptions of service timed", 600)               \
	X(retries, "client retries", 60000)                               \
	X(duplicates, "duplicate receipts", 20000)                        \
	X(memory_lost, "runs in which more than f lost their memory", 80) \
	X(memory_lost_told, "of which the client was told so", 70)        \
	X(undecided, "histories whose linearizability was not decided", 0)

struct exercised {
	uint64_t runs;
	uint64_t slowest_percent; /* slowest resumption, in per cent of its view_change_ticks */
#define X(name, text, least) uint64_t name;
	EXERCISED(X)
#undef X
};

/* Prints all; returns how many minimums were not reached, each with a line of its own. */
unsigned exercised_print(const struct exercised *exercised);

#endif
