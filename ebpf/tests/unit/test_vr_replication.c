// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "replica_fixture.h"

static struct replica_fixture *leader;

static void check_majority_is_distinct(void)
{
	send_put(leader, 9, 1, "value", 77);
	send_prepare_ok(leader, 2, LIFE_OF(2), 1);
	send_prepare_ok(leader, 2, LIFE_OF(2), 1);
	send_prepare_ok(leader, 1, LEADER_LIFE, 1);
	CHECK_EQ(fixture_status(leader).commit, 0);
}

static void check_cumulative(void)
{
	for (uint32_t client = 1; client <= 3; client++)
		send_put(leader, client, 1, "value", client);
	send_prepare_ok(leader, 2, LIFE_OF(2), 2);
	CHECK_EQ(fixture_count(leader, WIRE_REPLY), 2);
	CHECK_EQ(fixture_status(leader).commit, 2);
	send_put(leader, 4, 1, "value", 4);
	CHECK_EQ(fixture_last(leader, WIRE_PREPARE)->msg.commit, 2);
	CHECK(leader->committed_in_order);
}

static void check_impossible_acknowledgement(void)
{
	send_put(leader, 1, 1, "value", 0);
	send_prepare_ok(leader, 2, LIFE_OF(2), 2);
	send_prepare_ok(leader, 2, LIFE_OF(2), UINT64_MAX);
	CHECK_EQ(fixture_status(leader).commit, 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_out_of_window], 2);
}

static void check_heartbeat(void)
{
	vr_tick(leader->vr, 49);
	CHECK_EQ(leader->sent_count, 0);
	vr_tick(leader->vr, 50);
	CHECK_EQ(leader->sent_count, 1);
	CHECK_EQ(fixture_last(leader, WIRE_COMMIT)->how, SENT_BROADCAST);
	CHECK_EQ(fixture_last(leader, WIRE_COMMIT)->msg.bcast_seq, 1);
	vr_tick(leader->vr, 90);
	send_put(leader, 1, 1, "value", 0);
	send_prepare_ok(leader, 2, LIFE_OF(2), 1);
	send_prepare_ok(leader, 3, LIFE_OF(3), 1);
	vr_tick(leader->vr, 139);
	CHECK_EQ(fixture_count(leader, WIRE_COMMIT), 1);
	vr_tick(leader->vr, 140);
	CHECK_EQ(fixture_count(leader, WIRE_COMMIT), 2);
	CHECK_EQ(fixture_last(leader, WIRE_COMMIT)->msg.commit, 1);
	CHECK_EQ(vr_window(leader->vr, WIRE_WINDOW_WARMUP)->broadcasts, 3);
	CHECK_EQ(vr_window(leader->vr, WIRE_WINDOW_WARMUP)->sent, 6);
}

static void check_resend_to_the_silent(void)
{
	send_put(leader, 1, 1, "value", 0);
	send_prepare_ok(leader, 2, LIFE_OF(2), 1);
	vr_tick(leader->vr, 9);
	CHECK_EQ(fixture_count(leader, WIRE_PREPARE), 1);
	vr_tick(leader->vr, 10);
	CHECK_EQ(fixture_count(leader, WIRE_PREPARE), 2);
	CHECK_EQ(fixture_last(leader, WIRE_PREPARE)->how, SENT_TO_REPLICA);
	CHECK_EQ(fixture_last(leader, WIRE_PREPARE)->to, 3);
	CHECK_EQ(fixture_last(leader, WIRE_PREPARE)->msg.flags, WIRE_F_RESEND);
	CHECK_EQ(fixture_last(leader, WIRE_PREPARE)->msg.bcast_seq, 0);
	CHECK_EQ(vr_window(leader->vr, WIRE_WINDOW_WARMUP)->resends, 1);
	CHECK_EQ(vr_window(leader->vr, WIRE_WINDOW_WARMUP)->broadcasts, 1);
	/* Ever more rarely while it stays silent, and never more than a batch at once. */
	vr_tick(leader->vr, 29);
	CHECK_EQ(fixture_count(leader, WIRE_PREPARE), 2);
	vr_tick(leader->vr, 30);
	CHECK_EQ(fixture_count(leader, WIRE_PREPARE), 3);
}

static void send_fetch(uint64_t first, uint64_t last)
{
	struct vr_msg msg = {
		.type = WIRE_FETCH,
		.sender = 3,
		.incarnation = LIFE_OF(3),
		.op = first,
		.request = last,
	};

	vr_receive(leader->vr, &msg, 0);
}

static void check_fetch(void)
{
	for (uint64_t request = 1; request <= 100; request++)
		send_put(leader, 1, request, "value", 0);
	fixture_forget(leader);
	send_fetch(5, 7);
	CHECK_EQ(leader->sent_count, 3);
	CHECK_EQ(leader->sent[0].msg.op, 5);
	CHECK_EQ(leader->sent[0].msg.request, 5);
	CHECK_EQ(leader->sent[2].msg.op, 7);
	CHECK_EQ(leader->sent[2].to, 3);
	fixture_forget(leader);
	send_fetch(1, UINT64_MAX);
	CHECK_EQ(leader->sent_count, 64);
	CHECK_EQ(leader->sent[63].msg.op, 64);
	fixture_forget(leader);
	send_fetch(0, 3);
	send_fetch(101, 101);
	send_fetch(9, 8);
	CHECK_EQ(leader->sent_count, 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_out_of_window], 3);
}

static void check_address_swap(void)
{
	send_put(leader, 1, 1, "value", 0);
	/* The core never sees replica addresses: the same bytes from any `from` credit their sender. */
	for (vr_return_address from = 1; from < 4; from++) {
		struct vr_msg ok = {
			.type = WIRE_PREPARE_OK,
			.sender = 3,
			.incarnation = LIFE_OF(3),
			.op = 1,
			.request = LEADER_LIFE,
		};

		vr_receive(leader->vr, &ok, from);
	}
	CHECK_EQ(fixture_status(leader).acked[3], 1);
	CHECK_EQ(fixture_status(leader).acked[2], 0);
	CHECK_EQ(fixture_status(leader).commit, 0);
}

static void check_strangers(void)
{
	struct vr_msg msg = {.type = WIRE_PREPARE_OK, .sender = 9, .incarnation = 1, .op = 1};

	vr_receive(leader->vr, &msg, 0);
	msg.sender = 1;
	vr_receive(leader->vr, &msg, 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_unknown_sender], 2);
	msg.sender = 2;
	msg.view = 1;
	vr_receive(leader->vr, &msg, 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_stale_view], 1);
	msg = (struct vr_msg){.type = WIRE_REPLY};
	vr_receive(leader->vr, &msg, 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_unknown_sender], 3);
	msg = (struct vr_msg){
		.type = WIRE_PREPARE, .sender = 2, .incarnation = LIFE_OF(2), .op = 1};
	vr_receive(leader->vr, &msg, 0);
	CHECK_EQ(fixture_status(leader).drops[VR_DROP_unknown_sender], 4);
	CHECK_EQ(fixture_status(leader).op, 0);
}

#define LEADER_TEST(name, replicas)                \
	static void name(void)                     \
	{                                          \
		leader = fixture_leader(replicas); \
		check_##name();                    \
		fixture_end(leader);               \
	}

LEADER_TEST(majority_is_distinct, 5)
LEADER_TEST(cumulative, 3)
LEADER_TEST(impossible_acknowledgement, 3)
LEADER_TEST(heartbeat, 3)
LEADER_TEST(resend_to_the_silent, 3)
LEADER_TEST(fetch, 5)
LEADER_TEST(address_swap, 5)
LEADER_TEST(strangers, 5)

RUN_TESTS({"a majority is of distinct replicas", majority_is_distinct},
	  {"PREPARE-OK is cumulative and COMMIT travels on the next PREPARE", cumulative},
	  {"an acknowledgement of an op that does not exist is dropped",
	   impossible_acknowledgement},
	  {"an idle leader broadcasts COMMIT as its heartbeat", heartbeat},
	  {"only silent followers are sent to again", resend_to_the_silent},
	  {"FETCH is answered with a bounded number of PREPAREs", fetch},
	  {"acknowledgements are credited by sender id, whatever the address", address_swap},
	  {"strangers and other views are dropped and counted", strangers})
