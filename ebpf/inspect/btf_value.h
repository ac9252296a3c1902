/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes bytes of a map as the named fields that its BTF says they are.
 *
 * Integers beyond 2^53, which a JSON number does not carry in a browser, are
 * decimal text. Arrays of `char` are text; of anything else, u8 included, lists.
 * Members of a nameless struct or union stand among those around it. What ends
 * beyond the value is left out.
 *
 * A per-CPU value has one copy for each possible CPU: integers are summed over
 * them, wherever they stand. What has no sum (bool, enum, text, pointers) is
 * written if all CPUs agree, and is null otherwise.
 */
#ifndef INSPECT_BTF_VALUE_H
#define INSPECT_BTF_VALUE_H

#include <bpf/btf.h>
#include <stddef.h>
#include <stdint.h>

#include "json.h"

struct btf_place {
	uint32_t type; /* BTF type id */
	const uint8_t *at; /* in the first copy */
	size_t bytes; /* from there to the end of the value */
	size_t stride; /* from one copy to the next */
	unsigned int copies;
	unsigned int depth; /* of nesting so far */
};

void btf_value_write(struct json *json, const struct btf *btf, struct btf_place place);

#endif
