// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "check.h"
#include "latency.h"

/* The formula of load_client.h, written down a second time without bit tricks. */
static uint32_t index_by_formula(uint64_t ns)
{
	unsigned bucket = 0;

	if (ns < 2048)
		return (uint32_t)ns;
	while ((ns >> bucket) >= 2048)
		bucket++;
	return (bucket + 1) * 1024 + (uint32_t)((ns >> bucket) - 1024);
}

static void check_value(uint64_t ns)
{
	uint32_t index = latency_index(ns);
	uint64_t highest = latency_highest(index);

	CHECK_EQ(index, index_by_formula(ns));
	CHECK(index < LATENCY_BUCKETS);
	CHECK(highest >= ns);
	/* At most 0.1 %: 1000 * (highest - ns) <= ns. */
	CHECK((highest - ns) <= ns / 1000);
	CHECK_EQ(latency_index(highest), index);
	if (highest < UINT64_MAX)
		CHECK_EQ(latency_index(highest + 1), index + 1);
}

static void an_index_is_within_a_thousandth_of_its_value(void)
{
	uint64_t random = 88172645463325252ull;

	for (uint64_t ns = 0; ns < 10000; ns++)
		CHECK_IN(check_value(ns));
	for (unsigned bit = 11; bit < 64; bit++) {
		CHECK_IN(check_value((1ull << bit) - 1));
		CHECK_IN(check_value(1ull << bit));
		CHECK_IN(check_value((1ull << bit) + 1));
	}
	for (unsigned i = 0; i < 200000; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		CHECK_IN(check_value(random >> (i % 60)));
	}
	CHECK_IN(check_value(UINT64_MAX));
	CHECK_EQ(latency_index(UINT64_MAX), LATENCY_BUCKETS - 1);
}

static void values_below_2048_ns_are_exact(void)
{
	for (uint32_t ns = 0; ns < 2048; ns++) {
		CHECK_EQ(latency_index(ns), ns);
		CHECK_EQ(latency_highest(ns), ns);
	}
}

static struct latency_histogram histogram;

static void *begin(void)
{
	struct memory_layout layout = {0};
	void *memory;

	latency_init(&histogram, &layout);
	memory = aligned_alloc(64, (layout.used + 63) & ~(size_t)63);
	memset(memory, 0, layout.used);
	layout = (struct memory_layout){.base = memory};
	latency_init(&histogram, &layout);
	return memory;
}

static void check_sparse_recording(void)
{
	latency_record(&histogram, 5000000);
	latency_record(&histogram, 100);
	latency_record(&histogram, 100);
	CHECK_EQ(latency_collect(&histogram), 2);
	CHECK_EQ(histogram.used[0], 100);
	CHECK_EQ(histogram.used_counts[0], 2);
	CHECK_EQ(histogram.used[1], latency_index(5000000));
	CHECK_EQ(histogram.used_counts[1], 1);
	CHECK_EQ(histogram.completed, 3);
	CHECK_EQ(histogram.sum_ns, 5000200);
	CHECK_EQ(histogram.min_ns, 100);
	CHECK_EQ(histogram.max_ns, 5000000);
	latency_reset(&histogram);
	CHECK_EQ(latency_collect(&histogram), 0);
	latency_record(&histogram, 7);
	CHECK_EQ(latency_collect(&histogram), 1);
	CHECK_EQ(histogram.min_ns, 7);
	CHECK_EQ(histogram.max_ns, 7);
}

static void recording_is_sparse_ascending_and_emptied_by_reset(void)
{
	void *memory = begin();

	check_sparse_recording();
	free(memory);
}

static void check_percentiles(void)
{
	CHECK_EQ(latency_percentile(&histogram, 500), 0);
	for (uint64_t ns = 1; ns <= 1000; ns++)
		latency_record(&histogram, ns);
	CHECK_EQ(latency_percentile(&histogram, 500), 500);
	CHECK_EQ(latency_percentile(&histogram, 950), 950);
	CHECK_EQ(latency_percentile(&histogram, 999), 999);
	latency_record(&histogram, 1000000007);
	/* The one value in its index: its exact maximum, not the index's upper end. */
	CHECK_EQ(latency_percentile(&histogram, 1000), 1000000007);
	CHECK_EQ(latency_percentile(&histogram, 999), 1000);
}

static void percentiles_are_the_smallest_value_that_enough_do_not_exceed(void)
{
	void *memory = begin();

	check_percentiles();
	free(memory);
}

RUN_TESTS({"an index is within a thousandth of its value",
	   an_index_is_within_a_thousandth_of_its_value},
	  {"values below 2048 ns are exact", values_below_2048_ns_are_exact},
	  {"recording is sparse, ascending and emptied by reset",
	   recording_is_sparse_ascending_and_emptied_by_reset},
	  {"percentiles are the smallest value that enough do not exceed",
	   percentiles_are_the_smallest_value_that_enough_do_not_exceed})
