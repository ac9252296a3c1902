// SPDX-License-Identifier: Apache-2.0
/*
 * Any bytes as a checkpoint: refused with the state as it was, or read into a state that is written and read
 * again without a change.
 */
#include <stdlib.h>
#include <string.h>

#include "checkpoint.h"
#include "fuzz.h"

#define KEYS 4
#define CLIENTS 3
#define VALUE_MAX 8
#define MEMORY_BYTES 2048

struct state {
	struct kv kv;
	struct client_table clients;
};

static void begin(struct state *state, uint8_t *memory)
{
	struct memory_layout layout = {.base = memory};

	memset(memory, 0, MEMORY_BYTES);
	kv_init(&state->kv, &layout, KEYS, VALUE_MAX);
	client_table_init(&state->clients, &layout, CLIENTS, VALUE_MAX);
	if (layout.used > MEMORY_BYTES)
		abort();
}

/* Something to lose: a refused checkpoint must leave it whole. */
static void fill(struct state *state)
{
	struct client *client = client_table_obtain(&state->clients, 9);

	client->request = client->executed = 7;
	client->reply_bytes = 3;
	memcpy(client_reply(&state->clients, client), "old", 3);
	state->kv.bytes[2] = 4;
	memcpy(kv_value(&state->kv, 2), "kept", 4);
}

static size_t write_state(uint8_t *buffer, const struct state *state)
{
	size_t bytes = checkpoint_write(buffer, &state->kv, &state->clients);

	if (bytes > checkpoint_bytes_max(&state->kv, &state->clients))
		abort();
	return bytes;
}

static void check(struct state *state, struct state *again, const uint8_t *data, size_t bytes)
{
	uint8_t before[MEMORY_BYTES], after[MEMORY_BYTES], twice[MEMORY_BYTES];
	size_t before_bytes = write_state(before, state);
	bool accepted = checkpoint_read(data, bytes, &state->kv, &state->clients);
	size_t after_bytes = write_state(after, state);

	if (!accepted) {
		if (after_bytes != before_bytes || memcmp(before, after, after_bytes) != 0)
			abort();
		return;
	}
	if (!checkpoint_read(after, after_bytes, &again->kv, &again->clients) ||
	    write_state(twice, again) != after_bytes || memcmp(after, twice, after_bytes) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
	uint8_t *memory = aligned_alloc(64, MEMORY_BYTES), *other = aligned_alloc(64, MEMORY_BYTES);
	struct state state, again;

	begin(&state, memory);
	begin(&again, other);
	fill(&state);
	check(&state, &again, data, bytes);
	free(memory);
	free(other);
	return 0;
}
