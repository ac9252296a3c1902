/* SPDX-License-Identifier: Apache-2.0 */
/* The containers that faults can concern, by service name. One that is named stays; its process may change. */
#ifndef FAULT_TARGETS_H
#define FAULT_TARGETS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "fault_problem.h"
#include "fault_program.h"
#include "fault_words.h"

#define FAULT_TARGETS_MAX 16

struct fault_target {
	char name[FAULT_NAME_BYTES];
	pid_t pid;
	uint8_t id; /* replica id, 0: the client */
	/*
	 * A pidfd: nothing that we do can ever hit a later process with the same pid.
	 * -1: the process had ended when it was named.
	 */
	int process;
	bool stopped; /* by us */
	struct fault_program program;
};

struct fault_targets {
	size_t count;
	struct fault_target all[FAULT_TARGETS_MAX];
};

/* Its place, or -1. */
int fault_targets_find(const struct fault_targets *targets, const char *name);
/*
 * What `NAME PID ID` say, checked against those that are there. 0, or -EINVAL with
 * the words of what is wrong. *named has a name, a pid and an id then, nothing else.
 */
int fault_target_read(struct fault_target *named, const struct fault_targets *targets,
		      char *const words[3], struct fault_problem *problem);
/* Puts it in the place of this name's, or behind the others. Its place; -errno if its process cannot be held. */
int fault_targets_put(struct fault_targets *targets, const struct fault_target *named,
		      struct fault_problem *problem);
/* Does its process run (or stand still)? */
bool fault_target_lives(const struct fault_target *target);

#endif
