/* SPDX-License-Identifier: Apache-2.0 */
/* Lab datagrams as a replica would send them, and on purpose as it would not. */
#ifndef NETNS_DATAGRAM_H
#define NETNS_DATAGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "wire.h"

#define DATAGRAM_RUN_ID 0x1122334455667788ull
/* Room for one that must be fragmented or segmented. */
#define DATAGRAM_BYTES_MAX 16384

struct datagram {
	uint8_t version; /* 0: WIRE_VERSION */
	uint8_t type; /* 0: WIRE_PREPARE */
	uint16_t flags;
	uint64_t run_id; /* 0: DATAGRAM_RUN_ID */
	uint8_t sender; /* 0: replica 1 */
	uint8_t window;
	uint16_t payload_bytes; /* as the header claims */
	uint32_t view;
	uint64_t bcast_seq;
	uint64_t op;
};

/* Header and a payload whose bytes depend on position and op. Returns the length. */
size_t datagram_write(uint8_t bytes[DATAGRAM_BYTES_MAX], const struct datagram *datagram);
/* 1 if these bytes are a lab datagram with an intact payload. */
int datagram_intact(const uint8_t *bytes, size_t length);

#endif
