/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/* Whether a frame that arrives is a datagram of the lab for us, and from whom. */
#ifndef LAB_FAULT_DATAGRAM_H
#define LAB_FAULT_DATAGRAM_H

#include <stdbool.h>

#include "fault.h"
#include "parse.h"

/*
 * A copy that we made bears the group bit in its Ethernet source address. No
 * station has such an address, and a bridge drops frames that claim one, so what
 * bears it is ours. skb->mark would not do: an XDP program cannot read it.
 */
#define FAULT_COPY_BIT 0x01

struct fault_datagram {
	__u32 sender; /* below FAULT_SENDERS */
	__u8 source_byte; /* the first of the Ethernet source address */
};

static __always_inline bool is_for(const struct ethhdr *eth, const volatile __u8 mac[ETH_ALEN])
{
	for (int i = 0; i < ETH_ALEN; i++)
		if (eth->h_dest[i] != mac[i])
			return false;
	return true;
}

/*
 * False: leave it alone. A frame for another station arrives as well, as long as
 * the bridge does not know where that one is; it is neither lost nor doubled here.
 * The lab's datagrams are never fragmented, and one from a version of the wire
 * format that we do not know is lost and doubled like any other.
 */
static __always_inline bool read_datagram(struct cursor cursor, const volatile __u8 mac[ETH_ALEN],
					  struct fault_datagram *datagram)
{
	const struct ethhdr *eth = cursor_take(&cursor, sizeof(*eth));
	const struct iphdr *ip;
	const struct wire_header *wire;

	if (!eth || eth->h_proto != bpf_htons(ETH_P_IP) || !is_for(eth, mac))
		return false;
	ip = cursor_take_ip(&cursor);
	if (!ip || ip->protocol != IPPROTO_UDP || (ip->frag_off & bpf_htons(IP_FRAGMENT_BITS)) ||
	    !cursor_take(&cursor, sizeof(struct udphdr)))
		return false;
	wire = cursor_take(&cursor, sizeof(*wire));
	if (!wire || wire->magic != bpf_htonl(WIRE_MAGIC) || wire->sender >= FAULT_SENDERS)
		return false;
	datagram->sender = wire->sender;
	datagram->source_byte = eth->h_source[0];
	return true;
}

static __always_inline bool is_copy(const struct fault_datagram *datagram)
{
	return datagram->source_byte & FAULT_COPY_BIT;
}

#endif
