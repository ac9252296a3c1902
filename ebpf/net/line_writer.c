// SPDX-License-Identifier: Apache-2.0
#include "line_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void line_writer_open(struct line_writer *writer, int fd)
{
	struct stat st;
	char path[32];
	int reopened;

	writer->fd = fd;
	writer->own_fd = false;
	writer->start = 0;
	writer->end = 0;
	writer->dropped = 0;
	writer->dropped_told = 0;
	if (fstat(fd, &st) || !S_ISFIFO(st.st_mode))
		return; /* Files and terminals take what they are given. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	reopened = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	if (reopened >= 0) {
		writer->fd = reopened;
		writer->own_fd = true;
		return;
	}
	/* A pipe of another user cannot be reopened; then the shared mode is changed after all. */
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* Returns the bytes written; less than asked when the pipe is full or broken. */
static size_t write_some(int fd, const char *bytes, size_t count)
{
	size_t done = 0;

	while (done < count) {
		ssize_t n = write(fd, bytes + done, count - done);

		if (n > 0) {
			done += (size_t)n;
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		break;
	}
	return done;
}

void line_writer_flush(struct line_writer *writer)
{
	if (writer->start == writer->end)
		return;
	writer->start += write_some(writer->fd, writer->backlog + writer->start,
				    writer->end - writer->start);
	if (writer->start == writer->end) {
		writer->start = 0;
		writer->end = 0;
	}
}

static bool keep(struct line_writer *writer, const char *bytes, size_t count)
{
	size_t waiting = writer->end - writer->start;

	if (waiting + count > sizeof(writer->backlog))
		return false;
	if (writer->end + count > sizeof(writer->backlog)) {
		memmove(writer->backlog, writer->backlog + writer->start, waiting);
		writer->start = 0;
		writer->end = waiting;
	}
	memcpy(writer->backlog + writer->end, bytes, count);
	writer->end += count;
	return true;
}

void line_writer_put(struct line_writer *writer, const char *line, size_t bytes)
{
	size_t done = 0;

	line_writer_flush(writer);
	if (writer->start == writer->end)
		done = write_some(writer->fd, line, bytes);
	if (done == bytes)
		return;
	/*
	 * The rest of a line begun always fits: the backlog was empty and lines are
	 * shorter than it.
	 */
	if (!keep(writer, line + done, bytes - done))
		writer->dropped++;
}

uint64_t line_writer_take_dropped(struct line_writer *writer)
{
	uint64_t fresh = writer->dropped - writer->dropped_told;

	writer->dropped_told = writer->dropped;
	return fresh;
}

void line_writer_close(struct line_writer *writer, int timeout_ms)
{
	line_writer_flush(writer);
	while (writer->start != writer->end) {
		struct pollfd ready = {.fd = writer->fd, .events = POLLOUT};

		if (poll(&ready, 1, timeout_ms) <= 0 || (ready.revents & (POLLERR | POLLHUP)))
			break;
		line_writer_flush(writer);
	}
	if (writer->own_fd)
		close(writer->fd);
	writer->own_fd = false;
}
