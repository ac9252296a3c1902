/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one network namespace shows: its interfaces, the BPF programs attached to
 * them, and its neighbour table.
 *
 * Everything is read by netlink dumps and BPF_PROG_QUERY, so it does not matter
 * whether a program was attached by a link or, as classic tc filters and most
 * XDP programs are, by netlink.
 */
#ifndef INSPECT_NET_VIEW_H
#define INSPECT_NET_VIEW_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json.h"

#define NET_LINKS_MAX 512
#define NET_ATTACHMENTS_MAX 512
#define NET_NEIGHBOURS_MAX 1024

struct net_link {
	uint32_t ifindex;
	char ifname[IFNAMSIZ];
	bool loopback;
	uint8_t mac[6];
	uint32_t ip; /* the first IPv4 address, network byte order; 0: none */
	bool clsact; /* it has the queueing discipline that filters on both ways hang on */
	bool ingress; /* the older one, for one way alone */
};

struct net_attachment {
	const char *kind; /* tc, tcx, xdp */
	const char *hook;
	uint32_t link; /* index into links */
	uint32_t program_id;
	const char *program_name; /* left for the caller to find; NULL: loaded a moment ago */
	uint16_t priority; /* 0: tcx and xdp have none */
	uint32_t handle;
};

struct net_neighbour {
	uint32_t ip; /* network byte order */
	uint8_t mac[6];
	uint16_t state; /* NUD_* */
};

struct net_view {
	struct net_link links[NET_LINKS_MAX];
	size_t link_count;
	struct net_attachment attachments[NET_ATTACHMENTS_MAX];
	size_t attachment_count;
	struct net_neighbour neighbours[NET_NEIGHBOURS_MAX];
	size_t neighbour_count;
	const char *cut; /* what there is more of than fits; NULL: nothing */
};

void net_view_clear(struct net_view *view);
/* Reads the namespace that the calling thread is in. 0, or -errno and an empty view. */
int net_view_read(struct net_view *view);

/* Three fields of an object: attachments, interfaces, neighbours. */
void net_view_write(struct json *json, const struct net_view *view);

/* The parts of net_view_read; `fd` is an rtnetlink socket without subscriptions. 0 or -errno. */
int net_links_read(struct net_view *view, int fd);
int net_tc_read(struct net_view *view, int fd);
int net_tcx_read(struct net_view *view);
int net_neighbours_read(struct net_view *view, int fd);
void net_attach(struct net_view *view, const struct net_attachment *attachment);
struct net_link *net_link_find(struct net_view *view, uint32_t ifindex);

#endif
