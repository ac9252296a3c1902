// SPDX-License-Identifier: Apache-2.0
#include "client_table.h"

#include <string.h>

#include "vr_hooks.h"

/* At most half full, so that a probe sequence stays short. */
static uint32_t index_bits_for(uint32_t capacity)
{
	uint32_t bits = 1;

	while ((1ull << bits) < 2ull * capacity)
		bits++;
	return bits;
}

void client_table_init(struct client_table *table, struct memory_layout *layout, uint32_t capacity,
		       uint32_t reply_max_bytes)
{
	uint32_t bits = index_bits_for(capacity);

	*table = (struct client_table){
		.clients = memory_take(layout, (size_t)capacity * sizeof(struct client)),
		.index = memory_take(layout, sizeof(uint32_t) << bits),
		.replies = memory_take(layout, (size_t)capacity * reply_max_bytes),
		.index_bits = bits,
		.reply_max_bytes = reply_max_bytes,
		.capacity = capacity,
	};
}

/* Where the client's position stands in the index, or the free place where it belongs. */
static uint32_t place_of(const struct client_table *table, uint32_t id)
{
	uint32_t mask = (1u << table->index_bits) - 1;
	/* Fibonacci hashing: client ids count up, and must not fill one stretch of the index. */
	uint32_t at = (id * 2654435769u) >> (32 - table->index_bits);

	while (table->index[at] && table->clients[table->index[at] - 1].id != id)
		at = (at + 1) & mask;
	return at;
}

struct client *client_table_find(const struct client_table *table, uint32_t id)
{
	uint32_t position = table->index[place_of(table, id)];

	return position ? &table->clients[position - 1] : NULL;
}

struct client *client_table_obtain(struct client_table *table, uint32_t id)
{
	uint32_t at = place_of(table, id);

	if (table->index[at])
		return &table->clients[table->index[at] - 1];
	if (table->count == table->capacity)
		return NULL;
	table->index[at] = ++table->count;
	table->clients[table->count - 1].id = id;
	return &table->clients[table->count - 1];
}

void client_table_clear(struct client_table *table)
{
	memset(table->index, 0, sizeof(uint32_t) << table->index_bits);
	memset(table->clients, 0, (size_t)table->count * sizeof(struct client));
	table->count = 0;
}

void client_table_drop_in_progress(struct client_table *table)
{
	for (uint32_t i = 0; i < table->count; i++)
		table->clients[i].request = table->clients[i].executed;
}

enum client_verdict client_judge(const struct client *client, uint64_t request)
{
	if (VR_HOOK_CLIENT_TABLE_OFF || request > client->request)
		return CLIENT_NEW;
	if (request < client->request)
		return CLIENT_STALE;
	return client->executed == request ? CLIENT_REPLIED : CLIENT_IN_PROGRESS;
}
