// SPDX-License-Identifier: Apache-2.0
/* Keeps each key's operations from one quiescent moment to the next, and then judges them. */
#include "linearizable_internal.h"

#include <assert.h>
#include <string.h>

#define KEYS_MAX (1u << 20)
#define CLIENTS_MAX (1u << 16)

const char *lin_config_error(const struct lin_config *config)
{
	if (config->keys < 1 || config->keys > KEYS_MAX)
		return "keys must be within 1..2^20";
	if (config->clients < 1 || config->clients > CLIENTS_MAX)
		return "clients must be within 1..65536";
	if (!config->steps_max)
		return "steps_max must be at least 1";
	return NULL;
}

/*
 * No more keys than clients have an operation outstanding at once, and only those have
 * a stretch.
 */
static uint32_t pool_ops(const struct lin_config *config)
{
	uint32_t busy = config->keys < config->clients ? config->keys : config->clients;

	return busy < LIN_POOL_OPS_MAX / LIN_STRETCH_OPS_MAX ? busy * LIN_STRETCH_OPS_MAX
							     : LIN_POOL_OPS_MAX;
}

static struct lin *lay_out(struct memory_layout *layout, const struct lin_config *config,
			   struct lin *measured)
{
	struct lin *lin = memory_take(layout, sizeof(struct lin));

	if (!lin)
		lin = measured;
	lin->keys = memory_take(layout, config->keys * sizeof(struct lin_key));
	lin->clients = memory_take(layout, config->clients * sizeof(struct lin_client));
	lin->pool_ops = pool_ops(config);
	lin->pool = memory_take(layout, lin->pool_ops * sizeof(struct lin_op));
	lin_search_init(&lin->search, layout);
	return lin;
}

size_t lin_memory_bytes(const struct lin_config *config)
{
	struct memory_layout layout = {0};
	struct lin measured;

	if (lin_config_error(config))
		return 0;
	lay_out(&layout, config, &measured);
	return (layout.used + 63) & ~(size_t)63;
}

struct lin *lin_init(void *memory, const struct lin_config *config)
{
	struct memory_layout layout = {.base = memory};
	struct lin *lin;

	assert(!lin_config_error(config) && (uintptr_t)memory % 64 == 0);
	lin = lay_out(&layout, config, NULL);
	lin->config = *config;
	lin->pool_free = LIN_NONE;
	for (uint32_t client = 0; client < config->clients; client++)
		lin->clients[client].key = LIN_NONE;
	return lin;
}

void lin_start_unknown(struct lin *lin)
{
	assert(!lin->touched_keys);
	lin->start_unknown = true;
}

bool lin_states_add(struct lin_states *states, uint64_t state)
{
	for (uint32_t i = 0; i < states->count; i++)
		if (states->at[i] == state)
			return true;
	if (states->count == LIN_STATES_MAX)
		return false;
	states->at[states->count++] = state;
	return true;
}

static void touch(struct lin *lin, struct lin_key *key, uint64_t now_ns)
{
	if (lin->touched_keys++ == 0)
		lin->began_ns = now_ns;
	key->touched = true;
	/* Never written, which is the value 0. */
	key->states.count = !lin->start_unknown;
}

static uint32_t take_op(struct lin *lin)
{
	uint32_t at = lin->pool_free;

	if (at != LIN_NONE)
		lin->pool_free = lin->pool[at].next;
	else if (lin->pool_used < lin->pool_ops)
		at = lin->pool_used++;
	return at;
}

static void end_stretch(struct lin *lin, struct lin_key *key)
{
	if (key->ops) {
		lin->pool[key->last].next = lin->pool_free;
		lin->pool_free = key->first;
	}
	key->ops = key->events = 0;
}

static void overflow(struct lin *lin, struct lin_key *key)
{
	for (uint32_t at = key->first, n = 0; n < key->ops; n++, at = lin->pool[at].next)
		if (!lin->pool[at].returned)
			lin->clients[lin->pool[at].client].op = LIN_NONE;
	end_stretch(lin, key);
	key->overflowed = true;
	lin_note_undecided(lin, key, "more operations overlapped without a pause than are kept");
}

static uint32_t append_op(struct lin *lin, struct lin_key *key)
{
	uint32_t at = LIN_NONE;

	if (key->overflowed)
		return LIN_NONE;
	if (key->ops < LIN_STRETCH_OPS_MAX)
		at = take_op(lin);
	if (at == LIN_NONE) {
		overflow(lin, key);
		return LIN_NONE;
	}
	if (key->ops++ == 0)
		key->first = at;
	else
		lin->pool[key->last].next = at;
	key->last = at;
	return at;
}

void lin_invoke(struct lin *lin, uint32_t client, uint32_t key_number, bool put, uint64_t written,
		uint64_t now_ns)
{
	struct lin_client *caller = &lin->clients[client];
	struct lin_key *key = &lin->keys[key_number];
	uint32_t at;

	assert(client < lin->config.clients && key_number < lin->config.keys);
	assert(caller->key == LIN_NONE);
	if (!key->touched)
		touch(lin, key, now_ns);
	at = append_op(lin, key);
	*caller = (struct lin_client){.key = key_number, .op = at};
	key->outstanding++;
	lin->outstanding++;
	if (at == LIN_NONE)
		return;
	lin->pool[at] = (struct lin_op){
		.written = put ? written : 0,
		.invoked_ns = now_ns,
		.client = client,
		.next = LIN_NONE,
		.invoked_at = key->events++,
		.put = put,
	};
}

/* The usual case: an operation that overlaps no other on its key either fits or doesn't. */
static bool fits_alone(struct lin *lin, struct lin_key *key)
{
	const struct lin_op *op = &lin->pool[key->first];
	uint32_t i = 0;

	lin->steps++;
	while (i < key->states.count && key->states.at[i] != op->result)
		i++;
	if (key->states.count && i == key->states.count)
		return false;
	key->states.at[0] = op->put ? op->written : op->result;
	key->states.count = 1;
	return true;
}

static void judge(struct lin *lin, struct lin_key *key)
{
	enum lin_verdict verdict;

	if (key->ops == 1 && lin->pool[key->first].returned) {
		if (!fits_alone(lin, key))
			lin_note_violation(lin, key, &lin->pool[key->first]);
		return;
	}
	verdict = lin_search_stretch(lin, key);
	if (verdict == LIN_LINEARIZABLE)
		key->states = lin->search.ends;
	else if (verdict == LIN_VIOLATED)
		lin_note_violation(lin, key, lin->search.stuck);
	else
		lin_note_undecided(lin, key, "the search for an order was given up at its bound");
}

void lin_return(struct lin *lin, uint32_t client, uint64_t result, uint64_t now_ns)
{
	struct lin_client *caller = &lin->clients[client];
	struct lin_key *key;

	assert(client < lin->config.clients && caller->key != LIN_NONE);
	key = &lin->keys[caller->key];
	if (caller->op != LIN_NONE) {
		struct lin_op *op = &lin->pool[caller->op];

		op->result = result;
		op->returned_ns = now_ns;
		op->returned_at = key->events++;
		op->returned = true;
	}
	caller->key = LIN_NONE;
	lin->operations++;
	lin->outstanding--;
	if (--key->outstanding)
		return;
	if (!key->overflowed)
		judge(lin, key);
	key->overflowed = false;
	end_stretch(lin, key);
}

void lin_finish(struct lin *lin)
{
	for (uint32_t client = 0; client < lin->config.clients; client++) {
		uint32_t key_number = lin->clients[client].key;
		struct lin_key *key;

		if (key_number == LIN_NONE)
			continue;
		key = &lin->keys[key_number];
		if (key->ops)
			judge(lin, key);
		end_stretch(lin, key);
	}
}

void lin_summary(const struct lin *lin, struct lin_summary *summary)
{
	*summary = (struct lin_summary){
		.verdict = lin->violated_keys	 ? LIN_VIOLATED
			   : lin->undecided_keys ? LIN_NOT_DECIDED
						 : LIN_LINEARIZABLE,
		.operations = lin->operations,
		.pending = lin->outstanding,
		.steps = lin->steps,
		.keys = lin->touched_keys,
		.undecided_keys = lin->undecided_keys,
	};
	memcpy(summary->reason, lin->reason, sizeof(summary->reason));
}
