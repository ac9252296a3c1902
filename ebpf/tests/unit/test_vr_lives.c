// SPDX-License-Identifier: Apache-2.0
/* Readiness, restarted followers, restarted leaders. */
#include <string.h>

#include "check.h"
#include "replica_fixture.h"

static struct replica_fixture *replica;

static void begin(uint8_t id, uint8_t replicas)
{
	struct vr_config config = fixture_config(id, replicas);

	replica = fixture_begin(&config);
	vr_tick(replica->vr, 0);
}

static bool probe_says_ready(void)
{
	struct vr_msg probe = {.type = WIRE_PROBE};

	vr_receive(replica->vr, &probe, 0);
	return fixture_last(replica, WIRE_PROBE_OK)->msg.flags & WIRE_F_READY;
}

static void check_ready_when_all_answered(void)
{
	begin(1, 5);
	CHECK_EQ(fixture_count(replica, WIRE_HELLO), 4);
	for (uint8_t id = 2; id <= 4; id++)
		send_hello(replica, id, LIFE_OF(id), 0, 0);
	CHECK(!probe_says_ready());
	send_put(replica, 1, 1, "value", 0);
	CHECK_EQ(fixture_status(replica).drops[VR_DROP_not_leader], 1);
	send_hello(replica, 5, LIFE_OF(5), 0, 0);
	CHECK(probe_says_ready());
	CHECK_EQ(fixture_status(replica).health, VR_NORMAL);
	CHECK_EQ(fixture_status(replica).peers_ready, 4);
	CHECK_EQ(fixture_last(replica, WIRE_HELLO_OK)->to, 5);
}

static void check_bare_quorum(void)
{
	begin(1, 5);
	send_hello(replica, 2, LIFE_OF(2), 0, 0);
	vr_tick(replica->vr, 200);
	CHECK(!fixture_status(replica).ready);
	send_hello(replica, 4, LIFE_OF(4), 0, 0);
	CHECK(fixture_status(replica).ready);
}

static void check_bare_quorum_waits(void)
{
	begin(1, 3);
	send_hello(replica, 2, LIFE_OF(2), 0, 0);
	vr_tick(replica->vr, 99);
	CHECK(!fixture_status(replica).ready);
	vr_tick(replica->vr, 100);
	CHECK(fixture_status(replica).ready);
}

static void check_hello_repeats_until_answered(void)
{
	begin(2, 3);
	CHECK_EQ(fixture_count(replica, WIRE_HELLO), 1);
	CHECK_EQ(fixture_last(replica, WIRE_HELLO)->to, 1);
	vr_tick(replica->vr, 4);
	CHECK_EQ(fixture_count(replica, WIRE_HELLO), 1);
	vr_tick(replica->vr, 5);
	CHECK_EQ(fixture_count(replica, WIRE_HELLO), 2);
	CHECK_EQ(fixture_last(replica, WIRE_HELLO)->msg.payload_bytes, 0);
	send_hello(replica, 1, LEADER_LIFE, 0, LEADER_LIFE);
	CHECK_EQ(fixture_status(replica).health, VR_NORMAL);
	vr_tick(replica->vr, 100);
	CHECK_EQ(fixture_count(replica, WIRE_HELLO), 2);
}

static void check_restarted_follower_starts_at_zero(void)
{
	replica = fixture_leader(5);
	send_put(replica, 1, 1, "value", 0);
	send_prepare_ok(replica, 2, LIFE_OF(2), 1);
	CHECK_EQ(fixture_status(replica).acked[2], 1);
	send_hello(replica, 2, LIFE_OF(2) + 1, 0, 0);
	CHECK_EQ(fixture_status(replica).acked[2], 0);
	CHECK_EQ(fixture_last(replica, WIRE_HELLO_OK)->msg.op, 1);
	/* A late acknowledgement of its earlier life doesn't count; with it there would be a quorum. */
	send_prepare_ok(replica, 2, LIFE_OF(2), 1);
	CHECK_EQ(fixture_status(replica).acked[2], 0);
	CHECK_EQ(fixture_status(replica).drops[VR_DROP_stale_incarnation], 1);
	send_prepare_ok(replica, 3, LIFE_OF(3), 1);
	CHECK_EQ(fixture_status(replica).commit, 0);
	/* Nor does a late HELLO bring that life back. */
	send_hello(replica, 2, LIFE_OF(2), 0, 0);
	send_prepare_ok(replica, 2, LIFE_OF(2), 1);
	CHECK_EQ(fixture_status(replica).commit, 0);
	send_prepare_ok(replica, 2, LIFE_OF(2) + 1, 1);
	CHECK_EQ(fixture_status(replica).commit, 1);
}

static void check_restarted_follower_fetches(void)
{
	begin(2, 3);
	send_hello(replica, 1, LEADER_LIFE, 70, LEADER_LIFE);
	CHECK_EQ(fixture_last(replica, WIRE_FETCH)->msg.op, 1);
	CHECK_EQ(fixture_last(replica, WIRE_FETCH)->msg.request, 64);
	for (uint64_t op = 1; op <= 64; op++)
		send_prepare(replica, op, 70, 0);
	CHECK_EQ(fixture_last(replica, WIRE_FETCH)->msg.op, 65);
	CHECK_EQ(fixture_last(replica, WIRE_FETCH)->msg.request, 70);
	for (uint64_t op = 65; op <= 70; op++)
		send_prepare(replica, op, 70, 0);
	CHECK_EQ(fixture_status(replica).commit, 70);
	CHECK_EQ(fixture_last(replica, WIRE_PREPARE_OK)->msg.op, 70);
}

static void check_incarnations_wrap(void)
{
	replica = fixture_leader(3);
	send_hello(replica, 2, 0x7fffffff, 0, 0);
	send_hello(replica, 2, 0xfffffff0, 0, 0);
	send_put(replica, 1, 1, "value", 0);
	send_prepare_ok(replica, 2, 0xfffffff0, 1);
	CHECK_EQ(fixture_status(replica).commit, 1);
	send_hello(replica, 2, 5, 0, 0);
	CHECK_EQ(fixture_status(replica).acked[2], 0);
	send_hello(replica, 2, 0xfffffff0, 0, 0);
	CHECK_EQ(fixture_status(replica).drops[VR_DROP_stale_incarnation], 1);
}

static void check_restarted_leader_must_not_serve(void)
{
	begin(1, 5);
	for (uint8_t id = 2; id <= 5; id++)
		send_hello(replica, id, LIFE_OF(id), id == 4 ? 3 : 0,
			   id == 4 ? LEADER_LIFE - 1 : 0);
	CHECK_EQ(fixture_status(replica).health, VR_LOST_MEMORY);
	CHECK(!probe_says_ready());
	send_put(replica, 1, 1, "value", 0);
	CHECK_EQ(fixture_count(replica, WIRE_PREPARE), 0);
	vr_tick(replica->vr, 1000);
	CHECK_EQ(fixture_status(replica).health, VR_LOST_MEMORY);
	CHECK_EQ(fixture_count(replica, WIRE_COMMIT), 0);
}

static void check_leader_learns_late_that_it_lost_memory(void)
{
	begin(1, 5);
	send_hello(replica, 2, LIFE_OF(2), 0, 0);
	send_hello(replica, 3, LIFE_OF(3), 0, 0);
	vr_tick(replica->vr, 100);
	CHECK(fixture_status(replica).ready);
	for (uint64_t request = 1; request <= 5; request++)
		send_put(replica, 1, request, "value", 0);
	/* Fewer ops than this leader has by now, but of another life. */
	send_hello(replica, 4, LIFE_OF(4), 2, LEADER_LIFE - 1);
	CHECK_EQ(fixture_status(replica).health, VR_LOST_MEMORY);
}

/* Two followers are a bare quorum of 5, but the earlier life may have committed with the other two. */
static void check_led_before_needs_a_majority_of_the_others(void)
{
	begin(1, 5);
	send_hello(replica, 2, LIFE_OF(2), 0, LEADER_LIFE - 1);
	send_hello(replica, 3, LIFE_OF(3), 0, 0);
	vr_tick(replica->vr, 500);
	CHECK(!fixture_status(replica).ready);
	send_hello(replica, 4, LIFE_OF(4), 0, 0);
	CHECK(fixture_status(replica).ready);
}

static void check_follower_notices_a_restarted_leader(void)
{
	struct vr_msg heartbeat = {.type = WIRE_COMMIT, .bcast_seq = 1};

	replica = fixture_follower(2);
	send_prepare(replica, 1, 0, 1);
	send_hello(replica, 1, LEADER_LIFE + 5, 0, LEADER_LIFE + 5);
	CHECK_EQ(fixture_status(replica).health, VR_LEADER_LOST_MEMORY);
	CHECK_EQ(fixture_last(replica, WIRE_HELLO_OK)->msg.op, 1);
	CHECK_EQ(fixture_last(replica, WIRE_HELLO_OK)->msg.request, LEADER_LIFE);
	fixture_forget(replica);
	heartbeat.incarnation = LEADER_LIFE + 5;
	send_from_leader(replica, &heartbeat);
	heartbeat.type = WIRE_PREPARE;
	heartbeat.op = 2;
	send_from_leader(replica, &heartbeat);
	CHECK_EQ(replica->sent_count, 0);
	CHECK_EQ(fixture_status(replica).op, 1);
}

static void check_acks_of_what_an_earlier_life_prepared(void)
{
	struct vr_msg ok = {
		.type = WIRE_PREPARE_OK,
		.sender = 2,
		.incarnation = LIFE_OF(2),
		.op = 1,
		.request = LEADER_LIFE - 1,
	};

	replica = fixture_leader(3);
	send_put(replica, 1, 1, "value", 0);
	vr_receive(replica->vr, &ok, 0);
	CHECK_EQ(fixture_status(replica).commit, 0);
	CHECK_EQ(fixture_status(replica).drops[VR_DROP_stale_incarnation], 1);
}

static void check_config_bounds(void)
{
	struct vr_config config = fixture_config(1, 3);

	CHECK(!vr_config_error(&config));
	config.replicas = 4;
	CHECK(strstr(vr_config_error(&config), "replicas"));
	CHECK_EQ(vr_memory_bytes(&config), 0);
	config = fixture_config(4, 3);
	CHECK(strstr(vr_config_error(&config), "id"));
	config = fixture_config(1, 3);
	config.incarnation = 0;
	CHECK(strstr(vr_config_error(&config), "incarnation"));
	config = fixture_config(1, 3);
	config.log_capacity_bytes = (1ull << 32) + 1;
	CHECK(strstr(vr_config_error(&config), "log_capacity_bytes"));
	config = fixture_config(1, 3);
	config.value_max_bytes = 1401;
	CHECK(strstr(vr_config_error(&config), "value_max_bytes"));
	/* Nothing to end here, but every test of this file ends its replica. */
	begin(1, 3);
}

#define LIVES_TEST(name)              \
	static void name(void)        \
	{                             \
		check_##name();       \
		fixture_end(replica); \
	}

LIVES_TEST(ready_when_all_answered)
LIVES_TEST(bare_quorum)
LIVES_TEST(bare_quorum_waits)
LIVES_TEST(hello_repeats_until_answered)
LIVES_TEST(restarted_follower_starts_at_zero)
LIVES_TEST(restarted_follower_fetches)
LIVES_TEST(incarnations_wrap)
LIVES_TEST(restarted_leader_must_not_serve)
LIVES_TEST(leader_learns_late_that_it_lost_memory)
LIVES_TEST(led_before_needs_a_majority_of_the_others)
LIVES_TEST(follower_notices_a_restarted_leader)
LIVES_TEST(acks_of_what_an_earlier_life_prepared)
LIVES_TEST(config_bounds)

RUN_TESTS({"a leader is ready when all have answered", ready_when_all_answered},
	  {"a bare quorum is f followers", bare_quorum},
	  {"a bare quorum serves after the wait only", bare_quorum_waits},
	  {"HELLO is repeated until answered and carries no payload", hello_repeats_until_answered},
	  {"a restarted follower starts at zero and its earlier life no longer counts",
	   restarted_follower_starts_at_zero},
	  {"a restarted follower fetches the whole log", restarted_follower_fetches},
	  {"incarnations wrap around", incarnations_wrap},
	  {"a restarted leader must not serve", restarted_leader_must_not_serve},
	  {"a leader may learn late that it lost its memory",
	   leader_learns_late_that_it_lost_memory},
	  {"a cluster that was led before needs f + 1 followers to deny it",
	   led_before_needs_a_majority_of_the_others},
	  {"a follower notices a restarted leader", follower_notices_a_restarted_leader},
	  {"an acknowledgement of what an earlier life prepared does not count",
	   acks_of_what_an_earlier_life_prepared},
	  {"a configuration out of bounds is named", config_bounds})
