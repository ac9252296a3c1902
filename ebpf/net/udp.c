// SPDX-License-Identifier: Apache-2.0
#include "udp.h"

#include <errno.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/*
 * Some hundred milliseconds of full load; the kernel doubles it and caps it at
 * net.core.rmem_max.
 */
#define UDP_RCVBUF_BYTES (4 << 20)
/*
 * What is sent to a replica that is gone waits for its MAC, some 200 KiB for each, and
 * is charged to this socket until the kernel gives up after seconds. With the default
 * of 208 KiB two dead followers are enough to have every send to the others refused.
 */
#define UDP_SNDBUF_BYTES (4 << 20)

/*
 * FORCE passes the system's maximum but needs CAP_NET_ADMIN in the first user
 * namespace; the client has none.
 */
static int set_buffer(int fd, int forced, int asked, int bytes)
{
	if (setsockopt(fd, SOL_SOCKET, forced, &bytes, sizeof(bytes)) &&
	    setsockopt(fd, SOL_SOCKET, asked, &bytes, sizeof(bytes)))
		return -errno;
	return 0;
}

static int set_options(int fd)
{
	struct timeval wait = {.tv_usec = UDP_WAIT_US};
	int discover = IP_PMTUDISC_DO;
	int err;

	/*
	 * A datagram that had to be fragmented could not be cloned, so the kernel is told
	 * to refuse it.
	 */
	if (setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &discover, sizeof(discover)))
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)))
		return -errno;
	err = set_buffer(fd, SO_RCVBUFFORCE, SO_RCVBUF, UDP_RCVBUF_BYTES);
	if (!err)
		err = set_buffer(fd, SO_SNDBUFFORCE, SO_SNDBUF, UDP_SNDBUF_BYTES);
	return err;
}

static void prepare_batch(struct udp *udp)
{
	unsigned i;

	for (i = 0; i < UDP_BATCH; i++) {
		udp->vectors[i] =
			(struct iovec){.iov_base = udp->data[i], .iov_len = UDP_DATAGRAM_BYTES};
		udp->headers[i].msg_hdr = (struct msghdr){
			.msg_name = &udp->from[i],
			.msg_namelen = sizeof(udp->from[i]),
			.msg_iov = &udp->vectors[i],
			.msg_iovlen = 1,
		};
	}
}

int udp_open(struct udp *udp, uint16_t port)
{
	struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(port)};
	int err;

	memset(udp, 0, sizeof(*udp));
	udp->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (udp->fd < 0)
		return -errno;
	err = set_options(udp->fd);
	if (!err && bind(udp->fd, (struct sockaddr *)&own, sizeof(own)))
		err = -errno;
	if (err) {
		close(udp->fd);
		udp->fd = -1;
		return err;
	}
	prepare_batch(udp);
	return 0;
}

int udp_receive(struct udp *udp)
{
	unsigned i;
	int n;

	/* The kernel overwrote the address lengths of the last batch only. */
	for (i = 0; i < udp->received; i++)
		udp->headers[i].msg_hdr.msg_namelen = sizeof(udp->from[i]);
	udp->received = 0;
	n = recvmmsg(udp->fd, udp->headers, UDP_BATCH, MSG_WAITFORONE, NULL);
	if (n >= 0) {
		udp->received = (unsigned)n;
		return n;
	}
	/*
	 * ECONNREFUSED and its kin are ICMP answers to an earlier send: a peer that
	 * isn't up yet. The datagrams behind them are read next time.
	 */
	switch (errno) {
	case EAGAIN:
	case EINTR:
	case ECONNREFUSED:
	case EHOSTUNREACH:
	case ENETUNREACH:
	case EMSGSIZE:
	case ENETDOWN:
		return 0;
	default:
		return -errno;
	}
}

bool udp_send(struct udp *udp, const void *datagram, size_t bytes, const struct sockaddr_in *to)
{
	ssize_t n;

	do
		n = sendto(udp->fd, datagram, bytes, MSG_DONTWAIT, (const struct sockaddr *)to,
			   sizeof(*to));
	while (n < 0 && errno == EINTR);
	if (n == (ssize_t)bytes)
		return true;
	udp->send_errors++;
	udp->last_send_errno = errno;
	return false;
}

void udp_close(struct udp *udp)
{
	if (udp->fd >= 0)
		close(udp->fd);
	udp->fd = -1;
}
