/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/* Which operations are traced: every trace_every-th, by its op, as user space samples them. */
#ifndef LAB_SAMPLE_H
#define LAB_SAMPLE_H

#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "counters.h"

/* The op of a sampled PREPARE, else 0. COMMIT and MARK name an op that isn't theirs. */
static __always_inline __u64 sampled_op(const struct bcast_config *own,
					const struct wire_header *header)
{
	const __u32 every = own->trace_every;
	__u64 op;

	if (!every || header->type != WIRE_PREPARE)
		return 0;
	op = bpf_be64_to_cpu(header->op);
	return op % every ? 0 : op;
}

#endif
