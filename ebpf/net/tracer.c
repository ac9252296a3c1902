// SPDX-License-Identifier: Apache-2.0
#include "tracer.h"

#include "clock.h"
#include "say.h"

volatile sig_atomic_t tracer_wanted;

static void on_signal(int signal_number)
{
	tracer_wanted = signal_number == SIGRTMIN;
}

void tracer_watch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal};

	sigemptyset(&action.sa_mask);
	sigaction(SIGRTMIN, &action, NULL);
	sigaction(SIGRTMIN + 1, &action, NULL);
}

void tracer_switch(struct tracer *tracer, bool on)
{
	tracer->on = on;
	if (on)
		say(SAY_NOTICE, "trace", "one operation in %u is traced", tracer->every);
	else
		say(SAY_NOTICE, "trace", "operations are no longer traced");
}

/* Fills the whole buffer once, so that no page of it is touched for the first time in a request. */
void tracer_open(struct tracer *tracer, uint32_t every)
{
	uint64_t began_ns;
	unsigned i;

	*tracer = (struct tracer){.every = every};
	began_ns = clock_thread_ns();
	for (i = 0; i < TRACER_POINTS; i++)
		tracer_put(tracer, &(struct trace_record){.t_ns = clock_now_ns(), .op = i});
	tracer->point_cost_ns = (clock_thread_ns() - began_ns) / TRACER_POINTS;
	tracer->count = 0;
}

void tracer_keep(struct tracer *tracer, const struct trace_record *point)
{
	if (tracer->count < TRACER_POINTS)
		tracer->points[tracer->count++] = *point;
	else
		tracer->dropped++;
}

void tracer_put(struct tracer *tracer, const struct trace_record *point)
{
	tracer->cost_ns += tracer->point_cost_ns;
	tracer_keep(tracer, point);
}

/*
 * The microsecond that the ages count back from is the next whole one, so that none is
 * negative. The event takes the wall clock a moment later: the pair ties both clocks.
 */
static void say_line(struct tracer *tracer, struct event_log *events,
		     const struct trace_record *points, size_t count, uint64_t lost)
{
	uint64_t now_us = clock_now_ns() / 1000 + 1;
	uint64_t(*columns)[TRACER_LINE_POINTS] = tracer->columns;
	size_t i;

	for (i = 0; i < count; i++) {
		columns[0][i] = points[i].op;
		columns[1][i] = points[i].point;
		columns[2][i] = points[i].peer;
		columns[3][i] = now_us * 1000 - points[i].t_ns;
	}
	event_trace(events, &(struct event_trace){
				    .every = tracer->every,
				    .monotonicUs = now_us,
				    .dropped = tracer->dropped + lost,
				    .costNs = tracer->cost_ns,
				    .operations = tracer->operations,
				    .op = {columns[0], count},
				    .point = {columns[1], count},
				    .peer = {columns[2], count},
				    .agoNs = {columns[3], count},
			    });
}

void tracer_flush(struct tracer *tracer, struct event_log *events, uint64_t lost)
{
	uint64_t began_ns;
	size_t said, count;

	if (!tracer->count)
		return;
	began_ns = clock_thread_ns();
	for (said = 0; said < tracer->count; said += count) {
		count = tracer->count - said;
		if (count > TRACER_LINE_POINTS)
			count = TRACER_LINE_POINTS;
		say_line(tracer, events, tracer->points + said, count, lost);
	}
	tracer->count = 0;
	tracer->cost_ns += clock_thread_ns() - began_ns;
}
