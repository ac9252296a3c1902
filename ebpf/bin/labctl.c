// SPDX-License-Identifier: Apache-2.0
/*
 * labctl status | hash OP | offloads ""|tc_broadcast
 *
 * Asks the replica of this container and prints its answer, one JSON document.
 * Exit codes: 0 answered, 1 refused (the answer has an "error"), 2 usage, 3 no replica answers.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "control.h"

#define WAIT_S 2

static int usage(void)
{
	fprintf(stderr, "usage: labctl status | hash OP | offloads \"\"|tc_broadcast\n");
	return 2;
}

static int ask(const char *request, char *answer, size_t answer_bytes)
{
	struct sockaddr_un own = {.sun_family = AF_UNIX};
	struct sockaddr_un replica = {.sun_family = AF_UNIX, .sun_path = CONTROL_PATH};
	struct timeval wait = {.tv_sec = WAIT_S};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ssize_t n;

	if (fd < 0)
		return -errno;
	/*
	 * An address of no length: the kernel picks an abstract one, so nothing is left in
	 * the file system.
	 */
	if (bind(fd, (struct sockaddr *)&own, offsetof(struct sockaddr_un, sun_path)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) ||
	    sendto(fd, request, strlen(request), 0, (struct sockaddr *)&replica, sizeof(replica)) <
		    0) {
		n = -errno;
	} else {
		n = recv(fd, answer, answer_bytes - 1, 0);
		if (n < 0)
			n = -errno;
	}
	close(fd);
	if (n < 0)
		return (int)n;
	answer[n] = '\0';
	return 0;
}

int main(int argc, char **argv)
{
	char request[CONTROL_REQUEST_BYTES], answer[CONTROL_ANSWER_BYTES];
	int err;

	if (argc == 2 && !strcmp(argv[1], "status"))
		snprintf(request, sizeof(request), "status");
	else if (argc == 3 && (!strcmp(argv[1], "hash") || !strcmp(argv[1], "offloads")))
		snprintf(request, sizeof(request), "%s %.100s", argv[1], argv[2]);
	else
		return usage();
	err = ask(request, answer, sizeof(answer));
	if (err) {
		fprintf(stderr, "labctl: no replica answers at %s: %s\n", CONTROL_PATH,
			strerror(-err));
		return 3;
	}
	printf("%s\n", answer);
	return strncmp(answer, "{\"error\"", 8) ? 0 : 1;
}
