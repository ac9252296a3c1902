/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names to addresses in a thread of its own: getaddrinfo may take seconds, the
 * event loop never waits for it. Results are collected by polling.
 */
#ifndef LAB_RESOLVER_H
#define LAB_RESOLVER_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "config.h"

struct resolver {
	const struct config_peers *peers;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool started, stop;
	uint32_t wanted; /* bit i: replica i is to be resolved */
	uint32_t done; /* bit i: answer[i] is fresh */
	struct in_addr answer[WIRE_MAX_REPLICAS + 1];
};

/* peers must outlive the resolver. The thread takes no signals. Returns 0 or -errno. */
int resolver_start(struct resolver *resolver, const struct config_peers *peers);
/*
 * Asks for the replicas of the bit mask; failures are tried again every 200 ms
 * until they succeed.
 */
void resolver_ask(struct resolver *resolver, uint32_t replicas);
/* Copies fresh answers out; returns their bit mask. Never blocks. */
uint32_t resolver_collect(struct resolver *resolver, struct in_addr answer[WIRE_MAX_REPLICAS + 1]);
/* Does not join a thread that hangs in getaddrinfo: the process is about to end. */
void resolver_stop(struct resolver *resolver);

#endif
