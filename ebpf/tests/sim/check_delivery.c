// SPDX-License-Identifier: Apache-2.0
/* What was handed to each core: which ops it can hold, which broadcasts it must have counted. */
#include <inttypes.h>

#include "checker.h"

static bool take_bit(uint8_t *bits, uint64_t at)
{
	bool was_set = bits[at / 8] & (1u << (at % 8));

	bits[at / 8] |= (uint8_t)(1u << (at % 8));
	return !was_set;
}

static void note_prepare(struct life *life, uint64_t op)
{
	if (op == 0 || op >= CHECKER_OPS_MAX)
		return;
	take_bit(life->has, op);
	while (life->prefix + 1 < CHECKER_OPS_MAX &&
	       life->has[(life->prefix + 1) / 8] & (1u << ((life->prefix + 1) % 8)))
		life->prefix++;
}

static void note_broadcast(struct life *life, const struct vr_msg *msg)
{
	if (msg->bcast_seq >= CHECKER_SEQS_MAX)
		return;
	if (take_bit(life->seqs, msg->bcast_seq))
		life->receipts[msg->window]++;
	else
		life->duplicates[msg->window]++;
}

void checker_delivered(struct checker *checker, uint8_t replica, uint8_t leader,
		       const struct vr_msg *msg)
{
	struct life *life = checker_present_life(checker, replica);

	if (msg->type == WIRE_PREPARE)
		note_prepare(life, msg->op);
	if (msg->bcast_seq)
		note_broadcast(life, msg);
	if (msg->bcast_seq && (msg->flags & WIRE_F_RESEND))
		checker_fail(checker, "a resend carries bcast_seq %" PRIu64, msg->bcast_seq);
	if (replica == leader && msg->sender &&
	    msg->incarnation > checker->known_to_leader[msg->sender])
		checker->known_to_leader[msg->sender] = msg->incarnation;
}

void checker_broadcast(struct checker *checker, const struct vr_msg *msg, unsigned sends)
{
	checker->broadcasts[msg->window]++;
	checker->sends[msg->window] += sends;
}

static void compare(struct checker *checker, uint8_t replica, const char *what, uint64_t core,
		    uint64_t outside)
{
	if (core != outside)
		checker_fail(checker, "replica%u counts %" PRIu64 " %s, but there were %" PRIu64,
			     replica, core, what, outside);
}

void checker_compare_counters(struct checker *checker, uint8_t replica, uint8_t leader,
			      const struct vr *vr)
{
	const struct life *life = checker_present_life(checker, replica);

	for (unsigned window = 0; window < WIRE_WINDOWS; window++) {
		const struct vr_window_counters *counters = vr_window(vr, window);

		if (replica == leader) {
			compare(checker, replica, "broadcasts", counters->broadcasts,
				checker->broadcasts[window]);
			compare(checker, replica, "sends", counters->sent, checker->sends[window]);
		} else {
			compare(checker, replica, "receipts", counters->receipts,
				life->receipts[window]);
			compare(checker, replica, "duplicates", counters->duplicates,
				life->duplicates[window]);
		}
	}
}
