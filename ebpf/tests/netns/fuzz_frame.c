// SPDX-License-Identifier: Apache-2.0
#include "fuzz_frame.h"

#include <arpa/inet.h>
#include <endian.h>
#include <net/ethernet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <string.h>

#include "datagram.h"

const uint8_t fuzz_mac[6] = {0x02, 0xf0, 0x22, 0xf0, 0x22, 0x01};

/* A whole frame as the leader would send it, and how many payload bytes it has. */
struct frame {
	struct ether_header eth;
	struct iphdr ip;
	struct udphdr udp;
	struct wire_header wire;
	uint8_t payload[FUZZ_FRAME_BYTES_MAX - 106];
} __attribute__((packed));

_Static_assert(sizeof(struct frame) == FUZZ_FRAME_BYTES_MAX, "a frame of the largest size");
#define HEADER_BYTES offsetof(struct frame, payload)

const char *fuzz_kind_name(enum fuzz_kind kind)
{
	static const char *const names[] = {
#define X(kind, name, counter) name,
		FUZZ_KINDS(X)
#undef X
	};

	return names[kind];
}

enum bcast_counter fuzz_kind_counter(enum fuzz_kind kind)
{
	static const enum bcast_counter counters[] = {
#define X(kind, name, counter) counter,
		FUZZ_KINDS(X)
#undef X
	};

	return counters[kind];
}

/* SplitMix64. */
static uint64_t next(uint64_t *random)
{
	uint64_t z = *random += 0x9e3779b97f4a7c15ull;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

/* least..most, both included. */
static uint64_t within(uint64_t *random, uint64_t least, uint64_t most)
{
	return least + next(random) % (most - least + 1);
}

static size_t write_valid(struct frame *frame, const struct fuzz_leader *leader, uint64_t *random)
{
	const uint16_t payload_bytes = within(random, 0, sizeof(frame->payload));
	const struct datagram datagram = {
		.type = within(random, 1, WIRE_TYPE_END - 1),
		.flags = WIRE_F_CLONE,
		.run_id = be64toh(leader->run_id),
		.sender = leader->id,
		.window = within(random, 0, WIRE_WINDOWS - 1),
		.payload_bytes = payload_bytes,
		.view = ntohl(leader->view),
		.op = next(random),
		.bcast_seq = within(random, 1, UINT64_MAX - 1),
	};
	uint8_t bytes[DATAGRAM_BYTES_MAX];
	const size_t length = datagram_write(bytes, &datagram);

	memcpy(frame->eth.ether_shost, fuzz_mac, sizeof(fuzz_mac));
	memcpy(frame->eth.ether_dhost, fuzz_mac, sizeof(fuzz_mac));
	frame->eth.ether_type = htons(ETHERTYPE_IP);
	frame->ip = (struct iphdr){
		.version = 4,
		.ihl = 5,
		.tot_len = htons(sizeof(frame->ip) + sizeof(frame->udp) + length),
		.ttl = 9,
		.protocol = IPPROTO_UDP,
		.saddr = leader->ip,
		.daddr = next(random),
	};
	frame->udp = (struct udphdr){
		.source = leader->port,
		.dest = next(random),
		.len = htons(sizeof(frame->udp) + length),
	};
	memcpy(&frame->wire, bytes, length);
	return HEADER_BYTES + payload_bytes;
}

/* Another value than the one that is there. */
static void change(void *field, size_t bytes, uint64_t *random)
{
	const uint64_t bits =
		within(random, 1, bytes < 8 ? (1ull << bytes * 8) - 1 : UINT64_MAX - 1);
	uint8_t mask[8];

	memcpy(mask, &bits, sizeof(mask));
	for (size_t i = 0; i < bytes; i++)
		((uint8_t *)field)[i] ^= mask[i];
}

static void change_source(struct frame *frame, uint64_t *random)
{
	if (next(random) & 1)
		change(&frame->ip.saddr, sizeof(frame->ip.saddr), random);
	else
		change(&frame->udp.source, sizeof(frame->udp.source), random);
}

/* Don't-fragment and the reserved bit may be set as well. */
static void make_fragment(struct frame *frame, uint64_t *random)
{
	frame->ip.frag_off = htons(within(random, 1, 0x3fff) | within(random, 0, 3) << 14);
}

/* One of the three lengths, or all, is larger than what is there. */
static void claim_more(struct frame *frame, uint64_t *random)
{
	const uint16_t more = within(random, 1, 20000);

	switch (next(random) % 4) {
	case 0:
		frame->ip.tot_len = htons(ntohs(frame->ip.tot_len) + more);
		break;
	case 1:
		frame->udp.len = htons(ntohs(frame->udp.len) + more);
		break;
	case 2:
		frame->wire.payload_bytes = htons(ntohs(frame->wire.payload_bytes) + more);
		break;
	default:
		frame->ip.tot_len = htons(ntohs(frame->ip.tot_len) + more);
		frame->udp.len = htons(ntohs(frame->udp.len) + more);
		frame->wire.payload_bytes = htons(ntohs(frame->wire.payload_bytes) + more);
	}
}

/* Near the truth as often as anywhere. */
static uint16_t some_length(uint16_t truth, uint64_t *random)
{
	return next(random) & 1 ? truth + within(random, 0, 16) - 8 : next(random);
}

static void spoil_lengths(struct frame *frame, uint64_t *random)
{
	if (next(random) & 1)
		frame->ip.tot_len = htons(some_length(ntohs(frame->ip.tot_len), random));
	if (next(random) & 1)
		frame->udp.len = htons(some_length(ntohs(frame->udp.len), random));
	if (next(random) & 1)
		frame->wire.payload_bytes =
			htons(some_length(ntohs(frame->wire.payload_bytes), random));
	if (next(random) % 4 == 0)
		frame->ip.ihl = within(random, 0, 15);
}

/* Behind the Ethernet addresses; half of the time in the headers, where it matters. */
static void change_some(uint8_t *bytes, size_t length, uint64_t *random)
{
	const size_t changes = within(random, 1, 4);

	for (size_t i = 0; i < changes; i++) {
		const size_t last = next(random) & 1 ? HEADER_BYTES : length;

		change(bytes + within(random, 12, last - 1), 1, random);
	}
}

static size_t write_random(uint8_t *bytes, uint64_t *random)
{
	const size_t length = within(random, FUZZ_FRAME_BYTES_MIN, FUZZ_FRAME_BYTES_MAX);

	for (size_t i = 12; i < length; i++)
		bytes[i] = next(random);
	/* Else hardly any would get as far as the IP header. */
	if (next(random) & 1) {
		bytes[12] = ETHERTYPE_IP >> 8;
		bytes[13] = ETHERTYPE_IP & 0xff;
	}
	return length;
}

size_t fuzz_frame_write(uint8_t bytes[FUZZ_FRAME_BYTES_MAX], enum fuzz_kind kind,
			const struct fuzz_leader *leader, uint64_t *random)
{
	static struct frame frame;
	size_t length = write_valid(&frame, leader, random);

	switch (kind) {
	case FUZZ_MAGIC:
		change(&frame.wire.magic, sizeof(frame.wire.magic), random);
		break;
	case FUZZ_VERSION:
		change(&frame.wire.version, sizeof(frame.wire.version), random);
		break;
	case FUZZ_RUN:
		change(&frame.wire.run_id, sizeof(frame.wire.run_id), random);
		break;
	case FUZZ_SENDER:
		change(&frame.wire.sender, sizeof(frame.wire.sender), random);
		break;
	case FUZZ_SOURCE:
		change_source(&frame, random);
		break;
	case FUZZ_VIEW:
		change(&frame.wire.view, sizeof(frame.wire.view), random);
		break;
	case FUZZ_FRAGMENT:
		make_fragment(&frame, random);
		break;
	case FUZZ_OVERSIZED:
		claim_more(&frame, random);
		break;
	case FUZZ_TRUNCATED:
		length = within(random, FUZZ_FRAME_BYTES_MIN, length - 1);
		break;
	case FUZZ_LENGTHS:
		spoil_lengths(&frame, random);
		break;
	case FUZZ_MUTATED:
		change_some((uint8_t *)&frame, length, random);
		break;
	case FUZZ_RANDOM:
		length = write_random((uint8_t *)&frame, random);
		break;
	default:
		break;
	}
	memcpy(bytes, &frame, length);
	return length;
}

static bool headers_name_leader(const struct iphdr *ip, const struct udphdr *udp,
				const struct wire_header *wire, const struct fuzz_leader *leader)
{
	return ip->saddr == leader->ip && udp->source == leader->port &&
	       wire->magic == htonl(WIRE_MAGIC) && wire->version == WIRE_VERSION &&
	       wire->run_id == leader->run_id && wire->sender == leader->id &&
	       wire->view == leader->view;
}

bool fuzz_frame_may_be_cloned(const uint8_t *frame, size_t length, const struct fuzz_leader *leader)
{
	struct ether_header eth;
	struct iphdr ip;
	struct udphdr udp;
	struct wire_header wire;
	size_t udp_at, ip_bytes, udp_bytes;

	if (length < sizeof(eth) + sizeof(ip))
		return false;
	memcpy(&eth, frame, sizeof(eth));
	memcpy(&ip, frame + sizeof(eth), sizeof(ip));
	udp_at = sizeof(eth) + ip.ihl * 4u;
	if (eth.ether_type != htons(ETHERTYPE_IP) || ip.version != 4 || ip.ihl < 5 ||
	    ip.protocol != IPPROTO_UDP || (ntohs(ip.frag_off) & 0x3fff) ||
	    udp_at + sizeof(udp) + sizeof(wire) > length)
		return false;
	memcpy(&udp, frame + udp_at, sizeof(udp));
	memcpy(&wire, frame + udp_at + sizeof(udp), sizeof(wire));
	ip_bytes = ntohs(ip.tot_len);
	udp_bytes = ntohs(udp.len);
	return headers_name_leader(&ip, &udp, &wire, leader) && wire.window < WIRE_WINDOWS &&
	       wire.bcast_seq && (wire.flags & htons(WIRE_F_CLONE)) &&
	       sizeof(eth) + ip_bytes <= length && ip.ihl * 4u + udp_bytes <= ip_bytes &&
	       udp_bytes == sizeof(udp) + sizeof(wire) + ntohs(wire.payload_bytes);
}
