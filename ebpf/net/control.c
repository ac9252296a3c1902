// SPDX-License-Identifier: Apache-2.0
#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int control_open(struct control *control, const char *path)
{
	struct sockaddr_un own = {.sun_family = AF_UNIX};
	int err;

	snprintf(own.sun_path, sizeof(own.sun_path), "%s", path);
	control->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (control->fd < 0)
		return -errno;
	unlink(path); /* An earlier life of this container may have left it. */
	if (!bind(control->fd, (struct sockaddr *)&own, sizeof(own)))
		return 0;
	err = -errno;
	close(control->fd);
	control->fd = -1;
	return err;
}

void control_serve(struct control *control, control_answer *answer, void *ctx)
{
	char request[CONTROL_REQUEST_BYTES], text[CONTROL_ANSWER_BYTES];
	struct sockaddr_un from;
	socklen_t from_bytes = sizeof(from);
	ssize_t n;

	while (control->fd >= 0) {
		from_bytes = sizeof(from);
		n = recvfrom(control->fd, request, sizeof(request) - 1, MSG_DONTWAIT,
			     (struct sockaddr *)&from, &from_bytes);
		if (n < 0)
			return;
		request[n] = '\0';
		text[0] = '\0';
		answer(ctx, request, text, sizeof(text));
		/* Whoever asked and left gets no answer; nothing here depends on it. */
		sendto(control->fd, text, strlen(text), MSG_DONTWAIT, (struct sockaddr *)&from,
		       from_bytes);
	}
}

void control_close(struct control *control, const char *path)
{
	if (control->fd < 0)
		return;
	close(control->fd);
	unlink(path);
	control->fd = -1;
}
