// SPDX-License-Identifier: Apache-2.0
#include "fault_lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void take_whole_lines(struct fault_lines *lines, void (*take)(void *ctx, char *line),
			     void *ctx)
{
	char *begin = lines->bytes;
	char *const end = lines->bytes + lines->used;
	char *newline;

	while ((newline = memchr(begin, '\n', (size_t)(end - begin)))) {
		*newline = '\0';
		if (!lines->skipping)
			take(ctx, begin);
		lines->skipping = false;
		begin = newline + 1;
	}
	lines->used = (size_t)(end - begin);
	memmove(lines->bytes, begin, lines->used);
}

int fault_lines_read(struct fault_lines *lines, int fd, void (*take)(void *ctx, char *line),
		     void *ctx)
{
	ssize_t bytes = read(fd, lines->bytes + lines->used, sizeof(lines->bytes) - lines->used);

	if (bytes < 0)
		return errno == EINTR || errno == EAGAIN ? 1 : -errno;
	if (!bytes)
		return 0;
	lines->used += (size_t)bytes;
	take_whole_lines(lines, take, ctx);
	if (lines->used < sizeof(lines->bytes))
		return 1;
	if (!lines->skipping)
		take(ctx, NULL);
	lines->skipping = true;
	lines->used = 0;
	return 1;
}
