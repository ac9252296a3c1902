// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "wire_parse.h"

#define RUN_ID 0x0102030405060708ull

static const struct vr_msg EXAMPLE = {
	.type = WIRE_PREPARE,
	.flags = WIRE_F_CLONE,
	.sender = 3,
	.window = 1,
	.incarnation = 0x11121314,
	.view = 0x21222324,
	.client_id = 0x31323334,
	.op = 0x4142434445464748ull,
	.commit = 0x5152535455565758ull,
	.bcast_seq = 0x6162636465666768ull,
	.request = 0x7172737475767778ull,
	.payload_bytes = 2,
	.payload = (const uint8_t *)"ab",
};

static size_t write_example(uint8_t datagram[WIRE_HEADER_BYTES + 2])
{
	wire_write_header(datagram, &EXAMPLE, RUN_ID);
	memcpy(datagram + WIRE_HEADER_BYTES, EXAMPLE.payload, 2);
	return WIRE_HEADER_BYTES + 2;
}

static void every_field_travels_in_network_byte_order_at_its_offset(void)
{
	static const uint8_t expected[WIRE_HEADER_BYTES] = {
		'E',  'L',  'A',  'B',
		2,    5,    0,	  1, /* magic, version, type, flags */
		1,    2,    3,	  4,
		5,    6,    7,	  8, /* run_id */
		3,    1,    0,	  2,
		0x11, 0x12, 0x13, 0x14, /* sender, window, bytes, incarnation */
		0x21, 0x22, 0x23, 0x24,
		0x31, 0x32, 0x33, 0x34, /* view, client_id */
		0x41, 0x42, 0x43, 0x44,
		0x45, 0x46, 0x47, 0x48, /* op */
		0x51, 0x52, 0x53, 0x54,
		0x55, 0x56, 0x57, 0x58, /* commit */
		0x61, 0x62, 0x63, 0x64,
		0x65, 0x66, 0x67, 0x68, /* bcast_seq */
		0x71, 0x72, 0x73, 0x74,
		0x75, 0x76, 0x77, 0x78, /* request */
	};
	uint8_t datagram[WIRE_HEADER_BYTES + 2];

	write_example(datagram);
	for (size_t at = 0; at < sizeof(expected); at++)
		CHECK_EQ(datagram[at], expected[at]);
}

static void what_was_written_is_read_back(void)
{
	uint8_t datagram[WIRE_HEADER_BYTES + 2];
	size_t bytes = write_example(datagram);
	struct vr_msg msg;

	CHECK_EQ(wire_parse(datagram, bytes, RUN_ID, &msg), WIRE_OK);
	CHECK_EQ(msg.type, EXAMPLE.type);
	CHECK_EQ(msg.flags, EXAMPLE.flags);
	CHECK_EQ(msg.sender, EXAMPLE.sender);
	CHECK_EQ(msg.window, EXAMPLE.window);
	CHECK_EQ(msg.incarnation, EXAMPLE.incarnation);
	CHECK_EQ(msg.view, EXAMPLE.view);
	CHECK_EQ(msg.client_id, EXAMPLE.client_id);
	CHECK_EQ(msg.op, EXAMPLE.op);
	CHECK_EQ(msg.commit, EXAMPLE.commit);
	CHECK_EQ(msg.bcast_seq, EXAMPLE.bcast_seq);
	CHECK_EQ(msg.request, EXAMPLE.request);
	CHECK_EQ(msg.payload_bytes, 2);
	CHECK(memcmp(msg.payload, "ab", 2) == 0);
}

/* The verdict on the example with one byte changed, cut to `bytes`. */
static enum wire_verdict verdict_with(size_t offset, uint8_t value, size_t bytes)
{
	uint8_t datagram[WIRE_HEADER_BYTES + 2];
	struct vr_msg msg;

	write_example(datagram);
	datagram[offset] = value;
	return wire_parse(datagram, bytes, RUN_ID, &msg);
}

static void each_verdict_names_what_is_wrong(void)
{
	size_t whole = WIRE_HEADER_BYTES + 2;

	CHECK_EQ(verdict_with(0, 'E', whole), WIRE_OK);
	CHECK_EQ(verdict_with(3, 'X', whole), WIRE_BAD_MAGIC);
	CHECK_EQ(verdict_with(4, WIRE_VERSION - 1, whole), WIRE_BAD_VERSION);
	CHECK_EQ(verdict_with(4, WIRE_VERSION + 1, whole), WIRE_BAD_VERSION);
	CHECK_EQ(verdict_with(15, 9, whole), WIRE_FOREIGN_RUN);
	CHECK_EQ(verdict_with(5, 0, whole), WIRE_UNKNOWN_TYPE);
	CHECK_EQ(verdict_with(5, WIRE_TYPE_END, whole), WIRE_UNKNOWN_TYPE);
	CHECK_EQ(verdict_with(16, WIRE_MAX_REPLICAS + 1, whole), WIRE_UNKNOWN_SENDER);
	CHECK_EQ(verdict_with(16, WIRE_MAX_REPLICAS, whole), WIRE_OK);
	CHECK_EQ(verdict_with(16, 0, whole), WIRE_OK);
}

static void a_payload_that_does_not_match_the_datagram_is_truncated(void)
{
	CHECK_EQ(verdict_with(0, 'E', WIRE_HEADER_BYTES + 1), WIRE_TRUNCATED);
	CHECK_EQ(verdict_with(19, 1, WIRE_HEADER_BYTES + 2), WIRE_TRUNCATED);
	CHECK_EQ(verdict_with(18, 0xff, WIRE_HEADER_BYTES + 2), WIRE_TRUNCATED);
}

static void every_short_length_is_truncated_and_never_read_past(void)
{
	for (size_t bytes = 0; bytes < WIRE_HEADER_BYTES; bytes++) {
		uint8_t datagram[WIRE_HEADER_BYTES + 2];
		uint8_t *exact = datagram + sizeof(datagram) - bytes;
		struct vr_msg msg;

		/* Right-aligned, so that one byte too many is caught by the address sanitizer. */
		write_example(datagram);
		memmove(exact, datagram, bytes);
		CHECK_EQ(wire_parse(exact, bytes, RUN_ID, &msg), WIRE_TRUNCATED);
	}
}

static void a_short_foreign_datagram_is_foreign(void)
{
	struct vr_msg msg;

	CHECK_EQ(wire_parse((const uint8_t *)"hello world", 11, RUN_ID, &msg), WIRE_BAD_MAGIC);
}

RUN_TESTS({"every field travels in network byte order at its offset",
	   every_field_travels_in_network_byte_order_at_its_offset},
	  {"what was written is read back", what_was_written_is_read_back},
	  {"each verdict names what is wrong", each_verdict_names_what_is_wrong},
	  {"a payload that does not match the datagram is truncated",
	   a_payload_that_does_not_match_the_datagram_is_truncated},
	  {"every short length is truncated and never read past",
	   every_short_length_is_truncated_and_never_read_past},
	  {"a short foreign datagram is foreign", a_short_foreign_datagram_is_foreign})
