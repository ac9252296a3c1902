/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One BPF filter on the TC egress hook of one interface, at BPF_BROADCAST_PRIORITY
 * and BPF_BROADCAST_HANDLE. Used by bpf_broadcast.c alone.
 */
#ifndef LAB_TC_FILTER_H
#define LAB_TC_FILTER_H

#include <stddef.h>
#include <stdint.h>

struct tc_filter {
	int netlink_fd;
	int prog_fd;
	uint32_t prog_id;
	uint32_t ifindex;
};

/* 0 or -errno. */
int tc_filter_open(struct tc_filter *filter, int prog_fd, uint32_t prog_id);
/*
 * Makes clsact if it is missing, removes a filter that an earlier process of
 * ours left in our place, attaches. 0 or -errno with a text in error; on failure
 * nothing of ours stays on the interface.
 */
int tc_filter_attach(struct tc_filter *filter, uint32_t ifindex, char *error, size_t error_bytes);
/* 1 ours is there, 0 it isn't, -ENODEV no such interface, other -errno: could not ask. */
int tc_filter_attached(const struct tc_filter *filter);
/* Removes our filter if it is there, then clsact unless a filter still hangs on it. */
void tc_filter_detach(struct tc_filter *filter);
/* Frees the socket; doesn't detach. */
void tc_filter_close(struct tc_filter *filter);

#endif
