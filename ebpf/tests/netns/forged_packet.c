// SPDX-License-Identifier: Apache-2.0
#include "forged_packet.h"

#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <string.h>
#include <sys/socket.h>

#include "report.h"

static uint16_t ip_checksum(const struct iphdr *ip)
{
	uint16_t words[sizeof(*ip) / 2];
	uint32_t sum = 0;

	memcpy(words, ip, sizeof(words));
	for (size_t i = 0; i < sizeof(*ip) / 2; i++)
		sum += words[i];
	sum = (sum & 0xffff) + (sum >> 16);
	return ~((sum & 0xffff) + (sum >> 16));
}

void forged_packet_send(int fd, uint32_t source, uint32_t target, const struct datagram *datagram)
{
	struct {
		struct iphdr ip;
		struct udphdr udp;
		uint8_t bytes[DATAGRAM_BYTES_MAX];
	} __attribute__((packed)) packet;
	const size_t length = datagram_write(packet.bytes, datagram);
	const struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = target};
	const size_t whole = sizeof(packet.ip) + sizeof(packet.udp) + length;
	struct iphdr ip = {.version = 4,
			   .ihl = 5,
			   .tot_len = htons(whole),
			   .ttl = 9,
			   .protocol = IPPROTO_UDP,
			   .saddr = source,
			   .daddr = to.sin_addr.s_addr};

	ip.check = ip_checksum(&ip);
	packet.ip = ip;
	packet.udp = (struct udphdr){.source = htons(WIRE_PORT_DEFAULT),
				     .dest = htons(WIRE_PORT_DEFAULT),
				     .len = htons(sizeof(packet.udp) + length)};
	if (sendto(fd, &packet, whole, 0, (const struct sockaddr *)&to, sizeof(to)) < 0)
		report_fatal("sending a forged packet");
}
