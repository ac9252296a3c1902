/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A complete set of rules: for each target and sender, how many datagrams are lost
 * and doubled. As words: `NAME:FROM:LOSS_PPM:DUP_PPM`; FROM is a replica's id, 0 the
 * client, `*` everybody. Of several rules for one sender the largest chance holds.
 */
#ifndef FAULT_RULES_H
#define FAULT_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "fault_problem.h"
#include "fault_targets.h"

/* Index: the target's place in struct fault_targets. */
struct fault_rules {
	struct fault_rule of[FAULT_TARGETS_MAX][FAULT_SENDERS];
};

/* 0, or -EINVAL with the words of what is wrong. The words are cut into pieces. */
int fault_rules_read(struct fault_rules *rules, const struct fault_targets *targets,
		     char *const words[], size_t count, struct fault_problem *problem);

/* Is anything ever lost, doubled here? */
bool fault_rules_lose(const struct fault_rule rules[FAULT_SENDERS]);
bool fault_rules_double(const struct fault_rule rules[FAULT_SENDERS]);
/* Is there any rule at all? */
bool fault_rules_any(const struct fault_rules *rules);

#endif
