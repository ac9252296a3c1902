// SPDX-License-Identifier: Apache-2.0
#include "statistics.h"

#include <bpf/bpf.h>
#include <fcntl.h>
#include <unistd.h>

void statistics_open(struct statistics *statistics)
{
	*statistics = (struct statistics){
		.held = -1,
		.sysctl = open("/proc/sys/kernel/bpf_stats_enabled", O_RDONLY | O_CLOEXEC),
	};
}

void statistics_close(struct statistics *statistics)
{
	statistics_switch(statistics, false);
	if (statistics->sysctl >= 0)
		close(statistics->sysctl);
	statistics->sysctl = -1;
}

int statistics_switch(struct statistics *statistics, bool on)
{
	int fd;

	if (on == (statistics->held >= 0))
		return 0;
	if (!on) {
		close(statistics->held);
		statistics->held = -1;
		return 0;
	}
	fd = bpf_enable_stats(BPF_STATS_RUN_TIME);
	if (fd < 0)
		return fd;
	statistics->held = fd;
	return 0;
}

bool statistics_on(const struct statistics *statistics)
{
	char value;

	if (statistics->held >= 0)
		return true;
	return statistics->sysctl >= 0 && pread(statistics->sysctl, &value, 1, 0) == 1 &&
	       value == '1';
}
