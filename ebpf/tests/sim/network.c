// SPDX-License-Identifier: Apache-2.0
#include "network.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim_random.h"
#include "transcript.h"
#include "wire_parse.h"

void network_init(struct network *network, const struct plan *plan, bool transcript)
{
	*network = (struct network){.plan = plan, .random = ~plan->seed, .transcript = transcript};
}

void network_end(struct network *network)
{
	event_queue_free(&network->queue);
}

struct event network_next(struct network *network)
{
	struct event event = event_pop(&network->queue);

	network->now_ns = event.at_ns;
	return event;
}

void network_schedule(struct network *network, uint64_t at_ns, enum event_kind kind, uint8_t node)
{
	event_push(&network->queue, (struct event){.at_ns = at_ns, .kind = kind, .node = node});
}

void network_postpone(struct network *network, const struct event *event, uint64_t at_ns)
{
	struct event later = *event;

	later.at_ns = at_ns;
	event_push(&network->queue, later);
}

void network_cut(struct network *network, uint32_t nodes, uint32_t others, int change)
{
	for (unsigned from = 0; from <= WIRE_MAX_REPLICAS; from++)
		for (unsigned to = 0; to <= WIRE_MAX_REPLICAS; to++)
			if (nodes & (1u << from) && others & (1u << to) && from != to)
				network->cuts[from][to] =
					(uint8_t)(network->cuts[from][to] + change);
}

void network_hold(struct network *network, uint32_t nodes, uint32_t others, uint64_t until_ns)
{
	for (unsigned from = 0; from <= WIRE_MAX_REPLICAS; from++)
		for (unsigned to = 0; to <= WIRE_MAX_REPLICAS; to++)
			if (nodes & (1u << from) && others & (1u << to) &&
			    network->held_until_ns[from][to] < until_ns)
				network->held_until_ns[from][to] = until_ns;
}

static uint64_t delay(struct network *network, bool chaos)
{
	const struct plan *plan = network->plan;

	if (!chaos)
		return random_within(&network->random, plan->delay_least_ns,
				     2 * plan->delay_least_ns);
	if (random_chance(&network->random, plan->stragglers))
		return random_within(&network->random, plan->delay_least_ns, plan->straggle_ns);
	return random_within(&network->random, plan->delay_least_ns, plan->delay_most_ns);
}

static void push_copy(struct network *network, struct event event, const struct vr_msg *msg,
		      bool chaos)
{
	uint64_t leaves_ns = network->held_until_ns[event.source][event.node];

	if (leaves_ns < network->now_ns)
		leaves_ns = network->now_ns;
	event.at_ns = leaves_ns + delay(network, chaos);
	event.datagram = malloc(event.bytes);
	assert(event.datagram);
	wire_write_header(event.datagram, msg, NETWORK_RUN_ID);
	if (msg->payload_bytes)
		memcpy(event.datagram + WIRE_HEADER_BYTES, msg->payload, msg->payload_bytes);
	event_push(&network->queue, event);
}

void network_send(struct network *network, uint8_t source, uint8_t target, const struct vr_msg *msg)
{
	bool chaos = network->now_ns < network->plan->chaos_ends_ns;
	bool lost = (chaos && random_chance(&network->random, network->plan->loss)) ||
		    network->cuts[source][target];
	bool doubled = chaos && random_chance(&network->random, network->plan->duplication);
	struct event event = {
		.kind = EVENT_DELIVER,
		.node = target,
		.source = source,
		.bytes = (uint16_t)(WIRE_HEADER_BYTES + msg->payload_bytes),
	};

	assert(msg->payload_bytes <= WIRE_PAYLOAD_MAX && target <= network->plan->replicas);
	network->sent++;
	network->lost += lost;
	network->doubled += doubled && !lost;
	if (network->transcript)
		transcript_send(network->now_ns, source, target, msg, lost);
	if (lost)
		return;
	for (int copies = doubled ? 2 : 1; copies > 0; copies--)
		push_copy(network, event, msg, chaos);
}
