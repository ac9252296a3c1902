// SPDX-License-Identifier: Apache-2.0
#include "broadcast.h"

#include <string.h>

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

unsigned broadcast_send_all(struct broadcast *broadcast, const struct vr_msg *msg)
{
	uint8_t replicas = broadcast->peers->names->count;
	unsigned sent = 0, meant = replicas - 1u;
	size_t bytes;
	uint8_t id;

	if (broadcast->flagged) {
		struct vr_msg flagged = *msg;

		flagged.flags |= WIRE_F_CLONE;
		meant = 1;
		sent = send_laid_out(broadcast, broadcast->first, lay_out(broadcast, &flagged));
	} else {
		bytes = lay_out(broadcast, msg);
		for (id = 1; id <= replicas; id++) {
			if (id != broadcast->own_id)
				sent += send_laid_out(broadcast, id, bytes);
		}
	}
	broadcast->errors += meant - sent;
	return sent;
}
