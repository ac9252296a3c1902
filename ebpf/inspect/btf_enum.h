/* SPDX-License-Identifier: Apache-2.0 */
/* Members of BTF enums of 32 and 64 bits alike. */
#ifndef INSPECT_BTF_ENUM_H
#define INSPECT_BTF_ENUM_H

#include <bpf/btf.h>
#include <stdint.h>

int64_t btf_enum_value(const struct btf_type *type, uint32_t member);
const char *btf_enum_name(const struct btf *btf, const struct btf_type *type, uint32_t member);

#endif
