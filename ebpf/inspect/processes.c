// SPDX-License-Identifier: Apache-2.0
#include "processes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc_file.h"

/* A container's runtime moves a process about before it starts its program. */
#define YOUNG_LOOKS 2
#define ASK_AGAIN_LOOKS 16

int processes_open(struct processes *processes)
{
	*processes = (struct processes){.proc = opendir("/proc")};
	return processes->proc ? 0 : -errno;
}

void processes_close(struct processes *processes)
{
	if (processes->proc)
		closedir(processes->proc);
	free(processes->all);
	free(processes->before);
	*processes = (struct processes){0};
}

static int compare_pids(const void *left, const void *right)
{
	pid_t left_pid = ((const struct process *)left)->pid;
	pid_t right_pid = ((const struct process *)right)->pid;

	return left_pid < right_pid ? -1 : left_pid > right_pid;
}

static struct process *find(struct process *all, size_t count, pid_t pid)
{
	const struct process wanted = {.pid = pid};

	return count ? bsearch(&wanted, all, count, sizeof(wanted), compare_pids) : NULL;
}

struct process *processes_find(const struct processes *processes, pid_t pid)
{
	return find(processes->all, processes->count, pid);
}

/* FNV-1a; two cgroups of one machine that meet in 64 bits are not to be expected. */
static uint64_t hash(const char *text, size_t bytes)
{
	uint64_t value = 0xcbf29ce484222325ull;

	for (size_t i = 0; i < bytes; i++)
		value = (value ^ (uint8_t)text[i]) * 0x100000001b3ull;
	return value;
}

static int folder(const struct processes *processes)
{
	return dirfd(processes->proc);
}

static void ask_cgroup(const struct processes *processes, struct process *process)
{
	char path[32], text[PROC_FILE_BYTES];
	ssize_t bytes;

	snprintf(path, sizeof(path), "%d/cgroup", process->pid);
	bytes = proc_file_read(folder(processes), path, text);
	process->cgroup = bytes > 0 ? hash(text, bytes) : 0;
	process->network_asked = false;
}

static bool due(const struct process *process)
{
	return process->looks <= YOUNG_LOOKS ||
	       (process->looks + process->pid) % ASK_AGAIN_LOOKS == 0;
}

static struct process *append(struct processes *processes)
{
	size_t room = processes->room ? processes->room * 2 : 256;
	struct process *all;

	if (processes->count < processes->room)
		return &processes->all[processes->count++];
	all = realloc(processes->all, room * sizeof(*all));
	if (!all)
		return NULL;
	processes->all = all;
	processes->room = room;
	return &all[processes->count++];
}

static int take(struct processes *processes, pid_t pid)
{
	struct process *process = append(processes);
	const struct process *known = find(processes->before, processes->before_count, pid);

	if (!process)
		return -ENOMEM;
	*process = known ? *known : (struct process){.pid = pid};
	process->looks++;
	if (due(process))
		ask_cgroup(processes, process);
	return 0;
}

static void begin(struct processes *processes)
{
	const struct processes old = *processes;

	*processes = (struct processes){
		.proc = old.proc,
		.all = old.before,
		.room = old.before_room,
		.before = old.all,
		.before_count = old.count,
		.before_room = old.room,
	};
	rewinddir(processes->proc);
}

/* The kernel lists processes by ascending pids. */
int processes_read(struct processes *processes)
{
	const struct dirent *entry;
	int failed = 0;

	begin(processes);
	errno = 0;
	while (!failed && (entry = readdir(processes->proc))) {
		char *end;
		long pid = strtol(entry->d_name, &end, 10);

		if (pid > 0 && !*end)
			failed = take(processes, pid);
		errno = 0;
	}
	return failed ? failed : -errno;
}

static void ask_network(struct processes *processes, struct process *process)
{
	char path[32];

	if (process->network_asked)
		return;
	snprintf(path, sizeof(path), "%d/ns/net", process->pid);
	if (proc_namespace(folder(processes), path, &process->network))
		process->network = 0;
	process->network_asked = true;
}

bool processes_belong(struct processes *processes, struct process *process,
		      struct process *main_process)
{
	if (process == main_process)
		return true;
	if (!process->cgroup || process->cgroup != main_process->cgroup)
		return false;
	ask_network(processes, process);
	ask_network(processes, main_process);
	return process->network && process->network == main_process->network;
}

pid_t processes_inner_pid(struct processes *processes, struct process *process)
{
	char path[32], text[PROC_FILE_BYTES];
	const char *line, *last;

	if (process->inner_pid)
		return process->inner_pid;
	process->inner_pid = process->pid;
	snprintf(path, sizeof(path), "%d/status", process->pid);
	if (proc_file_read(folder(processes), path, text) < 0)
		return process->inner_pid;
	line = strstr(text, "\nNSpid:");
	if (!line)
		return process->inner_pid;
	/* One number for each namespace, the innermost last. */
	last = line + strcspn(line + 1, "\n");
	while (last > line && *last >= '0' && *last <= '9')
		last--;
	process->inner_pid = atoi(last + 1);
	return process->inner_pid;
}
