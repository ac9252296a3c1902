// SPDX-License-Identifier: Apache-2.0
#include <endian.h>
#include <stdlib.h>

#include "check.h"
#include "checkpoint.h"
#include "wire.h"

#define KEYS 4
#define CLIENTS 3
#define VALUE_MAX 8

struct state {
	struct kv kv;
	struct client_table clients;
	uint8_t memory[4096] __attribute__((aligned(64)));
};

static struct state source, target;
static uint8_t bytes_of[1024];

static void begin(struct state *state)
{
	struct memory_layout layout = {.base = state->memory};

	memset(state, 0, sizeof(*state));
	kv_init(&state->kv, &layout, KEYS, VALUE_MAX);
	client_table_init(&state->clients, &layout, CLIENTS, VALUE_MAX);
}

static void put(struct state *state, uint32_t key, const char *value)
{
	uint8_t payload[64], result[VALUE_MAX];
	struct kv_command command = {.verb = KV_PUT, .key = htobe32(key)};

	memcpy(payload, &command, sizeof(command));
	memcpy(payload + sizeof(command), value, strlen(value));
	kv_execute(&state->kv, payload, (uint16_t)(sizeof(command) + strlen(value)), result);
}

static void reply_to(struct state *state, uint32_t id, uint64_t request, const char *reply)
{
	struct client *client = client_table_obtain(&state->clients, id);

	client->request = client->executed = request;
	client->reply_op = request * 2;
	client->reply_bytes = (uint16_t)strlen(reply);
	memcpy(client_reply(&state->clients, client), reply, strlen(reply));
}

/* A state with a bit of everything in `source`, and its checkpoint in bytes_of. */
static size_t write_example(void)
{
	begin(&source);
	put(&source, 1, "one");
	put(&source, 3, "eight by");
	reply_to(&source, 7, 5, "reply");
	reply_to(&source, 0, 9, "");
	client_table_obtain(&source.clients, 8)->request = 1;
	return checkpoint_write(bytes_of, &source.kv, &source.clients);
}

static bool holds_example(struct state *state)
{
	struct client *seven = client_table_find(&state->clients, 7);
	struct client *zero = client_table_find(&state->clients, 0);

	return state->kv.bytes[1] == 3 && !memcmp(kv_value(&state->kv, 1), "one", 3) &&
	       state->kv.bytes[3] == 8 && state->kv.bytes[0] == 0 && seven && zero &&
	       seven->executed == 5 && seven->request == 5 && seven->reply_op == 10 &&
	       seven->reply_bytes == 5 &&
	       !memcmp(client_reply(&state->clients, seven), "reply", 5) && zero->executed == 9 &&
	       zero->reply_bytes == 0;
}

static void what_was_written_is_read_into_another_state(void)
{
	size_t bytes = write_example();

	begin(&target);
	put(&target, 0, "gone");
	reply_to(&target, 4, 1, "gone");
	CHECK(bytes <= checkpoint_bytes_max(&source.kv, &source.clients));
	CHECK(checkpoint_read(bytes_of, bytes, &target.kv, &target.clients));
	CHECK(holds_example(&target));
	CHECK(!client_table_find(&target.clients, 4));
	/* A client that only asked so far did nothing yet. */
	CHECK(!client_table_find(&target.clients, 8));
}

static void the_largest_state_fits_the_most_that_a_checkpoint_can_take(void)
{
	begin(&source);
	for (uint32_t key = 0; key < KEYS; key++)
		put(&source, key, "8 bytes!");
	for (uint32_t id = 1; id <= CLIENTS; id++)
		reply_to(&source, id, 1, "8 bytes!");
	CHECK_EQ(checkpoint_write(bytes_of, &source.kv, &source.clients),
		 checkpoint_bytes_max(&source.kv, &source.clients));
}

static void an_empty_state_is_a_checkpoint_too(void)
{
	size_t bytes;

	begin(&source);
	bytes = checkpoint_write(bytes_of, &source.kv, &source.clients);
	write_example();
	begin(&target);
	put(&target, 0, "gone");
	CHECK(checkpoint_read((const uint8_t[8]){0}, bytes, &target.kv, &target.clients));
	CHECK_EQ(target.kv.bytes[0], 0);
	CHECK_EQ(target.clients.count, 0);
}

/* What is refused must leave the state whole: half of a checkpoint is no state. */
static void check_refused(const uint8_t *bytes, size_t count)
{
	uint8_t *exact = malloc(count ? count : 1);
	bool refused;

	memcpy(exact, bytes, count);
	refused = !checkpoint_read(exact, count, &source.kv, &source.clients);
	free(exact);
	CHECK(refused);
	CHECK(holds_example(&source));
}

static void one_cut_off_anywhere_is_refused_and_changes_nothing(void)
{
	size_t bytes = write_example();

	for (size_t cut = 0; cut < bytes; cut++)
		CHECK_IN(check_refused(bytes_of, cut));
	bytes_of[bytes] = 0;
	CHECK_IN(check_refused(bytes_of, bytes + 1));
}

static void check_with(size_t offset, uint8_t value)
{
	uint8_t corrupt[sizeof(bytes_of)];
	size_t bytes = write_example();

	memcpy(corrupt, bytes_of, sizeof(corrupt));
	corrupt[offset] = value;
	check_refused(corrupt, bytes);
}

static void counts_keys_and_lengths_out_of_bounds_are_refused(void)
{
	CHECK_IN(check_with(0, 0xff)); /* keys */
	CHECK_IN(check_with(3, 3)); /* one more key than there is */
	CHECK_IN(check_with(7, KEYS)); /* a key */
	CHECK_IN(check_with(9, VALUE_MAX + 1)); /* a value's length */
	CHECK_IN(check_with(8, 0xff));
	CHECK_IN(check_with(30, CLIENTS + 1)); /* clients */
	CHECK_IN(check_with(36, VALUE_MAX + 1)); /* a reply's length */
}

RUN_TESTS({"what was written is read into another state",
	   what_was_written_is_read_into_another_state},
	  {"the largest state fits the most that a checkpoint can take",
	   the_largest_state_fits_the_most_that_a_checkpoint_can_take},
	  {"an empty state is a checkpoint too", an_empty_state_is_a_checkpoint_too},
	  {"one cut off anywhere is refused and changes nothing",
	   one_cut_off_anywhere_is_refused_and_changes_nothing},
	  {"counts, keys and lengths out of bounds are refused",
	   counts_keys_and_lengths_out_of_bounds_are_refused})
