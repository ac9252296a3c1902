/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "trace_flights.h"

static struct trace_covered covered[TRACE_FLIGHTS];

/* Five replicas: four followers, and the second acknowledgement commits. */
static struct trace_flights leader(void)
{
	return (struct trace_flights){.followers = 4, .quorum = 2};
}

static void one_acknowledgement_covers_all_before_it(void)
{
	struct trace_flights flights = leader();

	trace_flights_begin(&flights, 64);
	trace_flights_begin(&flights, 128);
	trace_flights_begin(&flights, 192);
	CHECK_EQ(trace_flights_acknowledge(&flights, 2, 63, covered), 0);
	CHECK_EQ(trace_flights_acknowledge(&flights, 2, 191, covered), 2);
	CHECK_EQ(covered[0].op, 64);
	CHECK_EQ(covered[1].op, 128);
	CHECK_EQ(trace_flights_acknowledge(&flights, 2, 192, covered), 1);
	CHECK_EQ(covered[0].op, 192);
}

static void a_follower_counts_once_however_often_it_acknowledges(void)
{
	struct trace_flights flights = leader();

	trace_flights_begin(&flights, 64);
	CHECK_EQ(trace_flights_acknowledge(&flights, 3, 64, covered), 1);
	CHECK(!covered[0].commits);
	CHECK_EQ(trace_flights_acknowledge(&flights, 3, 90, covered), 0);
	CHECK_EQ(trace_flights_acknowledge(&flights, 5, 64, covered), 1);
	CHECK(covered[0].commits);
	CHECK_EQ(trace_flights_acknowledge(&flights, 2, 64, covered), 1);
	CHECK(!covered[0].commits);
}

static void an_operation_is_over_with_the_last_follower(void)
{
	struct trace_flights flights = leader();

	trace_flights_begin(&flights, 64);
	trace_flights_begin(&flights, 128);
	for (uint8_t follower = 2; follower <= 5; follower++)
		trace_flights_acknowledge(&flights, follower, 64, covered);
	CHECK_EQ(flights.count, 1);
	CHECK(!trace_flights_has(&flights, 64));
	CHECK(trace_flights_has(&flights, 128));
}

static void only_the_first_reply_counts(void)
{
	struct trace_flights flights = leader();

	trace_flights_begin(&flights, 64);
	CHECK(!trace_flights_reply(&flights, 128));
	CHECK(trace_flights_reply(&flights, 64));
	CHECK(!trace_flights_reply(&flights, 64));
}

static void the_oldest_makes_room_and_it_is_said(void)
{
	struct trace_flights flights = leader();

	for (uint64_t op = 1; op <= TRACE_FLIGHTS; op++)
		CHECK(trace_flights_begin(&flights, op));
	CHECK(!trace_flights_begin(&flights, 100));
	CHECK_EQ(flights.count, TRACE_FLIGHTS);
	CHECK(!trace_flights_has(&flights, 1));
	CHECK(trace_flights_has(&flights, 2));
	CHECK_EQ(trace_flights_acknowledge(&flights, 15, 1000, covered), TRACE_FLIGHTS);
	CHECK_EQ(covered[TRACE_FLIGHTS - 1].op, 100);
}

RUN_TESTS({"one acknowledgement covers all before it", one_acknowledgement_covers_all_before_it},
	  {"a follower counts once however often it acknowledges",
	   a_follower_counts_once_however_often_it_acknowledges},
	  {"an operation is over with the last follower",
	   an_operation_is_over_with_the_last_follower},
	  {"only the first reply counts", only_the_first_reply_counts},
	  {"the oldest makes room and it is said", the_oldest_makes_room_and_it_is_said})
