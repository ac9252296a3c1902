// SPDX-License-Identifier: Apache-2.0
/* Histories made by hand, and small random ones against a checker that tries every order. */
#include "check.h"
#include "linearizable.h"

#include <stdlib.h>

#define CLIENTS 4
#define KEYS 3
#define STEPS_MAX 100000

static struct lin *lin;
static size_t lin_bytes;
static uint64_t now_ns;

static void begin_with(struct lin_config config)
{
	size_t bytes = lin_memory_bytes(&config);

	if (bytes != lin_bytes) {
		free(lin);
		lin = aligned_alloc(64, bytes);
		lin_bytes = bytes;
	}
	memset(lin, 0, bytes);
	now_ns = 5000000000;
	lin_init(lin, &config);
}

static void begin(void)
{
	begin_with((struct lin_config){.keys = KEYS, .clients = CLIENTS, .steps_max = STEPS_MAX});
}

static void put(uint32_t client, uint64_t value)
{
	lin_invoke(lin, client, 0, true, value, now_ns += 1000);
}

static void get(uint32_t client)
{
	lin_invoke(lin, client, 0, false, 77, now_ns += 1000);
}

static void returns(uint32_t client, uint64_t value)
{
	lin_return(lin, client, value, now_ns += 1000);
}

static struct lin_summary end(void)
{
	struct lin_summary summary;

	lin_finish(lin);
	lin_summary(lin, &summary);
	return summary;
}

static void operations_one_after_the_other(void)
{
	struct lin_summary summary;

	begin();
	get(0), returns(0, 0);
	put(0, 10), returns(0, 0);
	get(1), returns(1, 10);
	put(1, 11), returns(1, 10);
	summary = end();
	CHECK_EQ(summary.verdict, LIN_LINEARIZABLE);
	CHECK_EQ(summary.operations, 4);
	CHECK_EQ(summary.keys, 1);
	CHECK_EQ(summary.pending, 0);
	CHECK(!summary.reason[0]);
}

static void a_stale_read_is_a_violation(void)
{
	struct lin_summary summary;

	begin();
	put(0, 10), returns(0, 0);
	put(0, 11), returns(0, 10);
	get(3), returns(3, 10);
	/* What comes after it isn't blamed for it. */
	get(2), returns(2, 11);
	summary = end();
	CHECK_EQ(summary.verdict, LIN_VIOLATED);
	CHECK(strstr(summary.reason, "key 0: the GET of client 3, sent 0.000004 s after"));
	CHECK(strstr(summary.reason, "read 000000000000000a, which doesn't fit the value "
				     "000000000000000b that the key held"));
}

static void a_lost_write_is_a_violation(void)
{
	begin();
	put(0, 10), returns(0, 0);
	put(1, 11), returns(1, 0);
	CHECK_EQ(end().verdict, LIN_VIOLATED);
}

static void a_value_that_nobody_wrote_is_a_violation(void)
{
	struct lin_summary summary;

	begin();
	put(0, 10);
	get(1);
	returns(1, 99);
	returns(0, 0);
	summary = end();
	CHECK_EQ(summary.verdict, LIN_VIOLATED);
	CHECK(strstr(summary.reason, "the GET of client 1"));
	CHECK(strstr(summary.reason, "order of the operations around it"));
}

/* Client 2 overlaps both, so that there is a search; the two reads are in order of time. */
static void reads_that_swap_real_time_are_a_violation(void)
{
	begin();
	put(2, 10);
	get(0), returns(0, 10);
	get(1), returns(1, 0);
	returns(2, 0);
	CHECK_EQ(end().verdict, LIN_VIOLATED);
	begin();
	put(2, 10);
	get(0), returns(0, 0);
	get(1), returns(1, 10);
	returns(2, 0);
	CHECK_EQ(end().verdict, LIN_LINEARIZABLE);
}

static void overlapping_operations_may_stand_in_any_order(void)
{
	begin();
	put(0, 10), put(1, 11), put(2, 12), get(3);
	returns(3, 11);
	returns(0, 12);
	returns(2, 0);
	returns(1, 10);
	/* The order was 12, 10, 11. */
	get(0), returns(0, 11);
	CHECK_EQ(end().verdict, LIN_LINEARIZABLE);
}

/* Each of the two writes replaced the other's value, from which nothing says which was first. */
static void several_possible_values_are_carried_over_a_quiet_moment(void)
{
	for (uint64_t seen = 10; seen <= 12; seen++) {
		begin();
		lin_start_unknown(lin);
		put(0, 10), put(1, 11), returns(0, 11), returns(1, 10);
		get(0), returns(0, seen);
		CHECK_EQ(end().verdict, seen == 12 ? LIN_VIOLATED : LIN_LINEARIZABLE);
	}
	begin();
	lin_start_unknown(lin);
	put(0, 10), put(1, 11), returns(0, 11), returns(1, 10);
	get(0), returns(0, 10);
	get(0), returns(0, 11);
	CHECK_EQ(end().verdict, LIN_VIOLATED);
}

static void a_write_without_a_reply_may_have_happened_or_not(void)
{
	struct lin_summary summary;

	for (uint64_t seen = 10; seen <= 12; seen++) {
		begin();
		put(0, 10), returns(0, 0);
		put(1, 11);
		get(0), returns(0, seen);
		summary = end();
		CHECK_EQ(summary.verdict, seen == 12 ? LIN_VIOLATED : LIN_LINEARIZABLE);
		CHECK_EQ(summary.pending, 1);
		CHECK_EQ(summary.operations, 2);
	}
	/* Once seen it stays. */
	begin();
	put(0, 10), returns(0, 0);
	put(1, 11);
	get(0), returns(0, 11);
	get(0), returns(0, 10);
	CHECK_EQ(end().verdict, LIN_VIOLATED);
	/* It can't have happened before it was sent. */
	begin();
	get(0), returns(0, 11);
	put(1, 11);
	get(2), returns(2, 11);
	CHECK_EQ(end().verdict, LIN_VIOLATED);
}

static void keys_are_judged_apart(void)
{
	struct lin_summary summary;

	begin();
	lin_invoke(lin, 0, 1, true, 10, ++now_ns);
	lin_invoke(lin, 1, 2, false, 0, ++now_ns);
	returns(0, 0);
	returns(1, 10);
	summary = end();
	CHECK_EQ(summary.verdict, LIN_VIOLATED);
	CHECK_EQ(summary.keys, 2);
	CHECK(strstr(summary.reason, "key 2:"));
}

static void unknown_beginnings_are_told_by_the_first_result(void)
{
	begin();
	lin_start_unknown(lin);
	put(0, 10), get(1), returns(1, 4), returns(0, 4);
	get(0), returns(0, 10);
	CHECK_EQ(end().verdict, LIN_LINEARIZABLE);
	begin();
	lin_start_unknown(lin);
	put(0, 10), get(1), returns(1, 4), returns(0, 5);
	CHECK_EQ(end().verdict, LIN_VIOLATED);
}

/*
 * A PUT that stays outstanding while others go on: one stretch, too long for an exact
 * set of operations.
 */
static struct lin_summary one_long_stretch(uint32_t ops, uint32_t wrong_at)
{
	begin();
	put(3, 1000000);
	for (uint32_t i = 0; i < ops; i++) {
		put(i % 2, i + 1);
		get(2);
		returns(2, i);
		returns(i % 2, i == wrong_at ? i - 1 : i);
	}
	returns(3, ops);
	get(0), returns(0, 1000000);
	return end();
}

static void a_long_stretch_is_searched_in_order_of_its_length(void)
{
	struct lin_summary summary = one_long_stretch(1500, UINT32_MAX);

	CHECK_EQ(summary.verdict, LIN_LINEARIZABLE);
	CHECK(summary.steps < 30 * 3000);
	CHECK_EQ(one_long_stretch(1500, 1400).verdict, LIN_VIOLATED);
}

static void what_exceeds_the_steps_is_not_decided(void)
{
	struct lin_summary summary;

	begin_with((struct lin_config){.keys = KEYS, .clients = CLIENTS, .steps_max = 8});
	put(0, 10), put(1, 11), put(2, 12), get(3);
	returns(0, 12), returns(2, 0), returns(1, 10), returns(3, 0);
	get(0), returns(0, 99);
	summary = end();
	CHECK_EQ(summary.verdict, LIN_NOT_DECIDED);
	CHECK_EQ(summary.undecided_keys, 1);
	CHECK(strstr(summary.reason, "key 0 isn't decided: "));
}

static void a_stretch_without_an_end_is_not_decided(void)
{
	struct lin_summary summary = one_long_stretch(2500, UINT32_MAX);

	CHECK_EQ(summary.verdict, LIN_NOT_DECIDED);
	CHECK_EQ(summary.undecided_keys, 1);
	CHECK_EQ(summary.operations, 5002);
	/* Afterwards violations are found again, and nothing is right for lack of a check. */
	one_long_stretch(2500, UINT32_MAX);
	get(1), returns(1, 1000001);
	lin_summary(lin, &summary);
	CHECK_EQ(summary.verdict, LIN_VIOLATED);
	CHECK_EQ(summary.undecided_keys, 0);
	CHECK(strstr(summary.reason, "which doesn't fit"));
}

static void a_configuration_out_of_bounds_is_named(void)
{
	struct lin_config bad = {.keys = 0, .clients = 1, .steps_max = 1};

	CHECK(strstr(lin_config_error(&bad), "keys"));
	CHECK_EQ(lin_memory_bytes(&bad), 0);
	bad = (struct lin_config){.keys = 1, .clients = 65537, .steps_max = 1};
	CHECK(strstr(lin_config_error(&bad), "clients"));
	bad = (struct lin_config){.keys = 1, .clients = 1};
	CHECK(strstr(lin_config_error(&bad), "steps_max"));
}

/*
 * The other checker: every order of a whole history of one key, without memory, cuts
 * or shortcuts.
 */
#define SMALL_OPS 8

struct small_op {
	uint32_t invoked_at, returned_at; /* 0: never */
	bool put, applied, ordered;
	uint64_t written, result;
};

static struct small_op small[KEYS][SMALL_OPS];
static unsigned small_count[KEYS];

static bool may_be_next(uint32_t key, const struct small_op *next)
{
	for (unsigned i = 0; i < small_count[key]; i++) {
		const struct small_op *op = &small[key][i];

		if (!op->ordered && op->returned_at && op->returned_at < next->invoked_at)
			return false;
	}
	return !next->ordered;
}

static bool an_order_exists(uint32_t key, uint64_t state)
{
	bool all = true;

	for (unsigned i = 0; i < small_count[key]; i++) {
		struct small_op *op = &small[key][i];
		bool found;

		all &= op->ordered || !op->returned_at;
		if (!may_be_next(key, op) || (op->returned_at && op->result != state))
			continue;
		op->ordered = true;
		found = an_order_exists(key, op->put ? op->written : state);
		op->ordered = false;
		if (found)
			return true;
	}
	return all;
}

static uint64_t random_state;

static uint32_t random_below(uint32_t bound)
{
	random_state = random_state * 6364136223846793005ull + 1442695040888963407ull;
	return (uint32_t)(random_state >> 33) % bound;
}

/*
 * What a client's operation does to a register that now and then forgets a write or
 * shows an old value.
 */
static void apply(struct small_op *op, uint64_t *register_, uint32_t wrong_per_mille)
{
	op->applied = true;
	op->result = *register_;
	if (random_below(1000) < wrong_per_mille)
		op->result = random_below(4);
	if (op->put && random_below(1000) >= wrong_per_mille)
		*register_ = op->written;
}

static void random_history(uint64_t seed)
{
	struct small_op *of[CLIENTS] = {NULL};
	uint64_t registers[KEYS] = {0};
	uint32_t wrong = seed % 2 ? 0 : 150, values = seed % 3 ? 3 : 1000, keys = 1 + seed % 2;

	random_state = seed * 0x9e3779b97f4a7c15ull;
	memset(small_count, 0, sizeof(small_count));
	for (uint32_t at = 1, end_at = 10 + random_below(30); at < end_at; at++) {
		uint32_t client = random_below(CLIENTS), key = random_below(keys);
		struct small_op *op = of[client];

		if (op && !op->applied) {
			apply(op, &registers[(op - small[0]) / SMALL_OPS], wrong);
		} else if (op) {
			op->returned_at = at;
			lin_return(lin, client, op->result, at);
			of[client] = NULL;
		} else if (small_count[key] < SMALL_OPS) {
			op = of[client] = &small[key][small_count[key]++];
			*op = (struct small_op){.invoked_at = at,
						.put = random_below(2),
						.written = 1 + random_below(values)};
			lin_invoke(lin, client, key, op->put, op->written, at);
		}
	}
}

static void random_histories_are_judged_as_by_trying_every_order(void)
{
	unsigned violated = 0, right = 0;

	for (uint64_t seed = 1; seed <= 6000; seed++) {
		struct lin_summary summary;
		bool expected = true;

		begin();
		random_history(seed);
		summary = end();
		for (uint32_t key = 0; key < KEYS; key++)
			expected &= an_order_exists(key, 0);
		snprintf(check_why, sizeof(check_why), "seed %" PRIu64 " is judged %d: %s", seed,
			 summary.verdict, summary.reason);
		if (summary.verdict != (expected ? LIN_LINEARIZABLE : LIN_VIOLATED))
			return;
		check_why[0] = '\0';
		violated += !expected;
		right += expected;
	}
	CHECK(violated > 1000);
	CHECK(right > 1000);
	free(lin);
	lin = NULL;
}

RUN_TESTS({"operations one after the other", operations_one_after_the_other},
	  {"a stale read is a violation", a_stale_read_is_a_violation},
	  {"a lost write is a violation", a_lost_write_is_a_violation},
	  {"a value that nobody wrote is a violation", a_value_that_nobody_wrote_is_a_violation},
	  {"reads that swap real time are a violation", reads_that_swap_real_time_are_a_violation},
	  {"overlapping operations may stand in any order",
	   overlapping_operations_may_stand_in_any_order},
	  {"several possible values are carried over a quiet moment",
	   several_possible_values_are_carried_over_a_quiet_moment},
	  {"a write without a reply may have happened or not",
	   a_write_without_a_reply_may_have_happened_or_not},
	  {"keys are judged apart", keys_are_judged_apart},
	  {"unknown beginnings are told by the first result",
	   unknown_beginnings_are_told_by_the_first_result},
	  {"a long stretch is searched in order of its length",
	   a_long_stretch_is_searched_in_order_of_its_length},
	  {"what exceeds the steps is not decided", what_exceeds_the_steps_is_not_decided},
	  {"a stretch without an end is not decided", a_stretch_without_an_end_is_not_decided},
	  {"a configuration out of bounds is named", a_configuration_out_of_bounds_is_named},
	  {"random histories are judged as by trying every order",
	   random_histories_are_judged_as_by_trying_every_order})
