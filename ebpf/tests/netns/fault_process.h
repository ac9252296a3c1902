/* SPDX-License-Identifier: Apache-2.0 */
/* A labfault at work, with our ends of its stdin and stdout. */
#ifndef NETNS_FAULT_PROCESS_H
#define NETNS_FAULT_PROCESS_H

#include <stdio.h>
#include <sys/types.h>

struct fault_process {
	pid_t pid;
	int commands; /* -1: closed */
	FILE *lines;
	char line[65536]; /* the last that was read; empty: the end */
};

/* `targets`: words NAME=PID=ID, NULL-ended. Runs in the namespace `home`; returns once it is ready. */
void fault_process_start(struct fault_process *process, int home, char *const targets[]);
void fault_process_say(struct fault_process *process, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The next line, whatever it is; one that doesn't come within ten seconds ends the program. */
const char *fault_process_next(struct fault_process *process);
/* The next line that holds this text. */
const char *fault_process_await(struct fault_process *process, const char *text);
/* Says it with this seq behind the first word and awaits the answer, counts left out. */
const char *fault_process_ask(struct fault_process *process, const char *command, const char *rest);
void fault_process_close(struct fault_process *process);
/* Waits for its end. Its exit code, or minus the signal that killed it. */
int fault_process_finish(struct fault_process *process);

#endif
