/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * Changes a packet in place and keeps its checksums right in all three states:
 * computed in software, left to the device (CHECKSUM_PARTIAL: the field holds
 * the pseudo-header's sum, so addresses go in and payload doesn't, which the
 * kernel's replace functions know), and absent (UDP checksum 0 stays 0).
 */
#ifndef LAB_READDRESS_H
#define LAB_READDRESS_H

#include <stddef.h>

#include "classify.h"

#define UDP_CHECK_OFFSET(broadcast) ((broadcast)->udp_offset + offsetof(struct udphdr, check))

/*
 * Takes WIRE_F_CLONE out of the header. A copy can then never be cloned again,
 * whatever happens to its mark, by us or by a lab program on another interface.
 */
static __always_inline long clear_clone_flag(struct __sk_buff *skb, struct broadcast *broadcast)
{
	__be16 flags = broadcast->flags & ~bpf_htons(WIRE_F_CLONE);
	__u32 offset =
		broadcast->udp_offset + sizeof(struct udphdr) + offsetof(struct wire_header, flags);
	long error;

	error = bpf_l4_csum_replace(skb, UDP_CHECK_OFFSET(broadcast), broadcast->flags, flags,
				    BPF_F_MARK_MANGLED_0 | sizeof(flags));
	if (!error)
		error = bpf_skb_store_bytes(skb, offset, &flags, sizeof(flags), 0);
	if (!error)
		broadcast->flags = flags;
	return error;
}

static __always_inline long readdress_ip(struct __sk_buff *skb, struct broadcast *broadcast,
					 __be32 ip)
{
	long error;

	error = bpf_l4_csum_replace(skb, UDP_CHECK_OFFSET(broadcast), broadcast->ip, ip,
				    BPF_F_PSEUDO_HDR | BPF_F_MARK_MANGLED_0 | sizeof(ip));
	if (!error)
		error = bpf_l3_csum_replace(skb, IP_OFFSET + offsetof(struct iphdr, check),
					    broadcast->ip, ip, sizeof(ip));
	if (!error)
		error = bpf_skb_store_bytes(skb, IP_OFFSET + offsetof(struct iphdr, daddr), &ip,
					    sizeof(ip), 0);
	broadcast->ip = ip;
	return error;
}

static __always_inline long readdress_port(struct __sk_buff *skb, struct broadcast *broadcast,
					   __be16 port)
{
	long error;

	error = bpf_l4_csum_replace(skb, UDP_CHECK_OFFSET(broadcast), broadcast->port, port,
				    BPF_F_MARK_MANGLED_0 | sizeof(port));
	if (!error)
		error = bpf_skb_store_bytes(skb,
					    broadcast->udp_offset + offsetof(struct udphdr, dest),
					    &port, sizeof(port), 0);
	broadcast->port = port;
	return error;
}

/*
 * Addresses the packet to this follower. On an error the packet may be half
 * changed: don't send it.
 */
static __always_inline long readdress(struct __sk_buff *skb, struct broadcast *broadcast,
				      const struct bcast_peer *peer)
{
	long error = 0;

	if (broadcast->ip != peer->ip)
		error = readdress_ip(skb, broadcast, peer->ip);
	if (!error && broadcast->port != peer->port)
		error = readdress_port(skb, broadcast, peer->port);
	if (!error)
		error = bpf_skb_store_bytes(skb, offsetof(struct ethhdr, h_dest), peer->mac,
					    sizeof(peer->mac), 0);
	return error;
}

#endif
