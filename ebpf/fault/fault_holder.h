/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The faults of one run: its targets, the rules in force, who stands still. Each
 * change is done wholly or not at all. What is in force is so for a name: a target
 * whose process is replaced gets it anew.
 *
 * A target whose process ended is left alone, without an error: nothing arrives there.
 */
#ifndef FAULT_HOLDER_H
#define FAULT_HOLDER_H

#include "fault_rules.h"

struct fault_holder {
	int home; /* our own network namespace */
	struct fault_targets targets;
	struct fault_rules rules; /* in force */
	bool pausing[FAULT_TARGETS_MAX]; /* in force */
};

/* 0, or -errno with a sentence: the rights are missing. */
int fault_holder_open(struct fault_holder *holder, struct fault_problem *problem);
/* Undoes everything. Counts can still be read after it. */
void fault_holder_undo(struct fault_holder *holder);

/* All three: 0, or -errno with a sentence that names the target; what was in force then still is. */
int fault_holder_target(struct fault_holder *holder, const struct fault_target *named,
			struct fault_problem *problem);
int fault_holder_rules(struct fault_holder *holder, const struct fault_rules *rules,
		       struct fault_problem *problem);
int fault_holder_pause(struct fault_holder *holder, const bool pausing[FAULT_TARGETS_MAX],
		       struct fault_problem *problem);

#endif
