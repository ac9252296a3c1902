/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * Sampled operations: the steps that client, replicas and the BPF program write
 * down, all by CLOCK_MONOTONIC, which every container of a host and
 * bpf_ktime_get_ns share. An operation is sampled if its op divides by `every`,
 * so nobody has to be told which ones are.
 *
 * `trace`  RINGBUF of struct trace_record: what the program saw.
 *
 * The order is that of TRACE_POINTS in server/domain/trace.ts; a test compares them.
 */
#ifndef LAB_TRACE_H
#define LAB_TRACE_H

#include "counters.h"

enum trace_point {
	TRACE_CLIENT_SEND = 1,
	TRACE_LEADER_RECEIVE,
	TRACE_LEADER_SEND, /* peer 0: one flagged datagram for all */
	TRACE_EGRESS, /* the program: a copy that user space made, or the flagged original */
	TRACE_EGRESS_CLONE, /* the program: a clone that it made itself */
	TRACE_FOLLOWER_RECEIVE,
	TRACE_FOLLOWER_ACK,
	TRACE_LEADER_ACK,
	TRACE_LEADER_COMMIT,
	TRACE_LEADER_REPLY,
	TRACE_CLIENT_RECEIVE,
	TRACE_POINT_END
};

struct trace_record {
	map_u64 t_ns;
	map_u64 op;
	map_u8 point; /* enum trace_point */
	map_u8 peer; /* replica id, 0: nobody, or everybody */
	map_u8 reserved[6];
};

/* Two thousand records with their headers, of which the replica takes 100 ms' worth at a time. */
#define TRACE_RING_BYTES (64 * 1024)

#ifndef __bpf__
_Static_assert(sizeof(struct trace_record) == 24, "a record is 24 bytes");
#endif

#endif
