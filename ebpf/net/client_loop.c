// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "interface.h"
#include "memory_block.h"
#include "say.h"
#include "wire_parse.h"

#define SLOW_EVERY_NS 10000000ull
#define INTERVAL_NS 100000000ull
/* The leader may be gone: where the others are must be known when one of them leads. */
#define SILENT_NS 200000000ull
/* Distinct keys of the workload; the replicas' store holds at least as many. */
#define KEYS 1000

volatile sig_atomic_t client_stop;
volatile sig_atomic_t client_release;

void client_fail(struct client_process *client, const char *code, const char *message)
{
	event_error(&client->events, &(struct event_error){.code = code, .message = message});
	say(SAY_ERROR, "client", "%s", message);
}

static void env_send(void *ctx, uint8_t to, const struct vr_msg *msg)
{
	struct client_process *client = ctx;

	broadcast_send_one(&client->broadcast, to, msg);
}

static uint64_t env_cpu_ns(void *ctx)
{
	(void)ctx;
	return clock_thread_ns();
}

static struct load_config core_config(const struct client_process *client)
{
	const struct client_config *config = &client->config;

	return (struct load_config){
		.clients = config->clients,
		/*
		 * Client ids of two processes of one run must differ: slot + 1 + nonce * clients
		 * has to fit 32 bits.
		 */
		.nonce = (uint32_t)(clock_real_us() / 1000 % (UINT32_MAX / config->clients - 1)),
		.requests = config->requests,
		.measure_ns = config->duration_ns,
		.warmup_ns = config->warmup_ns,
		.payload_bytes = config->payload_bytes,
		.replicas = config->peers.count,
		.keys = KEYS,
		.get_percent = config->get_percent,
		.retry_ns = config->retry_ns,
		.no_progress_ns = config->no_progress_ns,
		.interval_ns = INTERVAL_NS,
		.seed = config->seed,
	};
}

static int open_core(struct client_process *client)
{
	struct load_env env = {
		.ctx = client,
		.send = env_send,
		.interval = client_say_interval,
		.phase = client_say_phase,
		.outage = client_say_outage,
		.cpu_ns = env_cpu_ns,
	};
	struct load_config config = core_config(client);

	client->memory_bytes = load_memory_bytes(&config);
	if (!client->memory_bytes) {
		client_fail(client, "bad_environment", load_config_error(&config));
		return CLIENT_BAD_ENVIRONMENT;
	}
	client->memory = memory_block_open(client->memory_bytes);
	if (!client->memory) {
		client_fail(client, "no_memory", "no memory for the histograms and the history");
		return CLIENT_FAILED;
	}
	client->load = load_init(client->memory, &config, &env, client->config.hold);
	return 0;
}

static int open_network(struct client_process *client)
{
	int err = udp_open(&client->udp, 0);

	if (!err)
		err = peers_open(&client->peers, &client->config.peers, clock_now_ns());
	if (err) {
		client_fail(client, "socket", strerror(-err));
		return CLIENT_FAILED;
	}
	broadcast_init(&client->broadcast, &client->udp, &client->peers, client->config.run_id, 0);
	return 0;
}

int client_open(struct client_process *client)
{
	struct config_problems problems;
	char ifname[IFNAMSIZ] = "lo";
	uint32_t mtu;
	int exit_code;

	client->udp.fd = -1;
	client->incarnation = clock_incarnation();
	client->started_ns = clock_now_ns();
	line_writer_open(&client->out, 1);
	event_log_open(&client->events, "client", &client->out);
	interface_first(ifname);
	mtu = interface_mtu(ifname);
	if (!client_config_read(&client->config, mtu, &problems)) {
		client_fail(client, "bad_environment", problems.text);
		return CLIENT_BAD_ENVIRONMENT;
	}
	client_say_boot(client, mtu - WIRE_OVERHEAD_BYTES);
	tracer_open(&client->tracer, client->config.trace.every);
	if (client->config.trace.on)
		tracer_wanted = 1;
	exit_code = open_network(client);
	return exit_code ? exit_code : open_core(client);
}

/*
 * Both ends of a request are known when its reply names the op, the first send's time
 * from the core.
 */
static void trace_reply(struct client_process *client, const struct vr_msg *msg, uint64_t now_ns)
{
	struct trace_record point = {.op = msg->op, .peer = msg->sender};

	if (msg->type != WIRE_REPLY ||
	    !load_sent_at(client->load, msg->client_id, msg->request, &point.t_ns))
		return;
	client->tracer.operations++;
	if (!tracer_samples(&client->tracer, msg->op))
		return;
	point.point = TRACE_CLIENT_SEND;
	tracer_put(&client->tracer, &point);
	point.t_ns = now_ns;
	point.point = TRACE_CLIENT_RECEIVE;
	tracer_put(&client->tracer, &point);
}

static void trace_tick(struct client_process *client, uint64_t now_ns)
{
	bool wanted = tracer_wanted;

	if (wanted != client->tracer.on)
		tracer_switch(&client->tracer, wanted);
	if (now_ns < client->trace_at_ns)
		return;
	client->trace_at_ns = now_ns + TRACER_FLUSH_NS;
	tracer_flush(&client->tracer, &client->events, 0);
}

static void take_datagram(struct client_process *client, unsigned i, uint64_t now_ns)
{
	struct udp *udp = &client->udp;
	struct vr_msg msg;

	if (wire_parse(udp->data[i], udp_bytes(udp, i), client->config.run_id, &msg) != WIRE_OK ||
	    !msg.sender)
		return;
	client->heard_ns = now_ns;
	peers_heard(&client->peers, msg.sender, msg.incarnation, &udp->from[i], now_ns);
	if (tracer_on(&client->tracer))
		trace_reply(client, &msg, now_ns);
	load_receive(client->load, &msg, now_ns);
}

static bool no_leader_in_time(struct client_process *client, uint64_t now_ns)
{
	char text[160];

	if (load_phase_now(client->load) != LOAD_WAITING ||
	    now_ns - client->started_ns < client->config.ready_timeout_ns)
		return false;
	snprintf(text, sizeof(text),
		 "no leader within %llu ms: no replica of PEERS said that it leads and is ready",
		 (unsigned long long)(client->config.ready_timeout_ns / 1000000));
	client_fail(client, "no_leader", text);
	return true;
}

/*
 * Before a leader is known every replica is asked, and again while none answers; else
 * the leader alone has to.
 */
static uint32_t expected_peers(const struct client_process *client, uint64_t now_ns)
{
	uint8_t leader = load_leader(client->load);
	bool silent = load_outstanding(client->load) && now_ns - client->heard_ns > SILENT_NS;

	return leader && !silent ? 1u << leader : (2u << client->config.peers.count) - 2;
}

static void slow_work(struct client_process *client, uint64_t now_ns)
{
	uint64_t dropped;

	client->slow_at_ns = now_ns + SLOW_EVERY_NS;
	peers_tick(&client->peers, expected_peers(client, now_ns), now_ns);
	if (client_release) {
		client_release = 0;
		load_release(client->load, now_ns);
	}
	trace_tick(client, now_ns);
	line_writer_flush(&client->out);
	say_flush();
	dropped = line_writer_take_dropped(&client->out);
	if (dropped)
		say(SAY_WARN, "log",
		    "%llu event lines were dropped: nobody reads stdout fast enough",
		    (unsigned long long)dropped);
}

static int exit_code_of(const struct client_process *client)
{
	struct load_summary summary;

	load_summary(client->load, &summary);
	switch (summary.ended) {
	case LOAD_COMPLETE:
		return CLIENT_COMPLETE;
	case LOAD_MEMORY_LOST:
		return CLIENT_MEMORY_LOST;
	case LOAD_INTERRUPTED:
		return CLIENT_INTERRUPTED;
	case LOAD_NO_PROGRESS:
	case LOAD_RUNNING:
		break;
	}
	return CLIENT_NO_PROGRESS;
}

int client_run(struct client_process *client)
{
	while (load_phase_now(client->load) != LOAD_DONE) {
		uint64_t now_ns = clock_now_ns();
		int received, i;

		if (now_ns >= client->slow_at_ns)
			slow_work(client, now_ns);
		if (no_leader_in_time(client, now_ns))
			return CLIENT_NO_LEADER;
		if (client_stop)
			load_interrupt(client->load, now_ns);
		if (now_ns >= load_next_deadline_ns(client->load) ||
		    load_phase_now(client->load) == LOAD_DRAINING) {
			client->outstanding = load_outstanding(client->load);
			load_tick(client->load, now_ns);
		}
		if (load_phase_now(client->load) == LOAD_DONE)
			break;
		received = udp_receive(&client->udp);
		if (received < 0) {
			client_fail(client, "socket", strerror(-received));
			return CLIENT_FAILED;
		}
		now_ns = received ? clock_now_ns() : 0;
		for (i = 0; i < received; i++)
			take_datagram(client, (unsigned)i, now_ns);
	}
	tracer_flush(&client->tracer, &client->events, 0);
	client_say_end(client);
	return exit_code_of(client);
}

void client_close(struct client_process *client)
{
	if (client->peers.names)
		peers_close(&client->peers);
	udp_close(&client->udp);
	memory_block_close(client->memory, client->memory_bytes);
	/* The summary is worth a wait: the run is over and nothing else is. */
	line_writer_close(&client->out, 1000);
	say_close(1000);
}
