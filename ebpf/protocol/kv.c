// SPDX-License-Identifier: Apache-2.0
#include "kv.h"

#include <endian.h>
#include <string.h>

#include "wire.h"

_Static_assert(sizeof(struct kv_command) == WIRE_PAYLOAD_MIN,
	       "a command alone is the least payload");

void kv_init(struct kv *kv, struct memory_layout *layout, uint32_t keys, uint32_t value_max_bytes)
{
	*kv = (struct kv){
		.bytes = memory_take(layout, (size_t)keys * sizeof(uint16_t)),
		.values = memory_take(layout, (size_t)keys * value_max_bytes),
		.keys = keys,
		.value_max_bytes = value_max_bytes,
	};
}

void kv_clear(struct kv *kv)
{
	memset(kv->bytes, 0, (size_t)kv->keys * sizeof(uint16_t));
}

bool kv_accepts(const struct kv *kv, const uint8_t *payload, uint16_t bytes)
{
	if (bytes < sizeof(struct kv_command))
		return false;
	if (bytes - sizeof(struct kv_command) > kv->value_max_bytes)
		return false;
	return payload[0] == KV_GET || payload[0] == KV_PUT;
}

uint16_t kv_execute(struct kv *kv, const uint8_t *payload, uint16_t bytes, uint8_t *result)
{
	struct kv_command command;
	uint16_t result_bytes, value_bytes;
	uint32_t key;
	uint8_t *value;

	if (!kv_accepts(kv, payload, bytes))
		return 0;
	memcpy(&command, payload, sizeof(command));
	key = be32toh(command.key) % kv->keys;
	value = kv_value(kv, key);
	result_bytes = kv->bytes[key];
	memcpy(result, value, result_bytes);
	if (command.verb == KV_PUT) {
		value_bytes = bytes - sizeof(command);
		memcpy(value, payload + sizeof(command), value_bytes);
		kv->bytes[key] = value_bytes;
	}
	return result_bytes;
}
