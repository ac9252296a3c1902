// SPDX-License-Identifier: Apache-2.0
/* Committed prefixes agree over all replicas and lives, each request once, results as the model has them. */
#include <endian.h>
#include <inttypes.h>
#include <string.h>

#include "checker.h"
#include "log_hash.h"

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

static bool same_operation(const struct truth *a, const struct truth *b)
{
	return a->client_id == b->client_id && a->request == b->request && a->bytes == b->bytes &&
	       memcmp(a->payload, b->payload, a->bytes) == 0;
}

uint64_t checker_hash(const struct checker *checker, uint64_t op)
{
	return op ? checker->truths[op - 1].hash : 0;
}

static void first_commit(struct checker *checker, uint64_t op, const struct truth *operation)
{
	struct truth *truth = &checker->truths[op - 1];

	*truth = *operation;
	truth->hash = log_hash_next(checker_hash(checker, op - 1), op, truth->client_id,
				    truth->request, truth->payload, truth->bytes);
	checker->ops = op;
	check_at_most_once(checker, op, truth);
	execute_on_model(checker, truth);
	checker_majority(checker, op, truth);
}

/* The first op after everything was forgotten. What no client was told of may be forgotten. */
static void begin_anew(struct checker *checker)
{
	checker->forgotten = false;
	if (checker->acknowledged)
		return;
	checker->ops = 0;
	memset(checker->last_request, 0, sizeof(checker->last_request));
	memset(checker->value_bytes, 0, sizeof(checker->value_bytes));
}

void checker_committed(struct checker *checker, uint8_t replica, uint64_t op,
		       const struct truth *operation)
{
	struct life *life = &checker->lives[replica];

	if (op != ++life->committed) {
		checker_fail(checker, "replica%u commits op %" PRIu64 " after op %" PRIu64, replica,
			     op, life->committed - 1);
		return;
	}
	if (checker->forgotten)
		begin_anew(checker);
	if (op > CHECKER_OPS_MAX || op > checker->ops + 1) {
		checker_fail(checker, "replica%u commits op %" PRIu64 " past the end", replica, op);
		return;
	}
	if (op > checker->ops)
		first_commit(checker, op, operation);
	else if (!same_operation(&checker->truths[op - 1], operation))
		checker_fail(checker, "replica%u commits another operation as op %" PRIu64, replica,
			     op);
}

void checker_restored(struct checker *checker, uint8_t replica, uint64_t op, uint64_t hash)
{
	struct life *life = &checker->lives[replica];

	if (op < life->committed)
		checker_fail(checker, "replica%u goes back from op %" PRIu64 " to %" PRIu64,
			     replica, life->committed, op);
	else if (op > checker->ops)
		checker_fail(checker,
			     "replica%u restores op %" PRIu64 ", which nobody has committed",
			     replica, op);
	else if (hash != checker_hash(checker, op))
		checker_fail(checker,
			     "replica%u restores another log than was committed to op %" PRIu64,
			     replica, op);
	life->committed = op;
}

void checker_reply(struct checker *checker, const struct vr_msg *msg)
{
	const struct truth *truth;

	if (msg->flags & WIRE_F_MEMORY_LOST)
		return;
	if (msg->op == 0 || msg->op > checker->ops) {
		checker_fail(checker, "a REPLY names op %" PRIu64 ", which isn't committed",
			     msg->op);
		return;
	}
	checker->acknowledged = true;
	truth = &checker->truths[msg->op - 1];
	if (truth->client_id != msg->client_id || truth->request != msg->request)
		checker_fail(checker, "a REPLY names op %" PRIu64 ", which is another request",
			     msg->op);
	else if (truth->result_bytes != msg->payload_bytes ||
		 memcmp(truth->result, msg->payload, truth->result_bytes))
		checker_fail(checker, "the result of op %" PRIu64 " isn't the model's", msg->op);
}

void checker_all_forgotten(struct checker *checker)
{
	memset(checker->leaders, 0, sizeof(checker->leaders));
	checker->forgotten = true;
}
