// SPDX-License-Identifier: Apache-2.0
/* The process itself: its lines, its signals, the ways it ends, what it says without rights. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inspect_look.h"
#include "report.h"
#include "stand_in.h"
#include "watch_loop.h"

static struct cluster cluster;
static struct stand_in first;

/* A bpfwatch, and our end of its stdout. */
struct running {
	pid_t pid;
	FILE *lines;
};

static char line[1 << 20];

/* CAP_SYS_ADMIN and what else is given; 0: no rights at all. */
static void keep_rights(uint32_t rights)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {{.effective = rights, .permitted = rights}};

	if (syscall(SYS_capset, &header, data))
		report_fatal("giving up rights");
}

#define ALL_RIGHTS UINT32_MAX

static void start(struct running *running, const struct arguments *arguments, uint32_t rights)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC))
		report_fatal("making a pipe");
	cluster_enter(cluster.home);
	running->pid = fork();
	if (running->pid < 0)
		report_fatal("starting bpfwatch");
	if (!running->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(fds[1], STDOUT_FILENO);
		close(fds[0]);
		close(fds[1]);
		if (rights != ALL_RIGHTS)
			keep_rights(rights);
		_exit(watch_run(arguments));
	}
	close(fds[1]);
	running->lines = fdopen(fds[0], "r");
	if (!running->lines)
		report_fatal("reading from bpfwatch");
}

/* The next line; empty at the end. A bpfwatch that says nothing for ten seconds ends the program. */
static const char *next(const struct running *running)
{
	struct pollfd ready = {.fd = fileno(running->lines), .events = POLLIN};

	if (poll(&ready, 1, 10000) <= 0)
		report_fatal("bpfwatch says nothing");
	if (!fgets(line, sizeof(line), running->lines))
		line[0] = '\0';
	return line;
}

/* Reads on until a line holds this. */
static bool comes(const struct running *running, const char *text)
{
	for (int i = 0; i < 100; i++)
		if (strstr(next(running), text))
			return true;
	return false;
}

static int finish(struct running *running)
{
	int status;

	if (waitpid(running->pid, &status, 0) < 0)
		report_fatal("waiting for bpfwatch");
	if (running->lines)
		fclose(running->lines);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static struct arguments plan(unsigned int every_ms)
{
	struct arguments arguments = {.every_ms = every_ms, .max_s = 60};

	look_add(&arguments, "replica1", first.pid);
	return arguments;
}

static void test_lines(void)
{
	const struct arguments arguments = plan(50);
	struct running running;

	report_begin("a greeting first, then looks; SIGUSR1 and SIGUSR2 switch statistics, SIGTERM "
		     "ends it with 0");
	start(&running, &arguments, ALL_RIGHTS);
	look_has(next(&running), "{\"v\":1,\"kind\":\"hello\",\"kernel\":\"");
	look_has(next(&running), "{\"v\":1,\"kind\":\"look\",\"atUs\":");
	look_has(line, "\"replicas\":[{\"name\":\"replica1\",");
	look_has(line, "\"programId\":%u", first.program_id);
	report_expect(look_number(line, "costNs") > 0, "a look costs nothing");
	kill(running.pid, SIGUSR1);
	report_expect(comes(&running, "\"statistics\":true"), "statistics stay off");
	kill(running.pid, SIGUSR2);
	/* Unless the machine has them on by sysctl, where no test of ours can switch them off. */
	report_expect(comes(&running, "\"statistics\":false"), "statistics stay on");
	kill(running.pid, SIGTERM);
	report_equal(finish(&running), 0, "exit code");
	report_end();
}

static void test_statistics_from_the_start(void)
{
	struct arguments arguments = plan(50);
	struct running running;

	report_begin("--statistics has them on from the first look");
	arguments.statistics = true;
	start(&running, &arguments, ALL_RIGHTS);
	next(&running);
	look_has(next(&running), "\"statistics\":true");
	kill(running.pid, SIGTERM);
	report_equal(finish(&running), 0, "exit code");
	report_end();
}

static void test_reader_goes(void)
{
	const struct arguments arguments = plan(50);
	struct running running;

	report_begin("it ends with its reader");
	start(&running, &arguments, ALL_RIGHTS);
	next(&running);
	fclose(running.lines);
	running.lines = NULL;
	report_equal(finish(&running), 0, "exit code");
	report_end();
}

/* Its pipe is full and nobody reads: it must not wait for that. */
static void test_reader_sleeps(void)
{
	struct arguments arguments = plan(50);
	struct running running;

	report_begin("it ends after max_s, though its reader takes nothing");
	arguments.max_s = 1;
	start(&running, &arguments, ALL_RIGHTS);
	if (fcntl(fileno(running.lines), F_SETPIPE_SZ, 4096) < 0)
		report_fatal("making the pipe small");
	report_equal(finish(&running), 0, "exit code");
	report_end();
}

static void test_without_rights(void)
{
	const struct arguments arguments = plan(50);
	struct running running;

	report_begin("without CAP_SYS_ADMIN it says so in one line and ends with 1");
	start(&running, &arguments, 0);
	look_has(next(&running), "{\"v\":1,\"kind\":\"problem\",\"message\":\"");
	look_has(line, "CAP_SYS_ADMIN");
	report_expect(!*next(&running), "a line after it: %.100s", line);
	report_equal(finish(&running), 1, "exit code");
	report_end();
}

static void test_without_ptrace(void)
{
	const struct arguments arguments = plan(50);
	struct running running;

	report_begin(
		"a replica with more rights than the watcher's is a problem of that replica alone");
	start(&running, &arguments, 1u << CAP_SYS_ADMIN | 1u << CAP_NET_ADMIN);
	next(&running);
	look_has(next(&running),
		 "{\"name\":\"replica1\",\"attachments\":[],\"interfaces\":[],\"neighbours\":[],");
	look_has(line, "\"problem\":\"its network namespace cannot be entered: Permission denied "
		       "(the watcher lacks CAP_SYS_ADMIN or CAP_SYS_PTRACE)\"");
	look_has(line, "{\"id\":%u,\"type\":\"sched_cls\",\"name\":\"lab_broadcast\"",
		 first.program_id);
	kill(running.pid, SIGTERM);
	report_equal(finish(&running), 0, "exit code");
	report_end();
}

static void test_all_gone(void)
{
	const struct arguments arguments = plan(50);
	struct running running;

	report_begin("it ends with the last replica, after a look that says so");
	start(&running, &arguments, ALL_RIGHTS);
	report_expect(comes(&running, "\"problem\":null"), "no look at the replica");
	stand_in_kill(&first);
	report_expect(comes(&running, "is gone\""), "no look without the replica");
	report_expect(!*next(&running), "a line after it: %.100s", line);
	report_equal(finish(&running), 0, "exit code");
	stand_in_bury(&first);
	report_end();
}

static void expect_refusal(const char *sentence, char *const words[])
{
	struct arguments arguments;
	int count = 0;

	while (words[count])
		count++;
	report_expect(!arguments_read(&arguments, count, (char **)words), "taken: %s", words[1]);
	look_has(arguments_problem(), "%s", sentence);
}

static void test_arguments(void)
{
	struct arguments arguments;
	char *good[] = {"bpfwatch",	"--every-ms", "250",	"--max-s=9",
			"--statistics", "a=12",	      "b-2=13", NULL};

	report_begin("the command line is read whole or refused with a sentence");
	report_expect(arguments_read(&arguments, 7, good), "refused: %s", arguments_problem());
	report_equal(arguments.every_ms, 250, "every_ms");
	report_equal(arguments.max_s, 9, "max_s");
	report_expect(arguments.statistics, "no statistics");
	report_equal(arguments.replica_count, 2, "replicas");
	report_expect(!strcmp(arguments.replicas[1].name, "b-2"), "name");
	report_equal(arguments.replicas[1].pid, 13, "pid");
	expect_refusal("no replica is given", (char *[]){"bpfwatch", NULL});
	expect_refusal("NAME=PID, not as \"12\"", (char *[]){"bpfwatch", "12", NULL});
	expect_refusal("NAME=PID", (char *[]){"bpfwatch", "a=-1", NULL});
	expect_refusal("NAME=PID", (char *[]){"bpfwatch", "a=1x", NULL});
	expect_refusal("two replicas are called \"a\"", (char *[]){"bpfwatch", "a=1", "a=2", NULL});
	expect_refusal("--every-ms takes a whole number from 50 to 60000, not \"49\"",
		       (char *[]){"bpfwatch", "--every-ms", "49", "a=1", NULL});
	expect_refusal("--max-s needs a value", (char *[]){"bpfwatch", "--max-s", NULL});
	expect_refusal("unknown option --colour", (char *[]){"bpfwatch", "--colour", "a=1", NULL});
	report_end();
}

int main(void)
{
	cluster_build(&cluster);
	stand_in_start(&first, &cluster, 1, false);
	test_arguments();
	test_lines();
	test_statistics_from_the_start();
	test_reader_goes();
	test_reader_sleeps();
	test_without_rights();
	test_without_ptrace();
	test_all_gone();
	return report_exit_code();
}
