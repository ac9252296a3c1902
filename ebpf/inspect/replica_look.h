/* SPDX-License-Identifier: Apache-2.0 */
/* One replica's part of a look. Used by watch.c alone. */
#ifndef INSPECT_REPLICA_LOOK_H
#define INSPECT_REPLICA_LOOK_H

#include "watch.h"

/* Finds what the processes of this replica hold; the processes have been read. */
void replica_find_holders(struct watch *watch, size_t index);
/*
 * Writes it and marks the programs it has attached or holds as watched. What
 * cannot be seen of it is said in its `problem`. 0, or -errno if we did not find
 * back into our own network namespace.
 */
int replica_look(struct json *json, struct watch *watch, size_t index);

#endif
