// SPDX-License-Identifier: Apache-2.0
#include "log.h"

#include <assert.h>
#include <string.h>

#include "log_hash.h"

void log_init(struct log *log, struct memory_layout *layout, uint64_t capacity_ops,
	      uint64_t capacity_bytes)
{
	*log = (struct log){
		.entries = memory_take(layout, capacity_ops * sizeof(struct log_entry)),
		.arena = memory_take(layout, capacity_bytes),
		.capacity_ops = capacity_ops,
		.capacity_bytes = capacity_bytes,
	};
}

bool log_has_room(const struct log *log, uint64_t op, uint16_t bytes)
{
	return op >= 1 && op <= log->capacity_ops && bytes <= log->capacity_bytes - log->used_bytes;
}

enum log_put log_put(struct log *log, const struct log_op *entry)
{
	struct log_entry *slot;

	if (log_holds(log, entry->op))
		return LOG_DUPLICATE;
	if (!log_has_room(log, entry->op, entry->bytes))
		return LOG_NO_ROOM;
	slot = log_at(log, entry->op);
	slot->request = entry->request;
	slot->client_id = entry->client_id;
	slot->offset = (uint32_t)log->used_bytes;
	slot->bytes = entry->bytes;
	slot->present = true;
	if (entry->bytes)
		memcpy(log->arena + log->used_bytes, entry->payload, entry->bytes);
	log->used_bytes += entry->bytes;
	/* Each op is passed once over the log's life, so this loop is constant per put. */
	while (log->prefix < log->capacity_ops && log_at(log, log->prefix + 1)->present)
		log->prefix++;
	return LOG_STORED;
}

uint64_t log_chain(struct log *log, uint64_t op)
{
	struct log_entry *entry = log_at(log, op);
	uint64_t previous = op > 1 ? log_at(log, op - 1)->hash : 0;

	assert(op == log->chained + 1 && op <= log->prefix);
	entry->hash = log_hash_next(previous, op, entry->client_id, entry->request,
				    log_payload(log, entry), entry->bytes);
	log->chained = op;
	return entry->hash;
}

bool log_hash_at(const struct log *log, uint64_t op, uint64_t *hash)
{
	if (op > log->chained)
		return false;
	*hash = op ? log_at(log, op)->hash : 0;
	return true;
}
