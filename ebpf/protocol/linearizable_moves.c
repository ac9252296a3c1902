// SPDX-License-Identifier: Apache-2.0
/*
 * The list of what isn't linearized yet, and the moves in it. Two shortcuts,
 * neither of which loses an order:
 * - An operation that fits and changes nothing is linearized at once: in whatever
 *   order it stood later, it may as well stand here.
 * - A PUT without a result happened, if at all, right before an operation that
 *   returns what it wrote: before another such PUT or at the end nobody saw it.
 */
#include "linearizable_internal.h"

#define EXACT_OPS 128 /* up to so many the set of linearized operations is kept bit by bit */

void lin_lay_events(struct lin_search *search, const struct lin *lin, const struct lin_key *key)
{
	uint32_t at = key->first;

	search->ops = key->ops;
	search->left = 0;
	for (uint32_t i = 0; i < key->ops; i++, at = lin->pool[at].next) {
		const struct lin_op *op = &lin->pool[at];

		search->op[i] = op;
		search->events[op->invoked_at + 1] = (struct lin_event){.op = i};
		if (!op->returned)
			continue;
		search->events[op->returned_at + 1] = (struct lin_event){.op = i, .returns = true};
		search->left++;
	}
	for (uint32_t i = 0; i <= key->events; i++) {
		search->events[i].previous = i ? i - 1 : key->events;
		search->events[i].next = i < key->events ? i + 1 : LIN_HEAD;
	}
	search->pending = search->ops - search->left;
	search->least_left = search->left + 1;
}

/*
 * In a longer stretch two sets may be taken for one, with a probability of 2^-128
 * for any two; values were told apart by 64 bits before.
 */
static void toggle(struct lin_search *search, uint32_t op)
{
	if (search->ops <= EXACT_OPS) {
		search->set[op / 64] ^= 1ull << (op % 64);
	} else {
		search->set[0] ^= lin_mix(op);
		search->set[1] ^= lin_mix(op + (1ull << 32));
	}
}

static void unlink_event(struct lin_search *search, uint32_t at)
{
	const struct lin_event *event = &search->events[at];

	search->events[event->previous].next = event->next;
	search->events[event->next].previous = event->previous;
}

static void relink_event(struct lin_search *search, uint32_t at)
{
	const struct lin_event *event = &search->events[at];

	search->events[event->previous].next = at;
	search->events[event->next].previous = at;
}

static void lift(struct lin_search *search, uint32_t number)
{
	const struct lin_op *op = search->op[number];

	toggle(search, number);
	unlink_event(search, op->invoked_at + 1);
	if (op->returned) {
		unlink_event(search, op->returned_at + 1);
		search->left--;
	}
}

/* In the reverse order of lift, so that each event finds its neighbours as it left them. */
static void put_back(struct lin_search *search, uint32_t number)
{
	const struct lin_op *op = search->op[number];

	toggle(search, number);
	if (op->returned) {
		relink_event(search, op->returned_at + 1);
		search->left++;
	}
	relink_event(search, op->invoked_at + 1);
}

uint32_t lin_next_candidate(struct lin_search *search, uint32_t at)
{
	search->steps++;
	at = search->events[at].next;
	return search->events[at].returns ? LIN_HEAD : at;
}

bool lin_find_forced(struct lin_search *search, struct lin_move *move)
{
	uint32_t at = LIN_HEAD;

	while ((at = lin_next_candidate(search, at)) != LIN_HEAD) {
		const struct lin_op *op = search->op[search->events[at].op];

		if (op->returned && op->result == search->state &&
		    (!op->put || op->written == search->state)) {
			*move = (struct lin_move){
				.op = search->events[at].op, .pending = LIN_NONE, .forced = true};
			return true;
		}
	}
	return false;
}

/* Of several that wrote the same, the first will do: the others may stand wherever it may. */
static uint32_t find_pending(struct lin_search *search, uint64_t written)
{
	uint32_t at = LIN_HEAD;

	while ((at = lin_next_candidate(search, at)) != LIN_HEAD) {
		const struct lin_op *op = search->op[search->events[at].op];

		if (!op->returned && op->put && op->written == written)
			return search->events[at].op;
	}
	return LIN_NONE;
}

bool lin_find_move(struct lin_search *search, uint32_t at, struct lin_move *move)
{
	while ((at = lin_next_candidate(search, at)) != LIN_HEAD) {
		const struct lin_op *op = search->op[search->events[at].op];
		uint32_t pending = LIN_NONE;

		if (!op->returned)
			continue;
		if (op->result != search->state) {
			pending = search->pending ? find_pending(search, op->result) : LIN_NONE;
			if (pending == LIN_NONE)
				continue;
		}
		*move = (struct lin_move){.op = search->events[at].op, .pending = pending};
		return true;
	}
	return false;
}

void lin_make(struct lin_search *search, struct lin_move *move)
{
	const struct lin_op *op = search->op[move->op];

	move->before = search->state;
	if (move->pending != LIN_NONE)
		lift(search, move->pending);
	lift(search, move->op);
	search->state = op->put ? op->written : op->result;
	search->moves[search->depth++] = *move;
}

struct lin_move lin_take_back(struct lin_search *search)
{
	struct lin_move move = search->moves[--search->depth];

	put_back(search, move.op);
	if (move.pending != LIN_NONE)
		put_back(search, move.pending);
	search->state = move.before;
	return move;
}
