// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "check.h"
#include "quorum.h"

static void the_point_is_what_f_followers_hold(void)
{
	struct quorum quorum;

	quorum_init(&quorum, 5, 1);
	CHECK_EQ(quorum_acknowledge(&quorum, 2, 10), 0);
	CHECK_EQ(quorum_acknowledge(&quorum, 3, 7), 7);
	CHECK_EQ(quorum_acknowledge(&quorum, 4, 9), 9);
	CHECK_EQ(quorum_acknowledge(&quorum, 5, 12), 10);
}

static void with_three_replicas_one_follower_is_enough(void)
{
	struct quorum quorum;

	quorum_init(&quorum, 3, 1);
	CHECK_EQ(quorum_acknowledge(&quorum, 3, 4), 4);
	CHECK_EQ(quorum_acknowledge(&quorum, 2, 3), 4);
}

static void repeated_and_older_acknowledgements_change_nothing(void)
{
	struct quorum quorum;

	quorum_init(&quorum, 5, 1);
	quorum_acknowledge(&quorum, 2, 5);
	CHECK_EQ(quorum_acknowledge(&quorum, 2, 5), 0);
	CHECK_EQ(quorum_acknowledge(&quorum, 2, 4), 0);
	CHECK_EQ(quorum.acked[2], 5);
}

static void the_point_never_falls_and_a_forgotten_follower_no_longer_counts(void)
{
	struct quorum quorum;

	quorum_init(&quorum, 5, 1);
	quorum_acknowledge(&quorum, 2, 5);
	quorum_acknowledge(&quorum, 3, 5);
	quorum_forget(&quorum, 2);
	CHECK_EQ(quorum.point, 5);
	CHECK_EQ(quorum_acknowledge(&quorum, 3, 8), 5);
	CHECK_EQ(quorum_acknowledge(&quorum, 4, 8), 8);
}

static int descending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? 1 : x > y ? -1 : 0;
}

/* Random acknowledgements against sorting everything. */
static void every_size_agrees_with_sorting(void)
{
	srandom(1);
	for (uint8_t replicas = 3; replicas <= WIRE_MAX_REPLICAS; replicas += 2) {
		struct quorum quorum;
		uint8_t leader = (uint8_t)(1 + random() % replicas);
		uint64_t point = 0;

		quorum_init(&quorum, replicas, leader);
		for (unsigned step = 0; step < 2000; step++) {
			uint8_t id = (uint8_t)(1 + random() % replicas);
			uint64_t sorted[WIRE_MAX_REPLICAS];
			size_t count = 0;

			if (id == leader)
				continue;
			point = quorum_acknowledge(&quorum, id, (uint64_t)random() % (step + 1));
			for (uint8_t other = 1; other <= replicas; other++)
				if (other != leader)
					sorted[count++] = quorum.acked[other];
			qsort(sorted, count, sizeof(sorted[0]), descending);
			CHECK_EQ(point, sorted[replicas / 2 - 1]);
		}
		CHECK(point > 0);
	}
}

RUN_TESTS({"the point is what f followers hold", the_point_is_what_f_followers_hold},
	  {"with three replicas one follower is enough",
	   with_three_replicas_one_follower_is_enough},
	  {"repeated and older acknowledgements change nothing",
	   repeated_and_older_acknowledgements_change_nothing},
	  {"the point never falls and a forgotten follower no longer counts",
	   the_point_never_falls_and_a_forgotten_follower_no_longer_counts},
	  {"every cluster size agrees with sorting", every_size_agrees_with_sorting})
