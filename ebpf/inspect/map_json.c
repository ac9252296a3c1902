// SPDX-License-Identifier: Apache-2.0
#include <bpf/libbpf.h>
#include <stdio.h>
#include <string.h>

#include "btf_value.h"
#include "map_entries.h"

/* Types that Debian 12's libbpf does not know yet. */
static const char *newer_type(uint32_t type)
{
	return type == 33 ? "arena" : type == 34 ? "insn_array" : NULL;
}

void map_write_head(struct json *json, const struct map *map)
{
	const char *type = libbpf_bpf_map_type_str(map->type);
	char number[24];

	snprintf(number, sizeof(number), "type %u", map->type);
	if (!type)
		type = newer_type(map->type);
	json_open(json, '{');
	json_number_field(json, "id", map->id);
	json_text_field(json, "name", map->name);
	json_text_field(json, "type", type ? type : number);
	json_number_field(json, "keyBytes", map->key_bytes);
	json_number_field(json, "valueBytes", map->value_bytes);
	json_number_field(json, "maxEntries", map->max_entries);
}

void map_write_tail(struct json *json, const struct json *enums, const char *problem)
{
	json_key(json, "enums");
	json_raw(json, enums ? enums->text : "{}", enums ? enums->bytes : 2);
	json_maybe_text_field(json, "problem", *problem ? problem : NULL);
	json_close(json, '}');
}

static void write_plain(struct json *json, const void *at)
{
	uint32_t number;

	memcpy(&number, at, sizeof(number));
	json_number(json, number);
}

static void write_key(struct json *json, const struct map_reading *reading, const void *key)
{
	const struct map *map = reading->map;

	if (map_is_indexed(map->type) || !reading->btf || !map->btf_key_type) {
		write_plain(json, key);
		return;
	}
	btf_value_write(json, reading->btf,
			(struct btf_place){.type = map->btf_key_type,
					   .at = key,
					   .bytes = map->key_bytes,
					   .copies = 1});
}

static void write_value(struct json *json, const struct map_reading *reading, const void *value)
{
	const struct map *map = reading->map;

	if (!reading->btf || map_holds_ids(map->type)) {
		write_plain(json, value);
		return;
	}
	btf_value_write(json, reading->btf,
			(struct btf_place){.type = map->btf_value_type,
					   .at = value,
					   .bytes = map->value_bytes,
					   .stride = reading->stride,
					   .copies = reading->cpus});
}

bool map_entry_write(struct json *json, struct map_reading *reading, const void *key,
		     const void *value)
{
	size_t before = json->bytes;

	json_open(json, '{');
	json_key(json, "key");
	write_key(json, reading, key);
	json_key(json, "value");
	write_value(json, reading, value);
	json_close(json, '}');
	if (json->bytes - reading->begin <= MAP_JSON_BYTES_MAX)
		return true;
	json_rewind(json, before);
	snprintf(reading->problem, sizeof(reading->problem),
		 "its entries are more than %zu KiB of text; the rest is left out",
		 MAP_JSON_BYTES_MAX >> 10);
	return false;
}
