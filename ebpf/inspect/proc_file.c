// SPDX-License-Identifier: Apache-2.0
#include "proc_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

ssize_t proc_file_read(int folder, const char *path, char text[PROC_FILE_BYTES])
{
	int fd = openat(folder < 0 ? AT_FDCWD : folder, path, O_RDONLY | O_CLOEXEC);
	ssize_t bytes;

	if (fd < 0)
		return -errno;
	bytes = read(fd, text, PROC_FILE_BYTES - 1);
	if (bytes < 0)
		bytes = -errno;
	else
		text[bytes] = '\0';
	close(fd);
	return bytes;
}

int proc_namespace(int folder, const char *path, uint64_t *inode)
{
	char target[64];
	ssize_t bytes = readlinkat(folder, path, target, sizeof(target) - 1);
	const char *bracket;

	if (bytes < 0)
		return -errno;
	target[bytes] = '\0';
	bracket = strchr(target, '[');
	return bracket && sscanf(bracket, "[%" SCNu64, inode) == 1 ? 0 : -EBADMSG;
}
