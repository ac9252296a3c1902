// SPDX-License-Identifier: Apache-2.0
/* The cluster's first moment: all are without memory, and all know it of all. */
#include "check.h"
#include "replica_messages.h"

static struct told lives;

static void begin(uint8_t id, uint8_t replicas)
{
	struct vr_config config = fixture_config(id, replicas);

	fixture_begin(&config);
	lives = (struct told){0};
	fixture_lives(lives.lives, replicas);
}

static void hear_fresh(uint8_t from)
{
	struct vr_msg fresh = {.type = WIRE_RECOVERY_RESPONSE,
			       .flags = WIRE_F_FRESH,
			       .sender = from,
			       .incarnation = lives.lives[from],
			       .request = LIFE_OF(1)};

	hear_told(&fresh, &lives);
}

static void all_that_are_without_memory_found_view_0(void)
{
	begin(1, 5);
	CHECK_EQ(count_sent(WIRE_RECOVERY), 4);
	CHECK_EQ(last_sent(WIRE_RECOVERY)->incarnation, LIFE_OF(1));
	for (uint8_t id = 2; id <= 4; id++)
		hear_fresh(id);
	CHECK_EQ(status().health, VR_RECOVERING);
	CHECK(!status().ready);
	hear_fresh(5);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK(status().is_leader && status().ready);
	CHECK_EQ(status().view, 0);
	CHECK_EQ(status().recoveries, 0);
	CHECK_EQ(replica->views_entered, 1);
	CHECK(replica->entered_as_leader);
}

static void not_while_one_is_missing_however_long(void)
{
	begin(1, 3);
	for (unsigned i = 0; i < 100; i++) {
		hear_fresh(2);
		pass(RESEND_TICKS);
		forget_sent();
	}
	CHECK_EQ(status().health, VR_RECOVERING);
}

static void not_while_one_has_not_heard_of_all(void)
{
	begin(1, 3);
	hear_fresh(2);
	lives.lives[2] = 0;
	hear_fresh(3);
	CHECK_EQ(status().health, VR_RECOVERING);
	/* Nor from what it knew before one of them began anew. */
	lives.lives[2] = LIFE_OF(2) - 1;
	hear_fresh(3);
	CHECK_EQ(status().health, VR_RECOVERING);
	lives.lives[2] = LIFE_OF(2);
	hear_fresh(3);
	CHECK_EQ(status().health, VR_NORMAL);
}

static void a_life_that_began_meanwhile_must_be_known_to_all(void)
{
	begin(1, 3);
	hear_fresh(2);
	lives.lives[3] = LIFE_OF(3) + 1;
	/* Replica 3 began anew; replica 2 said what it said of an earlier life of it. */
	hear_fresh(3);
	CHECK_EQ(status().health, VR_RECOVERING);
	hear_fresh(2);
	CHECK_EQ(status().health, VR_NORMAL);
}

static void one_without_memory_says_so_and_whom_else_it_knows(void)
{
	struct vr_msg asks = {.type = WIRE_RECOVERY, .sender = 2};

	begin(1, 3);
	hear_fresh(3);
	forget_sent();
	hear(&asks);
	CHECK_EQ(count_sent_to(WIRE_RECOVERY_RESPONSE, 2), 1);
	CHECK(last_sent(WIRE_RECOVERY_RESPONSE)->flags & WIRE_F_FRESH);
	CHECK_EQ(last_sent(WIRE_RECOVERY_RESPONSE)->request, LIFE_OF(2));
	CHECK_EQ(told_by(last_sent(WIRE_RECOVERY_RESPONSE)).lives[1], LIFE_OF(1));
	CHECK_EQ(told_by(last_sent(WIRE_RECOVERY_RESPONSE)).lives[2], 0);
	CHECK_EQ(told_by(last_sent(WIRE_RECOVERY_RESPONSE)).lives[3], LIFE_OF(3));
}

static void founder_tells_the_lives_that_founded_and_no_other(void)
{
	struct vr_msg asks = {.type = WIRE_RECOVERY, .sender = 3};

	fixture_founded(2, 3);
	hear(&asks);
	CHECK(last_sent(WIRE_RECOVERY_RESPONSE)->flags & WIRE_F_FOUNDER);
	asks.incarnation = LIFE_OF(3) + 1;
	hear(&asks);
	CHECK(!(last_sent(WIRE_RECOVERY_RESPONSE)->flags & WIRE_F_FOUNDER));
}

static void hear_founder(uint8_t from)
{
	struct vr_msg founder = {.type = WIRE_RECOVERY_RESPONSE,
				 .flags = WIRE_F_FOUNDER,
				 .sender = from,
				 .request = LIFE_OF(2)};

	hear_told(&founder, &lives);
}

static void whoever_is_told_by_a_founder_is_one_too(void)
{
	begin(2, 3);
	hear_founder(3);
	CHECK_EQ(status().health, VR_NORMAL);
	CHECK(!status().is_leader);
	CHECK_EQ(status().recoveries, 0);
}

/* Replica 3 founded, acknowledged, and ended; it must not be taken for a founder in its next life. */
static void a_later_life_of_a_founder_is_none(void)
{
	struct vr_msg fresh = {.type = WIRE_RECOVERY_RESPONSE,
			       .flags = WIRE_F_FRESH,
			       .sender = 3,
			       .incarnation = LIFE_OF(3) + 1,
			       .request = LIFE_OF(2)};
	struct vr_msg asks = {.type = WIRE_RECOVERY, .sender = 3, .incarnation = LIFE_OF(3) + 1};

	begin(2, 3);
	hear_told(&fresh, &lives);
	hear_founder(1);
	CHECK_EQ(status().health, VR_NORMAL);
	hear(&asks);
	CHECK(!(last_sent(WIRE_RECOVERY_RESPONSE)->flags & WIRE_F_FOUNDER));
}

static void nobody_is_served_before(void)
{
	struct vr_msg probe = {.type = WIRE_PROBE};

	begin(1, 3);
	ask(1, 1, "value");
	CHECK_EQ(dropped(VR_DROP_not_leader), 1);
	hear(&probe);
	CHECK_EQ(last_sent(WIRE_PROBE_OK)->flags, 0);
	hear_fresh(2);
	hear_fresh(3);
	hear(&probe);
	CHECK_EQ(last_sent(WIRE_PROBE_OK)->flags, WIRE_F_READY);
}

RUN_TESTS({"all that are without memory found view 0", all_that_are_without_memory_found_view_0},
	  {"not while one is missing, however long", not_while_one_is_missing_however_long},
	  {"not while one has not heard of all", not_while_one_has_not_heard_of_all},
	  {"a life that began meanwhile must be known to all",
	   a_life_that_began_meanwhile_must_be_known_to_all},
	  {"one without memory says so, and whom else it knows",
	   one_without_memory_says_so_and_whom_else_it_knows},
	  {"a founder tells the lives that founded and no other",
	   founder_tells_the_lives_that_founded_and_no_other},
	  {"whoever is told by a founder is one too", whoever_is_told_by_a_founder_is_one_too},
	  {"a later life of a founder is none", a_later_life_of_a_founder_is_none},
	  {"nobody is served before", nobody_is_served_before})
