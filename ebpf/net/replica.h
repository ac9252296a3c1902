/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One replica as a process: the protocol core with a socket, a clock, the BPF
 * program and the event log around it. Opened by replica_setup.c, run by
 * replica_loop.c, described by replica_status.c, asked by replica_control.c.
 */
#ifndef LAB_REPLICA_H
#define LAB_REPLICA_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "broadcast.h"
#include "config.h"
#include "control.h"
#include "event_log.h"
#include "offload.h"
#include "peers.h"
#include "replica_trace.h"
#include "udp.h"
#include "vr.h"
#include "window_report.h"
#include "wire_parse.h"

/* One tick of the core is 1 ms; the loop wakes at least every UDP_WAIT_US. */
#define REPLICA_TICK_NS 1000000ull
/*
 * In ticks. A silent leader costs at most this, a round of messages and a client's
 * retry. Twelve heartbeats and six resends fit into it, so that two cores that
 * carry fifteen containers change no view for being slow.
 */
#define REPLICA_VIEW_CHANGE_TICKS 250

/* What was told last of this replica's part in the protocol; replica_health.c. */
struct health_watch {
	bool told; /* the two below hold */
	enum vr_health health;
	uint32_t view;
	bool followed; /* it told once that it follows */
	bool led; /* it told that it leads led_view */
	uint32_t led_view;
	uint32_t wanted; /* of the view change that was told last */
	bool recovered, memory_lost;
	uint64_t warn_at_ns; /* while recovering; 0: not yet */
	bool restored; /* a checkpoint was installed and is not told yet */
	uint64_t restored_op, restored_hash;
};

struct replica {
	struct replica_config config;
	struct line_writer out;
	struct event_log events;
	struct event_log answers; /* renders for the control socket */
	struct udp udp;
	struct peers peers;
	struct broadcast broadcast;
	struct offload offload;
	struct replica_trace trace;
	struct control control;
	struct window_report report;
	struct health_watch health;
	char ifname[IFNAMSIZ];
	uint32_t incarnation;
	struct vr *vr;
	void *memory;
	size_t memory_bytes;
	struct vr_status status; /* as of the last tick, or change of window, view or health */
	bool view_changed; /* a view was entered or left since status was taken */
	uint64_t resends_before; /* in views that were left */
	uint64_t wire_drops[WIRE_VERDICTS];
	uint64_t started_ns;
	uint64_t ticked_ns; /* when vr_tick was last called */
	uint64_t core_ns; /* the core's time */
	uint64_t tick_at_ns, status_at_ns;
	int statm_fd;
};

/* Set by SIGTERM and SIGINT. */
extern volatile sig_atomic_t replica_stop;

/*
 * From the environment to a core that can run; says `boot` and `attach`. Returns
 * 0, or the exit code after an `error` event, or -1 if it was told to stop meanwhile.
 */
int replica_open(struct replica *replica);
/* Until SIGTERM or a failure; returns the exit code. */
int replica_run(struct replica *replica);
/* The last events; releases everything. */
void replica_close(struct replica *replica, int exit_code);

/* replica_env.c: how the core reaches the network. */
struct vr_env replica_env(struct replica *replica);
/* replica_health.c: says what changed since the last call, by replica->status. */
void replica_watch_health(struct replica *replica, uint64_t now_ns);
/* As the events name it. */
const char *replica_health_name(enum vr_health health);
/* `error` event and the same on stderr. */
void replica_fail(struct replica *replica, const char *code, const char *message);
/* The status event, into this log. */
void replica_say_status(struct replica *replica, struct event_log *log);
void replica_say_final(struct replica *replica, const char *reason);
/* control_answer of the replica. */
void replica_answer(void *ctx, char *request, char *answer, size_t answer_bytes);

#endif
