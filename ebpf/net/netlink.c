// SPDX-License-Identifier: Apache-2.0
#include "netlink.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int netlink_open(uint32_t groups)
{
	struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = groups};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	int error;

	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		error = -errno;
		close(fd);
		return error;
	}
	return fd;
}

void netlink_begin(struct netlink_request *request, uint16_t type, uint16_t flags, const void *body,
		   size_t bytes)
{
	assert(NLMSG_ALIGN(bytes) <= sizeof(request->body));
	memset(request, 0, sizeof(*request));
	request->header.nlmsg_len = NLMSG_LENGTH(NLMSG_ALIGN(bytes));
	request->header.nlmsg_type = type;
	request->header.nlmsg_flags = NLM_F_REQUEST | flags;
	memcpy(NLMSG_DATA(&request->header), body, bytes);
}

void netlink_attribute(struct netlink_request *request, uint16_t type, const void *data,
		       size_t bytes)
{
	uint8_t *end = (uint8_t *)&request->header + request->header.nlmsg_len;
	struct rtattr attribute = {.rta_len = RTA_LENGTH(bytes), .rta_type = type};

	assert(request->header.nlmsg_len + RTA_SPACE(bytes) <= sizeof(*request));
	memcpy(end, &attribute, sizeof(attribute));
	memcpy(end + RTA_LENGTH(0), data, bytes);
	request->header.nlmsg_len += RTA_SPACE(bytes);
}

/* One read. Bytes received, or -errno; -EAGAIN: nothing waits. */
static ssize_t receive(int fd, void *buffer)
{
	ssize_t bytes;

	do {
		bytes = recv(fd, buffer, NETLINK_BUFFER_BYTES, MSG_TRUNC);
	} while (bytes < 0 && errno == EINTR);
	if (bytes < 0)
		return -errno;
	return bytes > NETLINK_BUFFER_BYTES ? -EMSGSIZE : bytes;
}

static int acknowledged(const struct nlmsghdr *header)
{
	const struct nlmsgerr *verdict = NLMSG_DATA(header);

	return header->nlmsg_len < NLMSG_LENGTH(sizeof(*verdict)) ? -EBADMSG : verdict->error;
}

int netlink_ask(int fd, struct netlink_request *request,
		void (*message)(void *ctx, const struct nlmsghdr *header), void *ctx)
{
	static uint32_t sequence;
	_Alignas(struct nlmsghdr) uint8_t buffer[NETLINK_BUFFER_BYTES];

	request->header.nlmsg_seq = ++sequence;
	request->header.nlmsg_flags |= NLM_F_ACK;
	if (send(fd, request, request->header.nlmsg_len, 0) < 0)
		return -errno;
	for (;;) {
		ssize_t bytes = receive(fd, buffer);
		const struct nlmsghdr *header = (const struct nlmsghdr *)buffer;

		if (bytes < 0)
			return bytes;
		for (unsigned int left = bytes; NLMSG_OK(header, left);
		     header = NLMSG_NEXT(header, left)) {
			/* The rest of an answer that an earlier error made us leave behind. */
			if (header->nlmsg_seq != request->header.nlmsg_seq)
				continue;
			if (header->nlmsg_type == NLMSG_ERROR)
				return acknowledged(header);
			if (header->nlmsg_type == NLMSG_DONE)
				return 0;
			if (message)
				message(ctx, header);
		}
	}
}

int netlink_drain(int fd, void (*message)(void *ctx, const struct nlmsghdr *header), void *ctx)
{
	_Alignas(struct nlmsghdr) uint8_t buffer[NETLINK_BUFFER_BYTES];
	int messages = 0;

	for (;;) {
		ssize_t bytes = receive(fd, buffer);
		const struct nlmsghdr *header = (const struct nlmsghdr *)buffer;

		if (bytes == -EAGAIN)
			return messages;
		if (bytes < 0)
			return bytes;
		for (unsigned int left = bytes; NLMSG_OK(header, left);
		     header = NLMSG_NEXT(header, left)) {
			messages++;
			message(ctx, header);
		}
	}
}

const void *netlink_find(const struct nlmsghdr *header, size_t body_bytes, uint16_t type,
			 size_t bytes)
{
	const struct rtattr *attribute =
		(const struct rtattr *)((const uint8_t *)NLMSG_DATA(header) +
					NLMSG_ALIGN(body_bytes));
	int left = (int)header->nlmsg_len - (int)NLMSG_SPACE(body_bytes);

	for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
		if (attribute->rta_type == type)
			return RTA_PAYLOAD(attribute) >= bytes ? RTA_DATA(attribute) : NULL;
	return NULL;
}
