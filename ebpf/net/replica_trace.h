/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a replica's sampled operations are seen: at the edges of the core, which
 * knows nothing of it. A PREPARE that is sent again is no first transmission and
 * is not written down as one; at a follower that lacked the op it is what it
 * receives.
 */
#ifndef LAB_REPLICA_TRACE_H
#define LAB_REPLICA_TRACE_H

#include "offload.h"
#include "trace_flights.h"
#include "tracer.h"
#include "vr.h"

struct replica_trace {
	struct tracer tracer;
	struct trace_flights flights;
	struct kernel_trace *kernel;
	struct offload *offload;
	uint8_t own_id;
	uint8_t replicas;
	uint32_t view; /* that was entered last: PREPARE-OKs of another one are not for us */
	uint8_t leader; /* of that view, 0 before any */
	uint64_t received_ns; /* of the datagram in the core's hands */
	uint64_t acked_through; /* follower: the op its last PREPARE-OK named */
};

struct replica_trace_options {
	uint32_t every;
	uint8_t own_id;
	uint8_t replicas;
	struct offload *offload; /* with the program loaded */
};

/* 0 or -errno: the ring cannot be mapped. */
int replica_trace_open(struct replica_trace *trace, const struct replica_trace_options *options);
/*
 * A view was entered; held as in replica_trace_look. What was under way in the one
 * before is told no further.
 */
void replica_trace_enter_view(struct replica_trace *trace, uint32_t view, uint64_t held);
/* Fulfils what signals asked for; every few ms. held: the op up to which this replica has all. */
void replica_trace_look(struct replica_trace *trace, uint64_t held, struct event_log *events);
/* Every 100 ms and at the end. */
void replica_trace_flush(struct replica_trace *trace, struct event_log *events);
void replica_trace_close(struct replica_trace *trace);

/* The four below only while the tracer is on. A datagram before the core gets it: */
void replica_trace_received(struct replica_trace *trace, const struct vr_msg *msg,
			    uint64_t received_ns);
/* Before a broadcast; the sends themselves are broadcast.c's to write down. */
void replica_trace_broadcast(struct replica_trace *trace, const struct vr_msg *msg);
/* Before a message to one replica. */
void replica_trace_send(struct replica_trace *trace, const struct vr_msg *msg);
/* Before a reply. */
void replica_trace_reply(struct replica_trace *trace, const struct vr_msg *msg);

#endif
