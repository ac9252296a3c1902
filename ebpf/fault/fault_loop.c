// SPDX-License-Identifier: Apache-2.0
#include "fault_loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "fault_command.h"
#include "fault_lines.h"
#include "fault_say.h"

#define SILENCE_MS 3000
#define COUNTS_EVERY_MS 500

struct loop {
	struct fault_holder holder;
	struct fault_lines lines;
	struct fault_problem problem;
	int signals; /* signalfd of those that end it: undoing is never interrupted */
	int64_t silent_since_ms;
	int64_t counts_due_ms;
	int failed; /* -errno: give up */
	bool ended;
};

static int64_t now_ms(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000ll + now.tv_nsec / 1000000;
}

static void give_up(struct loop *loop, int failed, const char *what)
{
	if (loop->failed)
		return;
	loop->failed = fault_refuse(&loop->problem, failed, "%s: %s; all faults are undone", what,
				    strerror(-failed));
}

static void note_unheard(struct loop *loop, int failed)
{
	/* The reader went, as one does that is done. */
	if (failed == -EPIPE)
		loop->ended = true;
	else if (failed)
		give_up(loop, failed, "lines cannot be written");
}

static int open_signals(void)
{
	sigset_t ending;
	int fd;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&ending);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &ending, NULL))
		return -errno;
	fd = signalfd(-1, &ending, SFD_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static void take_line(void *ctx, char *line)
{
	struct loop *loop = ctx;

	if (!loop->ended && !loop->failed)
		note_unheard(loop, fault_command(&loop->holder, line));
	loop->silent_since_ms = now_ms();
}

static void read_commands(struct loop *loop)
{
	int more = fault_lines_read(&loop->lines, STDIN_FILENO, take_line, loop);

	if (!more)
		loop->ended = true;
	else if (more < 0)
		give_up(loop, more, "commands cannot be read");
}

static void do_what_is_due(struct loop *loop)
{
	if (now_ms() - loop->silent_since_ms >= SILENCE_MS) {
		loop->failed = fault_refuse(&loop->problem, -ETIMEDOUT,
					    "no command came for %d ms, so whoever sent them is "
					    "gone; all faults are undone",
					    SILENCE_MS);
		return;
	}
	if (!fault_rules_any(&loop->holder.rules)) {
		loop->counts_due_ms = now_ms() + COUNTS_EVERY_MS;
		return;
	}
	if (now_ms() < loop->counts_due_ms)
		return;
	loop->counts_due_ms = now_ms() + COUNTS_EVERY_MS;
	note_unheard(loop, fault_say_counts(&loop->holder.targets));
}

static int wait_ms(const struct loop *loop)
{
	int64_t due_ms = loop->silent_since_ms + SILENCE_MS;
	int64_t left_ms;

	if (fault_rules_any(&loop->holder.rules) && loop->counts_due_ms < due_ms)
		due_ms = loop->counts_due_ms;
	left_ms = due_ms - now_ms();
	return left_ms > 0 ? (int)left_ms : 0;
}

static void turn(struct loop *loop)
{
	struct pollfd waits[] = {
		{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = loop->signals, .events = POLLIN},
	};

	if (poll(waits, 2, wait_ms(loop)) < 0 && errno != EINTR) {
		give_up(loop, -errno, "waiting failed");
		return;
	}
	if (waits[1].revents) {
		loop->ended = true;
		return;
	}
	if (waits[0].revents)
		read_commands(loop);
	if (!loop->ended && !loop->failed)
		do_what_is_due(loop);
}

static void begin(struct loop *loop, const struct fault_targets *named)
{
	loop->failed = fault_holder_open(&loop->holder, &loop->problem);
	for (size_t i = 0; i < named->count && !loop->failed; i++)
		loop->failed = fault_holder_target(&loop->holder, &named->all[i], &loop->problem);
	if (loop->failed)
		return;
	loop->signals = open_signals();
	if (loop->signals < 0) {
		give_up(loop, loop->signals, "signals cannot be taken");
		return;
	}
	loop->silent_since_ms = now_ms();
	note_unheard(loop, fault_say_ready());
}

/* Undone first: saying so may take a while. */
static int finish(struct loop *loop)
{
	bool in_force = fault_rules_any(&loop->holder.rules);

	fault_holder_undo(&loop->holder);
	if (in_force)
		fault_say_counts(&loop->holder.targets);
	if (loop->failed)
		fault_say_problem(loop->problem.text);
	return loop->failed ? 1 : 0;
}

int fault_run(const struct fault_targets *named)
{
	static struct loop loop;

	begin(&loop, named);
	while (!loop.failed && !loop.ended)
		turn(&loop);
	return finish(&loop);
}
