// SPDX-License-Identifier: Apache-2.0
/* Interval records: what completed in each interval_ns of warm-up and measuring. */
#include "load_internal.h"

void load_intervals_begin(struct load *load, uint64_t now_ns)
{
	latency_reset(&load->interval);
	load->interval_tally = (struct load_tally){0};
	load->interval_index = 0;
	load->interval_began_ns = now_ns;
}

static void hand_out(struct load *load, uint64_t end_ns)
{
	const struct latency_histogram *histogram = &load->interval;
	struct load_interval interval = {
		.phase = load->phase,
		.index = load->interval_index,
		.start_us = (load->interval_began_ns - load->phase_began_ns) / 1000,
		.duration_us = (end_ns - load->interval_began_ns) / 1000,
		.completed = histogram->completed,
		.timeouts = load->interval_tally.timeouts,
		.retries = load->interval_tally.retries,
		.sum_ns = histogram->sum_ns,
		.min_ns = histogram->min_ns,
		.max_ns = histogram->max_ns,
		.used = histogram->used,
		.counts = histogram->used_counts,
		.used_count = latency_collect(&load->interval),
	};

	if (load->env.interval)
		load->env.interval(load->env.ctx, &interval);
	latency_reset(&load->interval);
	load->interval_tally = (struct load_tally){0};
	load->interval_index++;
	load->interval_began_ns = end_ns;
}

static bool has_intervals(const struct load *load)
{
	return load->phase == LOAD_WARMUP || load->phase == LOAD_MEASURING;
}

/* An interval without a completion is handed out too: a stall must show as one. */
void load_intervals_roll(struct load *load, uint64_t now_ns)
{
	if (!has_intervals(load))
		return;
	while (now_ns - load->interval_began_ns >= load->config.interval_ns)
		hand_out(load, load->interval_began_ns + load->config.interval_ns);
}

void load_intervals_end(struct load *load, uint64_t now_ns)
{
	load_intervals_roll(load, now_ns);
	if (has_intervals(load) && now_ns > load->interval_began_ns)
		hand_out(load, now_ns);
}
