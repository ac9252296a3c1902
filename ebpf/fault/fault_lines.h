/* SPDX-License-Identifier: Apache-2.0 */
/* Lines out of a descriptor, each as soon as it is whole. */
#ifndef FAULT_LINES_H
#define FAULT_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* Room for a rule for each target and sender. */
#define FAULT_LINE_BYTES 8192

struct fault_lines {
	char bytes[FAULT_LINE_BYTES];
	size_t used;
	bool skipping; /* the rest of a line that was too long */
};

/*
 * Reads once and hands over each line that is whole now, without its newline;
 * NULL: a line that was too long. 1: more may come. 0: the end. -errno.
 */
int fault_lines_read(struct fault_lines *lines, int fd, void (*take)(void *ctx, char *line),
		     void *ctx);

#endif
