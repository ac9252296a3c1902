// SPDX-License-Identifier: Apache-2.0
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "check.h"
#include "log.h"
#include "log_hash.h"
#include "wire.h"

static uint8_t memory[4096] __attribute__((aligned(64)));
static struct log log_under_test;

static struct log *begin(uint64_t ops, uint64_t bytes)
{
	struct memory_layout layout = {.base = memory};

	memset(memory, 0, sizeof(memory));
	log_init(&log_under_test, &layout, ops, bytes);
	return &log_under_test;
}

static enum log_put put(struct log *log, uint64_t op, const char *payload)
{
	struct log_op entry = {
		.op = op,
		.request = op * 10,
		.client_id = 7,
		.bytes = (uint16_t)strlen(payload),
		.payload = (const uint8_t *)payload,
	};

	return log_put(log, &entry);
}

static void the_chain_is_xxh3_over_op_client_request_and_payload(void)
{
	static const uint8_t first[] = {0, 0, 0, 0, 0, 0, 0, 1,	 0,   0,   0,  7,
					0, 0, 0, 0, 0, 0, 0, 10, 'a', 'b', 'c'};
	static const uint8_t second[] = {0, 0, 0, 0, 0, 0, 0, 2, 0,  0,	 0,
					 7, 0, 0, 0, 0, 0, 0, 0, 20, 'd'};
	struct log *log = begin(4, 64);
	uint64_t expected = XXH3_64bits_withSeed(first, sizeof(first), 0);
	uint64_t hash;

	put(log, 1, "abc");
	put(log, 2, "d");
	CHECK_EQ(log_chain(log, 1), expected);
	expected = XXH3_64bits_withSeed(second, sizeof(second), expected);
	CHECK_EQ(log_chain(log, 2), expected);
	CHECK(log_hash_at(log, 2, &hash));
	CHECK_EQ(hash, expected);
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

static void hash_of_op_zero_is_zero_and_beyond_the_chain_is_unknown(void)
{
	struct log *log = begin(4, 64);
	uint64_t hash = 1;

	put(log, 1, "a");
	CHECK(log_hash_at(log, 0, &hash));
	CHECK_EQ(hash, 0);
	CHECK(!log_hash_at(log, 1, &hash));
	log_chain(log, 1);
	CHECK(log_hash_at(log, 1, &hash));
	CHECK(!log_hash_at(log, 2, &hash));
	CHECK(!log_hash_at(log, UINT64_MAX, &hash));
}

static void ops_beyond_a_gap_are_kept_and_join_the_prefix_once_it_closes(void)
{
	struct log *log = begin(8, 64);

	CHECK_EQ(put(log, 3, "three"), LOG_STORED);
	CHECK_EQ(put(log, 2, "two"), LOG_STORED);
	CHECK_EQ(log->prefix, 0);
	CHECK_EQ(put(log, 1, "one"), LOG_STORED);
	CHECK_EQ(log->prefix, 3);
	CHECK(memcmp(log_payload(log, log_at(log, 2)), "two", 3) == 0);
	CHECK_EQ(log_at(log, 3)->request, 30);
}

static void a_duplicate_changes_nothing(void)
{
	struct log *log = begin(8, 64);

	put(log, 1, "one");
	CHECK_EQ(put(log, 1, "ONE"), LOG_DUPLICATE);
	CHECK_EQ(log->used_bytes, 3);
	CHECK(memcmp(log_payload(log, log_at(log, 1)), "one", 3) == 0);
}

static void a_full_log_refuses_by_ops_and_by_bytes(void)
{
	struct log *log = begin(2, 8);

	CHECK_EQ(put(log, 0, "a"), LOG_NO_ROOM);
	CHECK_EQ(put(log, 3, "a"), LOG_NO_ROOM);
	CHECK_EQ(put(log, UINT64_MAX, "a"), LOG_NO_ROOM);
	CHECK_EQ(put(log, 1, "123456789"), LOG_NO_ROOM);
	CHECK_EQ(put(log, 1, "12345678"), LOG_STORED);
	CHECK_EQ(put(log, 2, "a"), LOG_NO_ROOM);
	CHECK_EQ(put(log, 2, ""), LOG_STORED);
	CHECK_EQ(log->prefix, 2);
	CHECK_EQ(put(log, 3, ""), LOG_NO_ROOM);
}

RUN_TESTS({"the chain is XXH3 over op, client, request and payload",
	   the_chain_is_xxh3_over_op_client_request_and_payload},
	  {"the hash changes with each of its parts", the_hash_changes_with_each_of_its_parts},
	  {"the largest payload is hashed whole", the_largest_payload_is_hashed_whole},
	  {"hash of op 0 is 0 and beyond the chain is unknown",
	   hash_of_op_zero_is_zero_and_beyond_the_chain_is_unknown},
	  {"ops beyond a gap are kept and join the prefix once it closes",
	   ops_beyond_a_gap_are_kept_and_join_the_prefix_once_it_closes},
	  {"a duplicate changes nothing", a_duplicate_changes_nothing},
	  {"a full log refuses by ops and by bytes", a_full_log_refuses_by_ops_and_by_bytes})
