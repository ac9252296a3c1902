/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The maps of watched programs and their entries, decoded by their BTF.
 *
 * Between two looks only what cannot change is kept (name, type, sizes, BTF
 * object), never a descriptor. Reading does not disturb: no entry's age in an
 * LRU map changes by it.
 */
#ifndef INSPECT_MAPS_H
#define INSPECT_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "btf_cache.h"
#include "json.h"
#include "programs.h"

#define MAP_ENTRIES_MAX 256
/* Of one entry, over all CPUs. */
#define MAP_VALUE_BYTES_MAX 65536
/* Of as many entries as are read at once. */
#define MAP_VALUES_BYTES (4 * MAP_VALUE_BYTES_MAX)
/* Of all entries of one map, as JSON. */
#define MAP_JSON_BYTES_MAX ((size_t)256 << 10)

struct map {
	uint32_t id;
	uint32_t type;
	uint32_t key_bytes;
	uint32_t value_bytes;
	uint32_t max_entries;
	uint32_t btf_id; /* 0: none */
	uint32_t btf_key_type;
	uint32_t btf_value_type;
	char name[16];
};

struct maps {
	struct map *all; /* of the watched programs, ascending ids */
	size_t count;
	size_t room;
	struct map *before;
	size_t before_count;
	size_t before_room;
	uint32_t *ids; /* while a look gathers them */
	size_t ids_room;
	unsigned int cpus; /* possible ones */
	uint8_t *values; /* MAP_VALUES_BYTES */
	uint8_t *keys;
};

/* 0 or -errno. */
int maps_open(struct maps *maps);
void maps_free(struct maps *maps);
/* Writes the list of all maps of the programs marked as watched. 0 or -errno. */
int maps_write(struct json *json, struct maps *maps, const struct programs *programs,
	       struct btf_cache *btfs);

#endif
