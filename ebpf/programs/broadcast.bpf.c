/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * TC egress: one flagged datagram in, one addressed copy per follower out, and
 * every copy counted as it leaves (Electrode's TC_BROADCAST, NSDI'23). With
 * cloning switched off the same program only counts: that is the baseline.
 *
 * A plain loop in one invocation. Electrode clones recursively, and the kernel
 * limits nested transmissions: at 11 replicas the last follower silently gets
 * nothing. Here each clone nests once and has returned before the next.
 *
 * A clone passes this hook again, inside bpf_clone_redirect and on this CPU. It
 * is recognised by its mark AND by `passing`, which holds the same mark only
 * while that call runs; so a mark that somebody set with SO_MARK is no clone: it
 * is ignored, and the packet is judged by its bytes. A second hold: copies leave
 * without WIRE_F_CLONE. Were the mark lost, they would be counted by their
 * destination like a baseline copy, and never cloned again.
 *
 * A mark that user space set on a broadcast is lost when it is cloned.
 *
 * Packets that pass return TC_ACT_UNSPEC, so that filters behind us still see them.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include "classify.h"
#include "followers.h"
#include "maps.h"
#include "readdress.h"
#include "record.h"

/* The clone that is on its second pass on this CPU; mark 0: none. */
struct passing_clone {
	__u32 mark;
	__u32 frame_index;
	__u64 sampled_op; /* of its broadcast */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct passing_clone);
} passing SEC(".maps");

/* 1 if this is the clone we are sending right now; it is counted and traced then. */
static __always_inline int pass_clone(struct __sk_buff *skb, struct passing_clone *clone)
{
	if ((skb->mark & BCAST_MARK_MASK) != BCAST_MARK_BASE || skb->mark != clone->mark)
		return 0;
	count_frame(clone->frame_index);
	record(clone->sampled_op, TRACE_EGRESS_CLONE, clone->mark & ~BCAST_MARK_MASK);
	clone->mark = 0;
	skb->mark = 0; /* Routing and queueing behind us must not see our mark. */
	return 1;
}

/* Sends a copy as the packet is addressed now. A copy that fails is missing in frames. */
static __always_inline void send_clone(struct __sk_buff *skb, struct passing_clone *clone,
				       const struct broadcast *broadcast, __u32 id)
{
	long result;

	skb->mark = BCAST_MARK_BASE | id;
	clone->frame_index = counter_frame_index(broadcast->window, id);
	clone->sampled_op = broadcast->sampled_op;
	clone->mark = BCAST_MARK_BASE | id;
	result = bpf_clone_redirect(skb, skb->ifindex, 0);
	clone->mark = 0;
	count(result ? BCAST_CLONE_ERRORS : BCAST_CLONES);
}

/*
 * Each follower's copy waits for the next follower to be found: the last one
 * found takes the original. Without any follower there is no copy at all.
 */
static __always_inline int send_to_followers(struct __sk_buff *skb, const struct bcast_config *own,
					     struct passing_clone *clone,
					     struct broadcast *broadcast)
{
	struct bcast_peer follower;
	__u32 addressed_to = 0;

	if (clear_clone_flag(skb, broadcast))
		goto rewrite_error;
	for (__u32 id = 1; id <= WIRE_MAX_REPLICAS; id++) {
		if (!follower_copy(id, own, &follower))
			continue;
		if (addressed_to)
			send_clone(skb, clone, broadcast, addressed_to);
		if (readdress(skb, broadcast, &follower))
			goto rewrite_error;
		addressed_to = id;
	}
	skb->mark = 0;
	if (!addressed_to)
		return TC_ACT_SHOT;
	count(BCAST_ORIGINALS);
	count_frame(counter_frame_index(broadcast->window, addressed_to));
	record(broadcast->sampled_op, TRACE_EGRESS, addressed_to);
	return TC_ACT_UNSPEC;

rewrite_error:
	/* Half rewritten; the followers still without a copy show in frames. */
	count(BCAST_REWRITE_ERRORS);
	return TC_ACT_SHOT;
}

SEC("tc")
int lab_broadcast(struct __sk_buff *skb)
{
	const __u32 only = 0;
	const struct bcast_config *own = bpf_map_lookup_elem(&config, &only);
	struct passing_clone *clone = bpf_map_lookup_elem(&passing, &only);
	struct broadcast broadcast;
	enum bcast_counter reason;

	if (!own || !clone || pass_clone(skb, clone))
		return TC_ACT_UNSPEC;
	reason = classify(skb, own, &broadcast);
	if (reason != BCAST_COUNTER_END) {
		count(reason);
		return TC_ACT_UNSPEC;
	}
	if (broadcast.flags & bpf_htons(WIRE_F_CLONE)) {
		if (own->clone)
			return send_to_followers(skb, own, clone, &broadcast);
		/* It still goes to the one follower it is addressed to. */
		count(BCAST_CLONE_OFF);
	}
	count_by_destination(own, &broadcast);
	return TC_ACT_UNSPEC;
}

char program_license[] SEC("license") = "GPL";
