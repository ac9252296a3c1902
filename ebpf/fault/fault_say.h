/* SPDX-License-Identifier: Apache-2.0 */
/*
 * labfault's lines on stdout, a JSON document each:
 *   {"event":"ready"}
 *   {"event":"done","seq":N}
 *   {"event":"failed","seq":N,"message":"..."}   seq 0: a command without one
 *   {"event":"counts","counts":[{"target":"replica2","from":1,"lost":12,"doubled":0}]}
 *   {"event":"problem","message":"..."}
 * Counts are totals since the start; a pair that nothing happened to is left out.
 *
 * Whoever reads may have stopped reading, and faults must be undone all the same:
 * no write waits longer than a second. All return 0, -EPIPE or another -errno once
 * nobody takes the lines any more.
 */
#ifndef FAULT_SAY_H
#define FAULT_SAY_H

#include <stdint.h>

#include "fault_targets.h"

int fault_say_ready(void);
int fault_say_done(uint64_t seq);
int fault_say_failed(uint64_t seq, const char *message);
int fault_say_counts(const struct fault_targets *targets);
int fault_say_problem(const char *message);

#endif
