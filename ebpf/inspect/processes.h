/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The processes of this PID namespace, and which of them are a replica's: those
 * in the cgroup and the network namespace of its main process, `docker exec` ones
 * among them.
 *
 * A process hardly ever changes either, so what is known of it is asked again
 * only while it is young and then once in a while. Reading another process's
 * namespace is a ptrace question, which some hosts log when they refuse it; the
 * cgroup, free for all to read, is therefore compared first.
 */
#ifndef INSPECT_PROCESSES_H
#define INSPECT_PROCESSES_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct process {
	pid_t pid;
	pid_t inner_pid; /* in its own PID namespace; 0: not asked yet */
	uint32_t looks; /* how often it was seen */
	uint64_t cgroup; /* a hash of its /proc/PID/cgroup; 0: could not be read */
	uint64_t network; /* inode of its network namespace; 0: not asked yet or refused */
	bool network_asked;
};

struct processes {
	DIR *proc;
	struct process *all; /* ascending pids */
	size_t count;
	size_t room;
	struct process *before;
	size_t before_count;
	size_t before_room;
};

/* 0 or -errno. */
int processes_open(struct processes *processes);
void processes_close(struct processes *processes);
/* Lists them anew. 0 or -errno. */
int processes_read(struct processes *processes);
/* Does it belong with this main process? */
bool processes_belong(struct processes *processes, struct process *process,
		      struct process *main_process);
/* NULL: there is none. */
struct process *processes_find(const struct processes *processes, pid_t pid);
/* Its pid as its own namespace counts, which is what its container's tools show. */
pid_t processes_inner_pid(struct processes *processes, struct process *process);

#endif
