// SPDX-License-Identifier: Apache-2.0
#include "netlink_nested.h"

#include <string.h>

#include "netlink.h"

const struct rtattr *nested_begin(const struct nlmsghdr *header, size_t body_bytes, uint16_t type)
{
	const uint8_t *data = netlink_find(header, body_bytes, type, 0);

	return data ? (const struct rtattr *)(data - RTA_LENGTH(0)) : NULL;
}

const void *nested_find(const struct rtattr *outer, uint16_t type, size_t bytes)
{
	const struct rtattr *attribute;
	int left;

	if (!outer)
		return NULL;
	attribute = RTA_DATA(outer);
	left = RTA_PAYLOAD(outer);
	for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
		if (attribute->rta_type == type)
			return RTA_PAYLOAD(attribute) >= bytes ? RTA_DATA(attribute) : NULL;
	return NULL;
}

uint32_t nested_u32(const struct rtattr *outer, uint16_t type)
{
	const void *data = nested_find(outer, type, sizeof(uint32_t));
	uint32_t value = 0;

	if (data)
		memcpy(&value, data, sizeof(value));
	return value;
}
