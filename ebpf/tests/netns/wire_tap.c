// SPDX-License-Identifier: Apache-2.0
#include "wire_tap.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "report.h"

#define PATIENCE_MS 5000
/* For experiments on one's own network; the number tells it from a frame that only looks like it. */
#define CLOSING_PROTOCOL 0x88b5

struct closing_frame {
	struct ether_header eth;
	char word[8];
	uint64_t number;
} __attribute__((packed));

static int packet_socket(int ns, const char *name, uint16_t protocol)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(protocol)};
	const int on = 1, room = 16 << 20;
	int fd;

	cluster_enter(ns);
	address.sll_ifindex = (int)if_nametoindex(name);
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) ||
	    bind(fd, (struct sockaddr *)&address, sizeof(address)))
		report_fatal("opening a packet socket on %s", name);
	return fd;
}

void wire_tap_open(struct wire_tap *tap, const struct cluster *cluster)
{
	*tap = (struct wire_tap){
		/* Protocol 0 receives nothing, and lets each frame say its own. */
		.in = packet_socket(cluster->node[CLUSTER_LEADER].ns, "eth0", 0),
		.out = packet_socket(cluster->hub, "p1", ETH_P_ALL),
	};
}

void wire_tap_close(struct wire_tap *tap)
{
	close(tap->in);
	close(tap->out);
}

void wire_tap_put(struct wire_tap *tap, const uint8_t *frame, size_t length)
{
	if (send(tap->in, frame, length, 0) != (ssize_t)length)
		report_fatal("putting a frame of %zu bytes on the wire", length);
}

static struct closing_frame next_closing(struct wire_tap *tap)
{
	struct closing_frame closing = {
		.eth.ether_type = htons(CLOSING_PROTOCOL),
		.word = "closing",
		.number = ++tap->closings,
	};

	memset(closing.eth.ether_dhost, 0x02, sizeof(closing.eth.ether_dhost));
	memset(closing.eth.ether_shost, 0x02, sizeof(closing.eth.ether_shost));
	return closing;
}

static bool is_addressed_to(const uint8_t *frame, size_t length, uint32_t target)
{
	struct iphdr ip;

	if (length < ETH_HLEN + sizeof(ip))
		return false;
	memcpy(&ip, frame + ETH_HLEN, sizeof(ip));
	return ip.daddr == target;
}

static void note(struct wire_tap *tap, struct wire_seen *seen, const uint8_t *frame, size_t length,
		 bool counts)
{
	if (!counts) {
		tap->foreign++;
		return;
	}
	if (!seen->frames++) {
		memcpy(seen->first, frame, length);
		seen->first_bytes = length;
	}
}

struct wire_seen wire_tap_look(struct wire_tap *tap, const uint8_t source[6], uint32_t target)
{
	const struct closing_frame closing = next_closing(tap);
	struct pollfd ready = {.fd = tap->out, .events = POLLIN};
	struct wire_seen seen = {0};
	uint8_t frame[WIRE_TAP_BYTES_MAX];

	wire_tap_put(tap, (const uint8_t *)&closing, sizeof(closing));
	for (;;) {
		ssize_t length = recv(tap->out, frame, sizeof(frame), 0);

		if (length == sizeof(closing) && !memcmp(frame, &closing, sizeof(closing)))
			return seen;
		if (length >= ETH_HLEN)
			note(tap, &seen, frame, length,
			     !memcmp(frame + ETH_ALEN, source, ETH_ALEN) ||
				     is_addressed_to(frame, length, target));
		else if (length >= 0 || errno != EAGAIN || poll(&ready, 1, PATIENCE_MS) != 1)
			report_fatal("the closing frame never came");
	}
}
