// SPDX-License-Identifier: Apache-2.0
#include "fault_network.h"

#include <errno.h>
#include <net/if_arp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "interface.h"

int fault_network_enter(int process)
{
	return setns(process, CLONE_NEWNET) ? -errno : 0;
}

int fault_network_leave(int home)
{
	return setns(home, CLONE_NEWNET) ? -errno : 0;
}

static int read_mac(const char *name, uint8_t mac[6])
{
	struct ifreq request = {0};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int failed;

	if (fd < 0)
		return -errno;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	failed = ioctl(fd, SIOCGIFHWADDR, &request) ? -errno : 0;
	close(fd);
	if (!failed && request.ifr_hwaddr.sa_family != ARPHRD_ETHER)
		failed = -EPROTONOSUPPORT;
	memcpy(mac, request.ifr_hwaddr.sa_data, 6);
	return failed;
}

int fault_network_interface(struct fault_interface *interface)
{
	char name[IFNAMSIZ];

	if (!interface_first(name))
		return -errno;
	interface->ifindex = if_nametoindex(name);
	if (!strcmp(name, "lo") || !interface->ifindex)
		return -ENODEV;
	return read_mac(name, interface->mac);
}
