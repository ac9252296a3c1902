/* SPDX-License-Identifier: Apache-2.0 */
/* The leaves of a value: integers, bools, enums, floats, pointers, text. Used by btf_value.c alone. */
#ifndef INSPECT_BTF_SCALAR_H
#define INSPECT_BTF_SCALAR_H

#include "btf_value.h"

/* A bit field, counted from the beginning of its struct; little-endian, as on every machine we build for. */
struct btf_bits {
	uint32_t offset;
	uint32_t bits;
};

/* The type behind typedefs, const, volatile, restrict and tags; NULL if there is none. */
const struct btf_type *btf_skip(const struct btf *btf, uint32_t id);
/* Is it C's plain `char`, whose arrays are text? */
bool btf_is_char(const struct btf *btf, uint32_t id);

void btf_scalar_write(struct json *json, const struct btf *btf, struct btf_place place);
void btf_bitfield_write(struct json *json, const struct btf *btf, struct btf_place place,
			struct btf_bits bits);
/* Up to the first NUL. */
void btf_text_write(struct json *json, struct btf_place place, size_t characters);

#endif
