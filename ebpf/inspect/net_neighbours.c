// SPDX-License-Identifier: Apache-2.0
#include <linux/neighbour.h>
#include <string.h>

#include "net_view.h"
#include "netlink.h"

/* Multicast groups and the loopback need no neighbour and are no news. */
static bool worth_showing(const struct ndmsg *message)
{
	return message->ndm_family == AF_INET && message->ndm_state &&
	       !(message->ndm_state & NUD_NOARP);
}

static void take_neighbour(void *ctx, const struct nlmsghdr *header)
{
	struct net_view *view = ctx;
	const struct ndmsg *message = NLMSG_DATA(header);
	struct net_neighbour *neighbour = &view->neighbours[view->neighbour_count];
	const void *ip, *mac;

	if (header->nlmsg_type != RTM_NEWNEIGH ||
	    header->nlmsg_len < NLMSG_LENGTH(sizeof(*message)) || !worth_showing(message))
		return;
	ip = netlink_find(header, sizeof(*message), NDA_DST, sizeof(neighbour->ip));
	mac = netlink_find(header, sizeof(*message), NDA_LLADDR, sizeof(neighbour->mac));
	/* Asked for and not answered: there is no MAC to show. */
	if (!ip || !mac)
		return;
	if (view->neighbour_count == NET_NEIGHBOURS_MAX) {
		view->cut = "neighbours";
		return;
	}
	memcpy(&neighbour->ip, ip, sizeof(neighbour->ip));
	memcpy(neighbour->mac, mac, sizeof(neighbour->mac));
	neighbour->state = message->ndm_state;
	view->neighbour_count++;
}

int net_neighbours_read(struct net_view *view, int fd)
{
	const struct ndmsg message = {.ndm_family = AF_INET};
	struct netlink_request request;

	netlink_begin(&request, RTM_GETNEIGH, NLM_F_DUMP, &message, sizeof(message));
	return netlink_ask(fd, &request, take_neighbour, view);
}
