// SPDX-License-Identifier: Apache-2.0
#include "latency_report.h"

#include <inttypes.h>

#include "say.h"

static void row_us(const char *name, uint64_t ns)
{
	say_plain("  %-12s %10" PRIu64 ".%01" PRIu64 " us", name, ns / 1000, ns / 100 % 10);
}

static void row_count(const char *name, uint64_t count, const char *unit)
{
	say_plain("  %-12s %12" PRIu64 " %s", name, count, unit);
}

void latency_report_print(const struct client_config *config, const struct load_summary *summary,
			  const char *ended)
{
	uint64_t duration_us = summary->duration_ns / 1000;

	say_plain("%s", "");
	say_plain("Latency from the first send to the accepted reply: %u replicas, %u client%s, "
		  "payload %u B",
		  config->peers.count, config->clients, config->clients == 1 ? "" : "s",
		  config->payload_bytes);
	say_plain("  %-12s %12s", "ended", ended);
	row_count("requests", summary->completed, "completed");
	say_plain("  %-12s %8" PRIu64 ".%03" PRIu64 " s", "duration", duration_us / 1000000,
		  duration_us / 1000 % 1000);
	if (duration_us)
		row_count("throughput", summary->completed * 1000000 / duration_us, "requests/s");
	if (summary->completed) {
		row_us("mean", summary->sum_ns / summary->completed);
		row_us("min", summary->min_ns);
		row_us("p50", summary->p50_ns);
		row_us("p90", summary->p90_ns);
		row_us("p99", summary->p99_ns);
		row_us("p99.9", summary->p999_ns);
		row_us("max", summary->max_ns);
	}
	row_count("timeouts", summary->timeouts, "requests without a reply in time");
	row_count("retries", summary->retries, "datagrams sent again");
}
