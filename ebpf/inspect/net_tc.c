// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <string.h>

#include "net_view.h"
#include "netlink.h"
#include "netlink_nested.h"

static void take_qdisc(void *ctx, const struct nlmsghdr *header)
{
	const struct tcmsg *message = NLMSG_DATA(header);
	struct net_link *link;
	const char *kind;

	if (header->nlmsg_type != RTM_NEWQDISC ||
	    header->nlmsg_len < NLMSG_LENGTH(sizeof(*message)))
		return;
	link = net_link_find(ctx, message->tcm_ifindex);
	kind = netlink_find(header, sizeof(*message), TCA_KIND, 1);
	if (!link || !kind)
		return;
	link->clsact |= !strcmp(kind, "clsact");
	link->ingress |= !strcmp(kind, "ingress");
}

/* One question: the filters of one interface on one way. */
struct filters {
	struct net_view *view;
	uint32_t link;
	const char *hook;
};

static void take_filter(void *ctx, const struct nlmsghdr *header)
{
	const struct filters *filters = ctx;
	const struct tcmsg *message = NLMSG_DATA(header);
	struct net_attachment attachment = {
		.kind = "tc", .hook = filters->hook, .link = filters->link};
	const char *kind;

	if (header->nlmsg_type != RTM_NEWTFILTER ||
	    header->nlmsg_len < NLMSG_LENGTH(sizeof(*message)))
		return;
	kind = netlink_find(header, sizeof(*message), TCA_KIND, 1);
	if (!kind || strcmp(kind, "bpf"))
		return;
	attachment.program_id =
		nested_u32(nested_begin(header, sizeof(*message), TCA_OPTIONS), TCA_BPF_ID);
	attachment.priority = TC_H_MAJ(message->tcm_info) >> 16;
	attachment.handle = message->tcm_handle;
	/* A dump begins with the priority itself, which has no program. */
	if (attachment.program_id)
		net_attach(filters->view, &attachment);
}

static int read_filters(struct filters *filters, int fd, uint32_t parent)
{
	const struct tcmsg message = {
		.tcm_family = AF_UNSPEC,
		.tcm_ifindex = filters->view->links[filters->link].ifindex,
		.tcm_parent = parent,
	};
	struct netlink_request request;

	netlink_begin(&request, RTM_GETTFILTER, NLM_F_DUMP, &message, sizeof(message));
	return netlink_ask(fd, &request, take_filter, filters);
}

static int read_link(struct net_view *view, int fd, uint32_t index)
{
	const struct net_link *link = &view->links[index];
	struct filters filters = {.view = view, .link = index};
	int failed = 0;

	if (link->clsact || link->ingress) {
		filters.hook = link->clsact ? "clsact/ingress" : "ingress";
		failed = read_filters(&filters, fd, TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS));
	}
	/* `ingress` would answer for this way too, with the filters of the other. */
	if (link->clsact && !failed) {
		filters.hook = "clsact/egress";
		failed = read_filters(&filters, fd, TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS));
	}
	return failed;
}

int net_tc_read(struct net_view *view, int fd)
{
	const struct tcmsg message = {.tcm_family = AF_UNSPEC};
	struct netlink_request request;
	int failed;

	netlink_begin(&request, RTM_GETQDISC, NLM_F_DUMP, &message, sizeof(message));
	failed = netlink_ask(fd, &request, take_qdisc, view);
	for (uint32_t i = 0; i < view->link_count && !failed; i++) {
		failed = read_link(view, fd, i);
		/* The interface went between two questions. */
		if (failed == -ENODEV)
			failed = 0;
	}
	return failed;
}
