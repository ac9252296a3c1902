/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "check.h"
#include "config.h"

static struct config_problems problems;

static void set(const char *name, const char *value)
{
	setenv(name, value, 1);
}

static void good_replica(void)
{
	clearenv();
	set("NODE_ID", "3");
	set("PEERS", "replica1:12345,replica2:12346,replica3:12347");
}

static void a_replica_needs_no_more_than_its_id_and_peers(void)
{
	struct replica_config config;

	good_replica();
	CHECK(replica_config_read(&config, &problems));
	CHECK_EQ(config.id, 3);
	CHECK_EQ(config.peers.count, 3);
	CHECK_EQ(config.peers.at[2].port, 12346);
	CHECK(!strcmp(config.peers.at[3].host, "replica3"));
	CHECK(!config.tc_broadcast);
	CHECK_EQ(config.run_id, 1);
	CHECK_EQ(config.log_capacity_ops, 32768);
}

static void the_run_id_is_read_in_decimal_and_hex(void)
{
	struct replica_config config;

	good_replica();
	set("RUN_ID", "0xFFFFFFFFFFFFFFFE");
	CHECK(replica_config_read(&config, &problems));
	CHECK_EQ(config.run_id, 0xfffffffffffffffeull);
	set("RUN_ID", "18446744073709551615");
	CHECK(replica_config_read(&config, &problems));
	CHECK_EQ(config.run_id, UINT64_MAX);
	set("RUN_ID", "18446744073709551616");
	CHECK(!replica_config_read(&config, &problems));
}

static void every_problem_is_named_with_its_value_and_bounds(void)
{
	struct replica_config config;

	clearenv();
	set("NODE_ID", "4");
	set("PEERS", "a:1,b:0,c:3");
	set("OFFLOADS", "tc_brodcast");
	set("LOG_CAPACITY_OPS", "1023");
	CHECK(!replica_config_read(&config, &problems));
	CHECK(strstr(problems.text, "NODE_ID is \"4\", expected a whole number from 1 to 3"));
	CHECK(strstr(problems.text, "PEERS entry 2 is \"b:0\""));
	CHECK(strstr(problems.text, "OFFLOADS is \"tc_brodcast\""));
	CHECK(strstr(problems.text, "LOG_CAPACITY_OPS is \"1023\", expected a whole number "
				    "from 1024 to 1048576"));
}

static void an_even_cluster_is_refused(void)
{
	struct replica_config config;

	good_replica();
	set("PEERS", "a:1,b:2,c:3,d:4");
	CHECK(!replica_config_read(&config, &problems));
	CHECK(strstr(problems.text, "PEERS has 4 entries"));
}

static void a_flood_of_problems_is_cut_within_the_buffer(void)
{
	struct replica_config config;
	static char peers[8192];

	memset(peers, 'x', sizeof(peers) - 1);
	for (size_t i = 100; i < sizeof(peers) - 1; i += 100)
		peers[i] = ',';
	clearenv();
	set("PEERS", peers);
	set("OFFLOADS", peers);
	set("IFACE", peers);
	CHECK(!replica_config_read(&config, &problems));
	CHECK(problems.bytes < sizeof(problems.text));
	CHECK_EQ(strlen(problems.text), problems.bytes);
}

static void the_payload_is_bounded_by_the_mtu(void)
{
	struct client_config config;

	good_replica();
	set("PAYLOAD_BYTES", "1309");
	CHECK(client_config_read(&config, 1500, &problems));
	CHECK(!client_config_read(&config, 1400, &problems));
	CHECK(strstr(problems.text, "from 8 to 1308"));
	set("PAYLOAD_BYTES", "1409");
	CHECK(!client_config_read(&config, 65536, &problems));
}

static void a_client_may_wait_ten_minutes_for_progress(void)
{
	struct client_config config;

	good_replica();
	CHECK(client_config_read(&config, 1500, &problems));
	CHECK_EQ(config.no_progress_ns, 3000000000);
	set("NO_PROGRESS_MS", "600000");
	CHECK(client_config_read(&config, 1500, &problems));
	CHECK_EQ(config.no_progress_ns, 600000000000);
	set("NO_PROGRESS_MS", "600001");
	CHECK(!client_config_read(&config, 1500, &problems));
}

static void seconds_may_have_decimals(void)
{
	struct client_config config;

	good_replica();
	set("WARMUP_S", "0.25");
	set("DURATION_S", "2.5004");
	CHECK(client_config_read(&config, 1500, &problems));
	CHECK_EQ(config.warmup_ns, 250000000);
	CHECK_EQ(config.duration_ns, 2500000000);
	set("WARMUP_S", "1e3");
	CHECK(!client_config_read(&config, 1500, &problems));
	set("WARMUP_S", ".");
	CHECK(!client_config_read(&config, 1500, &problems));
}

static void tracing_is_off_unless_asked_for_and_its_rate_is_bounded(void)
{
	struct replica_config replica;
	struct client_config client;

	good_replica();
	CHECK(replica_config_read(&replica, &problems));
	CHECK(!replica.trace.on);
	CHECK_EQ(replica.trace.every, 64);
	set("TRACE", "on");
	set("TRACE_EVERY", "1000000");
	CHECK(replica_config_read(&replica, &problems));
	CHECK(client_config_read(&client, 1500, &problems));
	CHECK(replica.trace.on && client.trace.on);
	CHECK_EQ(client.trace.every, 1000000);
	set("TRACE", "yes");
	set("TRACE_EVERY", "0");
	CHECK(!client_config_read(&client, 1500, &problems));
	CHECK(strstr(problems.text, "TRACE is \"yes\", expected nothing or on"));
	CHECK(strstr(problems.text, "TRACE_EVERY is \"0\""));
	CHECK(strstr(problems.text, "from 1 to 1000000"));
}

RUN_TESTS({"a replica needs no more than its id and peers",
	   a_replica_needs_no_more_than_its_id_and_peers},
	  {"the run id is read in decimal and hex", the_run_id_is_read_in_decimal_and_hex},
	  {"every problem is named with its value and bounds",
	   every_problem_is_named_with_its_value_and_bounds},
	  {"an even cluster is refused", an_even_cluster_is_refused},
	  {"a flood of problems is cut within the buffer",
	   a_flood_of_problems_is_cut_within_the_buffer},
	  {"the payload is bounded by the mtu", the_payload_is_bounded_by_the_mtu},
	  {"a client may wait ten minutes for progress",
	   a_client_may_wait_ten_minutes_for_progress},
	  {"seconds may have decimals", seconds_may_have_decimals},
	  {"tracing is off unless asked for, and its rate is bounded",
	   tracing_is_off_unless_asked_for_and_its_rate_is_bounded})
