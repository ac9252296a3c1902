// SPDX-License-Identifier: Apache-2.0
#include "wire_parse.h"

#include <endian.h>
#include <string.h>

static enum wire_verdict verdict_of(const struct wire_header *header, size_t bytes, uint64_t run_id)
{
	if (header->version != WIRE_VERSION)
		return WIRE_BAD_VERSION;
	if (be64toh(header->run_id) != run_id)
		return WIRE_FOREIGN_RUN;
	/* A datagram that is longer than it claims is as suspect as one that is shorter. */
	if (bytes - WIRE_HEADER_BYTES != be16toh(header->payload_bytes))
		return WIRE_TRUNCATED;
	if (header->type == 0 || header->type >= WIRE_TYPE_END)
		return WIRE_UNKNOWN_TYPE;
	if (header->sender > WIRE_MAX_REPLICAS)
		return WIRE_UNKNOWN_SENDER;
	return WIRE_OK;
}

enum wire_verdict wire_parse(const uint8_t *data, size_t bytes, uint64_t run_id, struct vr_msg *msg)
{
	struct wire_header header;
	enum wire_verdict verdict;

	/* The magic comes before the length: a short foreign datagram is foreign, not cut off. */
	if (bytes < sizeof(header.magic))
		return WIRE_TRUNCATED;
	memcpy(&header.magic, data, sizeof(header.magic));
	if (be32toh(header.magic) != WIRE_MAGIC)
		return WIRE_BAD_MAGIC;
	if (bytes < WIRE_HEADER_BYTES)
		return WIRE_TRUNCATED;
	memcpy(&header, data, sizeof(header));
	verdict = verdict_of(&header, bytes, run_id);
	if (verdict != WIRE_OK)
		return verdict;
	*msg = (struct vr_msg){
		.type = header.type,
		.flags = be16toh(header.flags),
		.sender = header.sender,
		.window = header.window,
		.incarnation = be32toh(header.incarnation),
		.view = be32toh(header.view),
		.client_id = be32toh(header.client_id),
		.op = be64toh(header.op),
		.commit = be64toh(header.commit),
		.bcast_seq = be64toh(header.bcast_seq),
		.request = be64toh(header.request),
		.payload_bytes = be16toh(header.payload_bytes),
		.payload = data + WIRE_HEADER_BYTES,
	};
	return WIRE_OK;
}

void wire_write_header(uint8_t header[WIRE_HEADER_BYTES], const struct vr_msg *msg, uint64_t run_id)
{
	struct wire_header wire = {
		.magic = htobe32(WIRE_MAGIC),
		.version = WIRE_VERSION,
		.type = msg->type,
		.flags = htobe16(msg->flags),
		.run_id = htobe64(run_id),
		.sender = msg->sender,
		.window = msg->window,
		.payload_bytes = htobe16(msg->payload_bytes),
		.incarnation = htobe32(msg->incarnation),
		.view = htobe32(msg->view),
		.client_id = htobe32(msg->client_id),
		.op = htobe64(msg->op),
		.commit = htobe64(msg->commit),
		.bcast_seq = htobe64(msg->bcast_seq),
		.request = htobe64(msg->request),
	};

	memcpy(header, &wire, sizeof(wire));
}
