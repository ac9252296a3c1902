/* SPDX-License-Identifier: Apache-2.0 */
/* labfault's command line: `NAME=PID=ID ...`. */
#ifndef FAULT_ARGUMENTS_H
#define FAULT_ARGUMENTS_H

#include "fault_targets.h"

/* What is named there, no process held yet. 0, or -EINVAL with the words of what is wrong. */
int fault_arguments_read(struct fault_targets *named, int argc, char **argv,
			 struct fault_problem *problem);

#endif
