// SPDX-License-Identifier: Apache-2.0
#include <endian.h>

#include "check.h"
#include "kv.h"
#include "wire.h"

static uint8_t memory[1024] __attribute__((aligned(64)));
static struct kv kv;
static uint8_t result[16];

static void begin(void)
{
	struct memory_layout layout = {.base = memory};

	memset(memory, 0, sizeof(memory));
	kv_init(&kv, &layout, 4, 16);
}

static uint16_t execute(uint8_t verb, uint32_t key, const char *value)
{
	uint8_t payload[64];
	struct kv_command command = {.verb = verb, .key = htobe32(key)};

	memcpy(payload, &command, sizeof(command));
	memcpy(payload + sizeof(command), value, strlen(value));
	return kv_execute(&kv, payload, (uint16_t)(sizeof(command) + strlen(value)), result);
}

static void a_put_returns_what_it_replaced_and_a_get_what_is_there(void)
{
	begin();
	CHECK_EQ(execute(KV_GET, 1, "filler"), 0);
	CHECK_EQ(execute(KV_PUT, 1, "first"), 0);
	CHECK_EQ(execute(KV_GET, 1, "filler"), 5);
	CHECK(memcmp(result, "first", 5) == 0);
	CHECK_EQ(execute(KV_PUT, 1, "second"), 5);
	CHECK(memcmp(result, "first", 5) == 0);
	CHECK_EQ(execute(KV_PUT, 1, ""), 6);
	CHECK_EQ(execute(KV_GET, 1, ""), 0);
}

static void keys_wrap_and_do_not_touch_their_neighbours(void)
{
	begin();
	execute(KV_PUT, 2, "0123456789abcdef");
	CHECK_EQ(execute(KV_GET, 1, ""), 0);
	CHECK_EQ(execute(KV_GET, 3, ""), 0);
	CHECK_EQ(execute(KV_GET, 6, ""), 16);
	CHECK_EQ(execute(KV_GET, UINT32_MAX - 1, ""), 16);
}

static void what_is_no_command_does_nothing(void)
{
	begin();
	CHECK_EQ(execute(KV_PUT, 1, "kept"), 0);
	CHECK_EQ(execute(0, 1, "x"), 0);
	CHECK_EQ(execute(3, 1, "x"), 0);
	CHECK_EQ(execute(KV_PUT, 1, "seventeen letters"), 0);
	CHECK_EQ(kv_execute(&kv, (const uint8_t *)"\2\0\0\0\0\0\0", 7, result), 0);
	CHECK_EQ(kv_execute(&kv, NULL, 0, result), 0);
	CHECK_EQ(execute(KV_GET, 1, ""), 4);
	CHECK(memcmp(result, "kept", 4) == 0);
}

static void a_cleared_store_holds_nothing(void)
{
	begin();
	execute(KV_PUT, 1, "kept");
	kv_clear(&kv);
	CHECK_EQ(execute(KV_GET, 1, ""), 0);
}

RUN_TESTS({"a PUT returns what it replaced and a GET what is there",
	   a_put_returns_what_it_replaced_and_a_get_what_is_there},
	  {"keys wrap and do not touch their neighbours",
	   keys_wrap_and_do_not_touch_their_neighbours},
	  {"what is no command does nothing", what_is_no_command_does_nothing},
	  {"a cleared store holds nothing", a_cleared_store_holds_nothing})
