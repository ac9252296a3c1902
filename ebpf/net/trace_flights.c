// SPDX-License-Identifier: Apache-2.0
#include "trace_flights.h"

#include <string.h>

static struct trace_flight *find(struct trace_flights *flights, uint64_t op)
{
	unsigned i;

	for (i = 0; i < flights->count; i++) {
		if (flights->at[i].op == op)
			return &flights->at[i];
	}
	return NULL;
}

static void take_out(struct trace_flights *flights, unsigned i)
{
	flights->count--;
	memmove(&flights->at[i], &flights->at[i + 1],
		(flights->count - i) * sizeof(flights->at[0]));
}

bool trace_flights_begin(struct trace_flights *flights, uint64_t op)
{
	bool room = flights->count < TRACE_FLIGHTS;

	if (!room)
		take_out(flights, 0);
	flights->at[flights->count++] = (struct trace_flight){.op = op};
	return room;
}

bool trace_flights_has(const struct trace_flights *flights, uint64_t op)
{
	return find((struct trace_flights *)flights, op) != NULL;
}

unsigned trace_flights_acknowledge(struct trace_flights *flights, uint8_t from, uint64_t through,
				   struct trace_covered covered[TRACE_FLIGHTS])
{
	const uint16_t bit = (uint16_t)(1u << from);
	unsigned i = 0, filled = 0;

	while (i < flights->count) {
		struct trace_flight *flight = &flights->at[i];
		int acks;

		if (flight->op > through || (flight->acked & bit)) {
			i++;
			continue;
		}
		flight->acked |= bit;
		acks = __builtin_popcount(flight->acked);
		covered[filled++] = (struct trace_covered){flight->op, acks == flights->quorum};
		if (acks == flights->followers)
			take_out(flights, i);
		else
			i++;
	}
	return filled;
}

bool trace_flights_reply(struct trace_flights *flights, uint64_t op)
{
	struct trace_flight *flight = find(flights, op);

	if (!flight || flight->replied)
		return false;
	flight->replied = true;
	return true;
}
