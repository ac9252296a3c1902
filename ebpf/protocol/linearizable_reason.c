// SPDX-License-Identifier: Apache-2.0
/* What is known of a key that isn't right, or wasn't decided, in one sentence. */
#include <inttypes.h>
#include <stdio.h>

#include "linearizable_internal.h"

static uint64_t since_begin_us(const struct lin *lin, uint64_t ns)
{
	return (ns - lin->began_ns) / 1000;
}

static void explain_violation(struct lin *lin, const struct lin_key *key, const struct lin_op *op)
{
	uint64_t us = since_begin_us(lin, op->invoked_ns);
	char held[64] = "an order of the operations around it";

	if (key->ops == 1 && key->states.count == 1)
		snprintf(held, sizeof(held), "the value %016" PRIx64 " that the key held",
			 key->states.at[0]);
	else if (key->ops == 1)
		snprintf(held, sizeof(held), "any value that the key may have held");
	snprintf(lin->reason, sizeof(lin->reason),
		 "key %td: the %s of client %u, sent %" PRIu64 ".%06" PRIu64
		 " s after the first operation and answered %" PRIu64 " us later, %s %016" PRIx64
		 ", which doesn't fit %s",
		 key - lin->keys, op->put ? "PUT" : "GET", op->client, us / 1000000, us % 1000000,
		 (op->returned_ns - op->invoked_ns) / 1000, op->put ? "replaced" : "read",
		 op->result, held);
}

/*
 * From here on the key may hold anything: one wrong result must not be told of again
 * by those after it.
 */
static void forget_state(struct lin_key *key)
{
	key->states.count = 0;
}

void lin_note_violation(struct lin *lin, struct lin_key *key, const struct lin_op *stuck)
{
	if (!lin->violated_keys)
		explain_violation(lin, key, stuck);
	if (!key->violated)
		lin->violated_keys++;
	if (key->undecided)
		lin->undecided_keys--;
	key->undecided = false;
	key->violated = true;
	forget_state(key);
}

void lin_note_undecided(struct lin *lin, struct lin_key *key, const char *why)
{
	if (!lin->reason[0])
		snprintf(lin->reason, sizeof(lin->reason), "key %td isn't decided: %s",
			 key - lin->keys, why);
	if (!key->undecided && !key->violated) {
		key->undecided = true;
		lin->undecided_keys++;
	}
	forget_state(key);
}
