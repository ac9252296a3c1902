/* SPDX-License-Identifier: Apache-2.0 */
/*
 * VR Revisited's client table: the last request of each client and, once it is
 * executed, its reply. It makes every request execute at most once.
 */
#ifndef LAB_CLIENT_TABLE_H
#define LAB_CLIENT_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "memory_layout.h"
#include "vr.h"

struct client {
	uint64_t request; /* highest that got an op */
	uint64_t executed; /* highest that was executed; its reply is the one kept */
	uint64_t reply_op;
	vr_return_address from;
	uint32_t id;
	uint16_t reply_bytes;
	bool reachable; /* `from` is known: it sent something to this replica */
};

struct client_table {
	struct client *clients;
	uint32_t *index; /* open addressing over client ids: position + 1, 0 is free */
	uint8_t *replies; /* reply_max_bytes per client */
	uint32_t index_bits;
	uint32_t reply_max_bytes;
	uint32_t capacity;
	uint32_t count;
};

/* What VR Revisited 4.1, step 2 does with a REQUEST. */
enum client_verdict {
	CLIENT_NEW, /* newer than all before: give it an op */
	CLIENT_IN_PROGRESS, /* has an op, isn't executed yet: its reply will come */
	CLIENT_REPLIED, /* the last one, executed: send the stored reply again */
	CLIENT_STALE, /* older than the last one: drop */
};

void client_table_init(struct client_table *table, struct memory_layout *layout, uint32_t capacity,
		       uint32_t reply_max_bytes);
/* Finds or adds; NULL when a new client finds the table full. */
struct client *client_table_obtain(struct client_table *table, uint32_t id);
/* NULL if it isn't there. */
struct client *client_table_find(const struct client_table *table, uint32_t id);
/* As if no client had ever asked. */
void client_table_clear(struct client_table *table);
/* No request is in progress any more: what was prepared is to be noted anew, from the log. */
void client_table_drop_in_progress(struct client_table *table);
enum client_verdict client_judge(const struct client *client, uint64_t request);

static inline uint8_t *client_reply(const struct client_table *table, const struct client *client)
{
	return table->replies + (size_t)(client - table->clients) * table->reply_max_bytes;
}

#endif
