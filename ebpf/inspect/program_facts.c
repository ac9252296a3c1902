// SPDX-License-Identifier: Apache-2.0
#include "program_facts.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "proc_file.h"

#define NS_PER_S 1000000000ll

static int64_t clock_ns(clockid_t clock)
{
	struct timespec now = {0};

	clock_gettime(clock, &now);
	return now.tv_sec * NS_PER_S + now.tv_nsec;
}

/* The kernel notes the load in time since boot; bpftool reckons the same second. */
static uint64_t loaded_at_s(uint64_t since_boot_ns)
{
	int64_t boot_ns = clock_ns(CLOCK_REALTIME) - clock_ns(CLOCK_BOOTTIME);

	return (boot_ns + (int64_t)since_boot_ns) / NS_PER_S;
}

/* bpf_prog_info lacks it; the file of the descriptor has it. */
static int64_t bytes_memlock(int fd)
{
	char path[64], text[PROC_FILE_BYTES];
	const char *line;
	int64_t bytes;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	if (proc_file_read(-1, path, text) < 0)
		return -1;
	line = strstr(text, "\nmemlock:");
	return line && sscanf(line, "\nmemlock: %" SCNd64, &bytes) == 1 ? bytes : -1;
}

/* The C function's name, in full, where BTF has it and the kernel's is cut. */
static const char *name_in_btf(const struct bpf_prog_info *info, int fd, struct btf_cache *btfs)
{
	struct bpf_func_info function = {0};
	struct bpf_prog_info asked = {
		.nr_func_info = 1,
		.func_info_rec_size = sizeof(function),
		.func_info = (uintptr_t)&function,
	};
	uint32_t bytes = sizeof(asked);
	const struct btf_object *object;
	const struct btf_type *type;

	if (!info->btf_id || !info->nr_func_info || bpf_obj_get_info_by_fd(fd, &asked, &bytes))
		return NULL;
	object = btf_cache_get(btfs, info->btf_id);
	type = object ? btf__type_by_id(object->btf, function.type_id) : NULL;
	return type && btf_is_func(type) ? btf__name_by_offset(object->btf, type->name_off) : NULL;
}

static void read_lasting_facts(struct program *program, const struct bpf_prog_info *info, int fd,
			       struct btf_cache *btfs)
{
	const char *name = NULL;

	if (strnlen(info->name, sizeof(info->name)) == BPF_OBJ_NAME_LEN - 1)
		name = name_in_btf(info, fd, btfs);
	snprintf(program->name, sizeof(program->name), "%s", name && *name ? name : info->name);
	memcpy(program->tag, info->tag, sizeof(program->tag));
	program->id = info->id;
	program->type = info->type;
	program->uid = info->created_by_uid;
	program->btf_id = info->btf_id;
	program->bytes_xlated = info->xlated_prog_len;
	program->bytes_jited = info->jited_prog_len;
	program->bytes_memlock = bytes_memlock(fd);
	program->loaded_at_s = loaded_at_s(info->load_time);
	program->gpl_compatible = info->gpl_compatible;
}

int program_read_facts(struct program *program, const struct program *known, int fd,
		       struct btf_cache *btfs)
{
	struct bpf_prog_info info = {
		.nr_map_ids = PROGRAM_MAPS_MAX,
		.map_ids = (uintptr_t)program->map_ids,
	};
	uint32_t bytes = sizeof(info);
	int failed = bpf_obj_get_info_by_fd(fd, &info, &bytes);

	if (failed)
		return failed;
	if (known) {
		/* Maps are bound to a program after its load, so they are asked for each time. */
		memcpy(program, known, offsetof(struct program, map_ids));
		memcpy(program->tag, known->tag, sizeof(*program) - offsetof(struct program, tag));
	} else {
		read_lasting_facts(program, &info, fd, btfs);
	}
	program->map_count =
		info.nr_map_ids < PROGRAM_MAPS_MAX ? info.nr_map_ids : PROGRAM_MAPS_MAX;
	program->run_cnt = info.run_cnt;
	program->run_time_ns = info.run_time_ns;
	program->watched = false;
	return 0;
}
