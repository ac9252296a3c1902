/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * Faults of one container's network: loses and doubles datagrams of the lab that
 * arrive there. labfault attaches it while a fault lasts, and never otherwise.
 *
 * Losses happen in XDP (generic mode), ahead of every other hook, so that no
 * offload at the receiver can have answered a datagram that then "was lost".
 * XDP cannot copy a packet: doubling happens at the TC ingress hook behind it.
 *
 * A copy enters the interface anew and passes both hooks again. Its mark in the
 * Ethernet source address says so: it is neither lost nor doubled, and whatever
 * comes behind us sees it without the mark.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <stddef.h>

#include "fault_datagram.h"

/* Of the interface; written before the program is loaded. */
const volatile __u8 own_mac[ETH_ALEN];

struct fault_rule rules[FAULT_SENDERS];
struct fault_count counts[FAULT_SENDERS];

/* Scaled rather than divided: no remainder favours small numbers. */
static __always_inline bool happens(__u32 ppm)
{
	return (((__u64)bpf_get_prandom_u32() * FAULT_PPM_ALWAYS) >> 32) < ppm;
}

SEC("xdp")
int lab_lose(struct xdp_md *frame)
{
	const struct cursor cursor = {(void *)(long)frame->data, (void *)(long)frame->data_end};
	struct fault_datagram datagram;

	if (!read_datagram(cursor, own_mac, &datagram) || is_copy(&datagram) ||
	    !happens(rules[datagram.sender].loss_ppm))
		return XDP_PASS;
	__sync_fetch_and_add(&counts[datagram.sender].lost, 1);
	return XDP_DROP;
}

static __always_inline long write_source_byte(struct __sk_buff *skb, __u8 byte)
{
	return bpf_skb_store_bytes(skb, offsetof(struct ethhdr, h_source), &byte, sizeof(byte), 0);
}

/*
 * The kernel lets go of the bytes that copy and original share before it hands the
 * original back, so taking the mark off the original does not take it off the copy.
 */
static __always_inline long send_copy(struct __sk_buff *skb, const struct fault_datagram *datagram)
{
	long failed = write_source_byte(skb, datagram->source_byte | FAULT_COPY_BIT);

	if (failed)
		return failed;
	failed = bpf_clone_redirect(skb, skb->ifindex, BPF_F_INGRESS);
	write_source_byte(skb, datagram->source_byte);
	return failed;
}

SEC("tc")
int lab_double(struct __sk_buff *skb)
{
	struct fault_datagram datagram;

	if (!read_datagram(cursor_open(skb), own_mac, &datagram))
		return TC_ACT_UNSPEC;
	if (is_copy(&datagram))
		write_source_byte(skb, datagram.source_byte & ~FAULT_COPY_BIT);
	else if (happens(rules[datagram.sender].duplicate_ppm) && !send_copy(skb, &datagram))
		__sync_fetch_and_add(&counts[datagram.sender].doubled, 1);
	return TC_ACT_UNSPEC;
}

char program_license[] SEC("license") = "GPL";
