/* SPDX-License-Identifier: Apache-2.0 */
/*
 * programs/fault.bpf.c at one target: loaded when the first rule concerns it,
 * unloaded with the last, so that a cluster without a fault runs none of it.
 */
#ifndef FAULT_PROGRAM_H
#define FAULT_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"
#include "fault_problem.h"

struct fault_bpf;

struct fault_program {
	struct fault_bpf *loaded; /* NULL: nothing is */
	uint32_t ifindex;
	int loses; /* the link on the XDP hook; -1: none */
	int doubles; /* the link on the TC ingress hook; -1: none */
	struct fault_count before[FAULT_SENDERS]; /* counted by those that were unloaded */
};

/* What the rules ask of a target. A hook that no rule needs is left alone. */
struct fault_needs {
	bool loss;
	bool doubling;
};

/* Nothing loaded, nothing counted. */
void fault_program_begin(struct fault_program *program);
/*
 * Loads and attaches what is missing, in the namespace where the process now is;
 * without rules it lets everything pass. 0, or -errno with a sentence; what was
 * attached before stays, what was not is not.
 */
int fault_program_attach(struct fault_program *program, struct fault_needs needs,
			 struct fault_problem *problem);
/* From the next datagram on. No-op where nothing is loaded. */
void fault_program_rule(struct fault_program *program,
			const struct fault_rule rules[FAULT_SENDERS]);
/* Detaches, unloads, keeps what was counted. Nothing to do: does nothing. */
void fault_program_detach(struct fault_program *program);
/* Since fault_program_begin. */
struct fault_count fault_program_count(const struct fault_program *program, uint32_t sender);

#endif
