/* SPDX-License-Identifier: Apache-2.0 */
/* The network namespace of a target, and the interface in it that the cluster talks over. */
#ifndef FAULT_NETWORK_H
#define FAULT_NETWORK_H

#include <stdint.h>

struct fault_interface {
	uint32_t ifindex;
	uint8_t mac[6];
};

/*
 * Enters the namespace of the process behind a pidfd, which never leads to a later
 * process with its pid. 0, -ESRCH if the process ended, other -errno.
 */
int fault_network_enter(int process);
/* Back to where labfault lives. 0 or -errno. */
int fault_network_leave(int home);
/*
 * The interface here that is up, has an IPv4 address and isn't the loopback. 0,
 * -ENODEV if there is none, -EPROTONOSUPPORT if it has no Ethernet address, other
 * -errno.
 */
int fault_network_interface(struct fault_interface *interface);

#endif
