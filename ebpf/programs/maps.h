/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/* The maps that counters.h and trace.h describe, and how the programs count in them. */
#ifndef LAB_MAPS_H
#define LAB_MAPS_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "counters.h"
#include "trace.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct bcast_config);
} config SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, WIRE_MAX_REPLICAS + 1);
	__type(key, __u32);
	__type(value, struct bcast_peer);
} peers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, COUNTER_FRAMES);
	__type(key, __u32);
	__type(value, __u64);
} frames SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, BCAST_COUNTER_END);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, TRACE_RING_BYTES);
} trace SEC(".maps");

/*
 * Never called. The counters' names get into the object's BTF by it, where whoever
 * reads the map finds them: the kernel takes nothing but integers as an array's key.
 */
static __attribute__((noinline, used)) enum bcast_counter name_counter(enum bcast_counter counter)
{
	return counter;
}

static __always_inline void count(enum bcast_counter counter)
{
	__u32 key = counter;
	__u64 *value = bpf_map_lookup_elem(&counters, &key);

	if (value)
		(*value)++;
}

static __always_inline void count_frame(__u32 frame_index)
{
	__u64 *value = bpf_map_lookup_elem(&frames, &frame_index);

	if (value)
		(*value)++;
}

#endif
