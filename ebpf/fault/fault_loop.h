/* SPDX-License-Identifier: Apache-2.0 */
/*
 * labfault at work. It undoes all faults and ends with the end of stdin, with
 * SIGTERM, SIGINT or SIGHUP, when nobody takes its lines, and when no line came for
 * three seconds: whoever injected the faults is then gone. Killed, it leaves no
 * program attached, since its links are descriptors (see fault_pause.h for the rest).
 */
#ifndef FAULT_LOOP_H
#define FAULT_LOOP_H

#include "fault_targets.h"

/* The exit code: 0 ended as it should, 1 it gave up (a `problem` line says why). */
int fault_run(const struct fault_targets *named);

#endif
