/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which network interface carries our datagrams, and how long they may be. Names
 * are IFNAMSIZ bytes.
 */
#ifndef LAB_INTERFACE_H
#define LAB_INTERFACE_H

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The first interface that is up, has an IPv4 address and isn't the loopback;
 * falls back to the loopback.
 */
bool interface_first(char name[IFNAMSIZ]);
/*
 * The interface whose address the kernel would use as source towards this one (its
 * own address included).
 */
bool interface_towards(struct in_addr address, char name[IFNAMSIZ]);
/* MTU in bytes, 1500 if it cannot be read. */
uint32_t interface_mtu(const char *name);

#endif
