// SPDX-License-Identifier: Apache-2.0
#include "load_internal.h"

#include <assert.h>

#define CLIENTS_MAX (1u << 16)
#define KEYS_MAX (1u << 20)

const char *load_config_error(const struct load_config *config)
{
	_Static_assert(WIRE_PAYLOAD_MIN == 8 && WIRE_PAYLOAD_MAX == 1408,
		       "the sentences name these");

	if (config->clients < 1 || config->clients > CLIENTS_MAX)
		return "clients must be within 1..65536";
	if (!config->requests && !config->measure_ns)
		return "either requests or measure_ns must be set";
	if (config->payload_bytes < WIRE_PAYLOAD_MIN || config->payload_bytes > WIRE_PAYLOAD_MAX)
		return "payload_bytes must be within 8..1408";
	if (config->replicas < 1 || config->replicas > WIRE_MAX_REPLICAS)
		return "replicas must be within 1..15";
	if (config->keys < 1 || config->keys > KEYS_MAX)
		return "keys must be within 1..2^20";
	if (config->get_percent > 100)
		return "get_percent must be within 0..100";
	if (!config->retry_ns || !config->no_progress_ns || !config->interval_ns)
		return "retry_ns, no_progress_ns and interval_ns must be at least 1";
	return NULL;
}

static struct lin_config check_config(const struct load_config *config)
{
	return (struct lin_config){
		.keys = config->keys,
		.clients = config->clients,
		.steps_max = LOAD_CHECK_STEPS_MAX,
	};
}

static struct load *lay_out(struct memory_layout *layout, const struct load_config *config,
			    struct load *measured)
{
	struct load *load = memory_take(layout, sizeof(struct load));
	struct lin_config check = check_config(config);

	if (!load)
		load = measured;
	load->slots = memory_take(layout, config->clients * sizeof(struct load_slot));
	load->history = memory_take(layout, LOAD_HISTORY_OPS * sizeof(struct load_op));
	load->lin = memory_take(layout, lin_memory_bytes(&check));
	load->payload = memory_take(layout, WIRE_PAYLOAD_MAX);
	latency_init(&load->interval, layout);
	latency_init(&load->measured, layout);
	return load;
}

size_t load_memory_bytes(const struct load_config *config)
{
	struct memory_layout layout = {0};
	struct load measured;

	if (load_config_error(config))
		return 0;
	lay_out(&layout, config, &measured);
	return (layout.used + 63) & ~(size_t)63;
}

struct load *load_init(void *memory, const struct load_config *config, const struct load_env *env,
		       bool hold)
{
	struct memory_layout layout = {.base = memory};
	struct lin_config check = check_config(config);
	struct load *load;

	assert(!load_config_error(config) && (uintptr_t)memory % 64 == 0);
	load = lay_out(&layout, config, NULL);
	lin_init(load->lin, &check);
	load->config = *config;
	load->env = *env;
	load->hold = hold;
	load->retry_scan_ns = UINT64_MAX;
	if (load->env.phase)
		load->env.phase(load->env.ctx, LOAD_WAITING);
	return load;
}

static void take_probe_ok(struct load *load, const struct vr_msg *msg, uint64_t now_ns)
{
	if (msg->flags & WIRE_F_MEMORY_LOST) {
		load_lost_memory(load, now_ns,
				 "replica%u says that more than f replicas lost their memories",
				 msg->sender);
		return;
	}
	if (load->phase != LOAD_WAITING || !(msg->flags & WIRE_F_READY))
		return;
	/* A cluster that was used before holds what others wrote. */
	if (msg->op)
		lin_start_unknown(load->lin);
	load_follow(load, msg);
	load_enter(load, load->hold ? LOAD_HELD : LOAD_WARMUP, now_ns);
}

void load_receive(struct load *load, const struct vr_msg *msg, uint64_t now_ns)
{
	if (load->phase == LOAD_DONE || msg->sender < 1 || msg->sender > load->config.replicas)
		return;
	load_intervals_roll(load, now_ns);
	if (msg->type == WIRE_PROBE_OK) {
		take_probe_ok(load, msg, now_ns);
	} else if (msg->type == WIRE_REPLY) {
		if (load->phase >= LOAD_WARMUP)
			load_accept_reply(load, msg, now_ns);
	} else if (msg->type == WIRE_MARK_OK) {
		load_accept_mark(load, msg, now_ns);
	}
	if (load->phase == LOAD_MEASURING)
		load_phase_tick(load, now_ns);
}

void load_tick(struct load *load, uint64_t now_ns)
{
	load_intervals_roll(load, now_ns);
	if (load->phase == LOAD_WARMUP || load->phase == LOAD_MEASURING)
		load_retry_due(load, now_ns);
	load_phase_tick(load, now_ns);
}

void load_release(struct load *load, uint64_t now_ns)
{
	load->hold = false;
	if (load->phase == LOAD_HELD)
		load_enter(load, LOAD_WARMUP, now_ns);
}

void load_interrupt(struct load *load, uint64_t now_ns)
{
	if (load->phase != LOAD_DONE)
		load_finish(load, LOAD_INTERRUPTED, now_ns);
}

enum load_phase load_phase_now(const struct load *load)
{
	return load->phase;
}

uint8_t load_leader(const struct load *load)
{
	return load->leader;
}

uint64_t load_outstanding(const struct load *load)
{
	return load->outstanding;
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

uint64_t load_next_deadline_ns(const struct load *load)
{
	uint64_t deadline;

	if (load->phase == LOAD_WAITING)
		return load->next_probe_ns;
	if (load->phase == LOAD_HELD || load->phase == LOAD_DONE)
		return UINT64_MAX;
	deadline = load->phase == LOAD_DRAINING
			   ? UINT64_MAX
			   : earlier(load->retry_scan_ns,
				     load->interval_began_ns + load->config.interval_ns);
	if (load->marking)
		deadline = earlier(deadline, load->next_mark_ns);
	else if (load->phase == LOAD_WARMUP)
		deadline = earlier(deadline, load->phase_began_ns + load->config.warmup_ns);
	/* The end of measuring needs none: every slot is outstanding until its reply comes after it. */
	if (load->outstanding || load->marking)
		deadline = earlier(deadline, load->progress_ns + load->config.no_progress_ns);
	return deadline;
}
