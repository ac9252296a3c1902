/* SPDX-License-Identifier: Apache-2.0 */
/* A lab datagram in a packet whose source address isn't the sender's. */
#ifndef NETNS_FORGED_PACKET_H
#define NETNS_FORGED_PACKET_H

#include "datagram.h"

/*
 * Sends over a raw socket (IPPROTO_RAW), both ports WIRE_PORT_DEFAULT, without a
 * UDP checksum; addresses in network byte order. Ends the program on failure.
 */
void forged_packet_send(int fd, uint32_t source, uint32_t target, const struct datagram *datagram);

#endif
