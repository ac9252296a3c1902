/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What arrived at each follower, read twice: as frames (addresses and checksums
 * as they came off the wire) and as datagrams (what UDP accepted).
 */
#ifndef NETNS_CAPTURE_H
#define NETNS_CAPTURE_H

#include "cluster.h"

/* Broadcasts (bcast_seq != 0) at one follower since the last collection. */
struct arrivals {
	unsigned int frames; /* frames with its MAC as destination */
	unsigned int datagrams; /* the same, accepted by its UDP socket */
	unsigned int wrong_address; /* MAC and IP of different replicas, or another port */
	unsigned int bad_ip_checksum;
	unsigned int bad_udp_checksum; /* summed up, or the device's part where it was left to it */
	unsigned int left_to_device; /* CHECKSUM_PARTIAL */
	unsigned int without_checksum; /* UDP checksum 0 */
	unsigned int still_flagged; /* copies that bear WIRE_F_CLONE */
	unsigned int damaged; /* payload not as sent */
	uint64_t last_seq;
};

/*
 * Sends each follower one last unicast datagram and reads until it is there:
 * frames keep their order, so nothing can come later. A follower that doesn't
 * get it within two seconds ends the program.
 */
void capture_collect(const struct cluster *cluster, struct arrivals arrivals[CLUSTER_NODES + 1]);

/* Within a begun behaviour: the program is attached, and a broadcast reaches each follower once. */
void capture_expect_broadcast(const struct cluster *cluster, struct bpf_broadcast *broadcast,
			      uint8_t replicas);

#endif
