/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One UDP socket. Receiving blocks for at most UDP_WAIT_US and takes whole
 * batches: a wait in recvmmsg costs one system call where epoll_wait and then
 * recvmmsg cost two, and every message of a closed loop wakes its receiver.
 * Sending never blocks.
 */
#ifndef LAB_UDP_H
#define LAB_UDP_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "wire.h"

#define UDP_BATCH 64
/*
 * Longer than any datagram of ours, so that an overlong one shows as truncated
 * instead of fitting by chance.
 */
#define UDP_DATAGRAM_BYTES 2048
/* The kernel rounds the wait up to its own tick of 1 to 10 ms. */
#define UDP_WAIT_US 8000

struct udp {
	int fd;
	uint64_t send_errors; /* refused by the stack: full queue, no route, ... */
	int last_send_errno;
	unsigned received; /* datagrams of the last batch */
	struct mmsghdr headers[UDP_BATCH];
	struct iovec vectors[UDP_BATCH];
	struct sockaddr_in from[UDP_BATCH];
	uint8_t data[UDP_BATCH][UDP_DATAGRAM_BYTES];
};

/* port 0: any. Returns 0 or -errno. */
int udp_open(struct udp *udp, uint16_t port);
/*
 * Waits for at least one datagram and takes what else is there. Returns their
 * number, 0 after UDP_WAIT_US or a signal, -errno if the socket is broken.
 */
int udp_receive(struct udp *udp);
static inline size_t udp_bytes(const struct udp *udp, unsigned i)
{
	return udp->headers[i].msg_len;
}
/* True if the stack took it. */
bool udp_send(struct udp *udp, const void *datagram, size_t bytes, const struct sockaddr_in *to);
void udp_close(struct udp *udp);

#endif
