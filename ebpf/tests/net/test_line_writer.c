/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "check.h"
#include "line_writer.h"

static struct line_writer writer;
static int pipe_fds[2];

/* A writer on a pipe that holds one page and that nobody reads yet. */
static void open_small_pipe(void)
{
	if (pipe(pipe_fds))
		return;
	fcntl(pipe_fds[1], F_SETPIPE_SZ, 4096);
	fcntl(pipe_fds[0], F_SETFL, O_NONBLOCK);
	line_writer_open(&writer, pipe_fds[1]);
}

static void close_pipe(void)
{
	line_writer_close(&writer, 0);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

static void put_numbered(unsigned number)
{
	char line[101];

	snprintf(line, sizeof(line), "%099u\n", number);
	line_writer_put(&writer, line, 100);
}

/* Reads all that comes while flushing; every line must be the next number. Returns the lines. */
static unsigned read_in_order(void)
{
	static char text[1 << 20];
	size_t bytes = 0;
	unsigned lines = 0;
	ssize_t n;

	while ((n = read(pipe_fds[0], text + bytes, sizeof(text) - bytes)) > 0) {
		bytes += (size_t)n;
		line_writer_flush(&writer);
	}
	for (size_t at = 0; at + 100 <= bytes; at += 100, lines++) {
		char expected[101];

		snprintf(expected, sizeof(expected), "%099u\n", lines);
		if (memcmp(text + at, expected, 100))
			return 0;
	}
	return bytes % 100 ? 0 : lines;
}

static void a_reader_gets_each_line_at_once(void)
{
	open_small_pipe();
	put_numbered(0);
	CHECK_EQ(read_in_order(), 1);
	close_pipe();
}

static void a_full_pipe_neither_blocks_nor_loses_lines(void)
{
	open_small_pipe();
	for (unsigned i = 0; i < 1000; i++)
		put_numbered(i);
	CHECK_EQ(line_writer_take_dropped(&writer), 0);
	CHECK_EQ(read_in_order(), 1000);
	close_pipe();
}

static void lines_beyond_the_backlog_are_dropped_whole_and_counted_once(void)
{
	unsigned kept;
	uint64_t dropped;

	open_small_pipe();
	for (unsigned i = 0; i < 5000; i++)
		put_numbered(i);
	dropped = line_writer_take_dropped(&writer);
	CHECK(dropped > 0);
	CHECK_EQ(line_writer_take_dropped(&writer), 0);
	kept = read_in_order();
	CHECK_EQ(kept + dropped, 5000);
	close_pipe();
}

static void a_broken_pipe_does_no_harm(void)
{
	signal(SIGPIPE, SIG_IGN); /* as replica and client do */
	open_small_pipe();
	close(pipe_fds[0]);
	for (unsigned i = 0; i < 5000; i++)
		put_numbered(i);
	CHECK(line_writer_take_dropped(&writer) > 0);
	line_writer_close(&writer, 10);
	close(pipe_fds[1]);
}

RUN_TESTS({"a reader gets each line at once", a_reader_gets_each_line_at_once},
	  {"a full pipe neither blocks nor loses lines",
	   a_full_pipe_neither_blocks_nor_loses_lines},
	  {"lines beyond the backlog are dropped whole and counted once",
	   lines_beyond_the_backlog_are_dropped_whole_and_counted_once},
	  {"a broken pipe does no harm", a_broken_pipe_does_no_harm})
