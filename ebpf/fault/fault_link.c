// SPDX-License-Identifier: Apache-2.0
#include "fault_link.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Linux 6.6 has it, Debian 12's headers and libbpf don't. */
#define ATTACH_TCX_INGRESS 46
#define ATTACH_BEFORE (1u << 3) /* without another program to be before: ahead of all */

/* The head of what BPF_LINK_CREATE takes for tcx; the kernel takes the rest as zero. */
struct tcx_link {
	uint32_t prog_fd;
	uint32_t ifindex;
	uint32_t attach_type;
	uint32_t flags;
	uint32_t relative_fd;
	uint32_t padding;
	uint64_t expected_revision;
};

int fault_link_xdp(int prog_fd, uint32_t ifindex)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .flags = XDP_FLAGS_SKB_MODE);

	return bpf_link_create(prog_fd, (int)ifindex, BPF_XDP, &options);
}

uint32_t fault_link_xdp_occupant(uint32_t ifindex)
{
	LIBBPF_OPTS(bpf_xdp_query_opts, found);

	if (bpf_xdp_query((int)ifindex, 0, &found))
		return 0;
	/* prog_id is 0 where several modes have a program. */
	if (found.prog_id)
		return found.prog_id;
	return found.drv_prog_id ? found.drv_prog_id : found.skb_prog_id;
}

int fault_link_tcx(int prog_fd, uint32_t ifindex)
{
	struct tcx_link link = {
		.prog_fd = prog_fd,
		.ifindex = ifindex,
		.attach_type = ATTACH_TCX_INGRESS,
		.flags = ATTACH_BEFORE,
	};
	long fd = syscall(SYS_bpf, BPF_LINK_CREATE, &link, sizeof(link));

	return fd < 0 ? -errno : (int)fd;
}
