// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "check.h"
#include "client_table.h"

static struct client_table table;

static void *begin(uint32_t capacity)
{
	struct memory_layout layout = {0};
	void *memory;

	client_table_init(&table, &layout, capacity, 16);
	memory = aligned_alloc(64, (layout.used + 63) & ~(size_t)63);
	memset(memory, 0, layout.used);
	layout = (struct memory_layout){.base = memory};
	client_table_init(&table, &layout, capacity, 16);
	return memory;
}

static void check_judgement(void)
{
	struct client *client = client_table_obtain(&table, 9);

	CHECK_EQ(client_judge(client, 1), CLIENT_NEW);
	client->request = 3;
	client->executed = 2;
	CHECK_EQ(client_judge(client, 3), CLIENT_IN_PROGRESS);
	CHECK_EQ(client_judge(client, 2), CLIENT_STALE);
	CHECK_EQ(client_judge(client, 4), CLIENT_NEW);
	client->executed = 3;
	CHECK_EQ(client_judge(client, 3), CLIENT_REPLIED);
	CHECK_EQ(client_judge(client, 1), CLIENT_STALE);
}

static void a_request_is_new_once(void)
{
	void *memory = begin(4);

	check_judgement();
	free(memory);
}

static void check_bounds(void)
{
	/* Id 0 and ids that share low bits are clients like any other. */
	struct client *zero = client_table_obtain(&table, 0);
	struct client *other = client_table_obtain(&table, 1u << 31);

	CHECK(zero && other && zero != other);
	CHECK(client_table_obtain(&table, 5));
	CHECK(!client_table_obtain(&table, 6));
	CHECK(client_table_obtain(&table, 0) == zero);
	CHECK(client_table_obtain(&table, 1u << 31) == other);
	CHECK(client_reply(&table, other) == client_reply(&table, zero) + 16);
}

static void a_full_table_refuses_new_clients_and_keeps_the_old(void)
{
	void *memory = begin(3);

	check_bounds();
	free(memory);
}

static void check_many(void)
{
	for (uint32_t id = 0; id < 5000; id++) {
		struct client *client = client_table_obtain(&table, id * 7919u);

		CHECK(client);
		client->request = id + 1;
	}
	for (uint32_t id = 0; id < 5000; id++)
		CHECK_EQ(client_table_obtain(&table, id * 7919u)->request, id + 1);
	CHECK_EQ(table.count, 5000);
}

static void many_clients_are_told_apart(void)
{
	void *memory = begin(5000);

	check_many();
	free(memory);
}

static void check_find(void)
{
	struct client *five = client_table_obtain(&table, 5);

	CHECK(client_table_find(&table, 5) == five);
	CHECK(!client_table_find(&table, 6));
	CHECK_EQ(table.count, 1);
	client_table_clear(&table);
	CHECK(!client_table_find(&table, 5));
	five = client_table_obtain(&table, 7);
	CHECK_EQ(five->request, 0);
	CHECK_EQ(five->executed, 0);
}

static void a_cleared_table_knows_nobody(void)
{
	void *memory = begin(2);

	check_find();
	free(memory);
}

/* A new leader's log may not hold what an old one had given an op. */
static void check_in_progress(void)
{
	struct client *client = client_table_obtain(&table, 9);

	client->request = 5;
	client->executed = 3;
	client_table_drop_in_progress(&table);
	CHECK_EQ(client_judge(client, 5), CLIENT_NEW);
	CHECK_EQ(client_judge(client, 3), CLIENT_REPLIED);
}

static void what_is_in_progress_can_be_dropped(void)
{
	void *memory = begin(2);

	check_in_progress();
	free(memory);
}

RUN_TESTS({"a request is new once", a_request_is_new_once},
	  {"a full table refuses new clients and keeps the old",
	   a_full_table_refuses_new_clients_and_keeps_the_old},
	  {"many clients are told apart", many_clients_are_told_apart},
	  {"a cleared table knows nobody", a_cleared_table_knows_nobody},
	  {"what is in progress can be dropped", what_is_in_progress_can_be_dropped})
