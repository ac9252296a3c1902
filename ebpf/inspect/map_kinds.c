// SPDX-License-Identifier: Apache-2.0
#include <linux/bpf.h>

#include "map_entries.h"

bool map_is_per_cpu(uint32_t type)
{
	return type == BPF_MAP_TYPE_PERCPU_ARRAY || type == BPF_MAP_TYPE_PERCPU_HASH ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE;
}

bool map_holds_ids(uint32_t type)
{
	return type == BPF_MAP_TYPE_PROG_ARRAY || type == BPF_MAP_TYPE_ARRAY_OF_MAPS ||
	       type == BPF_MAP_TYPE_HASH_OF_MAPS;
}

bool map_is_indexed(uint32_t type)
{
	return type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_PERCPU_ARRAY ||
	       type == BPF_MAP_TYPE_PROG_ARRAY || type == BPF_MAP_TYPE_ARRAY_OF_MAPS;
}

/* Maps whose keys the kernel lists. */
static bool has_listed_keys(uint32_t type)
{
	switch (type) {
	case BPF_MAP_TYPE_HASH:
	case BPF_MAP_TYPE_LRU_HASH:
	case BPF_MAP_TYPE_PERCPU_HASH:
	case BPF_MAP_TYPE_LRU_PERCPU_HASH:
	case BPF_MAP_TYPE_LPM_TRIE:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
	case BPF_MAP_TYPE_CGROUP_STORAGE:
	case BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE:
		return true;
	default:
		return false;
	}
}

const char *map_unreadable(const struct map *map)
{
	if (!map_is_indexed(map->type) && !has_listed_keys(map->type))
		return "a map of this type holds no entries that can be read from outside";
	if (map_holds_ids(map->type))
		return NULL;
	if (!map->btf_id || !map->btf_value_type)
		return "this map has no BTF, so its values have no named fields";
	if (!map->btf_key_type && !map_is_indexed(map->type))
		return "this map has no BTF for its keys";
	return NULL;
}
