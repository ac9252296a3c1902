// SPDX-License-Identifier: Apache-2.0
/* The client's own recomputation of the log: what the replicas' hash must equal. */
#include "load_internal.h"

#include "log_hash.h"

_Static_assert((LOAD_HISTORY_OPS & (LOAD_HISTORY_OPS - 1)) == 0, "the ring's place is a mask");

static struct load_op *place_of(struct load *load, uint64_t op)
{
	return &load->history[op & (LOAD_HISTORY_OPS - 1)];
}

/*
 * Ops up to the highest that was named before a request was first sent were given
 * by then, and each op is given to one request. A cluster that keeps its log can
 * break neither.
 */
bool load_history_note(struct load *load, uint64_t op, uint32_t slot)
{
	const struct load_slot *at = &load->slots[slot];

	if (op > load->highest_op)
		load->highest_op = op;
	else if (op <= at->after_op || op <= load->chained_op)
		return false;
	if (op - load->chained_op > LOAD_HISTORY_OPS) {
		load->history_overflow = true;
		return true;
	}
	if (place_of(load, op)->request)
		return false;
	*place_of(load, op) = (struct load_op){.request = at->request, .slot = slot};
	return true;
}

/*
 * A payload is a function of its slot and request number and is made again: nothing of
 * it was kept.
 */
void load_history_chain(struct load *load)
{
	uint8_t payload[WIRE_PAYLOAD_MAX];

	for (;;) {
		uint64_t op = load->chained_op + 1;
		struct load_op *known = place_of(load, op);

		if (!known->request)
			return;
		load_payload(&load->config, known->slot, known->request, payload);
		load->chained_hash =
			log_hash_next(load->chained_hash, op, load_client_id(load, known->slot),
				      known->request, payload, load->config.payload_bytes);
		load->chained_op = op;
		known->request = 0;
	}
}

void load_history(const struct load *load, struct load_history *history)
{
	*history = (struct load_history){
		.op = load->highest_op,
		.operations = load->replies,
		.complete = !load->history_overflow && load->chained_op == load->highest_op,
	};
	if (history->complete)
		history->hash = load->chained_hash;
}
