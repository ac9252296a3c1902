/* SPDX-License-Identifier: Apache-2.0 */
/* One replica: the main process of its container, seen from the namespace where bpfwatch runs. */
#ifndef INSPECT_REPLICA_H
#define INSPECT_REPLICA_H

#include <stdbool.h>
#include <sys/types.h>

struct replica {
	const char *name;
	pid_t pid;
	int folder; /* /proc/PID of this very process: it never leads to a later one with its pid */
	bool gone;
};

/* Notes at once if there is no such process. 0, or -errno if it could not be told. */
int replica_open(struct replica *replica, const char *name, pid_t pid);
void replica_close(struct replica *replica);
/* Opens its network namespace, for the moment: a held one would outlive its container. A descriptor or -errno. */
int replica_network(struct replica *replica);

#endif
