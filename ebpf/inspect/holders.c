// SPDX-License-Identifier: Apache-2.0
#include "holders.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "proc_file.h"

void holders_clear(struct holders *holders)
{
	holders->count = 0;
	holders->cut = false;
	holders->refused = 0;
}

static bool is_noted(const struct holders *holders, size_t from, uint32_t program_id)
{
	for (size_t i = from; i < holders->count; i++)
		if (holders->all[i].program_id == program_id)
			return true;
	return false;
}

/* Only programs and links name one; telling them by their link is cheaper than reading every fdinfo. */
static bool may_hold(int folder, const char *fd)
{
	char target[64];
	ssize_t bytes = readlinkat(folder, fd, target, sizeof(target) - 1);

	if (bytes < 0)
		return false;
	target[bytes] = '\0';
	return !strncmp(target, "anon_inode:", 11) &&
	       (strstr(target, "bpf-prog") || strstr(target, "bpf_link") ||
		strstr(target, "bpf-link"));
}

/* 0: none. */
static uint32_t program_id(int process_folder, const char *fd)
{
	char path[8 + NAME_MAX], text[PROC_FILE_BYTES];
	const char *line;
	uint32_t id = 0;

	snprintf(path, sizeof(path), "fdinfo/%s", fd);
	if (proc_file_read(process_folder, path, text) < 0)
		return 0;
	line = strstr(text, "\nprog_id:");
	return line && sscanf(line, "\nprog_id: %u", &id) == 1 ? id : 0;
}

static void note(struct holders *holders, const char *comm, pid_t pid, uint32_t id)
{
	struct holder *holder = &holders->all[holders->count];

	if (holders->count == HOLDERS_MAX) {
		holders->cut = true;
		return;
	}
	*holder = (struct holder){.program_id = id, .pid = pid};
	snprintf(holder->comm, sizeof(holder->comm), "%s", comm);
	holders->count++;
}

static void read_comm(int process_folder, char comm[PROC_FILE_BYTES])
{
	if (proc_file_read(process_folder, "comm", comm) < 0)
		comm[0] = '\0';
	comm[strcspn(comm, "\n")] = '\0';
}

/* A folder's list for reading, or NULL with errno set. */
static DIR *open_list(int process_folder)
{
	int fd = openat(process_folder, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && !list)
		close(fd);
	return list;
}

static void add_from(struct holders *holders, int process_folder, pid_t pid)
{
	DIR *list = open_list(process_folder);
	char comm[PROC_FILE_BYTES] = "";
	size_t first = holders->count;
	const struct dirent *entry;

	if (!list) {
		if (errno != ENOENT && errno != ESRCH)
			holders->refused = -errno;
		return;
	}
	while ((entry = readdir(list))) {
		uint32_t id;

		if (entry->d_name[0] == '.' || !may_hold(dirfd(list), entry->d_name))
			continue;
		id = program_id(process_folder, entry->d_name);
		if (!id || is_noted(holders, first, id))
			continue;
		if (!comm[0])
			read_comm(process_folder, comm);
		note(holders, comm, pid, id);
	}
	closedir(list);
}

void holders_add(struct holders *holders, struct processes *processes, struct process *process)
{
	char path[16];
	int folder;

	snprintf(path, sizeof(path), "%d", process->pid);
	folder = openat(dirfd(processes->proc), path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return;
	add_from(holders, folder, processes_inner_pid(processes, process));
	close(folder);
}
