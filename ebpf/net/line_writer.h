/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole lines to a pipe that somebody else empties. The reader is the container
 * engine; when it is slow the hot path must not wait for it. So a line is
 * written at once if the pipe has room, kept in a bounded buffer if not, and
 * dropped and counted if that is full too.
 */
#ifndef LAB_LINE_WRITER_H
#define LAB_LINE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_BACKLOG_BYTES (256 * 1024)

struct line_writer {
	int fd;
	bool own_fd;
	size_t start, end; /* the unwritten part of backlog */
	uint64_t dropped; /* lines, since start */
	uint64_t dropped_told; /* of which line_writer_take_dropped has spoken */
	char backlog[LINE_BACKLOG_BYTES];
};

/*
 * Writes to fd (1 or 2). A pipe is reopened as non-blocking through /proc, so
 * that the mode of a descriptor shared with other processes stays untouched.
 */
void line_writer_open(struct line_writer *writer, int fd);
/* One line with its newline; whole or not at all. */
void line_writer_put(struct line_writer *writer, const char *line, size_t bytes);
/* Tries to empty the backlog; call it now and then. */
void line_writer_flush(struct line_writer *writer);
/* Lines dropped since the last call. */
uint64_t line_writer_take_dropped(struct line_writer *writer);
/* Waits up to timeout_ms for the backlog to go out; for the end of a process. */
void line_writer_close(struct line_writer *writer, int timeout_ms);

#endif
