/* SPDX-License-Identifier: Apache-2.0 */
/* Who holds a BPF program by a file descriptor: of the program itself, or of a link that keeps it attached. */
#ifndef INSPECT_HOLDERS_H
#define INSPECT_HOLDERS_H

#include "processes.h"

#define HOLDERS_MAX 256
#define COMM_BYTES 16

struct holder {
	uint32_t program_id;
	pid_t pid; /* in the holder's own PID namespace */
	char comm[COMM_BYTES];
};

struct holders {
	struct holder all[HOLDERS_MAX];
	size_t count;
	bool cut; /* there are more */
	int refused; /* -errno of a process whose descriptors could not be read; 0: none */
};

/* Forgets them. */
void holders_clear(struct holders *holders);
/* Adds what this process holds. One that ended meanwhile holds nothing. */
void holders_add(struct holders *holders, struct processes *processes, struct process *process);

#endif
