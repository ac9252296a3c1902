// SPDX-License-Identifier: Apache-2.0
#include "programs.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program_facts.h"

static int compare_ids(const void *left, const void *right)
{
	uint32_t left_id = ((const struct program *)left)->id;
	uint32_t right_id = ((const struct program *)right)->id;

	return left_id < right_id ? -1 : left_id > right_id;
}

static struct program *find(struct program *all, size_t count, uint32_t id)
{
	const struct program wanted = {.id = id};

	return count ? bsearch(&wanted, all, count, sizeof(wanted), compare_ids) : NULL;
}

static struct program *append(struct programs *programs)
{
	size_t room = programs->room ? programs->room * 2 : 128;
	struct program *all;

	if (programs->count < programs->room)
		return &programs->all[programs->count];
	all = realloc(programs->all, room * sizeof(*all));
	if (!all)
		return NULL;
	programs->all = all;
	programs->room = room;
	return &all[programs->count];
}

static int read_one(struct programs *programs, struct btf_cache *btfs, uint32_t id)
{
	struct program *program = append(programs);
	struct program *known = find(programs->before, programs->before_count, id);
	int fd, failed;

	if (!program)
		return -ENOMEM;
	fd = bpf_prog_get_fd_by_id(id);
	/* Unloaded since its id was listed. */
	if (fd == -ENOENT)
		return 0;
	if (fd < 0)
		return fd;
	failed = program_read_facts(program, known, fd, btfs);
	close(fd);
	if (!failed)
		programs->count++;
	return failed;
}

/* The lists change places, so that the one of the look before last is written over. */
static void begin(struct programs *programs)
{
	const struct programs old = *programs;

	*programs = (struct programs){
		.all = old.before,
		.room = old.before_room,
		.before = old.all,
		.before_count = old.count,
		.before_room = old.room,
	};
}

static int read_all(struct programs *programs, struct btf_cache *btfs)
{
	uint32_t id = 0;
	int failed;

	for (;;) {
		failed = bpf_prog_get_next_id(id, &id);
		if (failed)
			return failed == -ENOENT ? 0 : failed;
		failed = read_one(programs, btfs, id);
		if (failed)
			return failed;
	}
}

static bool is_other(const struct programs *programs)
{
	if (programs->count != programs->before_count)
		return true;
	for (size_t i = 0; i < programs->count; i++)
		if (programs->all[i].id != programs->before[i].id)
			return true;
	return false;
}

int programs_read(struct programs *programs, struct btf_cache *btfs)
{
	int failed;

	begin(programs);
	failed = read_all(programs, btfs);
	programs->changed = is_other(programs);
	return failed;
}

struct program *programs_find(const struct programs *programs, uint32_t id)
{
	return find(programs->all, programs->count, id);
}

void programs_free(struct programs *programs)
{
	free(programs->all);
	free(programs->before);
	*programs = (struct programs){0};
}
