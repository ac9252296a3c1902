// SPDX-License-Identifier: Apache-2.0
#include "lines.h"

static void begin(struct json *json, const char *kind)
{
	json_reset(json);
	json_open(json, '{');
	json_number_field(json, "v", 1);
	json_text_field(json, "kind", kind);
}

static void end(struct json *json)
{
	json_close(json, '}');
	json_newline(json);
}

void hello_write(struct json *json, const struct hello *hello)
{
	begin(json, "hello");
	json_text_field(json, "kernel", hello->kernel);
	json_number_field(json, "cpus", hello->cpus);
	json_bool_field(json, "btf", hello->btf);
	end(json);
}

void problem_write(struct json *json, const char *message)
{
	begin(json, "problem");
	json_text_field(json, "message", message);
	end(json);
}

void look_begin(struct json *json, uint64_t at_us, bool statistics)
{
	begin(json, "look");
	json_number_field(json, "atUs", at_us);
	json_bool_field(json, "statistics", statistics);
}

void look_end(struct json *json, uint64_t cost_ns)
{
	json_number_field(json, "costNs", cost_ns);
	end(json);
}

void programs_write(struct json *json, const struct programs *programs)
{
	json_key(json, "programs");
	json_open(json, '[');
	for (size_t i = 0; i < programs->count; i++)
		program_write(json, &programs->all[i]);
	json_close(json, ']');
}

static void write_holders(struct json *json, const struct holders *holders)
{
	json_key(json, "holders");
	json_open(json, '[');
	for (size_t i = 0; i < holders->count; i++) {
		const struct holder *holder = &holders->all[i];

		json_open(json, '{');
		json_number_field(json, "programId", holder->program_id);
		json_number_field(json, "pid", holder->pid);
		json_text_field(json, "comm", holder->comm);
		json_close(json, '}');
	}
	json_close(json, ']');
}

void replica_write(struct json *json, const struct replica_sight *sight)
{
	json_open(json, '{');
	json_text_field(json, "name", sight->name);
	net_view_write(json, sight->view);
	write_holders(json, sight->holders);
	json_maybe_text_field(json, "problem", *sight->problem ? sight->problem : NULL);
	json_close(json, '}');
}
