// SPDX-License-Identifier: Apache-2.0
#include "btf_value.h"

#include <string.h>

#include "btf_scalar.h"

/* C types nest as deep as they like; a map's values don't. */
#define DEPTH_MAX 16

static struct btf_place inner(const struct btf_place *outer, uint32_t type, size_t offset)
{
	struct btf_place place = *outer;

	place.type = type;
	place.at += offset;
	place.bytes -= offset;
	place.depth++;
	return place;
}

/* The bytes a member takes, and whether they lie within the value. */
static bool fits(const struct btf *btf, uint32_t type, size_t offset, size_t bytes)
{
	int64_t size = btf__resolve_size(btf, type);

	return size >= 0 && offset <= bytes && (uint64_t)size <= bytes - offset;
}

static void write_members(struct json *json, const struct btf *btf, struct btf_place place);

static bool is_nameless_composite(const struct btf *btf, const struct btf_member *member)
{
	const struct btf_type *type = btf_skip(btf, member->type);

	return !member->name_off && type && btf_is_composite(type);
}

static void write_member(struct json *json, const struct btf *btf, const struct btf_place *place,
			 uint32_t index)
{
	const struct btf_type *type = btf_skip(btf, place->type);
	const struct btf_member *member = &btf_members(type)[index];
	const char *name = btf__name_by_offset(btf, member->name_off);
	uint32_t offset = btf_member_bit_offset(type, index);
	uint32_t bits = btf_member_bitfield_size(type, index);

	if (bits) {
		if (!*name || (offset + bits + 7) / 8 > place->bytes)
			return;
		json_key(json, name);
		btf_bitfield_write(json, btf, inner(place, member->type, 0),
				   (struct btf_bits){.offset = offset, .bits = bits});
		return;
	}
	if (!fits(btf, member->type, offset / 8, place->bytes))
		return;
	if (is_nameless_composite(btf, member)) {
		write_members(json, btf, inner(place, member->type, offset / 8));
		return;
	}
	json_key(json, name);
	btf_value_write(json, btf, inner(place, member->type, offset / 8));
}

static void write_members(struct json *json, const struct btf *btf, struct btf_place place)
{
	const struct btf_type *type = btf_skip(btf, place.type);

	if (place.depth > DEPTH_MAX)
		return;
	for (uint32_t i = 0; i < btf_vlen(type); i++)
		write_member(json, btf, &place, i);
}

static void write_composite(struct json *json, const struct btf *btf, struct btf_place place)
{
	json_open(json, '{');
	write_members(json, btf, place);
	json_close(json, '}');
}

/* Global variables of a program: the value of its .data, .bss or .rodata map. */
static void write_section(struct json *json, const struct btf *btf, struct btf_place place)
{
	const struct btf_type *type = btf_skip(btf, place.type);
	const struct btf_var_secinfo *variables = btf_var_secinfos(type);

	json_open(json, '{');
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		const struct btf_type *variable = btf__type_by_id(btf, variables[i].type);

		if (!variable || !btf_is_var(variable) ||
		    !fits(btf, variable->type, variables[i].offset, place.bytes))
			continue;
		json_key(json, btf__name_by_offset(btf, variable->name_off));
		btf_value_write(json, btf, inner(&place, variable->type, variables[i].offset));
	}
	json_close(json, '}');
}

static void write_array(struct json *json, const struct btf *btf, struct btf_place place)
{
	const struct btf_array *array = btf_array(btf_skip(btf, place.type));
	int64_t size = btf__resolve_size(btf, array->type);

	if (btf_is_char(btf, array->type)) {
		btf_text_write(json, place, array->nelems);
		return;
	}
	json_open(json, '[');
	for (uint32_t i = 0; size > 0 && i < array->nelems && !json->failed; i++) {
		if (((uint64_t)i + 1) * size > place.bytes)
			break;
		btf_value_write(json, btf, inner(&place, array->type, i * size));
	}
	json_close(json, ']');
}

void btf_value_write(struct json *json, const struct btf *btf, struct btf_place place)
{
	const struct btf_type *type = btf_skip(btf, place.type);

	if (!type || place.depth > DEPTH_MAX)
		json_null(json);
	else if (btf_is_composite(type))
		write_composite(json, btf, place);
	else if (btf_is_array(type))
		write_array(json, btf, place);
	else if (btf_is_datasec(type))
		write_section(json, btf, place);
	else
		btf_scalar_write(json, btf, place);
}
