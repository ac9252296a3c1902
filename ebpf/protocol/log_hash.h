/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hash chain over committed operations:
 *   h(0) = 0,  h(n) = XXH3_64(op || client_id || request || payload, seed = h(n-1))
 * over op, client and request number as big-endian u64, u32, u64. Never over
 * batches or views, so that it is the same whatever the network did. XXH3 is a
 * published non-cryptographic hash (Debian: libxxhash-dev); it guards against
 * mistakes, not against forgers.
 */
#ifndef LAB_LOG_HASH_H
#define LAB_LOG_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t log_hash_next(uint64_t previous, uint64_t op, uint32_t client_id, uint64_t request,
		       const uint8_t *payload, size_t bytes);

#endif
