// SPDX-License-Identifier: Apache-2.0
#include "exercised.h"

#include <inttypes.h>
#include <stdio.h>

/* Fewer runs than this say nothing about a rate. */
#define RUNS_JUDGED 300

static unsigned print_line(const char *text, uint64_t total, uint64_t runs, uint64_t least)
{
	double per_thousand = 1000.0 * (double)total / (double)runs;

	printf("  %-50s %10" PRIu64 " %12.1f %8" PRIu64 "\n", text, total, per_thousand, least);
	if (runs < RUNS_JUDGED || per_thousand >= (double)least)
		return 0;
	printf("not ok exercised too little: %.1f %s per 1,000 seeds, at least %" PRIu64 "\n",
	       per_thousand, text, least);
	return 1;
}

unsigned exercised_print(const struct exercised *exercised)
{
	unsigned short_of = 0;

	if (!exercised->runs)
		return 0;
	printf("exercised in %" PRIu64 " runs:%31s %10s %12s %8s\n", exercised->runs, "", "total",
	       "per 1,000", "least");
#define X(name, text, least) short_of += print_line(text, exercised->name, exercised->runs, least);
	EXERCISED(X)
#undef X
	printf("slowest resumption of service: %.1f view_change_ticks\n",
	       (double)exercised->slowest_percent / 100);
	return short_of;
}
