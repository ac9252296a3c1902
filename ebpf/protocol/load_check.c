// SPDX-License-Identifier: Apache-2.0
/*
 * Tells the linearizability checker of each operation: once when it is first sent,
 * once when it is answered.
 */
#define XXH_INLINE_ALL
#include "load_internal.h"

#include <endian.h>
#include <string.h>
#include <xxhash.h>

/*
 * The clock that measures the checker may cost more than the checker. Odd, as
 * invocations and returns alternate where there is one client.
 */
#define MEASURED_EVERY 255

/*
 * The store holds an empty value as it holds a key that was never written, so both
 * are 0 to the checker; no other value is.
 */
static uint64_t value_hash(const uint8_t *value, size_t bytes)
{
	uint64_t hash;

	if (!bytes)
		return 0;
	hash = XXH3_64bits(value, bytes);
	return hash ? hash : 1;
}

static uint64_t cpu_ns(const struct load *load)
{
	return load->env.cpu_ns(load->env.ctx);
}

/* Two readings: their difference is what reading the clock costs, and is taken off. */
static void start_clock(struct load *load)
{
	uint64_t first_ns = cpu_ns(load);

	load->check_began_ns = cpu_ns(load);
	load->check_clock_ns = load->check_began_ns - first_ns;
}

static void stop_clock(struct load *load, unsigned weight)
{
	uint64_t cost_ns = cpu_ns(load) - load->check_began_ns;

	if (cost_ns > load->check_clock_ns)
		load->check_cost_ns += (cost_ns - load->check_clock_ns) * weight;
}

static bool measures(struct load *load)
{
	if (!load->env.cpu_ns || load->check_calls++ % MEASURED_EVERY)
		return false;
	start_clock(load);
	return true;
}

void load_check_sent(struct load *load, uint32_t slot, uint64_t now_ns)
{
	bool measured = measures(load);
	struct kv_command command;
	uint64_t written = 0;

	memcpy(&command, load->payload, sizeof(command));
	if (command.verb == KV_PUT)
		written = value_hash(load->payload + sizeof(command),
				     load->config.payload_bytes - sizeof(command));
	lin_invoke(load->lin, slot, be32toh(command.key), command.verb == KV_PUT, written, now_ns);
	if (measured)
		stop_clock(load, MEASURED_EVERY);
}

void load_check_answered(struct load *load, uint32_t slot, const struct vr_msg *reply,
			 uint64_t now_ns)
{
	bool measured = measures(load);

	lin_return(load->lin, slot, value_hash(reply->payload, reply->payload_bytes), now_ns);
	if (measured)
		stop_clock(load, MEASURED_EVERY);
}

void load_check_end(struct load *load)
{
	if (load->env.cpu_ns)
		start_clock(load);
	lin_finish(load->lin);
	if (load->env.cpu_ns)
		stop_clock(load, 1);
}

void load_linearizability(const struct load *load, struct lin_summary *summary)
{
	lin_summary(load->lin, summary);
}

uint64_t load_linearizability_cost_ns(const struct load *load)
{
	return load->check_cost_ns;
}
