/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * The layout of the BPF maps that user space and the programs share.
 *
 * `config`   ARRAY, one struct bcast_config: who we are, whether to clone.
 * `peers`    ARRAY of WIRE_MAX_REPLICAS + 1 struct bcast_peer, index = replica id.
 * `frames`   PERCPU_ARRAY of u64, index = counter_frame_index(window, replica id).
 * `counters` PERCPU_ARRAY of u64, index = enum bcast_counter.
 * trace.h describes the ring that sampled operations are written to.
 */
#ifndef LAB_COUNTERS_H
#define LAB_COUNTERS_H

#include "wire.h"

#ifdef __bpf__
typedef __u8 map_u8;
typedef __u16 map_u16;
typedef __u32 map_u32;
typedef __u64 map_u64;
#else
typedef uint8_t map_u8;
typedef uint16_t map_u16;
typedef uint32_t map_u32;
typedef uint64_t map_u64;
#endif

/* Written by the replica at run time; the program reads it for every matching packet. */
struct bcast_config {
	map_u64 run_id; /* network byte order, as on the wire */
	map_u32 own_ip; /* network byte order; only packets from this source are ever cloned */
	map_u16 own_port; /* network byte order */
	map_u8 own_id; /* replica id */
	map_u8 clone; /* 0: count only (baseline); 1: clone flagged broadcasts */
	map_u8 replicas; /* cluster size N */
	map_u8 leads; /* 1: this replica leads `view`; 0: no broadcast of its own is right */
	map_u8 reserved[2];
	map_u32 trace_every; /* PREPAREs whose op divides by it are written to `trace`; 0: none */
	map_u32 view; /* network byte order; a broadcast of any other view is neither cloned nor counted as a frame */
	map_u32 reserved_end;
};

#ifndef __bpf__
_Static_assert(sizeof(struct bcast_config) == 32, "the config is 32 bytes");
_Static_assert(offsetof(struct bcast_config, own_ip) == 8, "own_ip at 8");
_Static_assert(offsetof(struct bcast_config, own_port) == 12, "own_port at 12");
_Static_assert(offsetof(struct bcast_config, replicas) == 16, "replicas at 16");
_Static_assert(offsetof(struct bcast_config, trace_every) == 20, "trace_every at 20");
_Static_assert(offsetof(struct bcast_config, view) == 24, "view at 24");
#endif

/* valid == 0: the address or the MAC isn't known yet; a broadcast then counts BCAST_PEER_UNKNOWN for it. */
struct bcast_peer {
	map_u32 ip; /* network byte order */
	map_u16 port; /* network byte order */
	map_u8 mac[6];
	map_u8 valid;
	map_u8 reserved[3];
};

/* Every way a packet leaves the program has a counter of its own. */
#define BCAST_COUNTERS(X)                                                                     \
	X(BCAST_NOT_OURS, not_ours) /* no lab datagram: ARP, TCP, foreign UDP */              \
	X(BCAST_FOREIGN_RUN, foreign_run) /* our format, another run, version or window */    \
	X(BCAST_UNICAST, unicast) /* ours, bcast_seq 0: replies, PREPARE-OK, resends */       \
	X(BCAST_ORIGINALS, originals) /* flagged datagrams that were cloned */                \
	X(BCAST_CLONES, clones) /* successful bpf_clone_redirect calls */                     \
	X(BCAST_CLONE_ERRORS, clone_errors)                                                   \
	X(BCAST_REWRITE_ERRORS, rewrite_errors)                                               \
	X(BCAST_PEER_UNKNOWN, peer_unknown) /* no MAC, no copy; or a copy to nobody listed */ \
	X(BCAST_CLONE_OFF, clone_off) /* flagged, but cloning is switched off */              \
	X(BCAST_FROM_OUTSIDE, from_outside) /* a broadcast, forwarded or of foreign source */ \
	X(BCAST_STALE_VIEW, stale_view) /* a broadcast of a view that is not led here now */  \
	X(BCAST_FRAGMENT, fragment) /* of any UDP datagram: whose, it cannot tell */          \
	X(BCAST_GSO, gso)                                                                     \
	X(BCAST_TRUNCATED, truncated) /* shorter than its headers claim */                    \
	X(BCAST_TRACE_FULL, trace_full) /* a sampled copy that the ring had no room for */

enum bcast_counter {
#define X(name, text) name,
	BCAST_COUNTERS(X)
#undef X
		BCAST_COUNTER_END
};

/* skb->mark of a clone on its second pass: the base with the target's replica id in the low byte. */
#define BCAST_MARK_BASE 0xe1ab0000u
#define BCAST_MARK_MASK 0xffffff00u

#define COUNTER_FRAMES (WIRE_WINDOWS * (WIRE_MAX_REPLICAS + 1))

static inline map_u32 counter_frame_index(map_u32 window, map_u32 replica)
{
	return window * (WIRE_MAX_REPLICAS + 1) + replica;
}

#endif
