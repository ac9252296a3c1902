// SPDX-License-Identifier: Apache-2.0
/*
 * simulator [--seeds N] [--first S] [--stop]   runs seeds S..S+N-1
 * simulator --seed S [--transcript]            replays one
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cluster.h"

struct options {
	uint64_t first, count;
	bool transcript, stop;
};

static bool read_options(int argc, char **argv, struct options *options)
{
	for (int i = 1; i < argc; i++) {
		bool has_value = i + 1 < argc;

		if (!strcmp(argv[i], "--transcript"))
			options->transcript = true;
		else if (!strcmp(argv[i], "--stop"))
			options->stop = true;
		else if (!strcmp(argv[i], "--seeds") && has_value)
			options->count = strtoull(argv[++i], NULL, 10);
		else if (!strcmp(argv[i], "--first") && has_value)
			options->first = strtoull(argv[++i], NULL, 10);
		else if (!strcmp(argv[i], "--seed") && has_value) {
			options->first = strtoull(argv[++i], NULL, 10);
			options->count = 1;
		} else
			return false;
	}
	return options->count > 0;
}

static void print_exercised(const struct exercised *e)
{
	printf("exercised: %" PRIu64 " runs of 3, 5 and 7 replicas (%" PRIu64
	       " with a full log, %" PRIu64 " with a restarted leader, %" PRIu64
	       " of which refused to serve); %" PRIu64 " operations\n",
	       e->runs, e->log_full_runs, e->leader_restart_runs, e->refusals, e->ops);
	printf("exercised: %" PRIu64 " datagrams, %" PRIu64 " lost, %" PRIu64 " doubled; %" PRIu64
	       " pauses, %" PRIu64 " restarts\n",
	       e->sent, e->lost, e->duplicated, e->pauses, e->restarts);
	printf("exercised: %" PRIu64 " FETCHes, %" PRIu64 " PREPAREs resent, %" PRIu64
	       " client retries, %" PRIu64 " duplicate receipts\n",
	       e->fetches, e->resends, e->retries, e->duplicates);
}

/* The same seed must give the same run, or a replay would show something else than what failed. */
static void run_seed(uint64_t seed, const struct options *options, struct exercised *exercised,
		     char *why)
{
	struct plan plan = plan_of_seed(seed);
	struct exercised ignored = {0};
	uint64_t digest = cluster_run(&plan, options->transcript, exercised, why);
	char again[256];

	if (!why[0] && seed % 50 == 1 && cluster_run(&plan, false, &ignored, again) != digest)
		snprintf(why, 256, "the same seed ran differently a second time");
}

int main(int argc, char **argv)
{
	struct options options = {.first = 1, .count = 100};
	struct exercised exercised = {0};
	uint64_t passed = 0, failed = 0;

	if (!read_options(argc, argv, &options)) {
		fprintf(stderr, "usage: simulator [--seeds N] [--first S] [--stop] | --seed S "
				"[--transcript]\n");
		return 2;
	}
	for (uint64_t seed = options.first; seed < options.first + options.count; seed++) {
		char why[256];

		run_seed(seed, &options, &exercised, why);
		if (!why[0]) {
			passed++;
			continue;
		}
		failed++;
		printf("not ok seed %" PRIu64 " (%u replicas): %s\n", seed,
		       plan_of_seed(seed).replicas, why);
		printf("  replay: make -C ebpf sim-replay SEED=%" PRIu64 "\n", seed);
		if (options.stop)
			break;
	}
	print_exercised(&exercised);
	printf("sim: %" PRIu64 " passed, %" PRIu64 " failed\n", passed, failed);
	return failed ? 1 : 0;
}
