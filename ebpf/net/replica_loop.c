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
/*
 * The core's time goes on by at most this from one tick to the next. A process that
 * stood still (paused, or without a CPU) has heard nobody meanwhile, but what they sent
 * waits in its socket: it shall read that before it finds its leader silent.
 */
#define TICK_STEP_MAX_NS 30000000ull
#define EXIT_FAILED 1

volatile sig_atomic_t replica_stop;

static vr_return_address return_address(const struct sockaddr_in *from)
{
	return (uint64_t)from->sin_addr.s_addr << 16 | from->sin_port;
}

/* After anything that may have changed window, view or health. */
static void look_at_core(struct replica *replica, uint64_t now_ns)
{
	vr_status(replica->vr, &replica->status);
	replica->view_changed = false;
	replica_watch_health(replica, now_ns);
	/* A view's first window begins when this replica can take part in it. */
	if (replica->status.health == VR_NORMAL)
		window_report_look(&replica->report, &replica->status, now_ns);
}

/* Messages of normal operation in the view and window that are known need no look. */
static bool worth_a_look(const struct replica *replica, const struct vr_msg *msg)
{
	const struct vr_status *status = &replica->status;

	return replica->view_changed || msg->type == WIRE_MARK ||
	       msg->type >= WIRE_START_VIEW_CHANGE || (msg->sender && msg->view != status->view) ||
	       (msg->bcast_seq && msg->window != status->window);
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
	} else if (msg.type == WIRE_MARK && replica->status.is_leader) {
		window_report_before_mark(&replica->report);
	}
	if (tracer_on(&replica->trace.tracer))
		replica_trace_received(&replica->trace, &msg, now_ns);
	vr_receive(replica->vr, &msg, return_address(&udp->from[i]));
	if (worth_a_look(replica, &msg))
		look_at_core(replica, now_ns);
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

/*
 * Whose silence is worth a question to the resolver: a leader hears from every
 * follower, a follower from its leader alone, and whoever changes views or recovers
 * needs all.
 */
static uint32_t expected_peers(const struct replica *replica)
{
	const struct vr_status *status = &replica->status;
	uint32_t all = (2u << replica->config.peers.count) - 2;
	bool follows = status->health == VR_NORMAL && !status->is_leader;

	return (follows ? 1u << status->leader : all) & ~(1u << replica->config.id);
}

static void look_after_peers(struct replica *replica, uint64_t now_ns)
{
	bool netlink = something_waits(replica);

	peers_tick(&replica->peers, expected_peers(replica), now_ns);
	offload_tick(&replica->offload, peers_take_changed(&replica->peers), netlink, now_ns);
	replica->broadcast.first = follower_map_first(&replica->offload.followers, now_ns);
}

static void tick_core(struct replica *replica, uint64_t now_ns)
{
	uint64_t passed_ns = replica->ticked_ns ? now_ns - replica->ticked_ns : 0;

	replica->ticked_ns = now_ns;
	replica->core_ns += passed_ns < TICK_STEP_MAX_NS ? passed_ns : TICK_STEP_MAX_NS;
	vr_tick(replica->vr, replica->core_ns / REPLICA_TICK_NS);
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

/* What may wait some milliseconds. A heartbeat of the tick goes to where the peers are now. */
static void slow_work(struct replica *replica, uint64_t now_ns)
{
	look_after_peers(replica, now_ns);
	tick_core(replica, now_ns);
	look_at_core(replica, now_ns);
	window_report_tick(&replica->report, &replica->status, now_ns);
	replica_trace_look(&replica->trace, replica->status.op, &replica->events);
	if (now_ns >= replica->status_at_ns) {
		replica->status_at_ns = now_ns + STATUS_EVERY_NS;
		replica_say_status(replica, &replica->events);
		replica_trace_flush(&replica->trace, &replica->events);
		say_dropped_lines(replica);
	}
}

int replica_run(struct replica *replica)
{
	while (!replica_stop) {
		uint64_t now_ns = clock_now_ns();
		int received, i;

		if (now_ns >= replica->tick_at_ns) {
			replica->tick_at_ns = now_ns + SLOW_EVERY_NS;
			slow_work(replica, now_ns);
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
	return 0;
}
