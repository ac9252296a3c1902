// SPDX-License-Identifier: Apache-2.0
/* What the core calls: each message onto the socket, and into the trace if it is sampled. */
#include "replica.h"

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

struct vr_env replica_env(struct replica *replica)
{
	return (struct vr_env){
		.ctx = replica, .send = send_one, .broadcast = send_all, .reply = reply};
}
