/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The control socket in the container: one datagram asks, one answers, so that
 * nobody who asks can make the replica wait. labctl is the other end.
 */
#ifndef LAB_CONTROL_H
#define LAB_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#define CONTROL_PATH "/run/lab/control.sock"
#define CONTROL_REQUEST_BYTES 128
#define CONTROL_ANSWER_BYTES 8192

struct control {
	int fd; /* -1: no control socket */
};

/* Writes the answer, a JSON line without newline, into answer. */
typedef void control_answer(void *ctx, char *request, char *answer, size_t answer_bytes);

/* 0 or -errno; the replica runs on without (control->fd is then -1). */
int control_open(struct control *control, const char *path);
/* Answers what waits; never blocks. */
void control_serve(struct control *control, control_answer *answer, void *ctx);
void control_close(struct control *control, const char *path);

#endif
