/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/* The maps that counters.h describes, and how the programs count in them. */
#ifndef LAB_MAPS_H
#define LAB_MAPS_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "counters.h"

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
