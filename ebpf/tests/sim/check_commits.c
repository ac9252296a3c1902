// SPDX-License-Identifier: Apache-2.0
/* Committed prefixes agree, each request once, held by a majority, results as the model has them. */
#include <endian.h>
#include <inttypes.h>
#include <string.h>

#include "checker.h"

static void execute_on_model(struct checker *checker, struct truth *truth)
{
	uint32_t key;

	memcpy(&key, truth->payload + 4, sizeof(key));
	key = be32toh(key) % SIM_KEYS;
	truth->result_bytes = checker->value_bytes[key];
	memcpy(truth->result, checker->values[key], truth->result_bytes);
	if (truth->payload[0] != KV_PUT)
		return;
	checker->value_bytes[key] = truth->bytes - 8;
	memcpy(checker->values[key], truth->payload + 8, truth->bytes - 8);
}

static void check_at_most_once(struct checker *checker, uint64_t op, const struct truth *truth)
{
	uint32_t client = truth->client_id - checker->client_base;

	if (client >= SIM_CLIENTS_MAX) {
		checker_fail(checker, "op %" PRIu64 " is of client %u, who doesn't exist", op,
			     truth->client_id);
		return;
	}
	if (truth->request <= checker->last_request[client])
		checker_fail(checker,
			     "request %" PRIu64 " of client %u is executed again, as op %" PRIu64,
			     truth->request, truth->client_id, op);
	checker->last_request[client] = truth->request;
}

static const struct life *life_known_to_leader(const struct checker *checker, uint8_t id)
{
	for (unsigned at = 0; at < checker->life_count[id]; at++)
		if (checker->lives[id][at]->incarnation == checker->known_to_leader[id])
			return checker->lives[id][at];
	return NULL;
}

/*
 * When the leader commits, f followers must hold all of 1..op, each in the life
 * that the leader last heard of: what an earlier life held is gone.
 */
static void check_majority(struct checker *checker, uint8_t leader, uint64_t op)
{
	unsigned holders = 0;

	for (uint8_t id = 1; id <= checker->replicas; id++) {
		const struct life *life = id == leader ? NULL : life_known_to_leader(checker, id);

		holders += life && life->prefix >= op;
	}
	if (holders < checker->replicas / 2u)
		checker_fail(checker, "op %" PRIu64 " is committed, but only %u followers hold it",
			     op, holders);
}

static bool same_operation(const struct truth *a, const struct truth *b)
{
	return a->client_id == b->client_id && a->request == b->request && a->bytes == b->bytes &&
	       memcmp(a->payload, b->payload, a->bytes) == 0;
}

void checker_committed(struct checker *checker, uint8_t replica, bool leads, uint64_t op,
		       const struct truth *operation)
{
	struct life *life = checker_present_life(checker, replica);

	if (op != ++life->committed) {
		checker_fail(checker, "replica%u commits op %" PRIu64 " as its number %" PRIu64,
			     replica, op, life->committed);
		return;
	}
	if (op > CHECKER_OPS_MAX || op > checker->ops + 1) {
		checker_fail(checker, "replica%u commits op %" PRIu64 " past the end", replica, op);
		return;
	}
	if (op > checker->ops) {
		checker->ops = op;
		checker->truths[op - 1] = *operation;
		check_at_most_once(checker, op, operation);
		execute_on_model(checker, &checker->truths[op - 1]);
	} else if (!same_operation(&checker->truths[op - 1], operation)) {
		checker_fail(checker, "replica%u commits another operation as op %" PRIu64, replica,
			     op);
	}
	if (leads)
		check_majority(checker, replica, op);
}

void checker_reply(struct checker *checker, const struct vr_msg *msg)
{
	const struct truth *truth;

	if (msg->flags & WIRE_F_LOG_FULL)
		return;
	if (msg->op == 0 || msg->op > checker->ops) {
		checker_fail(checker, "a REPLY names op %" PRIu64 ", which isn't committed",
			     msg->op);
		return;
	}
	truth = &checker->truths[msg->op - 1];
	if (truth->client_id != msg->client_id || truth->request != msg->request)
		checker_fail(checker, "a REPLY names op %" PRIu64 ", which is another request",
			     msg->op);
	else if (truth->result_bytes != msg->payload_bytes ||
		 memcmp(truth->result, msg->payload, truth->result_bytes))
		checker_fail(checker, "the result of op %" PRIu64 " isn't the model's", msg->op);
}
