/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the linearizability checker share. */
#ifndef LAB_LINEARIZABLE_INTERNAL_H
#define LAB_LINEARIZABLE_INTERNAL_H

#include "linearizable.h"
#include "memory_layout.h"

/*
 * One stretch holds so many operations at most, all stretches together so many.
 * A key that would need more isn't decided: its stretch is forgotten, and from its
 * next quiescent moment on it may hold anything, so that what is found later about
 * it can prove a violation but never make it right again.
 */
#define LIN_STRETCH_OPS_MAX 4096u
#define LIN_POOL_OPS_MAX 65536u
/*
 * Values that a key may hold at a quiescent moment: one, unless it could have held
 * anything before.
 */
#define LIN_STATES_MAX 4
#define LIN_SEEN_BITS 14
#define LIN_NONE UINT32_MAX
#define LIN_HEAD 0 /* of the list of events */

/* One operation of a stretch that isn't over. */
struct lin_op {
	uint64_t written, result; /* hashes; written of a PUT alone, result once returned */
	uint64_t invoked_ns, returned_ns;
	uint32_t client;
	uint32_t next; /* of the same stretch, in order of invocation */
	uint32_t invoked_at, returned_at; /* places among the events of the stretch */
	bool put, returned;
};

/* A set of values; count 0: any value at all. */
struct lin_states {
	uint64_t at[LIN_STATES_MAX];
	uint32_t count;
};

struct lin_key {
	struct lin_states states; /* at the last quiescent moment */
	uint32_t first, last; /* operations of the stretch */
	uint16_t ops, events; /* of the stretch */
	uint32_t outstanding;
	bool touched;
	bool overflowed; /* until the next quiescent moment nothing is kept */
	bool undecided, violated;
};

_Static_assert(sizeof(struct lin_key) == 64, "a key costs a cache line");

struct lin_client {
	uint32_t key; /* of the outstanding operation; LIN_NONE: none */
	uint32_t op; /* in the pool; LIN_NONE: the key overflowed */
};

/* An invocation or a return in the list of those that aren't linearized yet. */
struct lin_event {
	uint32_t previous, next; /* 0: the list's head */
	uint32_t op; /* in order of invocation */
	bool returns;
};

/* `op` is linearized next, `pending` right before it unless that is LIN_NONE. */
struct lin_move {
	uint64_t before; /* the state that it was made in */
	uint32_t op, pending;
	bool forced; /* no other move from there has to be tried */
};

/* A visited configuration: which operations are linearized and what the key then holds. */
struct lin_seen {
	uint64_t set[2], state;
	uint64_t search; /* the search that saw it */
};

/* One search at a time; its memory is the next one's. */
struct lin_search {
	const struct lin_op **op; /* LIN_STRETCH_OPS_MAX */
	struct lin_event *events; /* the head, then two of each operation */
	struct lin_move *moves; /* made so far */
	struct lin_seen *seen; /* 2^LIN_SEEN_BITS */
	uint64_t number;
	uint32_t seen_count;
	uint32_t ops, depth;
	uint32_t left; /* operations with a result that aren't linearized */
	uint32_t least_left;
	uint32_t pending; /* operations without a result */
	const struct lin_op *stuck; /* what had to return next where the search came furthest */
	uint64_t set[2], state;
	uint64_t steps, steps_max;
	bool found;
	bool too_many_ends;
	struct lin_states ends;
};

struct lin {
	struct lin_config config;
	struct lin_key *keys;
	struct lin_client *clients;
	struct lin_op *pool;
	uint32_t pool_ops, pool_used, pool_free; /* capacity; ever used; first of the free list */
	struct lin_search search;
	bool start_unknown;
	uint64_t began_ns;
	uint64_t operations, outstanding, steps;
	uint32_t touched_keys, undecided_keys, violated_keys;
	char reason[256];
};

/*
 * SplitMix64's mix: a number for each operation, so that a set of them is the
 * exclusive or of theirs.
 */
static inline uint64_t lin_mix(uint64_t z)
{
	z = (z + 1) * 0x9e3779b97f4a7c15ull;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

/* linearizable_moves.c */
void lin_lay_events(struct lin_search *search, const struct lin *lin, const struct lin_key *key);
/* The next invocation after event `at` that may be linearized next; LIN_HEAD if there is none. */
uint32_t lin_next_candidate(struct lin_search *search, uint32_t at);
bool lin_find_forced(struct lin_search *search, struct lin_move *move);
/* Of those invoked after event `at`. */
bool lin_find_move(struct lin_search *search, uint32_t at, struct lin_move *move);
void lin_make(struct lin_search *search, struct lin_move *move);
struct lin_move lin_take_back(struct lin_search *search);

/*
 * linearizable_search.c: judges the stretch of a key and leaves in search.ends what
 * the key may hold after it.
 */
void lin_search_init(struct lin_search *search, struct memory_layout *layout);
enum lin_verdict lin_search_stretch(struct lin *lin, const struct lin_key *key);
/* False if there are too many of them. */
bool lin_states_add(struct lin_states *states, uint64_t state);

/* linearizable_reason.c: the first violation is kept, else the first key that wasn't decided. */
void lin_note_violation(struct lin *lin, struct lin_key *key, const struct lin_op *stuck);
void lin_note_undecided(struct lin *lin, struct lin_key *key, const char *why);

#endif
