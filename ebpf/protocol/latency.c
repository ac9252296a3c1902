// SPDX-License-Identifier: Apache-2.0
#include "latency.h"

#include <string.h>

#define TOUCHED_WORDS ((LATENCY_BUCKETS + 63) / 64)
#define SUB_HALF (1u << LATENCY_SUB_BITS)

uint32_t latency_index(uint64_t ns)
{
	unsigned bucket;

	if (ns < 2 * SUB_HALF)
		return (uint32_t)ns;
	bucket = 63u - (unsigned)__builtin_clzll(ns) - LATENCY_SUB_BITS;
	return ((bucket + 1) << LATENCY_SUB_BITS) + (uint32_t)((ns >> bucket) - SUB_HALF);
}

uint64_t latency_highest(uint32_t index)
{
	unsigned bucket;

	if (index < 2 * SUB_HALF)
		return index;
	bucket = (index >> LATENCY_SUB_BITS) - 1;
	/* The last index of all ends at 2^64 - 1; the shift then wraps to 0, and 0 - 1 is just that. */
	return ((uint64_t)(SUB_HALF + index % SUB_HALF + 1) << bucket) - 1;
}

void latency_init(struct latency_histogram *histogram, struct memory_layout *layout)
{
	*histogram = (struct latency_histogram){
		.counts = memory_take(layout, LATENCY_BUCKETS * sizeof(uint32_t)),
		.touched = memory_take(layout, TOUCHED_WORDS * sizeof(uint64_t)),
		.used = memory_take(layout, LATENCY_BUCKETS * sizeof(uint32_t)),
		.used_counts = memory_take(layout, LATENCY_BUCKETS * sizeof(uint32_t)),
	};
}

void latency_record(struct latency_histogram *histogram, uint64_t ns)
{
	uint32_t index = latency_index(ns);

	histogram->counts[index]++;
	histogram->touched[index / 64] |= 1ull << (index % 64);
	if (!histogram->completed || ns < histogram->min_ns)
		histogram->min_ns = ns;
	if (ns > histogram->max_ns)
		histogram->max_ns = ns;
	histogram->completed++;
	histogram->sum_ns += ns;
}

size_t latency_collect(struct latency_histogram *histogram)
{
	size_t count = 0;

	for (uint32_t word = 0; word < TOUCHED_WORDS; word++) {
		for (uint64_t bits = histogram->touched[word]; bits; bits &= bits - 1) {
			uint32_t index = word * 64 + (uint32_t)__builtin_ctzll(bits);

			histogram->used[count] = index;
			histogram->used_counts[count++] = histogram->counts[index];
		}
	}
	return count;
}

void latency_reset(struct latency_histogram *histogram)
{
	for (uint32_t word = 0; word < TOUCHED_WORDS; word++) {
		for (uint64_t bits = histogram->touched[word]; bits; bits &= bits - 1)
			histogram->counts[word * 64 + (uint32_t)__builtin_ctzll(bits)] = 0;
		histogram->touched[word] = 0;
	}
	histogram->completed = histogram->sum_ns = histogram->min_ns = histogram->max_ns = 0;
}

uint64_t latency_percentile(const struct latency_histogram *histogram, uint32_t per_mille)
{
	uint64_t wanted = (histogram->completed * per_mille + 999) / 1000;
	uint64_t passed = 0;

	if (!histogram->completed)
		return 0;
	for (uint32_t index = 0; index < LATENCY_BUCKETS; index++) {
		passed += histogram->counts[index];
		if (passed >= wanted && passed > 0) {
			uint64_t highest = latency_highest(index);

			return highest < histogram->max_ns ? highest : histogram->max_ns;
		}
	}
	return histogram->max_ns;
}
