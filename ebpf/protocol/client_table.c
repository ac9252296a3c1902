// SPDX-License-Identifier: Apache-2.0
#include "client_table.h"

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

struct client *client_table_obtain(struct client_table *table, uint32_t id)
{
	uint32_t mask = (1u << table->index_bits) - 1;
	/* Fibonacci hashing: client ids count up, and must not fill one stretch of the index. */
	uint32_t at = (id * 2654435769u) >> (32 - table->index_bits);

	for (; table->index[at]; at = (at + 1) & mask) {
		struct client *client = &table->clients[table->index[at] - 1];

		if (client->id == id)
			return client;
	}
	if (table->count == table->capacity)
		return NULL;
	table->index[at] = ++table->count;
	table->clients[table->count - 1].id = id;
	return &table->clients[table->count - 1];
}

enum client_verdict client_judge(const struct client *client, uint64_t request)
{
	if (VR_HOOK_CLIENT_TABLE_OFF || request > client->request)
		return CLIENT_NEW;
	if (request < client->request)
		return CLIENT_STALE;
	return client->executed == request ? CLIENT_REPLIED : CLIENT_IN_PROGRESS;
}
