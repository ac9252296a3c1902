/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every BPF program of the kernel. Ids are the kernel's own, whatever container
 * asks; listing them takes CAP_SYS_ADMIN.
 *
 * What cannot change about a program is asked once; nothing keeps it open
 * between two looks, so looking never delays its unloading.
 */
#ifndef INSPECT_PROGRAMS_H
#define INSPECT_PROGRAMS_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "btf_cache.h"
#include "json.h"

/* A program has at most 64 maps of its own; libbpf binds a few more. */
#define PROGRAM_MAPS_MAX 96

struct program {
	uint32_t id;
	uint32_t type;
	uint32_t uid;
	uint32_t btf_id; /* 0: none */
	uint32_t bytes_xlated;
	uint32_t bytes_jited; /* 0: interpreted */
	int64_t bytes_memlock; /* -1: not known */
	uint64_t loaded_at_s; /* since the Unix epoch */
	uint64_t run_cnt;
	uint64_t run_time_ns;
	uint32_t map_ids[PROGRAM_MAPS_MAX];
	uint32_t map_count;
	uint8_t tag[BPF_TAG_SIZE];
	char name[128]; /* in full, as bpftool has it: the kernel itself keeps 15 characters */
	bool gpl_compatible;
	bool watched; /* attached in a replica's namespace or held by its processes */
};

struct programs {
	struct program *all; /* ascending ids */
	size_t count;
	size_t room;
	struct program *before; /* the last look's */
	size_t before_count;
	size_t before_room;
	bool changed; /* some were loaded or unloaded since the last look */
};

/* 0 or -errno; -EPERM: CAP_SYS_ADMIN is missing. */
int programs_read(struct programs *programs, struct btf_cache *btfs);
/* NULL: it was loaded after they were read. */
struct program *programs_find(const struct programs *programs, uint32_t id);
void programs_free(struct programs *programs);

void program_write(struct json *json, const struct program *program);

#endif
