/* SPDX-License-Identifier: Apache-2.0 */
/* The replicated service: a preallocated key-value store, keys taken modulo `keys`. */
#ifndef LAB_KV_H
#define LAB_KV_H

#include <stdbool.h>
#include <stdint.h>

#include "memory_layout.h"

struct kv {
	uint16_t *bytes; /* length of each key's value, 0 while never written */
	uint8_t *values; /* value_max_bytes per key */
	uint32_t keys;
	uint32_t value_max_bytes;
};

void kv_init(struct kv *kv, struct memory_layout *layout, uint32_t keys, uint32_t value_max_bytes);
/* As if nothing had ever been written. */
void kv_clear(struct kv *kv);
/* Whether the payload is a struct kv_command that kv_execute understands and has room for. */
bool kv_accepts(const struct kv *kv, const uint8_t *payload, uint16_t bytes);
/*
 * Executes one command. GET gives the value, PUT the value it replaced; returns
 * the result's length in bytes (at most value_max_bytes). A payload that
 * kv_accepts refuses does nothing and gives 0, the same on every replica.
 */
uint16_t kv_execute(struct kv *kv, const uint8_t *payload, uint16_t bytes, uint8_t *result);

static inline uint8_t *kv_value(const struct kv *kv, uint32_t key)
{
	return kv->values + (size_t)key * kv->value_max_bytes;
}

#endif
