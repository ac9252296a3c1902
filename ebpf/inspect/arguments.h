/* SPDX-License-Identifier: Apache-2.0 */
/* bpfwatch's command line. */
#ifndef INSPECT_ARGUMENTS_H
#define INSPECT_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define REPLICAS_MAX 64

struct arguments {
	unsigned int every_ms;
	unsigned int max_s;
	bool statistics;
	size_t replica_count;
	struct {
		char name[64];
		pid_t pid;
	} replicas[REPLICAS_MAX];
};

/* True, or false with a sentence about what is wrong. */
bool arguments_read(struct arguments *arguments, int argc, char **argv);
/* The sentence. */
const char *arguments_problem(void);

#endif
