// SPDX-License-Identifier: Apache-2.0
/*
 * What the core calls: each message onto the socket, and into the trace if it is
 * sampled; each view into the program and the reports before anything is sent in it.
 */
#include "replica.h"

#include "clock.h"

static void send_one(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	struct replica *replica = ctx;

	if (tracer_on(&replica->trace.tracer))
		replica_trace_send(&replica->trace, msg);
	broadcast_send_one(&replica->broadcast, to, msg);
}

static unsigned send_all(void *ctx, const struct vr_msg *msg)
{
	struct replica *replica = ctx;

	if (tracer_on(&replica->trace.tracer))
		replica_trace_broadcast(&replica->trace, msg);
	return broadcast_send_all(&replica->broadcast, msg);
}

static void reply(void *ctx, vr_return_address to, const struct vr_msg *msg)
{
	struct replica *replica = ctx;
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = (uint32_t)(to >> 16),
		.sin_port = (uint16_t)to,
	};

	if (tracer_on(&replica->trace.tracer))
		replica_trace_reply(&replica->trace, msg);
	broadcast_send_to(&replica->broadcast, &address, msg);
}

static void view_entered(void *ctx, uint32_t view, bool leads)
{
	struct replica *replica = ctx;

	offload_enter_view(&replica->offload, view, leads);
	window_report_enter_view(&replica->report, view);
	replica_trace_enter_view(&replica->trace, view, replica->status.op);
	/* The one that was chosen for a follower's table may be the leader that died. */
	replica->broadcast.first = follower_map_first(&replica->offload.followers, clock_now_ns());
	replica->view_changed = true;
}

static void view_left(void *ctx, const struct vr_view_counts *counts)
{
	struct replica *replica = ctx;
	unsigned window;

	for (window = 0; window < WIRE_WINDOWS; window++)
		replica->resends_before += counts->windows[window].resends;
	offload_leave_view(&replica->offload, counts->view);
	window_report_leave_view(&replica->report, counts);
	replica->view_changed = true;
}

/* Told once the core can be asked for the view again. */
static void restored(void *ctx, uint64_t op, uint64_t hash)
{
	struct replica *replica = ctx;

	replica->health.restored = true;
	replica->health.restored_op = op;
	replica->health.restored_hash = hash;
}

struct vr_env replica_env(struct replica *replica)
{
	return (struct vr_env){
		.ctx = replica,
		.send = send_one,
		.broadcast = send_all,
		.reply = reply,
		.view_entered = view_entered,
		.view_left = view_left,
		.restored = restored,
	};
}
