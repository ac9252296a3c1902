// SPDX-License-Identifier: Apache-2.0
#include "map_entries.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static void refuse(struct map_reading *reading, int failed)
{
	snprintf(reading->problem, sizeof(reading->problem),
		 "the kernel refused to read this map: %s", strerror(-failed));
}

/* False ends the reading. An entry that was deleted meanwhile is no failure. */
static bool read_and_write(struct json *json, struct map_reading *reading, const void *key)
{
	int failed = bpf_map_lookup_elem(reading->fd, key, reading->values);

	if (failed == -ENOENT)
		return true;
	if (!failed)
		return map_entry_write(json, reading, key, reading->values);
	refuse(reading, failed);
	return false;
}

/*
 * All of them in one system call. False if the kernel does not do that for this
 * type of map, or if they are more than fits; nothing is written then.
 */
static bool write_batch(struct json *json, struct map_reading *reading)
{
	const struct map *map = reading->map;
	size_t bytes =
		map_is_per_cpu(map->type) ? reading->stride * reading->cpus : map->value_bytes;
	uint32_t wanted = map->max_entries < MAP_ENTRIES_MAX ? map->max_entries : MAP_ENTRIES_MAX;
	uint32_t count = wanted;
	uint32_t position;
	int failed;

	if (wanted * bytes > MAP_VALUES_BYTES)
		return false;
	failed = bpf_map_lookup_batch(reading->fd, NULL, &position, reading->keys, reading->values,
				      &count, NULL);
	/* ENOENT: the end of the map was reached. */
	if ((failed && failed != -ENOENT) || count != wanted)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (!map_entry_write(json, reading, reading->keys + i * sizeof(uint32_t),
				     reading->values + i * bytes))
			break;
	return true;
}

static void write_indexed(struct json *json, struct map_reading *reading)
{
	for (uint32_t key = 0; key < reading->map->max_entries && key < MAP_ENTRIES_MAX; key++)
		if (!read_and_write(json, reading, &key))
			return;
}

/* Keys come and go while we read: the number of steps is bounded, not only that of entries. */
static void write_listed(struct json *json, struct map_reading *reading)
{
	uint8_t *key = reading->keys;
	uint8_t *next = reading->keys + reading->map->key_bytes;
	bool first = true;

	for (int i = 0; i < MAP_ENTRIES_MAX; i++) {
		int failed = bpf_map_get_next_key(reading->fd, first ? NULL : key, next);

		if (failed == -ENOENT)
			return;
		if (failed) {
			refuse(reading, failed);
			return;
		}
		if (!read_and_write(json, reading, next))
			return;
		memcpy(key, next, reading->map->key_bytes);
		first = false;
	}
}

void map_entries_write(struct json *json, struct map_reading *reading)
{
	reading->begin = json->bytes;
	if (!map_is_indexed(reading->map->type))
		write_listed(json, reading);
	else if (map_holds_ids(reading->map->type) || !write_batch(json, reading))
		write_indexed(json, reading);
}
