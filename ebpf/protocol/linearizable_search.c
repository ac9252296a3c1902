// SPDX-License-Identifier: Apache-2.0
/*
 * Wing and Gong's search for an order of one stretch, with Lowe's memory of the
 * configurations that were visited. The invocations and returns that aren't
 * linearized yet stand in a list by time; whatever was invoked before the list's
 * first return may be linearized next, if its result is what the key then holds.
 */
#include "linearizable_internal.h"

void lin_search_init(struct lin_search *search, struct memory_layout *layout)
{
	search->op = memory_take(layout, LIN_STRETCH_OPS_MAX * sizeof(*search->op));
	search->events =
		memory_take(layout, (2 * LIN_STRETCH_OPS_MAX + 1) * sizeof(*search->events));
	search->moves = memory_take(layout, LIN_STRETCH_OPS_MAX * sizeof(*search->moves));
	search->seen = memory_take(layout, sizeof(*search->seen) << LIN_SEEN_BITS);
}

static bool out_of_steps(const struct lin_search *search)
{
	return search->steps > search->steps_max;
}

/*
 * Once the table is half full new configurations aren't remembered: they cost time
 * again, no more.
 */
static bool first_visit(struct lin_search *search)
{
	uint64_t hash = lin_mix(search->set[0] ^ lin_mix(search->set[1] ^ lin_mix(search->state)));
	uint32_t mask = (1u << LIN_SEEN_BITS) - 1;

	for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
		struct lin_seen *seen = &search->seen[at];

		if (seen->search != search->number) {
			if (search->seen_count > mask / 2)
				return true;
			search->seen_count++;
			*seen = (struct lin_seen){
				.set = {search->set[0], search->set[1]},
				.state = search->state,
				.search = search->number,
			};
			return true;
		}
		if (seen->state == search->state && seen->set[0] == search->set[0] &&
		    seen->set[1] == search->set[1])
			return false;
	}
}

static void note_stuck(struct lin_search *search)
{
	uint32_t at = search->events[LIN_HEAD].next;

	if (search->left >= search->least_left)
		return;
	while (!search->events[at].returns)
		at = search->events[at].next;
	search->least_left = search->left;
	search->stuck = search->op[search->events[at].op];
}

/* Tries orders from one state that the key may have held, until one is found or none is left. */
static bool explore(struct lin_search *search, uint64_t state)
{
	uint32_t after = LIN_HEAD;

	search->state = state;
	if (!first_visit(search))
		return false;
	while (!out_of_steps(search)) {
		struct lin_move move;
		bool found = (after == LIN_HEAD && lin_find_forced(search, &move)) ||
			     lin_find_move(search, after, &move);

		if (found) {
			lin_make(search, &move);
			after = LIN_HEAD;
			if (!search->left)
				return true;
			if (move.forced || first_visit(search))
				continue;
		} else if (after == LIN_HEAD) {
			note_stuck(search);
		}
		do {
			if (!search->depth)
				return false;
			move = lin_take_back(search);
		} while (move.forced);
		after = search->op[move.op]->invoked_at + 1;
	}
	return false;
}

/*
 * One order from each state is enough, since all of them end alike: each PUT leads
 * from the value that it replaced to the one that it wrote, and a path that takes
 * every such step once ends where more steps lead to than from, or where it began.
 */
static void try_state(struct lin_search *search, uint64_t state)
{
	/* Operations are pending in a history's last stretch alone, whose end doesn't matter. */
	if (out_of_steps(search) || (search->found && search->pending))
		return;
	if (explore(search, state)) {
		search->found = true;
		if (!lin_states_add(&search->ends, search->state))
			search->too_many_ends = true;
	}
	while (search->depth)
		lin_take_back(search);
}

/* Whatever the key held, the first operation in order returned it. */
static void try_any_state(struct lin_search *search)
{
	uint32_t at = LIN_HEAD;

	while ((at = lin_next_candidate(search, at)) != LIN_HEAD) {
		const struct lin_op *op = search->op[search->events[at].op];

		if (op->returned)
			try_state(search, op->result);
	}
}

static void begin(struct lin_search *search, const struct lin *lin)
{
	search->number++;
	search->seen_count = 0;
	search->depth = 0;
	search->set[0] = search->set[1] = 0;
	search->steps = 0;
	search->steps_max = lin->config.steps_max;
	search->found = search->too_many_ends = false;
	search->ends.count = 0;
	search->stuck = NULL;
}

enum lin_verdict lin_search_stretch(struct lin *lin, const struct lin_key *key)
{
	struct lin_search *search = &lin->search;

	begin(search, lin);
	lin_lay_events(search, lin, key);
	if (!search->left)
		return LIN_LINEARIZABLE;
	if (!key->states.count)
		try_any_state(search);
	for (uint32_t i = 0; i < key->states.count; i++)
		try_state(search, key->states.at[i]);
	lin->steps += search->steps;
	if (search->found && search->pending)
		return LIN_LINEARIZABLE;
	if (out_of_steps(search) || search->too_many_ends)
		return LIN_NOT_DECIDED;
	return search->found ? LIN_LINEARIZABLE : LIN_VIOLATED;
}
