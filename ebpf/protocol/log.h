/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The preallocated operation log: an index of fixed-size entries, one per op,
 * and one arena that payloads are appended to as they arrive. An op beyond a
 * gap is kept at its own place; `prefix` is the last op of the gapless prefix.
 */
#ifndef LAB_LOG_H
#define LAB_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory_layout.h"

#define LOG_CAPACITY_OPS_MAX (1ull << 32)
#define LOG_CAPACITY_BYTES_MAX (1ull << 32) /* the arena is addressed with 32 bits */

struct log_entry {
	uint64_t request;
	uint64_t hash; /* chain through this op, once log_chain has passed it */
	uint32_t offset; /* of the payload in the arena */
	uint32_t client_id;
	uint16_t bytes;
	bool present;
};

struct log {
	struct log_entry *entries; /* op n stands at n - 1 */
	uint8_t *arena;
	uint64_t capacity_ops;
	uint64_t capacity_bytes;
	uint64_t used_bytes;
	uint64_t prefix;
	uint64_t chained; /* hashes are known through this op */
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

/* Places the log in a block; with layout->base NULL only the size is added up. */
void log_init(struct log *log, struct memory_layout *layout, uint64_t capacity_ops,
	      uint64_t capacity_bytes);
bool log_has_room(const struct log *log, uint64_t op, uint16_t bytes);
enum log_put log_put(struct log *log, const struct log_op *entry);
/* Hashes op, which must be chained + 1 and within the prefix; returns the chain's new end. */
uint64_t log_chain(struct log *log, uint64_t op);
/* Chain through op; false if op lies beyond `chained`. op 0 gives 0. */
bool log_hash_at(const struct log *log, uint64_t op, uint64_t *hash);

/* op must lie in 1..capacity_ops. */
static inline struct log_entry *log_at(const struct log *log, uint64_t op)
{
	return &log->entries[op - 1];
}

static inline const uint8_t *log_payload(const struct log *log, const struct log_entry *entry)
{
	return log->arena + entry->offset;
}

static inline bool log_holds(const struct log *log, uint64_t op)
{
	return op >= 1 && op <= log->capacity_ops && log_at(log, op)->present;
}

#endif
