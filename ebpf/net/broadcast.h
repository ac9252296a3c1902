/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Datagrams of the protocol core onto the socket: header and payload laid side
 * by side in one buffer (a copy of at most 1408 bytes costs less than a second
 * iovec), one sendto each.
 */
#ifndef LAB_BROADCAST_H
#define LAB_BROADCAST_H

#include "peers.h"
#include "tracer.h"
#include "udp.h"
#include "vr.h"

struct broadcast {
	struct udp *udp;
	const struct peers *peers;
	uint64_t run_id;
	uint8_t own_id; /* 0: a client */
	bool flagged; /* tc_broadcast: one datagram, the kernel makes the copies */
	uint8_t first; /* whom the flagged datagram is addressed to */
	/* sends of broadcasts that failed: no address yet, or refused by the stack */
	uint64_t errors;
	struct tracer *tracer; /* of sends to all; NULL: nobody traces here */
	uint8_t datagram[UDP_DATAGRAM_BYTES];
};

void broadcast_init(struct broadcast *broadcast, struct udp *udp, const struct peers *peers,
		    uint64_t run_id, uint8_t own_id);
/* To one replica. */
bool broadcast_send_one(struct broadcast *broadcast, uint8_t to, const struct vr_msg *msg);
/* To one address. */
bool broadcast_send_to(struct broadcast *broadcast, const struct sockaddr_in *to,
		       const struct vr_msg *msg);
/*
 * First transmission to every other replica. Baseline: N-1 sendto calls, as in
 * vanilla Multi-Paxos (sendmmsg would be a variant of its own). Flagged: one
 * sendto to `first`. Returns the sends that the stack accepted.
 */
unsigned broadcast_send_all(struct broadcast *broadcast, const struct vr_msg *msg);

#endif
