// SPDX-License-Identifier: Apache-2.0
#include "replica.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "proc_file.h"

int replica_open(struct replica *replica, const char *name, pid_t pid)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", pid);
	*replica = (struct replica){
		.name = name,
		.pid = pid,
		.folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC),
	};
	if (replica->folder >= 0)
		return 0;
	replica->gone = errno == ENOENT;
	return replica->gone ? 0 : -errno;
}

void replica_close(struct replica *replica)
{
	if (replica->folder >= 0)
		close(replica->folder);
	replica->folder = -1;
}

/* Ended, and possibly not yet waited for: `1234 (replica) Z ...`. */
static bool has_ended(const struct replica *replica)
{
	char text[PROC_FILE_BYTES];
	const char *state;

	if (proc_file_read(replica->folder, "stat", text) < 0)
		return true;
	state = strrchr(text, ')');
	return !state || !state[1] || state[2] == 'Z' || state[2] == 'X';
}

int replica_network(struct replica *replica)
{
	int fd, failed;

	if (replica->gone)
		return -ESRCH;
	fd = openat(replica->folder, "ns/net", O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	failed = -errno;
	replica->gone = has_ended(replica);
	return replica->gone ? -ESRCH : failed;
}
