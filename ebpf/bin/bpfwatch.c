// SPDX-License-Identifier: Apache-2.0
/*
 * bpfwatch [--every-ms 500] [--max-s 7200] [--statistics] NAME=PID ...
 *
 * Looks at the eBPF of a whole cluster from one container beside it, so that
 * nothing has to be executed in a replica. PIDs are main processes of the
 * replicas' containers in the PID namespace where it runs: the host's.
 *
 * Exit codes: 0 ended as it should, 1 it can see nothing (a line says why), 2 usage.
 */
#include <stdio.h>

#include "watch_loop.h"

int main(int argc, char **argv)
{
	struct arguments arguments;

	if (arguments_read(&arguments, argc, argv))
		return watch_run(&arguments);
	fprintf(stderr,
		"bpfwatch: %s.\n"
		"usage: bpfwatch [--every-ms 500] [--max-s 7200] [--statistics] NAME=PID ...\n",
		arguments_problem());
	return 2;
}
