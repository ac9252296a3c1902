// SPDX-License-Identifier: Apache-2.0
/*
 * The load generator; see net/config.h for its environment and include/events.def
 * for what it prints.
 */
#include <signal.h>
#include <string.h>

#include "client.h"
#include "say.h"

static struct client_process client;

static void on_signal(int signal_number)
{
	if (signal_number == SIGUSR1)
		client_release = 1;
	else
		client_stop = 1;
}

static void watch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal};

	sigemptyset(&action.sa_mask);
	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	tracer_watch_signals();
	signal(SIGPIPE, SIG_IGN);
}

int main(void)
{
	int exit_code;

	watch_signals();
	say_open();
	exit_code = client_open(&client);
	if (!exit_code)
		exit_code = client_run(&client);
	client_close(&client);
	return exit_code;
}
