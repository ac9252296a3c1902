// SPDX-License-Identifier: Apache-2.0
/*
 * simulator [--seeds N] [--first S] [--replicas N] [--stop]   runs seeds S..S+N-1
 * simulator --seed S [--replicas N] [--transcript]            replays one
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cluster.h"

struct options {
	uint64_t first, count;
	uint8_t replicas; /* 0: 3, 5 and 7 in turn */
	bool transcript, stop;
};

/* The present seed, for whoever dies in the midst of it. */
static uint64_t present_seed;
static uint8_t present_replicas;

static void print_failure(const char *why)
{
	printf("not ok seed %" PRIu64 " (%u replicas): %s\n", present_seed, present_replicas, why);
	printf("  replay: make -C ebpf sim-replay SEED=%" PRIu64 " REPLICAS=%u\n", present_seed,
	       present_replicas);
}

static void on_abort(int number)
{
	print_failure("the core aborted");
	fflush(stdout);
	signal(number, SIG_DFL);
	raise(number);
}

#ifdef __SANITIZE_ADDRESS__
void __sanitizer_set_death_callback(void (*callback)(void));
const char *__asan_default_options(void);

/* What is freed here is mostly datagrams: a short memory of them keeps the caches warm. */
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=2";
}

static void on_sanitizer_death(void)
{
	print_failure("a sanitizer struck");
	fflush(stdout);
}
#endif

static void report_deaths(void)
{
	signal(SIGABRT, on_abort);
#ifdef __SANITIZE_ADDRESS__
	__sanitizer_set_death_callback(on_sanitizer_death);
#endif
}

static bool read_flag(const char *name, struct options *options)
{
	if (!strcmp(name, "--transcript"))
		options->transcript = true;
	else if (!strcmp(name, "--stop"))
		options->stop = true;
	else
		return false;
	return true;
}

static bool read_value(const char *name, const char *text, struct options *options)
{
	char *end;
	uint64_t value = strtoull(text, &end, 10);

	if (*end || !*text)
		return false;
	if (!strcmp(name, "--seeds"))
		options->count = value;
	else if (!strcmp(name, "--first"))
		options->first = value;
	else if (!strcmp(name, "--replicas"))
		options->replicas = (uint8_t)value;
	else if (!strcmp(name, "--seed"))
		*options = (struct options){.first = value,
					    .count = 1,
					    .replicas = options->replicas,
					    .transcript = options->transcript};
	else
		return false;
	return true;
}

static bool read_options(int argc, char **argv, struct options *options)
{
	for (int i = 1; i < argc; i++) {
		if (read_flag(argv[i], options))
			continue;
		if (i + 1 == argc || !read_value(argv[i], argv[i + 1], options))
			return false;
		i++;
	}
	return options->count > 0 && (options->replicas == 0 || options->replicas == 3 ||
				      options->replicas == 5 || options->replicas == 7);
}

/* The same seed must give the same run, or a replay would show something else than what failed. */
static void run_seed(uint64_t seed, const struct options *options, struct exercised *exercised,
		     char *why)
{
	struct plan plan = plan_of_seed(seed, options->replicas);
	struct exercised ignored = {0};
	uint64_t digest;
	char again[256];

	present_seed = seed;
	present_replicas = plan.replicas;
	digest = cluster_run(&plan, options->transcript, exercised, why);
	if (!why[0] && seed % 50 == 1 && cluster_run(&plan, false, &ignored, again) != digest)
		snprintf(why, 256, "the same seed ran differently a second time");
}

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct options options = {.first = 1, .count = 100};
	struct exercised exercised = {0};
	uint64_t passed = 0, failed = 0;
	double began = seconds_now();

	if (!read_options(argc, argv, &options)) {
		fprintf(stderr, "usage: simulator [--seeds N] [--first S] [--stop] | --seed S "
				"[--transcript]; both [--replicas 3|5|7]\n");
		return 2;
	}
	report_deaths();
	for (uint64_t seed = options.first; seed < options.first + options.count; seed++) {
		char why[256];

		run_seed(seed, &options, &exercised, why);
		passed += !why[0];
		failed += why[0] != 0;
		if (why[0])
			print_failure(why);
		if (why[0] && options.stop)
			break;
	}
	failed += exercised_print(&exercised);
	printf("took %.1f s\n", seconds_now() - began);
	printf("sim: %" PRIu64 " passed, %" PRIu64 " failed\n", passed, failed);
	return failed ? 1 : 0;
}
