// SPDX-License-Identifier: Apache-2.0
#include "watch.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "lines.h"
#include "replica_look.h"

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec now = {0};

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

static int open_replicas(struct watch *watch, const struct arguments *arguments)
{
	for (size_t i = 0; i < arguments->replica_count; i++) {
		int failed = replica_open(&watch->replicas[i], arguments->replicas[i].name,
					  arguments->replicas[i].pid);

		if (failed)
			return failed;
		watch->replica_count++;
	}
	return 0;
}

int watch_open(struct watch *watch, const struct arguments *arguments)
{
	uint32_t first;
	int failed;

	*watch = (struct watch){.home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)};
	statistics_open(&watch->statistics);
	/* What goes wrong is said in our own lines. */
	libbpf_set_print(NULL);
	failed = watch->home < 0 ? -errno : bpf_prog_get_next_id(0, &first);
	/* No program at all is a kernel that can be looked at. */
	if (failed == -ENOENT)
		failed = 0;
	if (!failed)
		failed = maps_open(&watch->maps);
	if (!failed)
		failed = processes_open(&watch->processes);
	if (!failed)
		failed = open_replicas(watch, arguments);
	if (!failed && arguments->statistics)
		failed = statistics_switch(&watch->statistics, true);
	if (failed)
		watch_close(watch);
	return failed;
}

void watch_close(struct watch *watch)
{
	for (size_t i = 0; i < watch->replica_count; i++)
		replica_close(&watch->replicas[i]);
	watch->replica_count = 0;
	statistics_close(&watch->statistics);
	processes_close(&watch->processes);
	maps_free(&watch->maps);
	btf_cache_free(&watch->btfs);
	programs_free(&watch->programs);
	if (watch->home >= 0)
		close(watch->home);
	watch->home = -1;
}

bool watch_all_gone(const struct watch *watch)
{
	for (size_t i = 0; i < watch->replica_count; i++)
		if (!watch->replicas[i].gone)
			return false;
	return true;
}

static int write_replicas(struct json *json, struct watch *watch)
{
	int failed = 0;

	json_key(json, "replicas");
	json_open(json, '[');
	for (size_t i = 0; i < watch->replica_count && !failed; i++)
		failed = replica_look(json, watch, i);
	json_close(json, ']');
	return failed;
}

/* Since the last look's line was finished, so what sending that line took is in it. */
static uint64_t take_cost(struct watch *watch)
{
	uint64_t before_ns = watch->spent_ns;

	watch->spent_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	return watch->spent_ns - before_ns;
}

static int write_look(struct json *json, struct watch *watch)
{
	int failed;

	programs_write(json, &watch->programs);
	failed = write_replicas(json, watch);
	if (failed)
		return failed;
	json_key(json, "maps");
	failed = maps_write(json, &watch->maps, &watch->programs, &watch->btfs);
	btf_cache_sweep(&watch->btfs);
	return failed;
}

/* Who holds a program changes with a load, an unload or a process; the last we notice a little later. */
static int read_holders(struct watch *watch)
{
	int failed;

	if (watch->holders_due && !watch->programs.changed) {
		watch->holders_due--;
		return 0;
	}
	watch->holders_due = HOLDERS_EVERY_LOOKS - 1;
	failed = processes_read(&watch->processes);
	for (size_t i = 0; i < watch->replica_count && !failed; i++)
		replica_find_holders(watch, i);
	return failed;
}

int watch_look(struct watch *watch, struct json *json)
{
	uint64_t at_us = clock_ns(CLOCK_REALTIME) / 1000;
	int failed = programs_read(&watch->programs, &watch->btfs);

	if (!failed)
		failed = read_holders(watch);
	if (failed)
		return failed;
	look_begin(json, at_us, statistics_on(&watch->statistics));
	failed = write_look(json, watch);
	look_end(json, take_cost(watch));
	if (!failed && json->failed)
		failed = -EOVERFLOW;
	return failed;
}
