/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The load generator as a process: the pure core of protocol/load_client.h with
 * a socket, a clock and the event log. client_loop.c runs it, client_events.c
 * says what happened, latency_report.h prints the summary for people.
 */
#ifndef LAB_CLIENT_PROCESS_H
#define LAB_CLIENT_PROCESS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "broadcast.h"
#include "config.h"
#include "event_log.h"
#include "load_client.h"
#include "peers.h"
#include "tracer.h"
#include "udp.h"

/* Exit codes, see README. */
enum client_exit {
	CLIENT_COMPLETE = 0,
	CLIENT_FAILED = 1,
	CLIENT_BAD_ENVIRONMENT = 2,
	CLIENT_NO_PROGRESS = 3,
	CLIENT_MEMORY_LOST = 4,
	CLIENT_NO_LEADER = 5,
	CLIENT_INTERRUPTED = 130,
};

struct client_process {
	struct client_config config;
	struct line_writer out;
	struct event_log events;
	struct udp udp;
	struct peers peers;
	struct broadcast broadcast;
	struct load *load;
	struct tracer tracer;
	uint64_t trace_at_ns;
	void *memory;
	size_t memory_bytes;
	uint32_t incarnation;
	uint64_t started_ns;
	uint64_t slow_at_ns;
	uint64_t heard_ns; /* last datagram of any replica */
	uint64_t outstanding; /* as the core last said before it gave up */
	bool announced_missing; /* the wait for a leader was said on stderr */
	uint64_t histogram[2 * LATENCY_BUCKETS]; /* [index, count, ...] of one interval */
};

/* SIGTERM and SIGINT; SIGUSR1. */
extern volatile sig_atomic_t client_stop;
extern volatile sig_atomic_t client_release;

/* From the environment to a core that can run; 0 or an exit code after an `error` event. */
int client_open(struct client_process *client);
/* Until the load is done; returns the exit code. */
int client_run(struct client_process *client);
void client_close(struct client_process *client);

void client_fail(struct client_process *client, const char *code, const char *message);

/* client_events.c: what the core calls, and the words at the end. */
void client_say_boot(struct client_process *client, uint32_t payload_max_bytes);
void client_say_phase(void *ctx, enum load_phase phase);
void client_say_interval(void *ctx, const struct load_interval *interval);
void client_say_outage(void *ctx, const struct load_outage *outage);
/*
 * `no_progress` or `error` if that was it, `summary`, `history`, `linearizability`, and
 * the table on stderr.
 */
void client_say_end(struct client_process *client);

#endif
