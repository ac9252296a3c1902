/* SPDX-License-Identifier: Apache-2.0 */
/* BTF objects by the kernel's id, read once and kept while looks still ask for them. */
#ifndef INSPECT_BTF_CACHE_H
#define INSPECT_BTF_CACHE_H

#include <bpf/btf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json.h"

struct btf_object {
	uint32_t id;
	struct btf *btf;
	struct json enums; /* its named enums, as they are printed with each of its maps */
	bool asked;
};

struct btf_cache {
	struct btf_object *objects;
	size_t count;
	size_t room;
};

/* Valid until the next call. NULL with errno set. */
const struct btf_object *btf_cache_get(struct btf_cache *btfs, uint32_t id);
/* Drops what was not asked for since the last call. */
void btf_cache_sweep(struct btf_cache *btfs);
void btf_cache_free(struct btf_cache *btfs);

/* {"bcast_counter":{"0":"BCAST_NOT_OURS",...},...} */
void btf_enums_write(struct json *json, const struct btf *btf);

#endif
