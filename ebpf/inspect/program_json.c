// SPDX-License-Identifier: Apache-2.0
#include <bpf/libbpf.h>
#include <stdio.h>

#include "programs.h"

/* Types that Debian 12's libbpf does not know yet. */
static void write_type(struct json *json, uint32_t type)
{
	const char *name = libbpf_bpf_prog_type_str(type);
	char number[24];

	if (!name && type == 32)
		name = "netfilter";
	snprintf(number, sizeof(number), "type %u", type);
	json_text_field(json, "type", name ? name : number);
}

static void write_map_ids(struct json *json, const struct program *program)
{
	json_key(json, "mapIds");
	json_open(json, '[');
	for (uint32_t i = 0; i < program->map_count; i++)
		json_number(json, program->map_ids[i]);
	json_close(json, ']');
}

void program_write(struct json *json, const struct program *program)
{
	json_open(json, '{');
	json_number_field(json, "id", program->id);
	write_type(json, program->type);
	json_text_field(json, "name", program->name);
	json_key(json, "tag");
	json_hex(json, program->tag, sizeof(program->tag));
	json_bool_field(json, "gplCompatible", program->gpl_compatible);
	json_number_field(json, "loadedAt", program->loaded_at_s);
	json_number_field(json, "uid", program->uid);
	json_number_field(json, "bytesXlated", program->bytes_xlated);
	json_bool_field(json, "jited", program->bytes_jited != 0);
	json_number_field(json, "bytesJited", program->bytes_jited);
	json_key(json, "bytesMemlock");
	if (program->bytes_memlock < 0)
		json_null(json);
	else
		json_number(json, program->bytes_memlock);
	write_map_ids(json, program);
	json_key(json, "btfId");
	if (program->btf_id)
		json_number(json, program->btf_id);
	else
		json_null(json);
	json_number_field(json, "runCnt", program->run_cnt);
	json_number_field(json, "runTimeNs", program->run_time_ns);
	json_close(json, '}');
}
