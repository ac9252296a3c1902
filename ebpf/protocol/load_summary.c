// SPDX-License-Identifier: Apache-2.0
#include "load_internal.h"

void load_summary(const struct load *load, struct load_summary *summary)
{
	const struct latency_histogram *measured = &load->measured;

	*summary = (struct load_summary){
		.ended = load->ended,
		.requests = load->issued,
		.completed = measured->completed,
		.timeouts = load->measured_tally.timeouts,
		.retries = load->measured_tally.retries,
		.duration_ns =
			measured->completed ? load->last_reply_ns - load->measuring_began_ns : 0,
		.sum_ns = measured->sum_ns,
		.min_ns = measured->min_ns,
		.max_ns = measured->max_ns,
		.p50_ns = latency_percentile(measured, 500),
		.p90_ns = latency_percentile(measured, 900),
		.p95_ns = latency_percentile(measured, 950),
		.p99_ns = latency_percentile(measured, 990),
		.p999_ns = latency_percentile(measured, 999),
	};
}
