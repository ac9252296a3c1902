// SPDX-License-Identifier: Apache-2.0
#include <linux/if_link.h>
#include <net/if_arp.h>
#include <string.h>

#include "net_view.h"
#include "netlink.h"
#include "netlink_nested.h"

static void attach_xdp(struct net_view *view, const char *hook, uint32_t program_id)
{
	const struct net_attachment attachment = {
		.kind = "xdp",
		.hook = hook,
		.link = view->link_count,
		.program_id = program_id,
	};

	if (program_id)
		net_attach(view, &attachment);
}

/* An interface may run one program in each mode; newer kernels name each mode's id. */
static void take_xdp(struct net_view *view, const struct nlmsghdr *header)
{
	static const struct {
		uint16_t type;
		uint8_t mode;
		const char *hook;
	} modes[] = {
		{IFLA_XDP_SKB_PROG_ID, XDP_ATTACHED_SKB, "generic"},
		{IFLA_XDP_DRV_PROG_ID, XDP_ATTACHED_DRV, "driver"},
		{IFLA_XDP_HW_PROG_ID, XDP_ATTACHED_HW, "offload"},
	};
	const struct rtattr *xdp = nested_begin(header, sizeof(struct ifinfomsg), IFLA_XDP);
	const uint8_t *attached = nested_find(xdp, IFLA_XDP_ATTACHED, 1);
	uint32_t only = nested_u32(xdp, IFLA_XDP_PROG_ID);

	if (!attached || *attached == XDP_ATTACHED_NONE)
		return;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		uint32_t id = nested_u32(xdp, modes[i].type);

		if (!id && *attached == modes[i].mode)
			id = only;
		attach_xdp(view, modes[i].hook, id);
	}
}

static void take_link(void *ctx, const struct nlmsghdr *header)
{
	struct net_view *view = ctx;
	const struct ifinfomsg *message = NLMSG_DATA(header);
	struct net_link *link = &view->links[view->link_count];
	const char *name;
	const uint8_t *mac;

	if (header->nlmsg_type != RTM_NEWLINK || header->nlmsg_len < NLMSG_LENGTH(sizeof(*message)))
		return;
	if (view->link_count == NET_LINKS_MAX) {
		view->cut = "interfaces";
		return;
	}
	*link = (struct net_link){.ifindex = message->ifi_index,
				  .loopback = message->ifi_type == ARPHRD_LOOPBACK};
	name = netlink_find(header, sizeof(*message), IFLA_IFNAME, 1);
	if (name)
		strncpy(link->ifname, name, sizeof(link->ifname) - 1);
	mac = netlink_find(header, sizeof(*message), IFLA_ADDRESS, sizeof(link->mac));
	if (mac)
		memcpy(link->mac, mac, sizeof(link->mac));
	take_xdp(view, header);
	view->link_count++;
}

static void take_address(void *ctx, const struct nlmsghdr *header)
{
	struct net_view *view = ctx;
	const struct ifaddrmsg *message = NLMSG_DATA(header);
	struct net_link *link;
	const uint32_t *ip;

	if (header->nlmsg_type != RTM_NEWADDR || header->nlmsg_len < NLMSG_LENGTH(sizeof(*message)))
		return;
	link = net_link_find(view, message->ifa_index);
	ip = netlink_find(header, sizeof(*message), IFA_LOCAL, sizeof(*ip));
	if (link && ip && !link->ip)
		link->ip = *ip;
}

int net_links_read(struct net_view *view, int fd)
{
	const struct ifinfomsg links = {.ifi_family = AF_UNSPEC};
	const struct ifaddrmsg addresses = {.ifa_family = AF_INET};
	const uint32_t without_statistics = RTEXT_FILTER_SKIP_STATS;
	struct netlink_request request;
	int failed;

	netlink_begin(&request, RTM_GETLINK, NLM_F_DUMP, &links, sizeof(links));
	netlink_attribute(&request, IFLA_EXT_MASK, &without_statistics, sizeof(without_statistics));
	failed = netlink_ask(fd, &request, take_link, view);
	if (failed)
		return failed;
	netlink_begin(&request, RTM_GETADDR, NLM_F_DUMP, &addresses, sizeof(addresses));
	return netlink_ask(fd, &request, take_address, view);
}
