/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is what clients saw of a key-value store linearizable (Herlihy and Wing, 1990)?
 * Judged key by key, which suffices (locality), by the search of Wing and Gong
 * (1993) with Lowe's memory of visited configurations (2017), over stretches
 * between two moments at which nothing is outstanding on that key, so that the
 * memory it takes doesn't grow with the history.
 *
 * A PUT returns the value it replaced, a GET the value; values are told apart by
 * a 64-bit hash, 0 for "never written". The search of one stretch is bounded in
 * steps: beyond it the key is not decided, which is said and never called right.
 */
#ifndef LAB_LINEARIZABLE_H
#define LAB_LINEARIZABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lin_verdict { LIN_LINEARIZABLE, LIN_VIOLATED, LIN_NOT_DECIDED };

struct lin_config {
	uint32_t keys; /* keys are 0..keys - 1 */
	/* clients are 0..clients - 1, each with one operation outstanding at most */
	uint32_t clients;
	uint64_t steps_max; /* per stretch of one key */
};

struct lin_summary {
	enum lin_verdict verdict; /* violated before not decided */
	uint64_t operations; /* with a result */
	uint64_t pending; /* without one at the end: they may have happened or not */
	uint64_t steps;
	uint32_t keys; /* that were touched */
	uint32_t undecided_keys;
	char reason[256]; /* of the first key that isn't linearizable, or wasn't decided; "" */
};

struct lin;

const char *lin_config_error(const struct lin_config *config);
size_t lin_memory_bytes(const struct lin_config *config);
/* memory: zeroed, 64-byte aligned. */
struct lin *lin_init(void *memory, const struct lin_config *config);
/*
 * Somebody else wrote before this history began: a key may hold anything until
 * the first result on it tells. Before the first lin_invoke, if at all.
 */
void lin_start_unknown(struct lin *lin);
/*
 * Times in ns of one clock; calls come in order of time. written: hash of the PUT's
 * value, ignored for a GET.
 */
void lin_invoke(struct lin *lin, uint32_t client, uint32_t key, bool put, uint64_t written,
		uint64_t now_ns);
/* The client's outstanding operation returned; result: hash of the value that the reply carries. */
void lin_return(struct lin *lin, uint32_t client, uint64_t result, uint64_t now_ns);
/* The history is over; what is outstanding stays pending. Call once. */
void lin_finish(struct lin *lin);
void lin_summary(const struct lin *lin, struct lin_summary *summary);

#endif
