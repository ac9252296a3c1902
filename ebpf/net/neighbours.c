// SPDX-License-Identifier: Apache-2.0
#include "neighbours.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "netlink.h"

/* States in which the kernel itself would send to this MAC; STALE ones included, as it does. */
#define USABLE_STATES (NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE | NUD_PERMANENT)

struct neighbours {
	int request_fd;
	int change_fd;
};

struct neighbours *neighbours_open(char *error, size_t error_bytes)
{
	struct neighbours *neighbours = malloc(sizeof(*neighbours));

	if (!neighbours) {
		snprintf(error, error_bytes, "no memory for the neighbour watch");
		return NULL;
	}
	neighbours->request_fd = netlink_open(0);
	neighbours->change_fd = netlink_open(RTMGRP_NEIGH);
	if (neighbours->request_fd < 0 || neighbours->change_fd < 0) {
		int failed =
			neighbours->request_fd < 0 ? neighbours->request_fd : neighbours->change_fd;

		snprintf(error, error_bytes, "cannot open rtnetlink for neighbours: %s (errno %d)",
			 strerror(-failed), -failed);
		neighbours_close(neighbours);
		errno = -failed;
		return NULL;
	}
	return neighbours;
}

/* 1 and *found filled if the message speaks about an IPv4 entry. */
static int read_entry(const struct nlmsghdr *header, struct neighbour *found)
{
	const struct ndmsg *entry = NLMSG_DATA(header);
	const void *ip, *mac;

	if (header->nlmsg_type != RTM_NEWNEIGH && header->nlmsg_type != RTM_DELNEIGH)
		return 0;
	if (header->nlmsg_len < NLMSG_LENGTH(sizeof(*entry)) || entry->ndm_family != AF_INET)
		return 0;
	ip = netlink_find(header, sizeof(*entry), NDA_DST, sizeof(found->ip));
	if (!ip)
		return 0;
	memset(found, 0, sizeof(*found));
	found->ifindex = entry->ndm_ifindex;
	memcpy(&found->ip, ip, sizeof(found->ip));
	mac = netlink_find(header, sizeof(*entry), NDA_LLADDR, sizeof(found->mac));
	if (header->nlmsg_type == RTM_NEWNEIGH && (entry->ndm_state & USABLE_STATES) && mac) {
		found->known = true;
		memcpy(found->mac, mac, sizeof(found->mac));
	}
	return 1;
}

static void take_answer(void *ctx, const struct nlmsghdr *header)
{
	struct neighbour *found = ctx;
	struct neighbour entry;

	if (read_entry(header, &entry) && entry.ip == found->ip && entry.ifindex == found->ifindex)
		*found = entry;
}

int neighbours_lookup(struct neighbours *neighbours, uint32_t ifindex, uint32_t ip,
		      struct neighbour *found)
{
	struct ndmsg entry = {.ndm_family = AF_INET, .ndm_ifindex = ifindex};
	struct netlink_request request;
	int error;

	*found = (struct neighbour){.ifindex = ifindex, .ip = ip};
	netlink_begin(&request, RTM_GETNEIGH, 0, &entry, sizeof(entry));
	netlink_attribute(&request, NDA_DST, &ip, sizeof(ip));
	error = netlink_ask(neighbours->request_fd, &request, take_answer, found);
	/* No such entry is an answer, not an error. */
	return error == -ENOENT ? 0 : error;
}

int neighbours_probe(struct neighbours *neighbours, uint32_t ifindex, uint32_t ip)
{
	struct ndmsg entry = {.ndm_family = AF_INET, .ndm_ifindex = ifindex, .ndm_flags = NTF_USE};
	struct netlink_request request;

	netlink_begin(&request, RTM_NEWNEIGH, NLM_F_CREATE, &entry, sizeof(entry));
	netlink_attribute(&request, NDA_DST, &ip, sizeof(ip));
	return netlink_ask(neighbours->request_fd, &request, NULL, NULL);
}

int neighbours_fd(const struct neighbours *neighbours)
{
	return neighbours->change_fd;
}

struct delivery {
	void (*changed)(void *ctx, const struct neighbour *neighbour);
	void *ctx;
	int changes;
};

static void deliver(void *ctx, const struct nlmsghdr *header)
{
	struct delivery *delivery = ctx;
	struct neighbour neighbour;

	if (!read_entry(header, &neighbour))
		return;
	delivery->changes++;
	delivery->changed(delivery->ctx, &neighbour);
}

int neighbours_read(struct neighbours *neighbours,
		    void (*changed)(void *ctx, const struct neighbour *neighbour), void *ctx)
{
	struct delivery delivery = {.changed = changed, .ctx = ctx};
	int messages = netlink_drain(neighbours->change_fd, deliver, &delivery);

	return messages < 0 ? messages : delivery.changes;
}

void neighbours_close(struct neighbours *neighbours)
{
	if (!neighbours)
		return;
	if (neighbours->request_fd >= 0)
		close(neighbours->request_fd);
	if (neighbours->change_fd >= 0)
		close(neighbours->change_fd);
	free(neighbours);
}
