// SPDX-License-Identifier: Apache-2.0
/* The client's own recomputation of the log: what the replicas' hash must equal. */
#include "load_internal.h"

#include "log_hash.h"

void load_history_note(struct load *load, uint64_t op, uint32_t slot, uint64_t request)
{
	if (op > load->highest_op)
		load->highest_op = op;
	if (op == 0 || op > load->config.history_capacity_ops) {
		load->history_overflow = true;
		return;
	}
	load->history[op - 1] = (struct load_op){.request = request, .slot = slot};
}

void load_history(const struct load *load, struct load_history *history)
{
	uint8_t payload[WIRE_PAYLOAD_MAX];
	uint64_t hash = 0;

	*history = (struct load_history){.op = load->highest_op, .operations = load->replies};
	if (load->history_overflow)
		return;
	for (uint64_t op = 1; op <= load->highest_op; op++) {
		const struct load_op *known = &load->history[op - 1];

		if (!known->request)
			return;
		load_payload(&load->config, known->slot, known->request, payload);
		hash = log_hash_next(hash, op, load_client_id(load, known->slot), known->request,
				     payload, load->config.payload_bytes);
	}
	history->complete = true;
	history->hash = hash;
}
