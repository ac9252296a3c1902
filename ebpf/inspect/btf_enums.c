// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <stdio.h>

#include "btf_cache.h"
#include "btf_enum.h"

int64_t btf_enum_value(const struct btf_type *type, uint32_t member)
{
	if (btf_is_enum64(type))
		return (int64_t)btf_enum64_value(&btf_enum64(type)[member]);
	/* Before Linux 6.0 nothing said signed or unsigned; compilers of that time leave the flag 0. */
	if (btf_kflag(type))
		return btf_enum(type)[member].val;
	return (uint32_t)btf_enum(type)[member].val;
}

const char *btf_enum_name(const struct btf *btf, const struct btf_type *type, uint32_t member)
{
	uint32_t name = btf_is_enum64(type) ? btf_enum64(type)[member].name_off
					    : btf_enum(type)[member].name_off;

	return btf__name_by_offset(btf, name);
}

static void write_members(struct json *json, const struct btf *btf, const struct btf_type *type)
{
	json_open(json, '{');
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		char value[24];

		snprintf(value, sizeof(value), "%" PRId64, btf_enum_value(type, i));
		json_text_field(json, value, btf_enum_name(btf, type, i));
	}
	json_close(json, '}');
}

void btf_enums_write(struct json *json, const struct btf *btf)
{
	json_open(json, '{');
	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!btf_is_any_enum(type) || !type->name_off || !btf_vlen(type))
			continue;
		json_key(json, btf__name_by_offset(btf, type->name_off));
		write_members(json, btf, type);
	}
	json_close(json, '}');
}
