/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Latency histograms: one per interval, emptied after each, and one for the
 * whole measured window. The index is that of load_client.h.
 */
#ifndef LAB_LATENCY_H
#define LAB_LATENCY_H

#include <stddef.h>
#include <stdint.h>

#include "load_client.h"
#include "memory_layout.h"

struct latency_histogram {
	uint32_t *counts; /* LATENCY_BUCKETS */
	uint64_t *
		touched; /* a bit per index with a count: reading and emptying cost what was used */
	uint32_t *used; /* indices with a count, filled by latency_collect */
	uint32_t *used_counts;
	uint64_t completed, sum_ns, min_ns, max_ns;
};

void latency_init(struct latency_histogram *histogram, struct memory_layout *layout);
void latency_record(struct latency_histogram *histogram, uint64_t ns);
/* Fills used and used_counts, indices ascending; returns how many there are. */
size_t latency_collect(struct latency_histogram *histogram);
void latency_reset(struct latency_histogram *histogram);
/*
 * The smallest recorded value (as its index's largest, at most the maximum) that
 * at least per_mille of all values don't exceed. 0 when nothing was recorded.
 */
uint64_t latency_percentile(const struct latency_histogram *histogram, uint32_t per_mille);

#endif
