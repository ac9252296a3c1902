// SPDX-License-Identifier: Apache-2.0
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "check.h"
#include "log.h"
#include "log_hash.h"
#include "wire.h"

#define CAPACITY 16u

static uint8_t memory[2048] __attribute__((aligned(64)));
static struct log log_under_test, *const ops = &log_under_test;

static void begin(void)
{
	struct memory_layout layout = {.base = memory};

	memset(memory, 0, sizeof(memory));
	log_init(ops, &layout, CAPACITY - 3, 13);
}

static enum log_put put_text(uint64_t op, const char *payload, uint64_t floor)
{
	struct log_op entry = {
		.op = op,
		.request = op * 10,
		.client_id = 7,
		.bytes = (uint16_t)strlen(payload),
		.payload = (const uint8_t *)payload,
	};

	return log_put(ops, &entry, floor);
}

static void put_through(uint64_t first, uint64_t last, uint64_t floor)
{
	for (uint64_t op = first; op <= last; op++)
		put_text(op, "text", floor);
}

static uint64_t hash_at(uint64_t op)
{
	uint64_t hash = 0;

	return log_hash_at(ops, op, &hash) ? hash : UINT64_MAX;
}

static void the_chain_is_xxh3_over_op_client_request_and_payload(void)
{
	static const uint8_t first[] = {0, 0, 0, 0, 0, 0, 0, 1,	 0,   0,   0,  7,
					0, 0, 0, 0, 0, 0, 0, 10, 'a', 'b', 'c'};
	static const uint8_t second[] = {0, 0, 0, 0, 0, 0, 0, 2, 0,  0,	 0,
					 7, 0, 0, 0, 0, 0, 0, 0, 20, 'd'};
	uint64_t expected = XXH3_64bits_withSeed(first, sizeof(first), 0);

	begin();
	put_text(1, "abc", 0);
	put_text(2, "d", 0);
	CHECK_EQ(hash_at(1), expected);
	CHECK_EQ(hash_at(2), XXH3_64bits_withSeed(second, sizeof(second), expected));
	CHECK_EQ(hash_at(0), 0);
}

static void the_hash_changes_with_each_of_its_parts(void)
{
	const uint8_t *payload = (const uint8_t *)"payload";
	uint64_t hash = log_hash_next(1, 2, 3, 4, payload, 7);

	CHECK(hash != log_hash_next(0, 2, 3, 4, payload, 7));
	CHECK(hash != log_hash_next(1, 3, 3, 4, payload, 7));
	CHECK(hash != log_hash_next(1, 2, 4, 4, payload, 7));
	CHECK(hash != log_hash_next(1, 2, 3, 5, payload, 7));
	CHECK(hash != log_hash_next(1, 2, 3, 4, payload, 6));
	CHECK(hash != log_hash_next(1, 2, 3, 4, (const uint8_t *)"payloaD", 7));
}

static void the_largest_payload_is_hashed_whole(void)
{
	static uint8_t payload[WIRE_PAYLOAD_MAX];
	uint64_t hash = log_hash_next(9, 1, 1, 1, payload, sizeof(payload));

	payload[sizeof(payload) - 1] = 1;
	CHECK(hash != log_hash_next(9, 1, 1, 1, payload, sizeof(payload)));
}

static void ops_beyond_a_gap_join_the_prefix_once_it_closes(void)
{
	begin();
	CHECK_EQ(put_text(3, "three", 0), LOG_STORED);
	CHECK_EQ(put_text(2, "two", 0), LOG_STORED);
	CHECK_EQ(ops->prefix, 0);
	CHECK_EQ(hash_at(2), UINT64_MAX);
	CHECK_EQ(put_text(1, "one", 0), LOG_STORED);
	CHECK_EQ(ops->prefix, 3);
	CHECK(memcmp(log_payload(ops, log_at(ops, 2)), "two", 3) == 0);
	CHECK_EQ(log_read(ops, 3).request, 30);
	CHECK(hash_at(3) != UINT64_MAX);
}

static void a_duplicate_changes_nothing(void)
{
	begin();
	put_text(1, "one", 0);
	CHECK_EQ(put_text(1, "ONE", 0), LOG_DUPLICATE);
	CHECK(memcmp(log_payload(ops, log_at(ops, 1)), "one", 3) == 0);
}

static void what_is_not_executed_is_never_overwritten(void)
{
	begin();
	CHECK_EQ(log_capacity(ops), CAPACITY);
	put_through(1, CAPACITY - 1, 0);
	CHECK_EQ(put_text(CAPACITY, "more", 0), LOG_NO_ROOM);
	CHECK_EQ(put_text(UINT64_MAX, "more", 0), LOG_NO_ROOM);
	CHECK_EQ(put_text(CAPACITY, "more", 1), LOG_STORED);
	CHECK_EQ(put_text(CAPACITY + 1, "more", 1), LOG_NO_ROOM);
	/* The executed op itself keeps its place: its hash is where the chain goes on from. */
	CHECK(hash_at(1) != UINT64_MAX);
	CHECK_EQ(put_text(CAPACITY + 1, "more", 2), LOG_STORED);
	CHECK_EQ(hash_at(1), UINT64_MAX);
	CHECK_EQ(ops->first, 2);
	CHECK_EQ(ops->prefix, CAPACITY + 1);
}

static void what_can_not_be_held_is_refused(void)
{
	begin();
	CHECK_EQ(put_text(0, "", 0), LOG_NO_ROOM);
	CHECK_EQ(put_text(1, "more than sixteen", 0), LOG_NO_ROOM);
	CHECK_EQ(put_text(1, "as many as fit in", 0), LOG_NO_ROOM);
	CHECK_EQ(put_text(1, "sixteen, at most", 0), LOG_STORED);
	put_through(2, 5, 0);
	CHECK_EQ(put_text(5, "old", 5), LOG_DUPLICATE);
	log_truncate(ops, 3);
	CHECK_EQ(put_text(4, "at the floor", 4), LOG_NO_ROOM);
}

static void a_truncated_log_takes_other_ops_in_place_of_the_old(void)
{
	uint64_t hash;

	begin();
	put_through(1, 5, 0);
	put_text(8, "beyond a gap", 0);
	hash = hash_at(3);
	log_truncate(ops, 3);
	CHECK_EQ(ops->prefix, 3);
	CHECK_EQ(hash_at(4), UINT64_MAX);
	CHECK(!log_holds(ops, 4) && !log_holds(ops, 5) && !log_holds(ops, 8));
	CHECK_EQ(put_text(4, "other", 3), LOG_STORED);
	CHECK(memcmp(log_payload(ops, log_at(ops, 4)), "other", 5) == 0);
	CHECK_EQ(hash_at(3), hash);
	CHECK_EQ(ops->prefix, 4);
}

static void a_log_that_begins_anew_goes_on_from_a_checkpoint(void)
{
	begin();
	put_through(1, 9, 0);
	log_begin_at(ops, 100, 77);
	CHECK_EQ(ops->first, 101);
	CHECK_EQ(hash_at(100), 77);
	CHECK_EQ(hash_at(9), UINT64_MAX);
	CHECK_EQ(hash_at(0), UINT64_MAX);
	CHECK_EQ(put_text(100, "old", 100), LOG_NO_ROOM);
	CHECK_EQ(put_text(101, "new", 100), LOG_STORED);
	CHECK_EQ(hash_at(101), log_hash_next(77, 101, 7, 1010, (const uint8_t *)"new", 3));
	log_truncate(ops, 100);
	CHECK_EQ(ops->prefix, 100);
}

RUN_TESTS({"the chain is XXH3 over op, client, request and payload",
	   the_chain_is_xxh3_over_op_client_request_and_payload},
	  {"the hash changes with each of its parts", the_hash_changes_with_each_of_its_parts},
	  {"the largest payload is hashed whole", the_largest_payload_is_hashed_whole},
	  {"ops beyond a gap join the prefix once it closes",
	   ops_beyond_a_gap_join_the_prefix_once_it_closes},
	  {"a duplicate changes nothing", a_duplicate_changes_nothing},
	  {"what is not executed is never overwritten", what_is_not_executed_is_never_overwritten},
	  {"what can not be held is refused", what_can_not_be_held_is_refused},
	  {"a truncated log takes other ops in place of the old",
	   a_truncated_log_takes_other_ops_in_place_of_the_old},
	  {"a log that begins anew goes on from a checkpoint",
	   a_log_that_begins_anew_goes_on_from_a_checkpoint})
