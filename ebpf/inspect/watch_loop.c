// SPDX-License-Identifier: Apache-2.0
#include "watch_loop.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "lines.h"
#include "watch.h"

#define NS_PER_S 1000000000ll
#define NS_PER_MS 1000000ll

/*
 * Ends at once, also while a write waits for a reader that does not read. Nothing
 * needs tidying: the kernel closes what we hold, statistics among it.
 */
static void on_end(int signal_number)
{
	(void)signal_number;
	_exit(0);
}

static void switching_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGUSR1);
	sigaddset(signals, SIGUSR2);
}

/* The switching signals wait until we ask for them. */
static int prepare_signals(const struct arguments *arguments)
{
	const struct sigaction end = {.sa_handler = on_end};
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigset_t signals;

	switching_signals(&signals);
	if (sigprocmask(SIG_BLOCK, &signals, NULL) || sigaction(SIGTERM, &end, NULL) ||
	    sigaction(SIGINT, &end, NULL) || sigaction(SIGALRM, &end, NULL) ||
	    sigaction(SIGPIPE, &ignore, NULL))
		return -errno;
	alarm(arguments->max_s);
	return 0;
}

static int send_line(const struct json *json)
{
	size_t sent = 0;

	while (sent < json->bytes) {
		ssize_t bytes = write(STDOUT_FILENO, json->text + sent, json->bytes - sent);

		if (bytes < 0 && errno == EINTR)
			continue;
		if (bytes < 0)
			return -errno;
		sent += bytes;
	}
	return 0;
}

static const char *explain(int failed)
{
	switch (failed) {
	case -EPERM:
		return "the kernel shows its BPF programs to nobody without CAP_SYS_ADMIN";
	case -ENOSYS:
		return "the bpf system call is missing or filtered";
	case -EOVERFLOW:
		return "one look is more than 64 MiB of text, or memory ran out";
	default:
		return strerror(-failed);
	}
}

/* Says why nothing can be seen; the exit code. */
static int give_up(struct json *json, int failed)
{
	problem_write(json, explain(failed));
	if (json->failed || send_line(json))
		fprintf(stderr, "bpfwatch: %s\n", explain(failed));
	return 1;
}

static int64_t now_ns(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_S + now.tv_nsec;
}

/* Until then statistics can be switched. */
static void wait_until(struct watch *watch, int64_t due_ns)
{
	sigset_t signals;

	switching_signals(&signals);
	for (int64_t left = due_ns - now_ns(); left > 0; left = due_ns - now_ns()) {
		const struct timespec wait = {left / NS_PER_S, left % NS_PER_S};
		int signal_number = sigtimedwait(&signals, NULL, &wait);
		int failed;

		if (signal_number < 0)
			continue;
		failed = statistics_switch(&watch->statistics, signal_number == SIGUSR1);
		if (failed)
			fprintf(stderr, "bpfwatch: statistics cannot be switched on: %s\n",
				strerror(-failed));
	}
}

/* Looks are evenly spaced; one that comes late skips those it missed. */
static int64_t next_due(int64_t due_ns, int64_t every_ns)
{
	int64_t late_ns = now_ns() - due_ns;

	return due_ns + (late_ns > 0 ? late_ns / every_ns + 1 : 1) * every_ns;
}

static int loop(struct watch *watch, struct json *json, int64_t every_ns)
{
	int64_t due_ns = now_ns();

	for (;;) {
		int failed = watch_look(watch, json);

		if (failed)
			return give_up(json, failed);
		failed = send_line(json);
		if (failed == -EPIPE)
			return 0;
		if (failed) {
			fprintf(stderr, "bpfwatch: a look cannot be written: %s\n",
				strerror(-failed));
			return 1;
		}
		if (watch_all_gone(watch))
			return 0;
		due_ns = next_due(due_ns, every_ns);
		wait_until(watch, due_ns);
	}
}

static int greet(struct json *json)
{
	struct utsname kernel;
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	if (uname(&kernel))
		return -errno;
	hello_write(json, &(struct hello){
				  .kernel = kernel.release,
				  .cpus = cpus < 1 ? 1 : cpus,
				  .btf = !access("/sys/kernel/btf/vmlinux", F_OK),
			  });
	return send_line(json);
}

int watch_run(const struct arguments *arguments)
{
	static struct watch watch;
	struct json json = {0};
	int failed = prepare_signals(arguments);
	int code;

	if (!failed)
		failed = watch_open(&watch, arguments);
	if (failed) {
		code = give_up(&json, failed);
		json_free(&json);
		return code;
	}
	failed = greet(&json);
	if (failed)
		code = failed == -EPIPE ? 0 : 1;
	else
		code = loop(&watch, &json, arguments->every_ms * NS_PER_MS);
	watch_close(&watch);
	json_free(&json);
	return code;
}
