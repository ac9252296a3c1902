// SPDX-License-Identifier: Apache-2.0
/*
 * What the program costs: ns per run by the kernel's own statistics, switched on
 * for as long as this process lives (BPF_ENABLE_STATS, itself about 20 ns a
 * run), and the sender's wall time. Figures to look at, not a test.
 */
#include <bpf/bpf.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "capture.h"
#include "kernel_trace.h"
#include "report.h"

#define DATAGRAMS 5000
/* The ring holds the records of this many broadcasts of 15 replicas. */
#define DRAIN_EVERY 100

static struct cluster cluster;

enum kind { FOREIGN_UDP, UNICAST, ADDRESSED, CLONED };
static const char *const kind_name[] = {"foreign UDP", "unicast", "N-1 sends, counted",
					"one send, cloned"};

static uint64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static void read_statistics(int prog_fd, struct bpf_prog_info *info)
{
	uint32_t bytes = sizeof(*info);

	memset(info, 0, sizeof(*info));
	if (bpf_obj_get_info_by_fd(prog_fd, info, &bytes))
		report_fatal("reading the program's statistics");
}

static void send_kind(enum kind kind, uint8_t replicas, uint64_t seq)
{
	struct datagram datagram = {.payload_bytes = 64, .op = seq};
	const int fd = cluster.node[CLUSTER_LEADER].udp;
	uint8_t bytes[DATAGRAM_BYTES_MAX];
	size_t length;

	if (kind >= ADDRESSED)
		datagram.bcast_seq = seq;
	if (kind == CLONED)
		datagram.flags = WIRE_F_CLONE;
	length = datagram_write(bytes, &datagram);
	if (kind == FOREIGN_UDP)
		memset(bytes, 0, sizeof(uint32_t));
	for (uint8_t id = 2; id <= (kind == ADDRESSED ? replicas : 2); id++)
		cluster_send_bytes(&cluster, fd, id, bytes, length);
}

static void forget(void *ctx, const struct trace_record *record)
{
	(void)ctx;
	(void)record;
}

static void send_all(enum kind kind, uint8_t replicas, struct kernel_trace *trace)
{
	for (uint64_t seq = 1; seq <= DATAGRAMS; seq++) {
		send_kind(kind, replicas, seq);
		if (seq % DRAIN_EVERY == 0)
			kernel_trace_drain(trace);
	}
}

static void measure(enum kind kind, uint8_t replicas, uint32_t trace_every)
{
	struct bpf_broadcast *broadcast = cluster_load(&cluster, replicas, kind == CLONED);
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast_place place;
	struct bpf_prog_info before, after;
	uint64_t began, took;
	struct kernel_trace *trace;
	int prog_fd, statistics_fd;

	capture_collect(&cluster, arrivals); /* resolves the addresses */
	bpf_broadcast_get_place(broadcast, &place);
	prog_fd = bpf_prog_get_fd_by_id(place.prog_id);
	trace = kernel_trace_open(bpf_broadcast_trace_fd(broadcast), forget, NULL);
	if (!trace || bpf_broadcast_set_trace(broadcast, trace_every))
		report_fatal("tracing");
	began = now_ns();
	send_all(kind, replicas, trace);
	took = now_ns() - began;

	statistics_fd = bpf_enable_stats(BPF_STATS_RUN_TIME);
	read_statistics(prog_fd, &before);
	send_all(kind, replicas, trace);
	read_statistics(prog_fd, &after);
	close(statistics_fd);
	printf("N=%-2u  %-20s traced 1/%-3u %7.0f ns wall per broadcast  %6.0f ns in the program "
	       "per broadcast, "
	       "%.2f runs\n",
	       replicas, kind_name[kind], trace_every, (double)took / DATAGRAMS,
	       (double)(after.run_time_ns - before.run_time_ns) / DATAGRAMS,
	       (double)(after.run_cnt - before.run_cnt) / DATAGRAMS);
	capture_collect(&cluster, arrivals);
	close(prog_fd);
	kernel_trace_close(trace);
	cluster_unload(&cluster, broadcast);
}

int main(void)
{
	static const uint8_t sizes[] = {3, 5, 7, 15};
	static const uint32_t rates[] = {0, 64, 1};

	cluster_build(&cluster);
	printf("in the program: nested runs count in the outer one too, so for clones this is the "
	       "whole work, veth included\n");
	printf("traced 1/0: off\n");
	measure(FOREIGN_UDP, 3, 0);
	measure(UNICAST, 3, 0);
	for (size_t i = 0; i < sizeof(sizes); i++) {
		for (size_t j = 0; j < sizeof(rates) / sizeof(rates[0]); j++) {
			measure(ADDRESSED, sizes[i], rates[j]);
			measure(CLONED, sizes[i], rates[j]);
		}
	}
	return 0;
}
