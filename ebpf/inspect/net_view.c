// SPDX-License-Identifier: Apache-2.0
#include "net_view.h"

#include <unistd.h>

#include "netlink.h"

struct net_link *net_link_find(struct net_view *view, uint32_t ifindex)
{
	for (size_t i = 0; i < view->link_count; i++)
		if (view->links[i].ifindex == ifindex)
			return &view->links[i];
	return NULL;
}

void net_attach(struct net_view *view, const struct net_attachment *attachment)
{
	if (view->attachment_count == NET_ATTACHMENTS_MAX)
		view->cut = "attached programs";
	else
		view->attachments[view->attachment_count++] = *attachment;
}

void net_view_clear(struct net_view *view)
{
	view->link_count = 0;
	view->attachment_count = 0;
	view->neighbour_count = 0;
	view->cut = NULL;
}

int net_view_read(struct net_view *view)
{
	int fd = netlink_open(0);
	int failed;

	net_view_clear(view);
	if (fd < 0)
		return fd;
	failed = net_links_read(view, fd);
	if (!failed)
		failed = net_tc_read(view, fd);
	if (!failed)
		failed = net_neighbours_read(view, fd);
	if (!failed)
		failed = net_tcx_read(view);
	close(fd);
	if (failed)
		net_view_clear(view);
	return failed;
}
