// SPDX-License-Identifier: Apache-2.0
/* How long nobody answered while somebody should have. */
#include "load_internal.h"

void load_outage_note(struct load *load, uint8_t leader_after, uint64_t now_ns)
{
	uint64_t silent_ns = now_ns - load->progress_ns;
	struct load_outage outage = {
		.start_us = (load->progress_ns - load->measuring_began_ns) / 1000,
		.duration_us = silent_ns / 1000,
		.leader_before = load->leader,
		.leader_after = leader_after,
	};

	if (load->phase != LOAD_MEASURING || !load->outstanding || silent_ns < LOAD_OUTAGE_NS)
		return;
	if (load->env.outage)
		load->env.outage(load->env.ctx, &outage);
}
