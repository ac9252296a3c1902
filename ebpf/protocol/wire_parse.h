/* SPDX-License-Identifier: Apache-2.0 */
/* Between bytes and struct vr_msg; the only code outside BPF that knows the header's byte order. */
#ifndef LAB_WIRE_PARSE_H
#define LAB_WIRE_PARSE_H

#include <stddef.h>
#include <stdint.h>

#include "vr.h"

enum wire_verdict {
	WIRE_OK,
	WIRE_BAD_MAGIC,
	WIRE_BAD_VERSION,
	WIRE_FOREIGN_RUN,
	WIRE_TRUNCATED, /* shorter than the header, or payload_bytes doesn't match the datagram */
	WIRE_UNKNOWN_TYPE,
	WIRE_UNKNOWN_SENDER, /* sender > WIRE_MAX_REPLICAS */
	WIRE_VERDICTS
};

/* Reads one datagram; on WIRE_OK msg is complete and msg->payload points into data. */
enum wire_verdict wire_parse(const uint8_t *data, size_t bytes, uint64_t run_id,
			     struct vr_msg *msg);
/* Writes the 64-byte header; the payload is sent from where it lies. */
void wire_write_header(uint8_t header[WIRE_HEADER_BYTES], const struct vr_msg *msg,
		       uint64_t run_id);

#endif
