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
	*network = (struct network){.plan = *plan, .random = ~plan->seed, .transcript = transcript};
}

void network_end(struct network *network)
{
	free(network->heap);
}

static bool before(const struct event *a, const struct event *b)
{
	return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->order < b->order;
}

static void swap(struct event *a, struct event *b)
{
	struct event kept = *a;

	*a = *b;
	*b = kept;
}

static void push(struct network *network, struct event event)
{
	size_t at = network->count++;

	if (network->count > network->capacity) {
		network->capacity = network->capacity ? 2 * network->capacity : 256;
		network->heap = realloc(network->heap, network->capacity * sizeof(event));
		assert(network->heap);
	}
	event.order = network->order++;
	network->heap[at] = event;
	for (; at && before(&network->heap[at], &network->heap[(at - 1) / 2]); at = (at - 1) / 2)
		swap(&network->heap[at], &network->heap[(at - 1) / 2]);
}

struct event network_next(struct network *network)
{
	struct event *heap = network->heap;
	struct event first = heap[0];
	size_t at = 0;

	heap[0] = heap[--network->count];
	for (;;) {
		size_t least = at;

		for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++)
			if (child < network->count && before(&heap[child], &heap[least]))
				least = child;
		if (least == at)
			break;
		swap(&heap[at], &heap[least]);
		at = least;
	}
	network->now_ns = first.at_ns;
	return first;
}

void network_schedule(struct network *network, uint64_t at_ns, enum event_kind kind, uint8_t node)
{
	push(network, (struct event){.at_ns = at_ns, .kind = kind, .node = node});
}

void network_postpone(struct network *network, const struct event *event, uint64_t at_ns)
{
	struct event later = *event;

	later.at_ns = at_ns;
	push(network, later);
}

static uint64_t delay(struct network *network, bool chaos)
{
	uint64_t most = chaos ? network->plan.delay_most_ns : 2 * network->plan.delay_least_ns;

	return random_within(&network->random, network->plan.delay_least_ns, most);
}

void network_send(struct network *network, uint8_t source, uint8_t target, const struct vr_msg *msg)
{
	bool chaos = network->now_ns < network->plan.chaos_ends_ns;
	bool lost = chaos && random_chance(&network->random, network->plan.loss);
	bool doubled = chaos && random_chance(&network->random, network->plan.duplication);
	struct event event = {
		.kind = EVENT_DELIVER,
		.node = target,
		.source = source,
		.bytes = (uint16_t)(WIRE_HEADER_BYTES + msg->payload_bytes),
	};

	assert(msg->payload_bytes <= SIM_PAYLOAD_MAX);
	network->sent++;
	network->lost += lost;
	network->duplicated += doubled && !lost;
	if (network->transcript)
		transcript_send(network->now_ns, source, target, msg, lost);
	if (lost)
		return;
	wire_write_header(event.datagram, msg, NETWORK_RUN_ID);
	if (msg->payload_bytes)
		memcpy(event.datagram + WIRE_HEADER_BYTES, msg->payload, msg->payload_bytes);
	for (int copies = doubled ? 2 : 1; copies > 0; copies--) {
		event.at_ns = network->now_ns + delay(network, chaos);
		push(network, event);
	}
}
