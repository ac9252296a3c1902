/* SPDX-License-Identifier: Apache-2.0 */
/* One map, from the kernel to JSON. Used by maps.c, and by the writer of the golden lines. */
#ifndef INSPECT_MAP_ENTRIES_H
#define INSPECT_MAP_ENTRIES_H

#include "maps.h"

#define MAP_PROBLEM_BYTES 160

/* A map is written as its head, which leaves the object open, the field `entries`, and its tail. */
void map_write_head(struct json *json, const struct map *map);
/* enums: written already, or NULL; problem: empty for none. */
void map_write_tail(struct json *json, const struct json *enums, const char *problem);

struct map_reading {
	const struct map *map;
	const struct btf *btf; /* NULL: keys and values are plain u32 */
	int fd;
	unsigned int cpus; /* copies of a value: 1 where the map is not per CPU */
	size_t stride; /* from one copy to the next */
	uint8_t *keys;
	uint8_t *values;
	size_t begin; /* length of the JSON before the first entry */
	char problem[MAP_PROBLEM_BYTES]; /* empty: none */
};

/* Why a map of this type cannot be read at all, or NULL. */
const char *map_unreadable(const struct map *map);
bool map_is_per_cpu(uint32_t type);
/* Are its keys the indices 0..max_entries-1? */
bool map_is_indexed(uint32_t type);
/* Does it hold ids of programs or maps, which need no BTF? */
bool map_holds_ids(uint32_t type);

/* Writes one {"key":..,"value":..}. False once the map's JSON is too large; `problem` says so. */
bool map_entry_write(struct json *json, struct map_reading *reading, const void *key,
		     const void *value);
/* Writes the entries one by one; says in `problem` what the kernel refused. */
void map_entries_write(struct json *json, struct map_reading *reading);

#endif
