// SPDX-License-Identifier: Apache-2.0
/* A leader towards its clients: VR Revisited 4.1, steps 1 to 5. */
#include "check.h"
#include "replica_messages.h"

static void a_request_is_given_the_next_op_and_broadcast(void)
{
	fixture_founded(1, 3);
	ask(1, 1, "value");
	CHECK_EQ(count_sent(WIRE_PREPARE), 1);
	CHECK_EQ(replica->sent[0].how, SENT_BROADCAST);
	CHECK_EQ(last_sent(WIRE_PREPARE)->op, 1);
	CHECK_EQ(last_sent(WIRE_PREPARE)->client_id, 1);
	CHECK_EQ(last_sent(WIRE_PREPARE)->request, 1);
	CHECK_EQ(last_sent(WIRE_PREPARE)->bcast_seq, 1);
	CHECK(memcmp(last_sent(WIRE_PREPARE)->payload + 8, "value", 5) == 0);
	ask(2, 1, "value");
	CHECK_EQ(last_sent(WIRE_PREPARE)->op, 2);
	CHECK_EQ(last_sent(WIRE_PREPARE)->bcast_seq, 2);
	CHECK_EQ(status().commit, 0);
}

static void f_acknowledgements_commit_and_answer(void)
{
	fixture_founded(1, 5);
	ask(1, 1, "value");
	acknowledge(2, 1);
	acknowledge(2, 1);
	CHECK_EQ(status().commit, 0);
	CHECK_EQ(count_sent(WIRE_REPLY), 0);
	acknowledge(4, 1);
	CHECK_EQ(status().commit, 1);
	CHECK_EQ(count_sent_to(WIRE_REPLY, 1001), 1);
	CHECK_EQ(last_sent(WIRE_REPLY)->op, 1);
	CHECK_EQ(last_sent(WIRE_REPLY)->request, 1);
	acknowledge(3, 1);
	CHECK_EQ(count_sent(WIRE_REPLY), 1);
	ask(2, 1, "value");
	CHECK_EQ(last_sent(WIRE_PREPARE)->commit, 1);
}

static void an_acknowledgement_covers_all_before_it(void)
{
	fixture_founded(1, 3);
	for (uint32_t client = 1; client <= 4; client++)
		ask(client, 1, "value");
	acknowledge(3, 3);
	CHECK_EQ(status().commit, 3);
	CHECK_EQ(count_sent(WIRE_REPLY), 3);
	CHECK(replica->committed_in_order);
	acknowledge(2, 2);
	CHECK_EQ(status().commit, 3);
	CHECK_EQ(status().acked[3], 3);
}

static void what_does_not_exist_can_not_be_acknowledged(void)
{
	fixture_founded(1, 3);
	ask(1, 1, "value");
	acknowledge(2, 2);
	acknowledge(2, UINT64_MAX);
	CHECK_EQ(status().commit, 0);
	CHECK_EQ(dropped(VR_DROP_out_of_window), 2);
}

static void a_request_sent_again_is_answered_without_another_op(void)
{
	fixture_founded(1, 3);
	ask(1, 1, "first");
	ask(1, 1, "first");
	CHECK_EQ(count_sent(WIRE_PREPARE), 1);
	acknowledge(2, 1);
	ask(1, 2, "second");
	acknowledge(2, 2);
	ask(1, 2, "second");
	CHECK_EQ(count_sent(WIRE_PREPARE), 2);
	CHECK_EQ(count_sent(WIRE_REPLY), 3);
	/* The second PUT replaced the first one's value; so says the stored reply. */
	CHECK_EQ(last_sent(WIRE_REPLY)->payload_bytes, 5);
	CHECK(memcmp(last_sent(WIRE_REPLY)->payload, "first", 5) == 0);
	CHECK_EQ(last_sent(WIRE_REPLY)->op, 2);
}

static void a_request_older_than_the_last_is_dropped(void)
{
	fixture_founded(1, 3);
	ask(1, 5, "value");
	ask(1, 4, "value");
	CHECK_EQ(count_sent(WIRE_PREPARE), 1);
	CHECK_EQ(dropped(VR_DROP_stale_request), 1);
	acknowledge(2, 1);
	ask(1, 4, "value");
	CHECK_EQ(dropped(VR_DROP_stale_request), 2);
	CHECK_EQ(count_sent(WIRE_REPLY), 1);
}

static void a_client_that_asked_on_is_not_answered_for_what_is_past(void)
{
	fixture_founded(1, 3);
	ask(1, 1, "value");
	ask(1, 2, "value");
	acknowledge(2, 1);
	CHECK_EQ(count_sent(WIRE_REPLY), 0);
	acknowledge(2, 2);
	CHECK_EQ(count_sent(WIRE_REPLY), 1);
}

static void bad_requests_are_dropped(void)
{
	fixture_founded(1, 3);
	ask(1, 0, "value");
	ask(1, 1, "seventeen letters");
	CHECK_EQ(dropped(VR_DROP_bad_request), 2);
	for (uint32_t client = 1; client <= 5; client++)
		ask(client, 1, "value");
	CHECK_EQ(dropped(VR_DROP_clients_full), 1);
	CHECK_EQ(status().op, 4);
}

static void as_many_as_may_be_are_uncommitted_and_no_more(void)
{
	fixture_founded(1, 3);
	for (uint64_t request = 1; request <= 32; request++)
		ask(1, request, "value");
	CHECK_EQ(status().op, 31);
	CHECK_EQ(dropped(VR_DROP_overload), 1);
	acknowledge(2, 1);
	ask(1, 32, "value");
	CHECK_EQ(status().op, 32);
	CHECK_EQ(dropped(VR_DROP_overload), 1);
}

static void the_log_goes_on_for_ever(void)
{
	fixture_founded(1, 3);
	for (uint64_t request = 1; request <= 1000; request++) {
		ask(1, request, "value");
		acknowledge(2, request);
		forget_sent();
	}
	CHECK_EQ(status().commit, 1000);
	CHECK_EQ(status().first, 1000 - 63);
	CHECK(replica->committed_in_order);
	CHECK(!vr_hash_at(replica->vr, 1000 - 64, &(uint64_t){0}));
	CHECK(vr_hash_at(replica->vr, 1000 - 63, &(uint64_t){0}));
}

static void a_follower_does_not_serve(void)
{
	fixture_founded(2, 3);
	ask(1, 1, "value");
	CHECK_EQ(dropped(VR_DROP_not_leader), 1);
	CHECK_EQ(replica->sent_count, 0);
}

RUN_TESTS({"a request is given the next op and broadcast",
	   a_request_is_given_the_next_op_and_broadcast},
	  {"f acknowledgements commit and answer", f_acknowledgements_commit_and_answer},
	  {"an acknowledgement covers all before it", an_acknowledgement_covers_all_before_it},
	  {"what does not exist can not be acknowledged",
	   what_does_not_exist_can_not_be_acknowledged},
	  {"a request sent again is answered without another op",
	   a_request_sent_again_is_answered_without_another_op},
	  {"a request older than the last is dropped", a_request_older_than_the_last_is_dropped},
	  {"a client that asked on is not answered for what is past",
	   a_client_that_asked_on_is_not_answered_for_what_is_past},
	  {"bad requests are dropped", bad_requests_are_dropped},
	  {"as many as may be are uncommitted, and no more",
	   as_many_as_may_be_are_uncommitted_and_no_more},
	  {"the log goes on for ever", the_log_goes_on_for_ever},
	  {"a follower does not serve", a_follower_does_not_serve})
