/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IPv4 -> MAC from the kernel's own neighbour table (rtnetlink). MACs are never
 * typed in: the replica's ordinary datagrams make the kernel resolve them, and
 * this reports what it found and every later change.
 *
 * Lookups and changes use one socket each, so an answer never waits behind
 * notifications. Reading needs no capability; neighbours_probe needs CAP_NET_ADMIN.
 */
#ifndef LAB_NEIGHBOURS_H
#define LAB_NEIGHBOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct neighbours;

struct neighbour {
	uint32_t ifindex;
	uint32_t ip; /* network byte order */
	bool known; /* false: unresolved, failed or removed; mac is then zero */
	uint8_t mac[6];
};

/* NULL on failure, with errno set and a text in error. */
struct neighbours *neighbours_open(char *error, size_t error_bytes);
/* 0 with *found filled (known == false where the table has no usable entry), or -errno. */
int neighbours_lookup(struct neighbours *neighbours, uint32_t ifindex, uint32_t ip,
		      struct neighbour *found);
/* Asks the kernel to resolve or confirm the address now (NTF_USE). 0 or -errno. */
int neighbours_probe(struct neighbours *neighbours, uint32_t ifindex, uint32_t ip);
/* Nonblocking; readable when an entry of any interface changed. */
int neighbours_fd(const struct neighbours *neighbours);
/*
 * Calls `changed` for each waiting change of an IPv4 entry, of all interfaces,
 * repeats included: the caller compares. Returns how many, or -errno; -ENOBUFS:
 * the kernel dropped notifications, so look every peer up again.
 */
int neighbours_read(struct neighbours *neighbours,
		    void (*changed)(void *ctx, const struct neighbour *neighbour), void *ctx);
void neighbours_close(struct neighbours *neighbours);

#endif
