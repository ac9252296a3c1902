// SPDX-License-Identifier: Apache-2.0
#include "replica.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "say.h"

/* Slow work is looked after this often; a leader at rest wakes a hundred times a second. */
#define SLOW_EVERY_NS 10000000ull
#define STATUS_EVERY_NS 100000000ull
#define LEADER_SILENT_NS 3000000000ull
#define EXIT_FAILED 1
#define EXIT_RESTARTED_LEADER 6

volatile sig_atomic_t replica_stop;

static vr_return_address return_address(const struct sockaddr_in *from)
{
	return (uint64_t)from->sin_addr.s_addr << 16 | from->sin_port;
}

static void look_at_window(struct replica *replica, uint64_t now_ns)
{
	vr_status(replica->vr, &replica->status);
	/* Window 0 begins when this replica can take part, not when its process starts. */
	if (replica->status.health == VR_NORMAL)
		window_report_look(&replica->report, &replica->status, now_ns);
}

static void take_datagram(struct replica *replica, unsigned i, uint64_t now_ns)
{
	struct udp *udp = &replica->udp;
	enum wire_verdict verdict;
	struct vr_msg msg;

	verdict = wire_parse(udp->data[i], udp_bytes(udp, i), replica->config.run_id, &msg);
	if (verdict != WIRE_OK) {
		replica->wire_drops[verdict]++;
		return;
	}
	if (msg.sender) {
		peers_heard(&replica->peers, msg.sender, msg.incarnation, &udp->from[i], now_ns);
		/* The program should learn of a new place before the next broadcast. */
		if (replica->peers.changed)
			replica->tick_at_ns = 0;
		if (msg.sender == replica->status.leader)
			replica->leader_heard_ns = now_ns;
	} else if (msg.type == WIRE_MARK && replica->status.is_leader) {
		window_report_before_mark(&replica->report);
	}
	if (tracer_on(&replica->trace.tracer))
		replica_trace_received(&replica->trace, &msg, now_ns);
	vr_receive(replica->vr, &msg, return_address(&udp->from[i]));
	if (msg.type == WIRE_MARK || (msg.bcast_seq && msg.window != replica->status.window))
		look_at_window(replica, now_ns);
}

static void say_ready(struct replica *replica)
{
	const struct vr_status *status = &replica->status;
	unsigned replicas = replica->config.peers.count;

	replica->ready_said = true;
	event_ready(&replica->events, &(struct event_ready){
					      .view = status->view,
					      .leader = status->leader,
					      .peersReady = status->peers_ready,
				      });
	if (status->is_leader)
		say(SAY_NOTICE, "vr", "leader of view %u with %u of %u replicas", status->view,
		    status->peers_ready + 1u, replicas);
	else
		say(SAY_NOTICE, "vr", "follower of %s in view %u",
		    peers_name(&replica->peers, status->leader), status->view);
}

static void warn_of_silent_leader(struct replica *replica, uint64_t now_ns)
{
	bool silent = !replica->status.is_leader && replica->leader_heard_ns &&
		      now_ns - replica->leader_heard_ns >= LEADER_SILENT_NS;

	if (silent && !replica->leader_silent_said)
		say(SAY_WARN, "vr", "leader %s silent for 3 s",
		    peers_name(&replica->peers, replica->status.leader));
	replica->leader_silent_said = silent;
}

/* Says what changed in the core; returns an exit code if the replica must not go on. */
static int watch_health(struct replica *replica, uint64_t now_ns)
{
	const struct vr_status *status = &replica->status;

	if (status->health == VR_LOST_MEMORY) {
		replica_fail(replica, "restarted_leader",
			     "this leader was restarted without its memory while followers "
			     "remember operations; "
			     "it must not serve");
		return EXIT_RESTARTED_LEADER;
	}
	if (status->health == VR_LEADER_LOST_MEMORY && !replica->lost_memory_said) {
		replica->lost_memory_said = true;
		say(SAY_WARN, "vr", "leader %s came back without its memory; it isn't followed",
		    peers_name(&replica->peers, status->leader));
	}
	if (status->ready && !replica->ready_said)
		say_ready(replica);
	if (status->drops[VR_DROP_log_full] && !replica->log_full_said) {
		char text[160];

		replica->log_full_said = true;
		snprintf(text, sizeof(text),
			 "the log is full at op %" PRIu64 " (LOG_CAPACITY_OPS %" PRIu64
			 ", LOG_CAPACITY_BYTES %" PRIu64 ")",
			 status->op, replica->config.log_capacity_ops,
			 replica->config.log_capacity_bytes);
		replica_fail(replica, "log_full", text);
	}
	warn_of_silent_leader(replica, now_ns);
	return 0;
}

static bool something_waits(struct replica *replica)
{
	struct pollfd ready[OFFLOAD_FDS + 1];
	int fds[OFFLOAD_FDS];
	unsigned i;
	bool netlink = false;

	offload_fds(&replica->offload, fds);
	for (i = 0; i < OFFLOAD_FDS; i++)
		ready[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	ready[OFFLOAD_FDS] = (struct pollfd){.fd = replica->control.fd, .events = POLLIN};
	if (poll(ready, OFFLOAD_FDS + 1, 0) <= 0)
		return false;
	for (i = 0; i < OFFLOAD_FDS; i++)
		netlink |= ready[i].revents != 0;
	if (ready[OFFLOAD_FDS].revents)
		control_serve(&replica->control, replica_answer, replica);
	return netlink;
}

static void look_after_peers(struct replica *replica, uint64_t now_ns)
{
	/* A leader hears from every follower; a follower only from its leader. */
	uint32_t expected = replica->status.is_leader ? (2u << replica->config.peers.count) - 2
						      : 1u << replica->status.leader;
	bool netlink = something_waits(replica);

	peers_tick(&replica->peers, expected & ~(1u << replica->config.id), now_ns);
	offload_tick(&replica->offload, peers_take_changed(&replica->peers), netlink, now_ns);
	replica->broadcast.first = follower_map_first(&replica->offload.followers);
}

static void say_dropped_lines(struct replica *replica)
{
	uint64_t dropped;

	line_writer_flush(&replica->out);
	say_flush();
	dropped = line_writer_take_dropped(&replica->out);
	if (dropped)
		say(SAY_WARN, "log",
		    "%" PRIu64 " event lines were dropped: nobody reads stdout fast enough",
		    dropped);
}

/* What may wait some milliseconds; returns an exit code or 0. */
static int slow_work(struct replica *replica, uint64_t now_ns)
{
	int exit_code;

	look_after_peers(replica, now_ns);
	look_at_window(replica, now_ns);
	exit_code = watch_health(replica, now_ns);
	if (exit_code)
		return exit_code;
	window_report_tick(&replica->report, &replica->status, now_ns);
	replica_trace_look(&replica->trace, replica->status.op, &replica->events);
	if (now_ns >= replica->status_at_ns) {
		replica->status_at_ns = now_ns + STATUS_EVERY_NS;
		replica_say_status(replica, &replica->events);
		replica_trace_flush(&replica->trace, &replica->events);
		say_dropped_lines(replica);
	}
	return 0;
}

int replica_run(struct replica *replica)
{
	int exit_code = 0;

	while (!replica_stop && !exit_code) {
		uint64_t now_ns = clock_now_ns();
		int received, i;

		if (now_ns >= replica->tick_at_ns) {
			replica->tick_at_ns = now_ns + SLOW_EVERY_NS;
			exit_code = slow_work(replica, now_ns);
			vr_tick(replica->vr, (now_ns - replica->started_ns) / REPLICA_TICK_NS);
			if (exit_code)
				break;
		}
		received = udp_receive(&replica->udp);
		if (received < 0) {
			replica_fail(replica, "socket", strerror(-received));
			return EXIT_FAILED;
		}
		if (!received)
			continue;
		now_ns = clock_now_ns();
		for (i = 0; i < received; i++)
			take_datagram(replica, (unsigned)i, now_ns);
		vr_flush(replica->vr);
	}
	return exit_code;
}
