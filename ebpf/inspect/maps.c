// SPDX-License-Identifier: Apache-2.0
#include "maps.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "map_entries.h"

/* Room for two keys: the one before and the next. */
#define KEYS_BYTES (2 * MAP_VALUE_BYTES_MAX)

int maps_open(struct maps *maps)
{
	int cpus = libbpf_num_possible_cpus();

	*maps = (struct maps){0};
	if (cpus < 0)
		return cpus;
	maps->cpus = cpus;
	maps->values = malloc(MAP_VALUES_BYTES);
	maps->keys = malloc(KEYS_BYTES);
	if (maps->values && maps->keys)
		return 0;
	maps_free(maps);
	return -ENOMEM;
}

void maps_free(struct maps *maps)
{
	free(maps->all);
	free(maps->before);
	free(maps->ids);
	free(maps->values);
	free(maps->keys);
	*maps = (struct maps){0};
}

static int compare_ids(const void *left, const void *right)
{
	uint32_t left_id = *(const uint32_t *)left;
	uint32_t right_id = *(const uint32_t *)right;

	return left_id < right_id ? -1 : left_id > right_id;
}

/* Memory for `count` elements, kept from look to look. */
static int reserve(void **memory, size_t *room, size_t count, size_t bytes)
{
	void *larger;

	if (count <= *room)
		return 0;
	larger = realloc(*memory, count * bytes);
	if (!larger)
		return -ENOMEM;
	*memory = larger;
	*room = count;
	return 0;
}

/* Ids of all maps of watched programs, each once, ascending. Their number or -errno. */
static ssize_t gather_ids(struct maps *maps, const struct programs *programs)
{
	size_t count = 0, distinct = 0;

	for (size_t i = 0; i < programs->count; i++) {
		const struct program *program = &programs->all[i];
		int failed;

		if (!program->watched)
			continue;
		failed = reserve((void **)&maps->ids, &maps->ids_room, count + program->map_count,
				 sizeof(*maps->ids));
		if (failed)
			return failed;
		memcpy(maps->ids + count, program->map_ids,
		       program->map_count * sizeof(*maps->ids));
		count += program->map_count;
	}
	if (count)
		qsort(maps->ids, count, sizeof(*maps->ids), compare_ids);
	for (size_t i = 0; i < count; i++)
		if (!distinct || maps->ids[distinct - 1] != maps->ids[i])
			maps->ids[distinct++] = maps->ids[i];
	return distinct;
}

static int ask(struct map *map, int fd)
{
	struct bpf_map_info info = {0};
	uint32_t bytes = sizeof(info);
	int failed = bpf_obj_get_info_by_fd(fd, &info, &bytes);

	if (failed)
		return failed;
	*map = (struct map){
		.id = info.id,
		.type = info.type,
		.key_bytes = info.key_size,
		.value_bytes = info.value_size,
		.max_entries = info.max_entries,
		.btf_id = info.btf_id,
		.btf_key_type = info.btf_key_type_id,
		.btf_value_type = info.btf_value_type_id,
	};
	memcpy(map->name, info.name, sizeof(map->name) - 1);
	return 0;
}

/* The map's facts, from the last look if it was there. */
static int learn(struct maps *maps, struct map *map, uint32_t id, int fd)
{
	/* The id stands first in struct map. */
	const struct map *known = maps->before_count
					  ? bsearch(&id, maps->before, maps->before_count,
						    sizeof(*known), compare_ids)
					  : NULL;

	if (!known)
		return ask(map, fd);
	*map = *known;
	return 0;
}

static const struct btf_object *prepare(struct map_reading *reading, struct maps *maps,
					struct btf_cache *btfs)
{
	const struct map *map = reading->map;
	const struct btf_object *object = map->btf_id ? btf_cache_get(btfs, map->btf_id) : NULL;
	const char *unreadable = map_unreadable(map);

	reading->cpus = map_is_per_cpu(map->type) ? maps->cpus : 1;
	/* The kernel rounds copies up to whole words. */
	reading->stride = (map->value_bytes + 7) / 8 * 8;
	if (object)
		reading->btf = object->btf;
	else if (!unreadable && map->btf_id)
		unreadable = "the kernel does not give out this map's BTF";
	if (!unreadable && (reading->stride * reading->cpus > MAP_VALUE_BYTES_MAX ||
			    map->key_bytes > MAP_VALUE_BYTES_MAX))
		unreadable = "its keys or values are larger than 64 KiB; they are not read";
	if (unreadable)
		snprintf(reading->problem, sizeof(reading->problem), "%s", unreadable);
	return object;
}

static void write_map(struct json *json, struct map_reading *reading,
		      const struct btf_object *object)
{
	map_write_head(json, reading->map);
	json_key(json, "entries");
	json_open(json, '[');
	if (!reading->problem[0])
		map_entries_write(json, reading);
	json_close(json, ']');
	map_write_tail(json, object ? &object->enums : NULL, reading->problem);
}

static int write_one(struct json *json, struct maps *maps, uint32_t id, struct btf_cache *btfs)
{
	struct bpf_get_fd_by_id_opts options = {.sz = sizeof(options), .open_flags = BPF_F_RDONLY};
	struct map *map = &maps->all[maps->count];
	struct map_reading reading = {.map = map, .keys = maps->keys, .values = maps->values};
	int failed;

	reading.fd = bpf_map_get_fd_by_id_opts(id, &options);
	/* Gone since its program was asked for it. */
	if (reading.fd == -ENOENT)
		return 0;
	if (reading.fd < 0)
		return reading.fd;
	failed = learn(maps, map, id, reading.fd);
	if (!failed) {
		const struct btf_object *object = prepare(&reading, maps, btfs);

		write_map(json, &reading, object);
		maps->count++;
	}
	close(reading.fd);
	return failed;
}

static void begin(struct maps *maps)
{
	struct map *all = maps->all;
	size_t room = maps->room;

	maps->all = maps->before;
	maps->room = maps->before_room;
	maps->before = all;
	maps->before_room = room;
	maps->before_count = maps->count;
	maps->count = 0;
}

int maps_write(struct json *json, struct maps *maps, const struct programs *programs,
	       struct btf_cache *btfs)
{
	ssize_t count = gather_ids(maps, programs);
	int failed = 0;

	if (count < 0)
		return count;
	begin(maps);
	failed = reserve((void **)&maps->all, &maps->room, count, sizeof(*maps->all));
	json_open(json, '[');
	for (ssize_t i = 0; i < count && !failed; i++)
		failed = write_one(json, maps, maps->ids[i], btfs);
	json_close(json, ']');
	return failed;
}
