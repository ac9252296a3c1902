/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A process in a node's network namespace that holds its programs as a replica's
 * container does: the real one, loaded and attached by the real loader, and the
 * sampler of value_sampler.h.
 */
#ifndef NETNS_STAND_IN_H
#define NETNS_STAND_IN_H

#include <sys/types.h>

#include "cluster.h"

struct stand_in {
	pid_t pid;
	pid_t beside; /* another process of it, as `docker exec` makes them; 0: none */
	int ends; /* it ends when this is closed */
	uint32_t program_id; /* lab_broadcast */
	uint32_t sampler_id; /* 0: it holds none */
};

/* Of `replicas` in all. `sampler`: holds one, and has a process beside it that holds it too. */
void stand_in_start(struct stand_in *stand_in, const struct cluster *cluster, uint8_t id,
		    bool sampler);
/* Kills it and leaves it as nobody waits for it; stand_in_bury waits. */
void stand_in_kill(const struct stand_in *stand_in);
void stand_in_bury(const struct stand_in *stand_in);

#endif
