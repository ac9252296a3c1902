// SPDX-License-Identifier: Apache-2.0
#include "fault_pause.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 500

static int send_signal(const struct fault_target *target, int number)
{
	return syscall(SYS_pidfd_send_signal, target->process, number, NULL, 0) ? -errno : 0;
}

/* The state in `1234 (replica) T ...`; 0 if it cannot be told. */
static char read_state(pid_t pid)
{
	char text[256];
	const char *end;
	ssize_t bytes;
	int fd;

	snprintf(text, sizeof(text), "/proc/%d/stat", pid);
	fd = open(text, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	bytes = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[bytes < 0 ? 0 : bytes] = '\0';
	end = strrchr(text, ')');
	return end && end[1] ? end[2] : 0;
}

/* The kernel stops each thread when it next looks for signals, which takes some microseconds. */
static int wait_until_it_stands(const struct fault_target *target)
{
	const struct timespec moment = {.tv_nsec = 1000000};

	for (int ms = 0; ms < PATIENCE_MS; ms++) {
		char state = read_state(target->pid);

		if (state == 'T' || state == 't' || !fault_target_lives(target))
			return 0;
		nanosleep(&moment, NULL);
	}
	return -ETIMEDOUT;
}

int fault_pause(struct fault_target *target, struct fault_problem *problem)
{
	int failed;

	if (target->stopped || !fault_target_lives(target))
		return 0;
	failed = send_signal(target, SIGSTOP);
	if (failed == -ESRCH)
		return 0;
	target->stopped = !failed;
	if (!failed)
		failed = wait_until_it_stands(target);
	if (failed == -ETIMEDOUT)
		return fault_refuse(
			problem, failed,
			"%s (process %d) still runs %d ms after SIGSTOP; it may hang in "
			"the kernel, so try again",
			target->name, target->pid, PATIENCE_MS);
	if (failed)
		return fault_refuse(problem, failed,
				    "%s (process %d) cannot be stopped: %s; add KILL to the "
				    "capabilities of labfault's container",
				    target->name, target->pid, strerror(-failed));
	return 0;
}

void fault_continue(struct fault_target *target)
{
	/* It can only fail on a process that ended, which stands still no more. */
	if (target->stopped)
		send_signal(target, SIGCONT);
	target->stopped = false;
}
