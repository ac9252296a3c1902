// SPDX-License-Identifier: Apache-2.0
#define XXH_INLINE_ALL
#include "log_hash.h"

#include <assert.h>
#include <endian.h>
#include <string.h>
#include <xxhash.h>

#include "wire.h"

struct op_prefix {
	uint64_t op;
	uint32_t client_id;
	uint64_t request;
} __attribute__((packed));

uint64_t log_hash_next(uint64_t previous, uint64_t op, uint32_t client_id, uint64_t request,
		       const uint8_t *payload, size_t bytes)
{
	/*
	 * One contiguous input: XXH3's streaming interface sets up a state of half a kilobyte per
	 * operation, which costs more than copying a datagram's payload.
	 */
	uint8_t input[sizeof(struct op_prefix) + WIRE_PAYLOAD_MAX];
	struct op_prefix prefix = {
		.op = htobe64(op),
		.client_id = htobe32(client_id),
		.request = htobe64(request),
	};

	assert(bytes <= WIRE_PAYLOAD_MAX);
	memcpy(input, &prefix, sizeof(prefix));
	if (bytes)
		memcpy(input + sizeof(prefix), payload, bytes);
	return XXH3_64bits_withSeed(input, sizeof(prefix) + bytes, previous);
}
