// SPDX-License-Identifier: Apache-2.0
/*
 * Prints lines at a fixed rate, for measuring how the lab takes a flood of them:
 *
 *   flood LINES_PER_S SECONDS FILE LINGER_S
 *
 * Each line is `flood N T_US ` and letters up to LINE_BYTES: N counts from 1,
 * T_US is the moment of its write in microseconds since the Unix epoch. The same
 * bytes go to FILE, so that what the lab shows can be held against what was
 * written. A reader that is slow slows the writer down: nothing is dropped here.
 * After the last line it stays for LINGER_S seconds or until SIGTERM.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINE_BYTES 120
#define BATCH_LINES 512
/* As often as a program with a buffer of its own writes; each write wakes the engine. */
#define TICK_NS 5000000ull
#define LINES_MAX 100000000ull

static volatile sig_atomic_t stopped;

static void on_stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

static uint64_t now_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

static void sleep_ns(uint64_t ns)
{
	struct timespec pause = {.tv_sec = (time_t)(ns / 1000000000ull),
				 .tv_nsec = (long)(ns % 1000000000ull)};

	nanosleep(&pause, NULL);
}

static int write_all(int fd, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t written = write(fd, bytes, count);

		if (written < 0 && errno == EINTR && !stopped)
			continue;
		if (written < 0)
			return -errno;
		bytes += written;
		count -= (size_t)written;
	}
	return 0;
}

static size_t lay_out(char *line, uint64_t n, uint64_t at_us)
{
	int head = snprintf(line, LINE_BYTES, "flood %" PRIu64 " %" PRIu64 " ", n, at_us);

	for (int i = head; i < LINE_BYTES - 1; i++)
		line[i] = (char)('a' + (i + (int)(n % 26)) % 26);
	line[LINE_BYTES - 1] = '\n';
	return LINE_BYTES;
}

/* Lines from + 1 to `to`, in writes of at most BATCH_LINES. */
static int print_lines(int file, uint64_t from, uint64_t to)
{
	static char batch[BATCH_LINES * LINE_BYTES];

	while (from < to && !stopped) {
		uint64_t at_us = now_ns(CLOCK_REALTIME) / 1000;
		size_t bytes = 0;
		int err;

		for (int i = 0; i < BATCH_LINES && from < to; i++)
			bytes += lay_out(batch + bytes, ++from, at_us);
		err = write_all(STDOUT_FILENO, batch, bytes);
		if (!err)
			err = write_all(file, batch, bytes);
		if (err)
			return err;
	}
	return 0;
}

static int flood(int file, uint64_t lines_per_s, uint64_t lines)
{
	uint64_t began_ns = now_ns(CLOCK_MONOTONIC);
	uint64_t printed = 0;

	while (printed < lines && !stopped) {
		uint64_t elapsed_ns = now_ns(CLOCK_MONOTONIC) - began_ns;
		uint64_t due = elapsed_ns / 1000 * lines_per_s / 1000000;
		int err;

		if (due > lines)
			due = lines;
		err = print_lines(file, printed, due);
		if (err)
			return err;
		printed = due > printed ? due : printed;
		sleep_ns(TICK_NS);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_stop};
	uint64_t lines_per_s, seconds;
	int file, err;

	if (argc != 5) {
		fprintf(stderr, "usage: flood LINES_PER_S SECONDS FILE LINGER_S\n");
		return 2;
	}
	lines_per_s = strtoull(argv[1], NULL, 10);
	seconds = strtoull(argv[2], NULL, 10);
	if (!lines_per_s || !seconds || lines_per_s > LINES_MAX / seconds) {
		fprintf(stderr, "flood: between 1 and %llu lines in all\n", LINES_MAX);
		return 2;
	}
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	file = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (file < 0) {
		fprintf(stderr, "flood: %s: %s\n", argv[3], strerror(errno));
		return 1;
	}
	err = flood(file, lines_per_s, lines_per_s * seconds);
	close(file);
	if (err) {
		fprintf(stderr, "flood: %s\n", strerror(-err));
		return 1;
	}
	for (uint64_t left = strtoull(argv[4], NULL, 10) * 10; left > 0 && !stopped; left--)
		sleep_ns(100000000ull);
	return 0;
}
