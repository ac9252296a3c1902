// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "net_view.h"

/* Linux 6.6 has them, Debian 12's headers don't. */
#define ATTACH_TCX_INGRESS 46
#define ATTACH_TCX_EGRESS 47
#define PROGRAMS_MAX 64

/* The head of what BPF_PROG_QUERY takes; the kernel takes the rest as zero. */
struct query {
	uint32_t ifindex;
	uint32_t attach_type;
	uint32_t query_flags;
	uint32_t attach_flags;
	uint64_t program_ids;
	uint32_t count;
	uint32_t padding;
	uint64_t program_attach_flags;
	uint64_t link_ids;
	uint64_t link_attach_flags;
	uint64_t revision; /* the kernel writes it */
};

static int ask(uint32_t ifindex, uint32_t attach_type, uint32_t ids[PROGRAMS_MAX], uint32_t *count)
{
	struct query query = {
		.ifindex = ifindex,
		.attach_type = attach_type,
		.program_ids = (uintptr_t)ids,
		.count = PROGRAMS_MAX,
	};

	if (syscall(SYS_bpf, BPF_PROG_QUERY, &query, sizeof(query)))
		return -errno;
	*count = query.count;
	return 0;
}

static int read_hook(struct net_view *view, uint32_t link, uint32_t attach_type)
{
	uint32_t ids[PROGRAMS_MAX];
	uint32_t count = 0;
	int failed = ask(view->links[link].ifindex, attach_type, ids, &count);

	/* EINVAL: a kernel without tcx, which hence has none. ENODEV: the interface went. */
	if (failed == -EINVAL || failed == -ENODEV || failed == -ENOENT)
		return 0;
	if (failed)
		return failed;
	for (uint32_t i = 0; i < count; i++) {
		const struct net_attachment attachment = {
			.kind = "tcx",
			.hook = attach_type == ATTACH_TCX_INGRESS ? "tcx/ingress" : "tcx/egress",
			.link = link,
			.program_id = ids[i],
		};

		net_attach(view, &attachment);
	}
	return 0;
}

int net_tcx_read(struct net_view *view)
{
	int failed = 0;

	for (uint32_t i = 0; i < view->link_count && !failed; i++) {
		failed = read_hook(view, i, ATTACH_TCX_INGRESS);
		if (!failed)
			failed = read_hook(view, i, ATTACH_TCX_EGRESS);
	}
	return failed;
}
