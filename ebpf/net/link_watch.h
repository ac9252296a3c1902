/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Watches one interface by name: `docker network disconnect` takes it away with
 * its hooks, `connect` brings back another one of the same name, and a
 * restarted container may hold another address.
 */
#ifndef LAB_LINK_WATCH_H
#define LAB_LINK_WATCH_H

#include <stddef.h>
#include <stdint.h>

struct link_watch;

enum link_event {
	LINK_GONE, /* removed, renamed or moved to another namespace */
	LINK_BACK, /* an interface of our name exists (again), under a new index */
	LINK_ADDRESS /* its IPv4 address changed; 0 while it has none */
};

/* What is true right now; all zero while the interface is gone. */
struct link_state {
	uint32_t ifindex;
	uint32_t ip; /* first IPv4 address, network byte order; 0: none */
};

/* NULL on failure (-ENODEV: no such interface), with errno set and a text in error. */
struct link_watch *link_watch_open(const char *ifname, char *error, size_t error_bytes);
/* Nonblocking; readable when something may have changed. */
int link_watch_fd(const struct link_watch *watch);
/*
 * Takes in what waits, asks the kernel for the present state and calls `changed`
 * for each difference to the state last told, with the new state: GONE before
 * BACK before ADDRESS. Lost notifications are harmless. Returns how many, or -errno.
 */
int link_watch_read(struct link_watch *watch,
		    void (*changed)(void *ctx, enum link_event event,
				    const struct link_state *state),
		    void *ctx);
const struct link_state *link_watch_state(const struct link_watch *watch);
void link_watch_close(struct link_watch *watch);

#endif
