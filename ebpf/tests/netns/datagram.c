// SPDX-License-Identifier: Apache-2.0
#include "datagram.h"

#include <arpa/inet.h>
#include <endian.h>
#include <string.h>

static uint8_t payload_byte(uint64_t op, size_t position)
{
	return (uint8_t)(op * 31 + position * 7 + 1);
}

size_t datagram_write(uint8_t bytes[DATAGRAM_BYTES_MAX], const struct datagram *datagram)
{
	struct wire_header header = {
		.magic = htonl(WIRE_MAGIC),
		.version = datagram->version ? datagram->version : WIRE_VERSION,
		.type = datagram->type ? datagram->type : WIRE_PREPARE,
		.flags = htons(datagram->flags),
		.run_id = htobe64(datagram->run_id ? datagram->run_id : DATAGRAM_RUN_ID),
		.sender = datagram->sender ? datagram->sender : 1,
		.window = datagram->window,
		.payload_bytes = htons(datagram->payload_bytes),
		.incarnation = htonl(77),
		.view = htonl(datagram->view),
		.op = htobe64(datagram->op),
		.bcast_seq = htobe64(datagram->bcast_seq),
	};

	memcpy(bytes, &header, sizeof(header));
	for (size_t i = 0; i < datagram->payload_bytes; i++)
		bytes[sizeof(header) + i] = payload_byte(datagram->op, i);
	return sizeof(header) + datagram->payload_bytes;
}

int datagram_intact(const uint8_t *bytes, size_t length)
{
	struct wire_header header;

	if (length < sizeof(header))
		return 0;
	memcpy(&header, bytes, sizeof(header));
	if (header.magic != htonl(WIRE_MAGIC) ||
	    length != sizeof(header) + ntohs(header.payload_bytes))
		return 0;
	for (size_t i = sizeof(header); i < length; i++)
		if (bytes[i] != payload_byte(be64toh(header.op), i - sizeof(header)))
			return 0;
	return 1;
}
