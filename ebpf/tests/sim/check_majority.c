// SPDX-License-Identifier: Apache-2.0
/* What a majority must have been handed before it is committed, and who leads which view. */
#include <inttypes.h>

#include "checker.h"
#include "log_hash.h"

/*
 * Lives are not told apart: a replica may acknowledge an op and forget it before
 * the leader commits. That is right as long as its next life recovers it, which
 * the agreement of prefixes shows.
 */
void checker_holds(struct checker *checker, uint8_t replica, const struct vr_msg *msg)
{
	struct holders *holders;
	uint64_t identity;

	if (msg->type != WIRE_PREPARE && msg->type != WIRE_ENTRY)
		return;
	if (msg->op == 0 || msg->op > CHECKER_OPS_MAX)
		return;
	holders = &checker->holders[msg->op - 1];
	identity = log_hash_next(1, msg->op, msg->client_id, msg->request, msg->payload,
				 msg->payload_bytes);
	for (unsigned at = 0; at < CHECKER_RIVALS_MAX; at++) {
		if (holders->replicas[at] && holders->identity[at] != identity)
			continue;
		holders->identity[at] = identity;
		holders->replicas[at] |= (uint16_t)(1u << replica);
		return;
	}
	checker_fail(checker, "op %" PRIu64 " was given to more than %d requests", msg->op,
		     CHECKER_RIVALS_MAX);
}

void checker_majority(struct checker *checker, uint64_t op, const struct truth *operation)
{
	const struct holders *holders = &checker->holders[op - 1];
	uint64_t identity = log_hash_next(1, op, operation->client_id, operation->request,
					  operation->payload, operation->bytes);
	unsigned count = 0;

	for (unsigned at = 0; at < CHECKER_RIVALS_MAX; at++)
		if (holders->replicas[at] && holders->identity[at] == identity)
			count = (unsigned)__builtin_popcount(holders->replicas[at]);
	if (count <= checker->replicas / 2u)
		checker_fail(checker, "op %" PRIu64 " is committed, but only %u replicas hold it",
			     op, count);
}

/* VR Revisited 4.2: a view has one leader. View 0 may be founded twice, if its first leader died at once. */
void checker_leads(struct checker *checker, uint8_t replica, uint32_t view)
{
	struct view_leader *leader;
	uint32_t incarnation = checker->lives[replica].incarnation;

	if (replica != view % checker->replicas + 1)
		checker_fail(checker, "replica%u leads view %u", replica, view);
	if (view >= CHECKER_VIEWS_MAX)
		return;
	leader = &checker->leaders[view];
	if (leader->replica && leader->incarnation != incarnation && (view > 0 || checker->ops > 0))
		checker_fail(checker, "two lives of replica%u lead view %u", replica, view);
	*leader = (struct view_leader){.replica = replica, .incarnation = incarnation};
}
