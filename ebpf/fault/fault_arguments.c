// SPDX-License-Identifier: Apache-2.0
#include "fault_arguments.h"

#include <errno.h>
#include <stdio.h>

#define PARTS 3

static int read_argument(struct fault_targets *named, const char *argument,
			 struct fault_problem *problem)
{
	char text[2 * FAULT_NAME_BYTES];
	char *parts[PARTS];
	struct fault_target target;
	int failed;

	snprintf(text, sizeof(text), "%s", argument);
	if (fault_split(text, '=', parts, PARTS) != PARTS)
		return fault_refuse(problem, -EINVAL,
				    "a target is given as NAME=PID=ID, not as \"%.64s\"", argument);
	failed = fault_target_read(&target, named, parts, problem);
	if (failed)
		return failed;
	if (fault_targets_find(named, target.name) >= 0)
		return fault_refuse(problem, -EINVAL, "two targets are called \"%s\"", target.name);
	named->all[named->count++] = target;
	return 0;
}

int fault_arguments_read(struct fault_targets *named, int argc, char **argv,
			 struct fault_problem *problem)
{
	int failed = 0;

	named->count = 0;
	if (argc < 2)
		return fault_refuse(problem, -EINVAL, "no target is given");
	for (int i = 1; i < argc && !failed; i++)
		failed = read_argument(named, argv[i], problem);
	return failed;
}
