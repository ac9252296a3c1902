/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lets processes stand still (SIGSTOP) and go on (SIGCONT), through pidfds alone.
 *
 * A killed labfault cannot let them go on: a container that it stopped stays so
 * until somebody removes it, which the panel's sweep does with all of a dead run's.
 */
#ifndef FAULT_PAUSE_H
#define FAULT_PAUSE_H

#include "fault_targets.h"

/*
 * Stops the process and waits until it stands. One that ended is left alone: there
 * is nothing to stop. 0, or -errno with a sentence.
 */
int fault_pause(struct fault_target *target, struct fault_problem *problem);
/* Lets it go on if it was us who stopped it. */
void fault_continue(struct fault_target *target);

#endif
