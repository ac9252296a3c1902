/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/* Writes down that a copy of a sampled operation passes the hook. */
#ifndef LAB_RECORD_H
#define LAB_RECORD_H

#include "maps.h"

/* op 0: not sampled, nothing to write. */
static __always_inline void record(__u64 op, enum trace_point point, __u32 peer)
{
	struct trace_record *written;

	if (!op)
		return;
	written = bpf_ringbuf_reserve(&trace, sizeof(*written), 0);
	if (!written) {
		count(BCAST_TRACE_FULL);
		return;
	}
	*written = (struct trace_record){
		.t_ns = bpf_ktime_get_ns(),
		.op = op,
		.point = point,
		.peer = peer,
	};
	/* The replica looks by itself ten times a second; waking it would cost more than the record. */
	bpf_ringbuf_submit(written, BPF_RB_NO_WAKEUP);
}

#endif
