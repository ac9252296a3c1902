// SPDX-License-Identifier: Apache-2.0
#include "capture.h"

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "report.h"

#define PATIENCE_MS 2000
#define FRAME_BYTES_MAX 65536

static uint32_t sum_words(const void *bytes, size_t length, uint32_t sum)
{
	const uint8_t *byte = bytes;

	for (size_t i = 0; i + 1 < length; i += 2)
		sum += byte[i] << 8 | byte[i + 1];
	if (length & 1)
		sum += byte[length - 1] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static uint32_t sum_pseudo_header(const struct iphdr *ip, const struct udphdr *udp)
{
	uint32_t sum = sum_words(&ip->saddr, 8, 0);

	return sum_words(&udp->len, 2, sum + IPPROTO_UDP);
}

static void check_udp_sum(const struct iphdr *ip, const struct udphdr *udp, bool partial,
			  struct arrivals *arrivals)
{
	uint32_t pseudo = sum_pseudo_header(ip, udp);

	if (partial) {
		/* The device will add the rest: the field must hold the new addresses' sum. */
		arrivals->left_to_device++;
		arrivals->bad_udp_checksum += ntohs(udp->check) != pseudo;
	} else if (!udp->check) {
		arrivals->without_checksum++;
	} else {
		arrivals->bad_udp_checksum += sum_words(udp, ntohs(udp->len), pseudo) != 0xffff;
	}
}

/* 1 if this is the closing datagram with this op. */
static int take_frame(const struct node *node, const uint8_t *frame, size_t length, bool partial,
		      uint64_t closing_op, struct arrivals *arrivals)
{
	const struct iphdr *ip = (const struct iphdr *)(frame + ETH_HLEN);
	const struct udphdr *udp;
	struct wire_header wire;
	size_t header_bytes;
	bool my_mac;

	if (length < ETH_HLEN + sizeof(*ip) || ip->protocol != IPPROTO_UDP ||
	    (ip->frag_off & htons(0x3fff)))
		return 0;
	header_bytes = ETH_HLEN + ip->ihl * 4 + sizeof(*udp);
	if (length < header_bytes + sizeof(wire))
		return 0;
	udp = (const struct udphdr *)(frame + header_bytes - sizeof(*udp));
	memcpy(&wire, frame + header_bytes, sizeof(wire));
	my_mac = !memcmp(frame, node->mac, sizeof(node->mac));
	if (wire.magic != htonl(WIRE_MAGIC) || (!my_mac && ip->daddr != node->ip))
		return 0;
	if (!wire.bcast_seq)
		return be64toh(wire.op) == closing_op;
	arrivals->frames += my_mac;
	arrivals->wrong_address +=
		!my_mac || ip->daddr != node->ip || udp->dest != htons(WIRE_PORT_DEFAULT);
	arrivals->bad_ip_checksum += sum_words(ip, ip->ihl * 4, 0) != 0xffff;
	check_udp_sum(ip, udp, partial, arrivals);
	arrivals->still_flagged += (wire.flags & htons(WIRE_F_CLONE)) != 0;
	arrivals->last_seq = be64toh(wire.bcast_seq);
	return 0;
}

static int checksum_not_ready(struct msghdr *message)
{
	struct tpacket_auxdata auxdata;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c))
		if (c->cmsg_level == SOL_PACKET && c->cmsg_type == PACKET_AUXDATA) {
			memcpy(&auxdata, CMSG_DATA(c), sizeof(auxdata));
			return (auxdata.tp_status & TP_STATUS_CSUMNOTREADY) != 0;
		}
	return 0;
}

static void wait_readable(int fd, const char *what)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};

	errno = ETIMEDOUT;
	if (poll(&poll_fd, 1, PATIENCE_MS) != 1)
		report_fatal("the closing datagram never came as a %s", what);
}

static void read_frames(const struct node *node, uint64_t closing_op, struct arrivals *arrivals)
{
	static uint8_t frame[FRAME_BYTES_MAX];
	int closed = 0;

	while (!closed) {
		uint8_t control[256];
		struct iovec part = {.iov_base = frame, .iov_len = sizeof(frame)};
		struct msghdr message = {.msg_iov = &part,
					 .msg_iovlen = 1,
					 .msg_control = control,
					 .msg_controllen = sizeof(control)};
		ssize_t length = recvmsg(node->packet, &message, 0);

		if (length < 0)
			wait_readable(node->packet, "frame");
		else
			closed = take_frame(node, frame, length, checksum_not_ready(&message),
					    closing_op, arrivals);
	}
}

static void read_datagrams(const struct node *node, uint64_t closing_op, struct arrivals *arrivals)
{
	static uint8_t bytes[FRAME_BYTES_MAX];
	struct wire_header wire;
	int closed = 0;

	while (!closed) {
		ssize_t length = recv(node->udp, bytes, sizeof(bytes), 0);

		if (length < 0) {
			wait_readable(node->udp, "datagram");
			continue;
		}
		if (length < (ssize_t)sizeof(wire))
			continue;
		memcpy(&wire, bytes, sizeof(wire));
		closed = !wire.bcast_seq && be64toh(wire.op) == closing_op;
		if (wire.bcast_seq) {
			arrivals->datagrams++;
			arrivals->damaged += !datagram_intact(bytes, length);
		}
	}
}

void capture_collect(const struct cluster *cluster, struct arrivals arrivals[CLUSTER_NODES + 1])
{
	static uint64_t closing_op = 1ull << 40;
	const struct datagram closing = {.type = WIRE_PROBE, .op = ++closing_op};

	memset(arrivals, 0, (CLUSTER_NODES + 1) * sizeof(*arrivals));
	for (uint8_t id = 2; id <= CLUSTER_NODES; id++) {
		cluster_send(cluster, cluster->node[CLUSTER_LEADER].udp, id, &closing);
		read_frames(&cluster->node[id], closing_op, &arrivals[id]);
		read_datagrams(&cluster->node[id], closing_op, &arrivals[id]);
	}
}

void capture_expect_broadcast(const struct cluster *cluster, struct bpf_broadcast *broadcast,
			      uint8_t replicas)
{
	static uint64_t next_seq = 1;
	const uint64_t seq = next_seq++;
	struct arrivals arrivals[CLUSTER_NODES + 1];
	const struct datagram datagram = {
		.flags = WIRE_F_CLONE, .payload_bytes = 64, .op = seq, .bcast_seq = seq};

	report_equal(bpf_broadcast_attached(broadcast), 1, "attached");
	cluster_send(cluster, cluster->node[CLUSTER_LEADER].udp, 2, &datagram);
	capture_collect(cluster, arrivals);
	for (uint8_t id = 2; id <= replicas; id++)
		report_equal(arrivals[id].datagrams, 1, "datagrams at replica %u", id);
}
