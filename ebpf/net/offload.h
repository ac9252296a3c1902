/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernel's side of a replica: the program on the egress hook, its peer map
 * (follower_map.h) and the interface it hangs on (link_watch.h). Says `attach`
 * and `detach`.
 */
#ifndef LAB_OFFLOAD_H
#define LAB_OFFLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "bpf_broadcast.h"
#include "event_log.h"
#include "follower_map.h"
#include "link_watch.h"
#include "peers.h"

#define OFFLOAD_FDS 2

struct offload_options {
	struct event_log *events;
	struct peers *peers;
	const char *ifname;
	uint64_t run_id;
	uint8_t own_id;
	bool clone;
	/* If the interface went for good, the one that now leads to the peers takes its place. */
	bool follow_route;
};

struct offload {
	struct offload_options options;
	struct bpf_broadcast *program;
	struct link_watch *link;
	struct follower_map followers;
	bool clone;
	bool attached;
	/* The totals when the present view was entered; known: they could be read. */
	struct bpf_broadcast_counts base;
	bool base_known;
	uint64_t check_at_ns;
	uint64_t search_at_ns; /* while the interface is gone */
	char ifname[IFNAMSIZ];
};

/*
 * Loads and attaches the program and says so. NULL: fine. On failure all is
 * released, a sentence is in error and the event's code is returned ("bpf_load",
 * "no_interface").
 */
const char *offload_open(struct offload *offload, const struct offload_options *options,
			 char *error, size_t error_bytes);
/* The descriptors to poll; offload_tick reads them without blocking. */
void offload_fds(const struct offload *offload, int fds[OFFLOAD_FDS]);
/*
 * Every few ms. changed: replicas whose place changed (peers_take_changed);
 * readable: one of the descriptors is. Looks after MACs in doubt, and once a
 * second after the filter itself.
 */
void offload_tick(struct offload *offload, uint32_t changed, bool readable, uint64_t now_ns);
/* 0 or -errno. */
int offload_set_clone(struct offload *offload, bool clone);
/*
 * Before the first broadcast of a view that is led here (or followed: then nothing
 * is cloned): the program serves this view alone, and offload_read_view counts from here.
 */
void offload_enter_view(struct offload *offload, uint32_t view, bool leads);
/*
 * No broadcast of ours is right until the next view is entered. What was counted can
 * still be read.
 */
void offload_leave_view(struct offload *offload, uint32_t view);
/* Totals since start; false if the counters could not be read. */
bool offload_read(struct offload *offload, struct bpf_broadcast_counts *counts);
/* Since the present view was entered; false likewise. */
bool offload_read_view(struct offload *offload, struct bpf_broadcast_counts *counts);
void offload_close(struct offload *offload);

#endif
