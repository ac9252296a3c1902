// SPDX-License-Identifier: Apache-2.0
#include "replica_trace.h"

#include <errno.h>

#include "clock.h"
#include "kernel_trace.h"
#include "say.h"

static void put(struct replica_trace *trace, struct trace_record point)
{
	tracer_put(&trace->tracer, &point);
}

static void keep_record(void *ctx, const struct trace_record *record)
{
	struct replica_trace *trace = ctx;

	tracer_keep(&trace->tracer, record);
}

int replica_trace_open(struct replica_trace *trace, const struct replica_trace_options *options)
{
	tracer_open(&trace->tracer, options->every);
	trace->offload = options->offload;
	trace->own_id = options->own_id;
	trace->replicas = options->replicas;
	trace->kernel = kernel_trace_open(bpf_broadcast_trace_fd(options->offload->program),
					  keep_record, trace);
	return trace->kernel ? 0 : -errno;
}

/* VR Revisited 4: the view number tells the leader. */
static uint8_t leader_of(const struct replica_trace *trace, uint32_t view)
{
	return (uint8_t)(view % trace->replicas + 1);
}

void replica_trace_enter_view(struct replica_trace *trace, uint32_t view, uint64_t held)
{
	bool leads = leader_of(trace, view) == trace->own_id;

	trace->view = view;
	trace->leader = leader_of(trace, view);
	trace->acked_through = held;
	/* A follower's operation is over with its own acknowledgement. */
	trace->flights = (struct trace_flights){
		.followers = leads ? trace->replicas - 1 : 1,
		.quorum = leads ? trace->replicas / 2 : 1,
	};
}

static void switch_to(struct replica_trace *trace, bool on)
{
	int err = bpf_broadcast_set_trace(trace->offload->program, on ? trace->tracer.every : 0);

	tracer_switch(&trace->tracer, on);
	/* What was under way when it was switched is half seen at best. */
	trace->flights.count = 0;
	if (err)
		say(SAY_WARN, "trace", "the program could not be told: copies are not traced");
}

void replica_trace_look(struct replica_trace *trace, uint64_t held, struct event_log *events)
{
	bool wanted = tracer_wanted;

	if (wanted == trace->tracer.on)
		return;
	replica_trace_flush(trace, events);
	trace->acked_through = held;
	switch_to(trace, wanted);
}

static uint64_t lost_in_ring(struct replica_trace *trace)
{
	struct bpf_broadcast_counts counts;

	return offload_read(trace->offload, &counts) ? counts.counters[BCAST_TRACE_FULL] : 0;
}

void replica_trace_flush(struct replica_trace *trace, struct event_log *events)
{
	uint64_t began_ns, lost = 0;

	if (!tracer_on(&trace->tracer))
		return;
	began_ns = clock_thread_ns();
	kernel_trace_drain(trace->kernel);
	if (trace->tracer.count)
		lost = lost_in_ring(trace);
	trace->tracer.cost_ns += clock_thread_ns() - began_ns;
	tracer_flush(&trace->tracer, events, lost);
}

void replica_trace_close(struct replica_trace *trace)
{
	kernel_trace_close(trace->kernel);
	trace->kernel = NULL;
}

static void begin(struct replica_trace *trace, uint64_t op)
{
	if (!trace_flights_begin(&trace->flights, op))
		trace->tracer.dropped++;
}

/* The op of the PREPARE that was received; each is written down once, however often it comes. */
static void received_prepare(struct replica_trace *trace, const struct vr_msg *msg)
{
	if (msg->bcast_seq)
		trace->tracer.operations++;
	if (!tracer_samples(&trace->tracer, msg->op) || msg->op <= trace->acked_through ||
	    trace_flights_has(&trace->flights, msg->op))
		return;
	begin(trace, msg->op);
	put(trace, (struct trace_record){.t_ns = trace->received_ns,
					 .op = msg->op,
					 .point = TRACE_FOLLOWER_RECEIVE,
					 .peer = msg->sender});
}

/*
 * The core checks more before it believes a PREPARE-OK (the sender's present life);
 * one that only it refuses shows here as an acknowledgement too many.
 */
static void received_prepare_ok(struct replica_trace *trace, const struct vr_msg *msg)
{
	struct trace_covered covered[TRACE_FLIGHTS];
	unsigned i, count;

	if (msg->view != trace->view || !trace->flights.count)
		return;
	count = trace_flights_acknowledge(&trace->flights, msg->sender, msg->op, covered);
	for (i = 0; i < count; i++) {
		put(trace, (struct trace_record){.t_ns = trace->received_ns,
						 .op = covered[i].op,
						 .point = TRACE_LEADER_ACK,
						 .peer = msg->sender});
		if (covered[i].commits)
			put(trace, (struct trace_record){.t_ns = clock_now_ns(),
							 .op = covered[i].op,
							 .point = TRACE_LEADER_COMMIT});
	}
}

void replica_trace_received(struct replica_trace *trace, const struct vr_msg *msg,
			    uint64_t received_ns)
{
	trace->received_ns = received_ns;
	if (msg->type == WIRE_PREPARE && msg->sender == trace->leader)
		received_prepare(trace, msg);
	else if (msg->type == WIRE_PREPARE_OK)
		received_prepare_ok(trace, msg);
}

/* A broadcast PREPARE is the moment at which the REQUEST in the core's hands got its op. */
void replica_trace_broadcast(struct replica_trace *trace, const struct vr_msg *msg)
{
	if (msg->type != WIRE_PREPARE)
		return;
	trace->tracer.operations++;
	if (!tracer_samples(&trace->tracer, msg->op))
		return;
	begin(trace, msg->op);
	put(trace, (struct trace_record){.t_ns = trace->received_ns,
					 .op = msg->op,
					 .point = TRACE_LEADER_RECEIVE});
}

void replica_trace_send(struct replica_trace *trace, const struct vr_msg *msg)
{
	struct trace_covered covered[TRACE_FLIGHTS];
	uint64_t now_ns;
	unsigned i, count;

	if (msg->type != WIRE_PREPARE_OK)
		return;
	trace->acked_through = msg->op;
	if (!trace->flights.count)
		return;
	count = trace_flights_acknowledge(&trace->flights, msg->sender, msg->op, covered);
	now_ns = clock_now_ns();
	for (i = 0; i < count; i++)
		put(trace, (struct trace_record){.t_ns = now_ns,
						 .op = covered[i].op,
						 .point = TRACE_FOLLOWER_ACK,
						 .peer = trace->leader});
}

void replica_trace_reply(struct replica_trace *trace, const struct vr_msg *msg)
{
	if (msg->type != WIRE_REPLY || !tracer_samples(&trace->tracer, msg->op) ||
	    !trace_flights_reply(&trace->flights, msg->op))
		return;
	put(trace, (struct trace_record){
			   .t_ns = clock_now_ns(), .op = msg->op, .point = TRACE_LEADER_REPLY});
}
