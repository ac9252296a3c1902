/* SPDX-License-Identifier: Apache-2.0 */
/* Two replicas' stand-ins on one cluster network, a program of the host beside them, and a watch of both. */
#ifndef NETNS_INSPECT_SCENE_H
#define NETNS_INSPECT_SCENE_H

#include <linux/bpf.h>

#include "inspect_look.h"
#include "stand_in.h"

struct scene {
	struct cluster cluster;
	struct arguments arguments;
	struct stand_in first; /* replica1, with a sampler */
	struct stand_in second; /* replica2 */
	int host_program; /* a socket filter that nobody but this process holds */
	struct watch watch;
};

void scene_begin(struct scene *scene);
void scene_end(struct scene *scene);
/* Takes a look, from the namespace we came from. */
void scene_look(struct scene *scene);

/* A program that lets everything pass. A descriptor. */
int scene_load(enum bpf_prog_type type, const char *name);
struct bpf_prog_info scene_ask(int program);

#endif
