/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * A cursor over a packet's linear bytes: every step checks the bound that the
 * verifier asks for, so a parser reads as a list of headers.
 */
#ifndef LAB_PARSE_H
#define LAB_PARSE_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define IP_FRAGMENT_BITS 0x3fff /* more-fragments and the offset; don't-fragment is no fragment */
#define IP_HEADER_WORDS_MIN 5

struct cursor {
	void *position;
	void *end;
};

static __always_inline struct cursor cursor_open(const struct __sk_buff *skb)
{
	return (struct cursor){
		.position = (void *)(long)skb->data,
		.end = (void *)(long)skb->data_end,
	};
}

/* The next `bytes` (a constant) as one header, or NULL if they aren't all there. */
static __always_inline void *cursor_take(struct cursor *cursor, __u32 bytes)
{
	void *taken = cursor->position;

	if (taken + bytes > cursor->end)
		return NULL;
	cursor->position = taken + bytes;
	return taken;
}

static __always_inline struct iphdr *cursor_take_ip(struct cursor *cursor)
{
	struct iphdr *ip = cursor_take(cursor, sizeof(*ip));

	if (!ip || ip->version != 4 || ip->ihl < IP_HEADER_WORDS_MIN)
		return NULL;
	/* Options, if any: at most 40 bytes, a bound that the verifier can follow. */
	cursor->position += (ip->ihl - IP_HEADER_WORDS_MIN) * 4;
	return ip;
}

#endif
