/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A checkpoint: all that the operations 1..op did, as bytes (VR Revisited 5.1 and
 * 5.2): the key-value store and the client table. It is taken when a replica asks
 * for it that is further behind than the log reaches back.
 */
#ifndef LAB_CHECKPOINT_H
#define LAB_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client_table.h"
#include "kv.h"

/* The most that a checkpoint of these two can take. */
size_t checkpoint_bytes_max(const struct kv *kv, const struct client_table *clients);
/* Writes it into a buffer of checkpoint_bytes_max; returns its length. */
size_t checkpoint_write(uint8_t *buffer, const struct kv *kv, const struct client_table *clients);
/* Replaces both by what the bytes say; false, with both as they were, if they make no sense. */
bool checkpoint_read(const uint8_t *buffer, size_t bytes, struct kv *kv,
		     struct client_table *clients);

#endif
