// SPDX-License-Identifier: Apache-2.0
/*
 * labfault NAME=PID=ID ...
 *
 * Holds the faults of one run from a container beside it: datagrams of the lab that
 * get lost or doubled where they arrive, processes that stand still. Commands come
 * on stdin (fault_command.h), answers and counts go to stdout (fault_say.h); when it
 * undoes everything and ends stands in fault_loop.h.
 *
 * NAME is a service's name, PID its container's main process in the PID namespace
 * where labfault runs (the host's), ID the replica's id or 0 for the client.
 * Needs CAP_SYS_ADMIN, CAP_NET_ADMIN, CAP_SYS_PTRACE and CAP_KILL.
 *
 * Exit codes: 0 ended as it should, 1 it gave up (a line says why), 2 usage.
 */
#include <stdio.h>

#include "fault_arguments.h"
#include "fault_loop.h"

int main(int argc, char **argv)
{
	static struct fault_targets named;
	struct fault_problem problem;

	if (!fault_arguments_read(&named, argc, argv, &problem))
		return fault_run(&named);
	fprintf(stderr, "labfault: %s.\nusage: labfault NAME=PID=ID ...\n", problem.text);
	return 2;
}
