// SPDX-License-Identifier: Apache-2.0
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "environment.h"

#define MS 1000000ull
/* The log is a ring: who is further behind is sent a checkpoint. */
#define LOG_OPS_DEFAULT 32768
#define LOG_OPS_MIN 1024
#define LOG_OPS_MAX 1048576
#define HOUR_MS 3600000ull
/* How long a declared fault may last, and a bit. */
#define NO_PROGRESS_MAX_MS 600000
#define REQUESTS_MAX 1000000000ull
#define CLIENTS_MAX 1024
#define TRACE_EVERY_DEFAULT 64
#define TRACE_EVERY_MAX 1000000

static uint64_t read_run_id(struct config_problems *problems)
{
	return environment_u64(problems, "RUN_ID", (struct environment_range){1, 0, UINT64_MAX});
}

static void read_iface(struct config_problems *problems, char iface[IFNAMSIZ])
{
	const char *text = environment_text("IFACE", "");

	if (strlen(text) >= IFNAMSIZ)
		problem_add(problems,
			    "IFACE is \"%.40s\", expected an interface name of at most %d bytes",
			    text, IFNAMSIZ - 1);
	else
		snprintf(iface, IFNAMSIZ, "%s", text);
}

static bool read_offloads(struct config_problems *problems)
{
	const char *text = environment_text("OFFLOADS", "");

	if (!strcmp(text, "tc_broadcast"))
		return true;
	if (*text)
		problem_add(problems, "OFFLOADS is \"%.40s\", expected nothing or tc_broadcast",
			    text);
	return false;
}

static struct config_trace read_trace(struct config_problems *problems)
{
	const char *text = environment_text("TRACE", "");
	bool on = !strcmp(text, "on");

	if (!on && *text)
		problem_add(problems, "TRACE is \"%.40s\", expected nothing or on", text);
	return (struct config_trace){
		.on = on,
		.every = (uint32_t)environment_u64(
			problems, "TRACE_EVERY",
			(struct environment_range){TRACE_EVERY_DEFAULT, 1, TRACE_EVERY_MAX}),
	};
}

static uint8_t read_node_id(struct config_problems *problems, uint8_t replicas)
{
	uint64_t max = replicas ? replicas : WIRE_MAX_REPLICAS;

	if (!environment_text("NODE_ID", NULL)) {
		problem_add(problems,
			    "NODE_ID is not set, expected this replica's place in PEERS from 1 on");
		return 0;
	}
	return (uint8_t)environment_u64(problems, "NODE_ID", (struct environment_range){0, 1, max});
}

bool replica_config_read(struct replica_config *config, struct config_problems *problems)
{
	memset(config, 0, sizeof(*config));
	memset(problems, 0, sizeof(*problems));
	environment_peers(problems, &config->peers);
	config->id = read_node_id(problems, config->peers.count);
	config->tc_broadcast = read_offloads(problems);
	config->run_id = read_run_id(problems);
	config->log_capacity_ops = environment_u64(
		problems, "LOG_CAPACITY_OPS",
		(struct environment_range){LOG_OPS_DEFAULT, LOG_OPS_MIN, LOG_OPS_MAX});
	read_iface(problems, config->iface);
	config->trace = read_trace(problems);
	return !problems->bytes;
}

static bool read_start(struct config_problems *problems)
{
	const char *text = environment_text("START", "");

	if (!strcmp(text, "hold"))
		return true;
	if (*text)
		problem_add(problems, "START is \"%.40s\", expected nothing or hold", text);
	return false;
}

static void read_workload(struct client_config *config, uint32_t mtu,
			  struct config_problems *problems)
{
	uint64_t payload_max = mtu < WIRE_PAYLOAD_MAX + WIRE_OVERHEAD_BYTES
				       ? mtu - WIRE_OVERHEAD_BYTES
				       : WIRE_PAYLOAD_MAX;

	config->clients = (uint32_t)environment_u64(problems, "CLIENTS",
						    (struct environment_range){1, 1, CLIENTS_MAX});
	config->requests = environment_u64(problems, "REQUESTS",
					   (struct environment_range){10000, 0, REQUESTS_MAX});
	config->duration_ns =
		MS * environment_seconds_ms(problems, "DURATION_S",
					    (struct environment_range){10000, 100, HOUR_MS});
	config->warmup_ns =
		MS * environment_seconds_ms(problems, "WARMUP_S",
					    (struct environment_range){1000, 0, HOUR_MS});
	config->payload_bytes = (uint16_t)environment_u64(
		problems, "PAYLOAD_BYTES",
		(struct environment_range){64, WIRE_PAYLOAD_MIN, payload_max});
	config->get_percent = (uint32_t)environment_u64(problems, "GET_PERCENT",
							(struct environment_range){50, 0, 100});
}

bool client_config_read(struct client_config *config, uint32_t mtu,
			struct config_problems *problems)
{
	memset(config, 0, sizeof(*config));
	memset(problems, 0, sizeof(*problems));
	environment_peers(problems, &config->peers);
	config->run_id = read_run_id(problems);
	read_workload(config, mtu, problems);
	config->retry_ns = MS * environment_u64(problems, "RETRY_MS",
						(struct environment_range){100, 1, 60000});
	config->no_progress_ns =
		MS * environment_u64(problems, "NO_PROGRESS_MS",
				     (struct environment_range){3000, 100, NO_PROGRESS_MAX_MS});
	config->ready_timeout_ns =
		MS * environment_u64(problems, "READY_TIMEOUT_MS",
				     (struct environment_range){20000, 100, HOUR_MS});
	config->hold = read_start(problems);
	/*
	 * Without SEED each run draws other keys; the number is said on stderr so that it
	 * can be repeated.
	 */
	config->seed = environment_u64(problems, "SEED",
				       (struct environment_range){clock_real_us(), 0, UINT64_MAX});
	config->trace = read_trace(problems);
	return !problems->bytes;
}
