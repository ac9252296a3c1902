// SPDX-License-Identifier: Apache-2.0
/* One replica; see net/config.h for its environment and include/events.def for what it prints. */
#include <signal.h>
#include <string.h>

#include "replica.h"
#include "say.h"

static struct replica replica;

static void on_stop(int signal_number)
{
	(void)signal_number;
	replica_stop = 1;
}

/*
 * As process 1 of its container a replica gets no default actions: without these,
 * every stop would take 10 s.
 */
static void watch_signals(void)
{
	struct sigaction action = {.sa_handler = on_stop};

	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	tracer_watch_signals();
	signal(SIGPIPE, SIG_IGN);
}

int main(void)
{
	int exit_code;

	say_open();
	watch_signals();
	exit_code = replica_open(&replica);
	if (!exit_code)
		exit_code = replica_run(&replica);
	if (exit_code < 0)
		exit_code = 0;
	replica_close(&replica, exit_code);
	return exit_code;
}
