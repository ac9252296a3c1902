/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "tracer.h"

static struct tracer tracer;
static struct line_writer out;
static struct event_log events;
static char said[1 << 20];
static FILE *file;

/* Events go into a file, where read_said finds them. */
static void open_all(uint32_t every)
{
	file = tmpfile();
	if (!file)
		abort();
	line_writer_open(&out, fileno(file));
	event_log_open(&events, "replica1", &out);
	tracer_open(&tracer, every);
	tracer.on = true;
}

/* All lines so far in `said`; returns their number. */
static unsigned read_said(void)
{
	ssize_t bytes = pread(fileno(file), said, sizeof(said) - 1, 0);
	unsigned lines = 0;

	said[bytes < 0 ? 0 : bytes] = '\0';
	for (const char *at = said; (at = strchr(at, '\n')); at++)
		lines++;
	return lines;
}

static uint64_t number_after(const char *key)
{
	const char *at = strstr(said, key);

	return at ? strtoull(at + strlen(key), NULL, 10) : UINT64_MAX;
}

static void put_one(uint64_t op)
{
	tracer_put(&tracer, &(struct trace_record){.t_ns = clock_now_ns(),
						   .op = op,
						   .point = TRACE_LEADER_SEND,
						   .peer = 2});
}

static void only_every_nth_operation_is_sampled_and_none_while_off(void)
{
	open_all(64);
	CHECK(tracer_samples(&tracer, 128));
	CHECK(!tracer_samples(&tracer, 129));
	/* A refused request bears op 0. */
	CHECK(!tracer_samples(&tracer, 0));
	tracer.on = false;
	CHECK(!tracer_samples(&tracer, 128));
	fclose(file);
}

static void without_points_nothing_is_said(void)
{
	open_all(1);
	tracer_flush(&tracer, &events, 5);
	CHECK_EQ(read_said(), 0);
	fclose(file);
}

static void a_line_says_how_long_ago_each_step_was(void)
{
	uint64_t before_us, then_ns = clock_now_ns() - 5000000;

	open_all(64);
	tracer.operations = 77;
	tracer_keep(&tracer, &(struct trace_record){
				     .t_ns = then_ns, .op = 64, .point = TRACE_EGRESS, .peer = 3});
	put_one(128);
	before_us = clock_now_ns() / 1000;
	tracer_flush(&tracer, &events, 4);
	CHECK_EQ(read_said(), 1);
	CHECK(strstr(said, "\"op\":[64,128],\"point\":[4,3],\"peer\":[3,2],\"agoNs\":["));
	CHECK_EQ(number_after("\"every\":"), 64);
	CHECK_EQ(number_after("\"operations\":"), 77);
	CHECK_EQ(number_after("\"dropped\":"), 4);
	CHECK(number_after("\"monotonicUs\":") > before_us);
	CHECK_EQ(number_after("\"monotonicUs\":") * 1000 - number_after("\"agoNs\":["), then_ns);
	/* What was said is not said again. */
	tracer_flush(&tracer, &events, 0);
	CHECK_EQ(read_said(), 1);
	fclose(file);
}

static void a_step_of_this_very_moment_is_not_in_the_future(void)
{
	open_all(1);
	for (unsigned i = 0; i < 200; i++) {
		put_one(1);
		tracer_flush(&tracer, &events, 0);
	}
	CHECK_EQ(read_said(), 200);
	for (const char *at = said; (at = strstr(at, "\"agoNs\":[")); at++)
		CHECK(strtoull(at + strlen("\"agoNs\":["), NULL, 10) < 1000000000);
	fclose(file);
}

static void many_points_take_several_lines_below_the_engine_s_limit(void)
{
	open_all(1);
	/* The widest numbers there can be in a run of an hour. */
	for (unsigned i = 0; i < TRACER_LINE_POINTS + 1; i++)
		tracer_keep(&tracer, &(struct trace_record){.t_ns = clock_now_ns() - 100000000,
							    .op = 50000000,
							    .point = TRACE_CLIENT_RECEIVE,
							    .peer = WIRE_MAX_REPLICAS});
	tracer_flush(&tracer, &events, 0);
	CHECK_EQ(read_said(), 2);
	CHECK(strchr(said, '\n') - said < 16384);
	fclose(file);
}

static void points_without_room_are_counted(void)
{
	open_all(1);
	for (unsigned i = 0; i < TRACER_POINTS + 3; i++)
		put_one(i);
	tracer_flush(&tracer, &events, 0);
	CHECK_EQ(read_said(), TRACER_POINTS / TRACER_LINE_POINTS);
	CHECK_EQ(number_after("\"dropped\":"), 3);
	fclose(file);
}

static void points_and_lines_cost_what_they_took(void)
{
	uint64_t points_ns;

	open_all(1);
	CHECK(tracer.point_cost_ns > 0);
	put_one(1);
	points_ns = tracer.point_cost_ns;
	CHECK_EQ(tracer.cost_ns, points_ns);
	tracer_keep(&tracer, &(struct trace_record){.t_ns = clock_now_ns(), .op = 2});
	CHECK_EQ(tracer.cost_ns, points_ns);
	tracer_flush(&tracer, &events, 0);
	CHECK(tracer.cost_ns > points_ns);
	fclose(file);
}

static void real_time_signals_leave_a_wish(void)
{
	tracer_watch_signals();
	CHECK(!tracer_wanted);
	raise(SIGRTMIN);
	CHECK(tracer_wanted);
	raise(SIGRTMIN + 1);
	CHECK(!tracer_wanted);
}

RUN_TESTS({"only every nth operation is sampled, and none while off",
	   only_every_nth_operation_is_sampled_and_none_while_off},
	  {"without points nothing is said", without_points_nothing_is_said},
	  {"a line says how long ago each step was", a_line_says_how_long_ago_each_step_was},
	  {"a step of this very moment is not in the future",
	   a_step_of_this_very_moment_is_not_in_the_future},
	  {"many points take several lines below the engine's limit",
	   many_points_take_several_lines_below_the_engine_s_limit},
	  {"points without room are counted", points_without_room_are_counted},
	  {"points and lines cost what they took", points_and_lines_cost_what_they_took},
	  {"real-time signals leave a wish", real_time_signals_leave_a_wish})
