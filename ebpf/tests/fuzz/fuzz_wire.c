// SPDX-License-Identifier: Apache-2.0
/*
 * Any bytes as a datagram: never read beyond their end (libFuzzer's buffer is exact), and what is accepted is
 * written back as it came, so that no bit of a header is without meaning.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wire_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
	uint8_t header[WIRE_HEADER_BYTES];
	struct vr_msg msg;

	if (wire_parse(data, bytes, FUZZ_RUN_ID, &msg) != WIRE_OK)
		return 0;
	wire_write_header(header, &msg, FUZZ_RUN_ID);
	if (msg.payload != data + WIRE_HEADER_BYTES ||
	    msg.payload_bytes != bytes - WIRE_HEADER_BYTES ||
	    memcmp(header, data, sizeof(header)) != 0)
		abort();
	return 0;
}
