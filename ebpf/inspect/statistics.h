/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernel's run statistics. They cost every program of the machine about 20 ns
 * per run, so they are on only while somebody holds them on; the kernel switches
 * them off when the holder's descriptor is closed, by its death too.
 */
#ifndef INSPECT_STATISTICS_H
#define INSPECT_STATISTICS_H

#include <stdbool.h>

struct statistics {
	int held; /* -1: not by us */
	int sysctl; /* kernel.bpf_stats_enabled; -1 where /proc/sys lacks it */
};

void statistics_open(struct statistics *statistics);
void statistics_close(struct statistics *statistics);
/* 0 or -errno. */
int statistics_switch(struct statistics *statistics, bool on);
/* Held by us, or on for the whole machine by sysctl. Another holder cannot be seen. */
bool statistics_on(const struct statistics *statistics);

#endif
