// SPDX-License-Identifier: Apache-2.0
#include "interface.h"

#include <ifaddrs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MTU_DEFAULT 1500

static bool is_usable(const struct ifaddrs *entry)
{
	return entry->ifa_addr && entry->ifa_addr->sa_family == AF_INET &&
	       (entry->ifa_flags & IFF_UP);
}

static struct in_addr address_of(const struct ifaddrs *entry)
{
	return ((const struct sockaddr_in *)(const void *)entry->ifa_addr)->sin_addr;
}

bool interface_first(char name[IFNAMSIZ])
{
	struct ifaddrs *all, *entry;

	if (getifaddrs(&all))
		return false;
	snprintf(name, IFNAMSIZ, "lo");
	for (entry = all; entry; entry = entry->ifa_next) {
		if (!is_usable(entry) || (entry->ifa_flags & IFF_LOOPBACK))
			continue;
		snprintf(name, IFNAMSIZ, "%s", entry->ifa_name);
		break;
	}
	freeifaddrs(all);
	return true;
}

static bool source_towards(struct in_addr address, struct in_addr *source)
{
	/* Connecting a UDP socket sends nothing; it makes the kernel choose route and source. */
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = address};
	struct sockaddr_in own;
	socklen_t bytes = sizeof(own);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool known;

	if (fd < 0)
		return false;
	known = !connect(fd, (struct sockaddr *)&to, sizeof(to)) &&
		!getsockname(fd, (struct sockaddr *)&own, &bytes);
	close(fd);
	if (known)
		*source = own.sin_addr;
	return known;
}

bool interface_towards(struct in_addr address, char name[IFNAMSIZ])
{
	struct ifaddrs *all, *entry;
	struct in_addr source;
	bool found = false;

	if (!source_towards(address, &source) || getifaddrs(&all))
		return false;
	for (entry = all; entry && !found; entry = entry->ifa_next) {
		if (!is_usable(entry) || address_of(entry).s_addr != source.s_addr)
			continue;
		snprintf(name, IFNAMSIZ, "%s", entry->ifa_name);
		found = true;
	}
	freeifaddrs(all);
	return found;
}

uint32_t interface_mtu(const char *name)
{
	struct ifreq request = {0};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	uint32_t mtu = MTU_DEFAULT;

	if (fd < 0)
		return mtu;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (!ioctl(fd, SIOCGIFMTU, &request) && request.ifr_mtu > 0)
		mtu = (uint32_t)request.ifr_mtu;
	close(fd);
	return mtu;
}
