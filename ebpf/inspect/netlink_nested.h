/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes within an attribute. */
#ifndef INSPECT_NETLINK_NESTED_H
#define INSPECT_NETLINK_NESTED_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>

/* The attribute of this type behind a body of body_bytes, to look into; or NULL. */
const struct rtattr *nested_begin(const struct nlmsghdr *header, size_t body_bytes, uint16_t type);
/* What an attribute within `outer` holds, if it is at least `bytes` long; or NULL. `outer` may be NULL. */
const void *nested_find(const struct rtattr *outer, uint16_t type, size_t bytes);
/* 0 where there is none. */
uint32_t nested_u32(const struct rtattr *outer, uint16_t type);

#endif
