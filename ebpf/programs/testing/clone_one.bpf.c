/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * TEST ONLY: a broken broadcast that serves one follower alone, as the PoC this
 * lab reproduces did. It counts honestly, so the proof must say `broken`.
 *
 * Maps, struct and program names are those of broadcast.bpf.c, and its skeleton
 * is generated as build/testing/broadcast.skel.h. To make a replica with it,
 * compile net/bpf_broadcast.c with -I build/testing in place of -I build and
 * link everything else as usual; no source differs.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include "classify.h"
#include "followers.h"
#include "maps.h"
#include "readdress.h"

/* The original goes to the first follower with a known MAC; nobody else gets anything. */
static __always_inline int send_to_one(struct __sk_buff *skb, const struct bcast_config *own,
				       struct broadcast *broadcast)
{
	struct bcast_peer follower;

	for (__u32 id = 1; id <= WIRE_MAX_REPLICAS; id++) {
		if (!follower_copy(id, own, &follower))
			continue;
		if (clear_clone_flag(skb, broadcast) || readdress(skb, broadcast, &follower)) {
			count(BCAST_REWRITE_ERRORS);
			return TC_ACT_SHOT;
		}
		count(BCAST_ORIGINALS);
		count_frame(counter_frame_index(broadcast->window, id));
		return TC_ACT_UNSPEC;
	}
	return TC_ACT_SHOT;
}

SEC("tc")
int lab_broadcast(struct __sk_buff *skb)
{
	const __u32 only = 0;
	const struct bcast_config *own = bpf_map_lookup_elem(&config, &only);
	struct broadcast broadcast;
	enum bcast_counter reason;

	if (!own)
		return TC_ACT_UNSPEC;
	reason = classify(skb, own, &broadcast);
	if (reason != BCAST_COUNTER_END) {
		count(reason);
		return TC_ACT_UNSPEC;
	}
	if (broadcast.flags & bpf_htons(WIRE_F_CLONE)) {
		if (own->clone)
			return send_to_one(skb, own, &broadcast);
		count(BCAST_CLONE_OFF);
	}
	count_by_destination(own, &broadcast);
	return TC_ACT_UNSPEC;
}

char program_license[] SEC("license") = "GPL";
