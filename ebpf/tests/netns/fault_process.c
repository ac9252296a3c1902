// SPDX-License-Identifier: Apache-2.0
#include "fault_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cluster.h"
#include "fault_arguments.h"
#include "fault_loop.h"
#include "report.h"

#define PATIENCE_MS 10000

static void __attribute__((noreturn)) live(char *const targets[], int commands, int lines)
{
	static struct fault_targets named;
	struct fault_problem problem;
	char *argv[FAULT_TARGETS_MAX + 2] = {"labfault"};
	int argc = 1;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(commands, STDIN_FILENO);
	dup2(lines, STDOUT_FILENO);
	/* Our own ends of its pipes are among what it inherited. */
	closefrom(STDERR_FILENO + 1);
	while (targets[argc - 1]) {
		argv[argc] = targets[argc - 1];
		argc++;
	}
	if (fault_arguments_read(&named, argc, argv, &problem))
		_exit(2);
	_exit(fault_run(&named));
}

void fault_process_start(struct fault_process *process, int home, char *const targets[])
{
	int commands[2], lines[2];

	if (pipe2(commands, O_CLOEXEC) || pipe2(lines, O_CLOEXEC))
		report_fatal("making pipes");
	cluster_enter(home);
	process->pid = fork();
	if (process->pid < 0)
		report_fatal("starting labfault");
	if (!process->pid)
		live(targets, commands[0], lines[1]);
	close(commands[0]);
	close(lines[1]);
	process->commands = commands[1];
	process->lines = fdopen(lines[0], "r");
	/* A buffer may hold whole lines that poll knows nothing of. */
	if (!process->lines || setvbuf(process->lines, NULL, _IONBF, 0))
		report_fatal("reading from labfault");
	/* One that ended early is told by its lines, not by a signal to us. */
	signal(SIGPIPE, SIG_IGN);
	fault_process_await(process, "{\"event\":\"ready\"}");
}

void fault_process_say(struct fault_process *process, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	vdprintf(process->commands, format, values);
	va_end(values);
	dprintf(process->commands, "\n");
}

const char *fault_process_next(struct fault_process *process)
{
	struct pollfd ready = {.fd = fileno(process->lines), .events = POLLIN};

	if (poll(&ready, 1, PATIENCE_MS) <= 0)
		report_fatal("labfault says nothing after %s", process->line);
	if (!fgets(process->line, sizeof(process->line), process->lines))
		process->line[0] = '\0';
	return process->line;
}

const char *fault_process_await(struct fault_process *process, const char *text)
{
	while (!strstr(fault_process_next(process), text))
		if (!process->line[0])
			report_fatal("labfault ended before it said %s", text);
	return process->line;
}

const char *fault_process_ask(struct fault_process *process, const char *command, const char *rest)
{
	static unsigned int seq;
	char answers[32];

	fault_process_say(process, "%s %u %s", command, ++seq, rest);
	snprintf(answers, sizeof(answers), "\"seq\":%u", seq);
	return fault_process_await(process, answers);
}

void fault_process_close(struct fault_process *process)
{
	if (process->commands >= 0)
		close(process->commands);
	process->commands = -1;
}

int fault_process_finish(struct fault_process *process)
{
	int status;

	if (waitpid(process->pid, &status, 0) < 0)
		report_fatal("waiting for labfault");
	fault_process_close(process);
	fclose(process->lines);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
