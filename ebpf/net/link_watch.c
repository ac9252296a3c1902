// SPDX-License-Identifier: Apache-2.0
#include "link_watch.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "netlink.h"

/*
 * Notifications only wake us: what they announce is read from the kernel
 * afterwards, so that lost, stale and reordered ones cannot mislead.
 */
struct link_watch {
	int request_fd;
	int change_fd;
	char ifname[IF_NAMESIZE];
	struct link_state state;
};

static void take_address(void *ctx, const struct nlmsghdr *header)
{
	struct link_state *state = ctx;
	const struct ifaddrmsg *message = NLMSG_DATA(header);
	const void *ip;

	if (header->nlmsg_type != RTM_NEWADDR ||
	    header->nlmsg_len < NLMSG_LENGTH(sizeof(*message)) ||
	    message->ifa_index != state->ifindex || state->ip)
		return;
	ip = netlink_find(header, sizeof(*message), IFA_LOCAL, sizeof(state->ip));
	if (ip)
		memcpy(&state->ip, ip, sizeof(state->ip));
}

static int ask_state(struct link_watch *watch, struct link_state *state)
{
	struct ifaddrmsg body = {.ifa_family = AF_INET};
	struct netlink_request request;

	*state = (struct link_state){.ifindex = if_nametoindex(watch->ifname)};
	if (!state->ifindex)
		return 0;
	netlink_begin(&request, RTM_GETADDR, NLM_F_DUMP, &body, sizeof(body));
	return netlink_ask(watch->request_fd, &request, take_address, state);
}

static int open_sockets(struct link_watch *watch)
{
	int error;

	/* Subscribe before the first look, so that no change falls between them. */
	watch->change_fd = netlink_open(RTMGRP_LINK | RTMGRP_IPV4_IFADDR);
	if (watch->change_fd < 0)
		return watch->change_fd;
	watch->request_fd = netlink_open(0);
	if (watch->request_fd < 0)
		return watch->request_fd;
	error = ask_state(watch, &watch->state);
	if (error)
		return error;
	return watch->state.ifindex ? 0 : -ENODEV;
}

struct link_watch *link_watch_open(const char *ifname, char *error, size_t error_bytes)
{
	struct link_watch *watch = calloc(1, sizeof(*watch));
	int failed;

	if (!watch) {
		snprintf(error, error_bytes, "no memory for the interface watch");
		return NULL;
	}
	watch->request_fd = -1;
	watch->change_fd = -1;
	snprintf(watch->ifname, sizeof(watch->ifname), "%s", ifname);
	failed = open_sockets(watch);
	if (!failed)
		return watch;
	snprintf(error, error_bytes, "cannot watch interface %s: %s (errno %d)", ifname,
		 strerror(-failed), -failed);
	link_watch_close(watch);
	errno = -failed;
	return NULL;
}

int link_watch_fd(const struct link_watch *watch)
{
	return watch->change_fd;
}

const struct link_state *link_watch_state(const struct link_watch *watch)
{
	return &watch->state;
}

static void only_wakes(void *ctx, const struct nlmsghdr *header)
{
	(void)ctx;
	(void)header;
}

int link_watch_read(struct link_watch *watch,
		    void (*changed)(void *ctx, enum link_event event,
				    const struct link_state *state),
		    void *ctx)
{
	const struct link_state before = watch->state;
	struct link_state now;
	int waiting = netlink_drain(watch->change_fd, only_wakes, NULL);
	int events = 0;
	int error;

	if (waiting < 0 && waiting != -ENOBUFS)
		return waiting;
	error = ask_state(watch, &now);
	if (error)
		return error;
	watch->state = now;
	if (before.ifindex && before.ifindex != now.ifindex) {
		const struct link_state gone = {0};

		changed(ctx, LINK_GONE, &gone);
		events++;
	}
	if (now.ifindex && before.ifindex != now.ifindex) {
		changed(ctx, LINK_BACK, &now);
		events++;
	}
	if (now.ifindex && before.ip != now.ip) {
		changed(ctx, LINK_ADDRESS, &now);
		events++;
	}
	return events;
}

void link_watch_close(struct link_watch *watch)
{
	if (!watch)
		return;
	if (watch->request_fd >= 0)
		close(watch->request_fd);
	if (watch->change_fd >= 0)
		close(watch->change_fd);
	free(watch);
}
