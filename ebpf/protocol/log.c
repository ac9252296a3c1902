// SPDX-License-Identifier: Apache-2.0
#include "log.h"

#include <assert.h>
#include <string.h>

#include "log_hash.h"

static uint64_t power_of_two(uint64_t least)
{
	uint64_t power = 1;

	while (power < least)
		power *= 2;
	return power;
}

void log_init(struct log *log, struct memory_layout *layout, uint64_t capacity_ops,
	      uint32_t payload_max_bytes)
{
	uint64_t capacity = power_of_two(capacity_ops);
	uint32_t stride = (payload_max_bytes + 7u) & ~7u;

	*log = (struct log){
		.entries = memory_take(layout, capacity * sizeof(struct log_entry)),
		.payloads = memory_take(layout, capacity * stride),
		.mask = capacity - 1,
		.stride = stride,
		.first = 1,
	};
}

/* Each op is passed once on its way into the prefix, so this loop is constant per put. */
static void extend_prefix(struct log *log)
{
	uint64_t hash = 0;

	log_hash_at(log, log->prefix, &hash);
	while (log_holds(log, log->prefix + 1)) {
		struct log_entry *entry = log_at(log, ++log->prefix);

		hash = log_hash_next(hash, entry->op, entry->client_id, entry->request,
				     log_payload(log, entry), entry->bytes);
		entry->hash = hash;
	}
}

enum log_put log_put(struct log *log, const struct log_op *entry, uint64_t floor)
{
	struct log_entry *slot = log_at(log, entry->op);

	if (slot->op == entry->op && entry->op)
		return LOG_DUPLICATE;
	if (entry->op <= floor || entry->op <= log->base ||
	    entry->op - floor >= log_capacity(log) || entry->bytes > log->stride)
		return LOG_NO_ROOM;
	*slot = (struct log_entry){
		.op = entry->op,
		.request = entry->request,
		.client_id = entry->client_id,
		.bytes = entry->bytes,
	};
	if (entry->bytes)
		memcpy(log->payloads + (size_t)(slot - log->entries) * log->stride, entry->payload,
		       entry->bytes);
	if (entry->op > log->highest)
		log->highest = entry->op;
	if (log->highest >= log->first + log_capacity(log))
		log->first = log->highest - log->mask;
	if (entry->op == log->prefix + 1)
		extend_prefix(log);
	return LOG_STORED;
}

void log_truncate(struct log *log, uint64_t op)
{
	assert(op <= log->prefix && op >= log->base);
	for (uint64_t gone = op + 1; gone <= log->highest; gone++) {
		if (log_holds(log, gone))
			log_at(log, gone)->op = 0;
	}
	log->prefix = op;
	log->highest = op;
}

void log_begin_at(struct log *log, uint64_t op, uint64_t hash)
{
	memset(log->entries, 0, log_capacity(log) * sizeof(struct log_entry));
	log->first = op + 1;
	log->prefix = op;
	log->highest = op;
	log->base = op;
	log->base_hash = hash;
}

bool log_hash_at(const struct log *log, uint64_t op, uint64_t *hash)
{
	if (op == log->base) {
		*hash = log->base_hash;
		return true;
	}
	if (op > log->prefix || !log_holds(log, op))
		return false;
	*hash = log_at(log, op)->hash;
	return true;
}
