/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * Decides what a packet on its way out is. Only a first-transmission broadcast
 * of this very replica in the view that it leads gets through; everything else
 * leaves with the name of its counter, untouched.
 */
#ifndef LAB_CLASSIFY_H
#define LAB_CLASSIFY_H

#include "counters.h"
#include "parse.h"
#include "sample.h"

#define IP_OFFSET ETH_HLEN

/* What the later steps need of an accepted broadcast. Addresses in network byte order. */
struct broadcast {
	__u32 udp_offset;
	__be32 ip; /* where the packet is addressed to at present */
	__be16 port;
	__be16 flags; /* WIRE_F_* */
	__u32 window; /* below WIRE_WINDOWS */
	__u64 sampled_op; /* to be traced; 0: not sampled */
};

/* UDP and lab header in one read; aligned, so that the packed fields are loaded whole. */
struct headers {
	struct udphdr udp;
	struct wire_header wire;
} __attribute__((aligned(8)));

/*
 * Copies UDP and lab header to the stack. A copy and no pull: with GSO or
 * scatter-gather the payload isn't linear, and a foreign packet must not be
 * rearranged just because we looked at it.
 */
static __always_inline enum bcast_counter read_headers(struct __sk_buff *skb, __u32 udp_offset,
						       struct headers *headers)
{
	struct {
		struct udphdr udp;
		__be32 magic;
	} beginning;

	if (!bpf_skb_load_bytes(skb, udp_offset, headers, sizeof(*headers)))
		return headers->wire.magic == bpf_htonl(WIRE_MAGIC) ? BCAST_COUNTER_END
								    : BCAST_NOT_OURS;
	/* Too short to hold our header. It may still have begun as one of ours. */
	if (!bpf_skb_load_bytes(skb, udp_offset, &beginning, sizeof(beginning)) &&
	    beginning.magic == bpf_htonl(WIRE_MAGIC))
		return BCAST_TRUNCATED;
	return BCAST_NOT_OURS;
}

/* Do IP, UDP and lab header agree on the length? The same strictness as wire_parse. */
static __always_inline int lengths_agree(const struct __sk_buff *skb, __u32 udp_offset,
					 __u32 ip_bytes, const struct headers *headers)
{
	__u32 udp_bytes = bpf_ntohs(headers->udp.len);
	__u32 payload_bytes = bpf_ntohs(headers->wire.payload_bytes);

	return IP_OFFSET + ip_bytes <= skb->len && udp_offset - IP_OFFSET + udp_bytes <= ip_bytes &&
	       udp_bytes == sizeof(struct udphdr) + WIRE_HEADER_BYTES + payload_bytes;
}

/*
 * BCAST_COUNTER_END: a broadcast of ours, *broadcast is filled. Anything else
 * is the counter of the reason to let the packet pass unchanged.
 *
 * A fragment counts as BCAST_FRAGMENT if it is UDP at all: all but the first
 * carry no header that could tell whose they are.
 */
static __always_inline enum bcast_counter
classify(struct __sk_buff *skb, const struct bcast_config *own, struct broadcast *broadcast)
{
	struct cursor cursor;
	struct headers headers;
	struct iphdr *ip;
	enum bcast_counter reason;
	__u32 ip_bytes;

	if (skb->protocol != bpf_htons(ETH_P_IP))
		return BCAST_NOT_OURS;
	cursor = cursor_open(skb);
	/* No socket of ours makes a packet whose IP header isn't linear. */
	if (!cursor_take(&cursor, ETH_HLEN))
		return BCAST_NOT_OURS;
	ip = cursor_take_ip(&cursor);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return BCAST_NOT_OURS;
	if (ip->frag_off & bpf_htons(IP_FRAGMENT_BITS))
		return BCAST_FRAGMENT;
	broadcast->udp_offset = IP_OFFSET + ip->ihl * 4;
	broadcast->ip = ip->daddr;
	ip_bytes = bpf_ntohs(ip->tot_len);

	reason = read_headers(skb, broadcast->udp_offset, &headers);
	if (reason != BCAST_COUNTER_END)
		return reason;
	/* A window that this version doesn't know is a foreign version as well. */
	if (headers.wire.version != WIRE_VERSION || headers.wire.run_id != own->run_id ||
	    headers.wire.window >= WIRE_WINDOWS)
		return BCAST_FOREIGN_RUN;
	/* One packet that becomes several after us: frames could not be counted. */
	if (skb->gso_size)
		return BCAST_GSO;
	if (!lengths_agree(skb, broadcast->udp_offset, ip_bytes, &headers))
		return BCAST_TRUNCATED;
	if (!headers.wire.bcast_seq)
		return BCAST_UNICAST;
	/* ingress_ifindex: forwarded packets keep where they came in, a socket's have 0. */
	if (skb->ingress_ifindex || ip->saddr != own->own_ip ||
	    headers.udp.source != own->own_port || headers.wire.sender != own->own_id)
		return BCAST_FROM_OUTSIDE;
	/*
	 * What the program does for a leader belongs to one view: nobody's broadcast is copied
	 * for a view that he doesn't lead, or leads no more.
	 */
	if (!own->leads || headers.wire.view != own->view)
		return BCAST_STALE_VIEW;

	broadcast->port = headers.udp.dest;
	broadcast->flags = headers.wire.flags;
	broadcast->window = headers.wire.window;
	broadcast->sampled_op = sampled_op(own, &headers.wire);
	return BCAST_COUNTER_END;
}

#endif
