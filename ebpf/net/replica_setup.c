// SPDX-License-Identifier: Apache-2.0
#include "replica.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "environment.h"
#include "interface.h"
#include "lab_version.h"
#include "memory_block.h"
#include "say.h"

#define PLACE_TIMEOUT_NS 15000000000ull
#define EXIT_FAILED 1
#define EXIT_BAD_ENVIRONMENT 2

/* The key-value store and its clients; the client's bounds in config.c stay below them. */
#define REPLICA_CLIENTS_MAX 4096
#define REPLICA_KEYS_MAX 1024
/* In ticks of 1 ms. A lost PREPARE is sent again well before the client's own retry at 100 ms. */
#define REPLICA_RESEND_TICKS 40
#define REPLICA_HEARTBEAT_TICKS 20

void replica_fail(struct replica *replica, const char *code, const char *message)
{
	event_error(&replica->events, &(struct event_error){.code = code, .message = message});
	say(SAY_ERROR, "replica", "%s", message);
}

static struct vr_config core_config(const struct replica *replica)
{
	return (struct vr_config){
		.id = replica->config.id,
		.replicas = replica->config.peers.count,
		.incarnation = replica->incarnation,
		.log_capacity_ops = replica->config.log_capacity_ops,
		.clients_max = REPLICA_CLIENTS_MAX,
		.keys_max = REPLICA_KEYS_MAX,
		.value_max_bytes = WIRE_PAYLOAD_MAX - WIRE_PAYLOAD_MIN,
		.resend_ticks = REPLICA_RESEND_TICKS,
		.heartbeat_ticks = REPLICA_HEARTBEAT_TICKS,
		.view_change_ticks = REPLICA_VIEW_CHANGE_TICKS,
	};
}

static int open_core(struct replica *replica)
{
	struct vr_env env = replica_env(replica);
	struct vr_config config = core_config(replica);

	replica->memory_bytes = vr_memory_bytes(&config);
	if (!replica->memory_bytes) {
		replica_fail(replica, "bad_environment", vr_config_error(&config));
		return EXIT_BAD_ENVIRONMENT;
	}
	replica->memory = memory_block_open(replica->memory_bytes);
	if (!replica->memory) {
		char text[160];

		snprintf(text, sizeof(text),
			 "no memory for a log of %zu bytes: %s; lower LOG_CAPACITY_OPS",
			 replica->memory_bytes, strerror(errno));
		replica_fail(replica, "no_memory", text);
		return EXIT_FAILED;
	}
	replica->vr = vr_init(replica->memory, &config, &env);
	vr_status(replica->vr, &replica->status);
	return 0;
}

static bool find_interface(struct replica *replica)
{
	unsigned id;

	if (replica->config.iface[0]) {
		snprintf(replica->ifname, sizeof(replica->ifname), "%s", replica->config.iface);
		return true;
	}
	for (id = 1; id <= replica->config.peers.count; id++) {
		const struct peer *peer = &replica->peers.at[id];

		/* The route to oneself would be the loopback. */
		if (id != replica->config.id && peer->known &&
		    interface_towards(peer->address.sin_addr, replica->ifname))
			return true;
	}
	return false;
}

/* Waits for the first peer's name, which tells the interface. 0, an exit code, or -1. */
static int await_interface(struct replica *replica)
{
	uint64_t deadline_ns = clock_now_ns() + PLACE_TIMEOUT_NS;

	while (!replica_stop) {
		uint64_t now_ns = clock_now_ns();

		peers_tick(&replica->peers, 0, now_ns);
		if (find_interface(replica))
			return 0;
		if (now_ns > deadline_ns) {
			replica_fail(replica, "no_peers",
				     "no name of PEERS could be resolved in 15 s; are the replicas "
				     "on one network?");
			return EXIT_FAILED;
		}
		poll(NULL, 0, 2);
	}
	return -1;
}

static int open_network(struct replica *replica)
{
	const struct replica_config *config = &replica->config;
	uint16_t port = config->peers.at[config->id].port;
	char text[160];
	int err = udp_open(&replica->udp, port);

	if (err) {
		snprintf(text, sizeof(text), "UDP port %u could not be opened: %s", port,
			 strerror(-err));
		replica_fail(replica, "socket", text);
		return EXIT_FAILED;
	}
	err = peers_open(&replica->peers, &config->peers, clock_now_ns());
	if (err) {
		snprintf(text, sizeof(text), "the resolver's thread could not be started: %s",
			 strerror(-err));
		replica_fail(replica, "resolver", text);
		return EXIT_FAILED;
	}
	broadcast_init(&replica->broadcast, &replica->udp, &replica->peers, config->run_id,
		       config->id);
	replica->broadcast.flagged = config->tc_broadcast;
	replica->broadcast.tracer = &replica->trace.tracer;
	err = control_open(&replica->control, CONTROL_PATH);
	if (err)
		say(SAY_WARN, "control", "no control socket at %s: %s; labctl will not work",
		    CONTROL_PATH, strerror(-err));
	return 0;
}

static int open_offload(struct replica *replica)
{
	struct offload_options options = {
		.events = &replica->events,
		.peers = &replica->peers,
		.ifname = replica->ifname,
		.run_id = replica->config.run_id,
		.own_id = replica->config.id,
		.clone = replica->config.tc_broadcast,
		.follow_route = !replica->config.iface[0],
	};
	char error[BPF_BROADCAST_ERROR_BYTES];
	const char *code = offload_open(&replica->offload, &options, error, sizeof(error));

	if (!code)
		return 0;
	replica_fail(replica, code, error);
	return EXIT_FAILED;
}

static int open_trace(struct replica *replica)
{
	struct replica_trace_options options = {
		.every = replica->config.trace.every,
		.own_id = replica->config.id,
		.replicas = replica->config.peers.count,
		.offload = &replica->offload,
	};
	char text[160];
	int err = replica_trace_open(&replica->trace, &options);

	if (replica->config.trace.on)
		tracer_wanted = 1;
	if (!err)
		return 0;
	snprintf(text, sizeof(text), "the program's ring could not be mapped: %s", strerror(-err));
	replica_fail(replica, "bpf_load", text);
	return EXIT_FAILED;
}

static uint32_t payload_max(const struct replica *replica)
{
	char first[IFNAMSIZ] = "lo";
	uint32_t mtu;

	interface_first(first);
	mtu = interface_mtu(replica->config.iface[0] ? replica->config.iface : first);
	return mtu < WIRE_PAYLOAD_MAX + WIRE_OVERHEAD_BYTES ? mtu - WIRE_OVERHEAD_BYTES
							    : WIRE_PAYLOAD_MAX;
}

static void say_boot(struct replica *replica)
{
	const struct replica_config *config = &replica->config;

	event_boot(&replica->events, &(struct event_boot){
					     .role = "replica",
					     .id = config->id,
					     .replicas = config->peers.count,
					     .incarnation = replica->incarnation,
					     .runId = config->run_id,
					     .offloads = config->tc_broadcast ? "tc_broadcast" : "",
					     .payloadMaxBytes = payload_max(replica),
					     .logCapacityOps = config->log_capacity_ops,
					     .version = LAB_VERSION,
				     });
	say(SAY_NOTICE, "replica", "replica %u of %u, incarnation %u, %s", config->id,
	    config->peers.count, replica->incarnation,
	    config->tc_broadcast ? "tc_broadcast" : "baseline");
}

static int read_environment(struct replica *replica)
{
	struct config_problems problems;
	bool good = replica_config_read(&replica->config, &problems);
	const struct replica_config *config = &replica->config;
	char src[EVENT_SRC_BYTES] = "replica";

	/* The name in PEERS is the service's name, by which the lab knows this replica. */
	if (config->id >= 1 && config->id <= config->peers.count)
		snprintf(src, sizeof(src), "%.60s", config->peers.at[config->id].host);
	event_log_open(&replica->events, src, &replica->out);
	event_log_open(&replica->answers, src, NULL);
	if (good)
		return 0;
	replica_fail(replica, "bad_environment", problems.text);
	return EXIT_BAD_ENVIRONMENT;
}

int replica_open(struct replica *replica)
{
	int exit_code;

	replica->udp.fd = -1;
	replica->control.fd = -1;
	replica->started_ns = clock_now_ns();
	replica->incarnation = clock_incarnation();
	replica->statm_fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	line_writer_open(&replica->out, 1);
	exit_code = read_environment(replica);
	if (exit_code)
		return exit_code;
	say_boot(replica);
	exit_code = open_core(replica);
	if (!exit_code)
		exit_code = open_network(replica);
	if (!exit_code)
		exit_code = await_interface(replica);
	if (!exit_code)
		exit_code = open_offload(replica);
	if (!exit_code)
		exit_code = open_trace(replica);
	replica->report = (struct window_report){
		.events = &replica->events,
		.offload = &replica->offload,
		.broadcast = &replica->broadcast,
		.vr = replica->vr,
	};
	return exit_code;
}

void replica_close(struct replica *replica, int exit_code)
{
	if (replica->vr)
		vr_status(replica->vr, &replica->status);
	replica_trace_flush(&replica->trace, &replica->events);
	if (replica->vr && replica->offload.program)
		window_report_final(&replica->report, &replica->status);
	if (replica->vr)
		replica_say_final(replica, exit_code ? "error" : "sigterm");
	replica_trace_close(&replica->trace);
	offload_close(&replica->offload);
	control_close(&replica->control, CONTROL_PATH);
	if (replica->peers.names)
		peers_close(&replica->peers);
	udp_close(&replica->udp);
	memory_block_close(replica->memory, replica->memory_bytes);
	if (replica->statm_fd >= 0)
		close(replica->statm_fd);
	line_writer_close(&replica->out, 50);
	say_close(20);
}
