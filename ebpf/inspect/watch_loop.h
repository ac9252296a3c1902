/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpfwatch at work: a line for each look on stdout, SIGUSR1 and SIGUSR2 switch
 * statistics on and off. It ends with its reader, with the last replica, after
 * max_s, and on SIGTERM.
 */
#ifndef INSPECT_WATCH_LOOP_H
#define INSPECT_WATCH_LOOP_H

#include "arguments.h"

/* The exit code. */
int watch_run(const struct arguments *arguments);

#endif
