// SPDX-License-Identifier: Apache-2.0
#include "tc_filter.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/pkt_cls.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bpf_broadcast.h"
#include "libbpf_log.h"
#include "netlink.h"

/* What a dump of one direction's filters shows. */
struct occupants {
	unsigned int filters;
	uint32_t prog_id; /* of the BPF filter in our place; 0: none there */
	char name[64]; /* its TCA_BPF_NAME; libbpf writes "program:[id]" */
};

static void take_filter(void *ctx, const struct nlmsghdr *header)
{
	struct occupants *occupants = ctx;
	const struct tcmsg *filter = NLMSG_DATA(header);
	const struct rtattr *attribute;
	const uint8_t *options;
	int left;

	if (header->nlmsg_type != RTM_NEWTFILTER ||
	    header->nlmsg_len < NLMSG_LENGTH(sizeof(*filter)))
		return;
	occupants->filters++;
	options = netlink_find(header, sizeof(*filter), TCA_OPTIONS, 0);
	if (!options || TC_H_MAJ(filter->tcm_info) >> 16 != BPF_BROADCAST_PRIORITY ||
	    filter->tcm_handle != BPF_BROADCAST_HANDLE)
		return;
	attribute = (const struct rtattr *)options;
	left = RTA_PAYLOAD((const struct rtattr *)(options - RTA_LENGTH(0)));
	for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
		if (attribute->rta_type == TCA_BPF_ID && RTA_PAYLOAD(attribute) >= 4)
			memcpy(&occupants->prog_id, RTA_DATA(attribute), 4);
		if (attribute->rta_type == TCA_BPF_NAME)
			snprintf(occupants->name, sizeof(occupants->name), "%.*s",
				 (int)RTA_PAYLOAD(attribute), (const char *)RTA_DATA(attribute));
	}
}

static int look(const struct tc_filter *filter, uint32_t direction, struct occupants *occupants)
{
	struct tcmsg body = {.tcm_family = AF_UNSPEC,
			     .tcm_ifindex = filter->ifindex,
			     .tcm_parent = TC_H_MAKE(TC_H_CLSACT, direction)};
	struct netlink_request request;

	memset(occupants, 0, sizeof(*occupants));
	netlink_begin(&request, RTM_GETTFILTER, NLM_F_DUMP, &body, sizeof(body));
	return netlink_ask(filter->netlink_fd, &request, take_filter, occupants);
}

/* Asks over the socket, so that it is the namespace of the interface that answers. */
static int interface_exists(const struct tc_filter *filter)
{
	struct ifinfomsg body = {.ifi_family = AF_UNSPEC, .ifi_index = filter->ifindex};
	struct netlink_request request;

	netlink_begin(&request, RTM_GETLINK, 0, &body, sizeof(body));
	return netlink_ask(filter->netlink_fd, &request, NULL, NULL);
}

int tc_filter_open(struct tc_filter *filter, int prog_fd, uint32_t prog_id)
{
	*filter = (struct tc_filter){.prog_fd = prog_fd, .prog_id = prog_id};
	filter->netlink_fd = netlink_open(0);
	return filter->netlink_fd < 0 ? filter->netlink_fd : 0;
}

static int hook_create(uint32_t ifindex)
{
	DECLARE_LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = ifindex, .attach_point = BPF_TC_EGRESS);
	int error = bpf_tc_hook_create(&hook);

	return error == -EEXIST ? 0 : error;
}

static int filter_delete(uint32_t ifindex)
{
	DECLARE_LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = ifindex, .attach_point = BPF_TC_EGRESS);
	DECLARE_LIBBPF_OPTS(bpf_tc_opts, place, .handle = BPF_BROADCAST_HANDLE,
			    .priority = BPF_BROADCAST_PRIORITY);

	return bpf_tc_detach(&hook, &place);
}

static int filter_add(const struct tc_filter *filter)
{
	DECLARE_LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = filter->ifindex,
			    .attach_point = BPF_TC_EGRESS);
	DECLARE_LIBBPF_OPTS(bpf_tc_opts, place, .handle = BPF_BROADCAST_HANDLE,
			    .priority = BPF_BROADCAST_PRIORITY, .prog_fd = filter->prog_fd);

	return bpf_tc_attach(&hook, &place);
}

static int is_our_name(const char *name)
{
	const size_t bytes = strlen(BPF_BROADCAST_NAME);

	return !strncmp(name, BPF_BROADCAST_NAME, bytes) && (!name[bytes] || name[bytes] == ':');
}

/* One of ours makes way; anybody else's filter stays and is named. */
static int clear_place(const struct tc_filter *filter, char *error, size_t error_bytes)
{
	struct occupants occupants;
	int failed = look(filter, TC_H_MIN_EGRESS, &occupants);

	if (failed || !occupants.prog_id)
		return failed;
	if (is_our_name(occupants.name))
		return filter_delete(filter->ifindex);
	snprintf(error, error_bytes,
		 "TC egress priority %d handle %d is taken by %s (program %u): remove it with "
		 "`tc filter del dev IFACE egress pref %d`",
		 BPF_BROADCAST_PRIORITY, BPF_BROADCAST_HANDLE,
		 occupants.name[0] ? occupants.name : "another program", occupants.prog_id,
		 BPF_BROADCAST_PRIORITY);
	return -EBUSY;
}

static const char *remedy(int error)
{
	switch (error) {
	case -EPERM:
		return "CAP_NET_ADMIN is missing: add NET_ADMIN to cap_add";
	case -ENODEV:
		return "the interface is gone";
	case -ENOENT:
	case -EOPNOTSUPP:
		return "the kernel lacks clsact or the BPF classifier: load sch_ingress and "
		       "cls_bpf "
		       "(CONFIG_NET_SCH_INGRESS, CONFIG_NET_CLS_BPF)";
	case -EEXIST:
	case -EINVAL:
		return "a filter of another kind holds priority 1, or clsact was removed "
		       "meanwhile: "
		       "see `tc filter show dev IFACE egress`";
	default:
		return "see `tc qdisc show` and `tc filter show dev IFACE egress`";
	}
}

static int explain(int failed, const char *step, char *error, size_t error_bytes)
{
	const char *tail = libbpf_log_tail();

	snprintf(error, error_bytes, "cannot %s: %s (errno %d): %s%s%s", step, strerror(-failed),
		 -failed, remedy(failed), tail[0] ? "\n" : "", tail);
	return failed;
}

int tc_filter_attach(struct tc_filter *filter, uint32_t ifindex, char *error, size_t error_bytes)
{
	int failed;

	libbpf_log_begin();
	filter->ifindex = ifindex;
	error[0] = '\0';
	failed = hook_create(ifindex);
	if (failed)
		return explain(failed, "create the clsact hook", error, error_bytes);
	failed = clear_place(filter, error, error_bytes);
	if (!failed) {
		failed = filter_add(filter);
		if (!failed)
			return 0;
	}
	if (!error[0])
		explain(failed, "attach " BPF_BROADCAST_NAME " to TC egress", error, error_bytes);
	tc_filter_detach(filter);
	return failed;
}

int tc_filter_attached(const struct tc_filter *filter)
{
	struct occupants occupants;
	int failed = interface_exists(filter);

	if (!failed)
		failed = look(filter, TC_H_MIN_EGRESS, &occupants);
	return failed ? failed : occupants.prog_id == filter->prog_id;
}

void tc_filter_detach(struct tc_filter *filter)
{
	DECLARE_LIBBPF_OPTS(bpf_tc_hook, clsact, .ifindex = filter->ifindex,
			    .attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS);
	struct occupants egress, ingress;

	/*
	 * Errors are let be: the interface may be gone, and its hooks with it. What
	 * cannot be removed goes with the network namespace.
	 */
	if (look(filter, TC_H_MIN_EGRESS, &egress))
		return;
	if (egress.prog_id == filter->prog_id)
		filter_delete(filter->ifindex);
	if (look(filter, TC_H_MIN_EGRESS, &egress) || look(filter, TC_H_MIN_INGRESS, &ingress))
		return;
	if (!egress.filters && !ingress.filters)
		bpf_tc_hook_destroy(&clsact);
}

void tc_filter_close(struct tc_filter *filter)
{
	if (filter->netlink_fd >= 0)
		close(filter->netlink_fd);
	filter->netlink_fd = -1;
}
