// SPDX-License-Identifier: Apache-2.0
#include "broadcast.h"

#include <string.h>

#include "clock.h"
#include "wire_parse.h"

void broadcast_init(struct broadcast *broadcast, struct udp *udp, const struct peers *peers,
		    uint64_t run_id, uint8_t own_id)
{
	memset(broadcast, 0, sizeof(*broadcast));
	broadcast->udp = udp;
	broadcast->peers = peers;
	broadcast->run_id = run_id;
	broadcast->own_id = own_id;
	broadcast->first = own_id == 1 ? 2 : 1;
}

/* Returns the datagram's length. */
static size_t lay_out(struct broadcast *broadcast, const struct vr_msg *msg)
{
	wire_write_header(broadcast->datagram, msg, broadcast->run_id);
	if (msg->payload_bytes)
		memcpy(broadcast->datagram + WIRE_HEADER_BYTES, msg->payload, msg->payload_bytes);
	return WIRE_HEADER_BYTES + (size_t)msg->payload_bytes;
}

static bool send_laid_out(struct broadcast *broadcast, uint8_t to, size_t bytes)
{
	const struct peer *peer = &broadcast->peers->at[to];

	return peer->known && udp_send(broadcast->udp, broadcast->datagram, bytes, &peer->address);
}

bool broadcast_send_one(struct broadcast *broadcast, uint8_t to, const struct vr_msg *msg)
{
	return send_laid_out(broadcast, to, lay_out(broadcast, msg));
}

bool broadcast_send_to(struct broadcast *broadcast, const struct sockaddr_in *to,
		       const struct vr_msg *msg)
{
	return udp_send(broadcast->udp, broadcast->datagram, lay_out(broadcast, msg), to);
}

/* What lies in the buffer, about to be sent for the first time. */
struct first_send {
	size_t bytes;
	uint64_t sampled_op; /* 0: not traced */
	bool for_all; /* it stands for every follower's copy */
};

static uint64_t sampled_op(const struct broadcast *broadcast, const struct vr_msg *msg)
{
	if (!broadcast->tracer || !tracer_samples(broadcast->tracer, msg->op))
		return 0;
	return msg->type == WIRE_PREPARE ? msg->op : 0;
}

/* The time is that before the send: on a veth the copy is at the follower when sendto returns. */
static bool send_first(struct broadcast *broadcast, uint8_t to, const struct first_send *send)
{
	uint64_t sent_ns = send->sampled_op ? clock_now_ns() : 0;
	bool accepted = send_laid_out(broadcast, to, send->bytes);

	if (accepted && send->sampled_op)
		tracer_put(broadcast->tracer,
			   &(struct trace_record){.t_ns = sent_ns,
						  .op = send->sampled_op,
						  .point = TRACE_LEADER_SEND,
						  .peer = send->for_all ? 0 : to});
	return accepted;
}

static unsigned send_flagged(struct broadcast *broadcast, const struct vr_msg *msg)
{
	struct first_send send = {.sampled_op = sampled_op(broadcast, msg), .for_all = true};
	struct vr_msg flagged = *msg;

	flagged.flags |= WIRE_F_CLONE;
	send.bytes = lay_out(broadcast, &flagged);
	return send_first(broadcast, broadcast->first, &send);
}

static unsigned send_to_each(struct broadcast *broadcast, const struct vr_msg *msg)
{
	struct first_send send = {.sampled_op = sampled_op(broadcast, msg)};
	unsigned id, sent = 0;

	send.bytes = lay_out(broadcast, msg);
	for (id = 1; id <= broadcast->peers->names->count; id++) {
		if (id != broadcast->own_id)
			sent += send_first(broadcast, (uint8_t)id, &send);
	}
	return sent;
}

unsigned broadcast_send_all(struct broadcast *broadcast, const struct vr_msg *msg)
{
	unsigned meant = broadcast->flagged ? 1 : broadcast->peers->names->count - 1u;
	unsigned sent =
		broadcast->flagged ? send_flagged(broadcast, msg) : send_to_each(broadcast, msg);

	broadcast->errors += meant - sent;
	return sent;
}
