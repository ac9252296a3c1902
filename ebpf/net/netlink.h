/* SPDX-License-Identifier: Apache-2.0 */
/* The few steps of rtnetlink that neighbours, link_watch and the loader share. */
#ifndef LAB_NETLINK_H
#define LAB_NETLINK_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>

/* Larger than what the kernel fills per read, so no message is ever cut. */
#define NETLINK_BUFFER_BYTES 32768

/* A request: header, one fixed body and its attributes. */
struct netlink_request {
	struct nlmsghdr header;
	uint8_t body[256];
};

/* A nonblocking rtnetlink socket subscribed to these RTMGRP_* groups. The fd or -errno. */
int netlink_open(uint32_t groups);

void netlink_begin(struct netlink_request *request, uint16_t type, uint16_t flags, const void *body,
		   size_t bytes);
void netlink_attribute(struct netlink_request *request, uint16_t type, const void *data,
		       size_t bytes);

/*
 * Sends the request and hands every answer to `message`, until the kernel's
 * acknowledgement or the end of the dump. `fd` must have no subscriptions. The
 * kernel answers a request before sendmsg returns, so nothing here waits. The
 * answer's error code (0 or -errno), or -errno of the socket itself.
 */
int netlink_ask(int fd, struct netlink_request *request,
		void (*message)(void *ctx, const struct nlmsghdr *header), void *ctx);
/*
 * Hands every waiting notification to `message`. How many, or -errno (-ENOBUFS:
 * some were lost).
 */
int netlink_drain(int fd, void (*message)(void *ctx, const struct nlmsghdr *header), void *ctx);
/* The attribute of this type behind a body of body_bytes, if it is at least `bytes` long; or NULL. */
const void *netlink_find(const struct nlmsghdr *header, size_t body_bytes, uint16_t type,
			 size_t bytes);

#endif
