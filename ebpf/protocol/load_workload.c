// SPDX-License-Identifier: Apache-2.0
/* Keys, verbs and values, a pure function of seed, slot and request number. */
#include "load_internal.h"

#include <endian.h>
#include <string.h>

/* SplitMix64 (Steele, Lea, Flood, 2014): a full-period step and a strong mix of its counter. */
static uint64_t random_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ull;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

static uint64_t random_begin(const struct load_config *config, uint32_t slot, uint64_t request)
{
	uint64_t state = config->seed;

	state = random_next(&state) ^ slot;
	state = random_next(&state) ^ request;
	return state;
}

void load_payload(const struct load_config *config, uint32_t slot, uint64_t request,
		  uint8_t *payload)
{
	uint64_t state = random_begin(config, slot, request);
	uint64_t choice = random_next(&state);
	struct kv_command command = {
		.verb = choice % 100 < config->get_percent ? KV_GET : KV_PUT,
		.key = htobe32((uint32_t)((choice >> 32) % config->keys)),
	};
	size_t at = sizeof(command);

	memcpy(payload, &command, sizeof(command));
	for (; at + sizeof(uint64_t) <= config->payload_bytes; at += sizeof(uint64_t)) {
		uint64_t word = htobe64(random_next(&state));

		memcpy(payload + at, &word, sizeof(word));
	}
	if (at < config->payload_bytes) {
		uint64_t word = htobe64(random_next(&state));

		memcpy(payload + at, &word, config->payload_bytes - at);
	}
}
