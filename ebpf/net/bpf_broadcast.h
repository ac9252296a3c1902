/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads programs/broadcast.bpf.c, hangs it on the TC egress hook of one
 * interface, and reads its counters. Nothing is pinned: no bpffs is needed, and
 * program and filter last as long as this process (a filter that outlives a
 * kill -9 is removed by the next open, or with the network namespace).
 *
 * Needs CAP_NET_ADMIN, and CAP_SYS_ADMIN (or CAP_BPF and CAP_PERFMON where the
 * engine knows them). Needs no kernel BTF: the program has no relocations.
 *
 * Memory is allocated by open alone: _set_*, _read and _attached are a few
 * system calls without a heap. Only _attach goes through libbpf's netlink code,
 * which takes and frees a buffer. All of it runs on one thread; open, attach and
 * close in the network namespace of the interface.
 */
#ifndef LAB_BPF_BROADCAST_H
#define LAB_BPF_BROADCAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "counters.h"

#define BPF_BROADCAST_PRIORITY 1
#define BPF_BROADCAST_HANDLE 1
#define BPF_BROADCAST_NAME "lab_broadcast"
/* An error buffer of this size holds the tail of a verifier log as well. */
#define BPF_BROADCAST_ERROR_BYTES 2048

struct bpf_broadcast;

struct bpf_broadcast_options {
	const char *ifname;
	uint64_t run_id; /* host byte order */
	uint8_t own_id; /* 1..replicas */
	uint8_t replicas; /* cluster size N, at most WIRE_MAX_REPLICAS */
	uint32_t own_ip; /* network byte order, as in sockaddr_in */
	uint16_t own_port; /* network byte order */
	bool clone; /* false: count only (baseline) */
	uint32_t view; /* host byte order */
	bool leads; /* as bpf_broadcast_set_view */
};

/* Sums over all CPUs since open; they survive a reattach. Index 0 of frames is unused. */
struct bpf_broadcast_counts {
	uint64_t frames[WIRE_WINDOWS][WIRE_MAX_REPLICAS + 1];
	uint64_t counters[BCAST_COUNTER_END];
};

/* What the `attach` event says. */
struct bpf_broadcast_place {
	uint32_t prog_id;
	uint32_t ifindex;
	uint32_t priority;
	uint32_t handle;
	const char *name; /* BPF_BROADCAST_NAME */
	const char *hook; /* "tc/egress" */
};

/*
 * Loads and attaches. NULL on failure, with errno set and a text in error that
 * names what failed, errno and the remedy. On any failure nothing is left behind.
 */
struct bpf_broadcast *bpf_broadcast_open(const struct bpf_broadcast_options *options, char *error,
					 size_t error_bytes);
/*
 * Tells the program where a follower is. ip and port in network byte order;
 * mac NULL: unknown, the follower gets no copy and each broadcast counts it in
 * BCAST_PEER_UNKNOWN. In baseline the address alone attributes frames, so set
 * the peers there too. Returns 0 or -errno.
 */
int bpf_broadcast_set_peer(struct bpf_broadcast *broadcast, uint8_t id, uint32_t ip, uint16_t port,
			   const uint8_t mac[6]);
/* Switches cloning; takes effect with the next packet. 0 or -errno. */
int bpf_broadcast_set_clone(struct bpf_broadcast *broadcast, bool clone);
/*
 * From the next packet on a broadcast of this view (host byte order) is right if
 * the replica leads it; every other one passes untouched and is counted in
 * BCAST_STALE_VIEW. 0 or -errno.
 */
int bpf_broadcast_set_view(struct bpf_broadcast *broadcast, uint32_t view, bool leads);
/* Every how many operations PREPAREs are written to the ring, 0: none. 0 or -errno. */
int bpf_broadcast_set_trace(struct bpf_broadcast *broadcast, uint32_t every);
/* Descriptor of the ring, for kernel_trace.h; it goes with the broadcast. */
int bpf_broadcast_trace_fd(const struct bpf_broadcast *broadcast);
/* Our own address changed (network byte order). 0 or -errno. */
int bpf_broadcast_set_own(struct bpf_broadcast *broadcast, uint32_t ip);
/* 0 or -errno; on failure counts is unchanged. */
int bpf_broadcast_read(struct bpf_broadcast *broadcast, struct bpf_broadcast_counts *counts);

/*
 * Is our program where we put it? 1: yes. 0: the interface is there, our filter
 * isn't (removed or replaced). -ENODEV: the interface is gone. Other -errno:
 * could not ask. Two netlink questions: ask about once a second, not per packet.
 */
int bpf_broadcast_attached(const struct bpf_broadcast *broadcast);
/*
 * Attaches the loaded program again, to the interface with this index: after it
 * came back (link_watch) or after the filter was removed. Maps and counts are
 * kept. Returns 0 or -errno with a text in error.
 */
int bpf_broadcast_attach(struct bpf_broadcast *broadcast, uint32_t ifindex, char *error,
			 size_t error_bytes);
void bpf_broadcast_get_place(const struct bpf_broadcast *broadcast,
			     struct bpf_broadcast_place *place);
/*
 * Detaches our filter if it is still ours, removes clsact unless other filters
 * hang on it, unloads, frees. NULL is allowed.
 */
void bpf_broadcast_close(struct bpf_broadcast *broadcast);

#endif
