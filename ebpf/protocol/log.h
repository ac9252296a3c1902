/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The operation log: a preallocated ring of the latest operations, each with room
 * for the largest payload, so that an entry can be replaced where it stands. An op
 * beyond a gap is kept at its own place; `prefix` is the last op of the gapless
 * prefix, whose chain hash is known at every op that is still held.
 */
#ifndef LAB_LOG_H
#define LAB_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory_layout.h"

#define LOG_CAPACITY_OPS_MIN 16
#define LOG_CAPACITY_OPS_MAX (1ull << 24)

struct log_entry {
	uint64_t op; /* 0: the place is free */
	uint64_t request;
	uint64_t hash; /* chain through this op, once it lies within the prefix */
	uint32_t client_id;
	uint16_t bytes;
};

struct log {
	struct log_entry *entries; /* op n stands at n & mask */
	uint8_t *payloads; /* stride bytes each */
	uint64_t mask;
	uint32_t stride;
	uint64_t first; /* the oldest op that may be held */
	uint64_t prefix;
	uint64_t highest; /* the latest op put, beyond gaps too */
	uint64_t base; /* where the log was begun; its hash is known without an entry */
	uint64_t base_hash;
};

enum log_put { LOG_STORED, LOG_DUPLICATE, LOG_NO_ROOM };

/* What is written at an op. payload is copied. */
struct log_op {
	uint64_t op; /* >= 1 */
	uint64_t request;
	uint32_t client_id;
	uint16_t bytes;
	const uint8_t *payload;
};

/* Places the log in a block; capacity is rounded up to a power of two. With layout->base NULL only the size is added up. */
void log_init(struct log *log, struct memory_layout *layout, uint64_t capacity_ops,
	      uint32_t payload_max_bytes);
/*
 * floor: the last op executed. It and what follows it are never overwritten: an op
 * that would need their places finds no room, nor does one at or below the floor.
 */
enum log_put log_put(struct log *log, const struct log_op *entry, uint64_t floor);
/* Forgets every op behind `op`, those beyond gaps as well. op must not lie behind the prefix. */
void log_truncate(struct log *log, uint64_t op);
/* Forgets everything; the log now begins behind `op`, whose chain hash this is. */
void log_begin_at(struct log *log, uint64_t op, uint64_t hash);
/* Chain through op; false if it lies beyond the prefix or isn't held any more. */
bool log_hash_at(const struct log *log, uint64_t op, uint64_t *hash);

static inline uint64_t log_capacity(const struct log *log)
{
	return log->mask + 1;
}

static inline struct log_entry *log_at(const struct log *log, uint64_t op)
{
	return &log->entries[op & log->mask];
}

static inline const uint8_t *log_payload(const struct log *log, const struct log_entry *entry)
{
	return log->payloads + (size_t)(entry - log->entries) * log->stride;
}

static inline bool log_holds(const struct log *log, uint64_t op)
{
	return op >= 1 && log_at(log, op)->op == op;
}

/* The op at this place as log_put takes it. */
static inline struct log_op log_read(const struct log *log, uint64_t op)
{
	const struct log_entry *entry = log_at(log, op);

	return (struct log_op){
		.op = op,
		.request = entry->request,
		.client_id = entry->client_id,
		.bytes = entry->bytes,
		.payload = log_payload(log, entry),
	};
}

#endif
