// SPDX-License-Identifier: Apache-2.0
/*
 * Writes lines of every event with values that can be told apart, for the zod
 * schemas' test and for `make golden`. A field that is added to events.def and
 * not set here stays zero, and this program then fails and names it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "event_log.h"

static struct event_log events;
static unsigned unset;

static uint64_t fixed_time_us(void)
{
	return 1763900000123456ull;
}

static void check(const char *event, const char *field, bool set)
{
	if (set)
		return;
	fprintf(stderr, "write_golden: %s.%s is not set\n", event, field);
	unset++;
}

/* full_EVENT(&event): every field must have a telling value; then the line is written. */
#define F_U64(field) check(name, #field, event->field != 0);
#define F_STR(field) check(name, #field, event->field && * event->field);
#define F_HEX(field) check(name, #field, event->field != 0);
#define F_BOOL(field) check(name, #field, event->field);
#define F_ARR(field) check(name, #field, event->field.count > 1);
#define EVENT(name_, fields)                                        \
	static bool seen_##name_;                                   \
	static void full_##name_(const struct event_##name_ *event) \
	{                                                           \
		const char *name = #name_;                          \
		seen_##name_ = true;                                \
		fields event_##name_(&events, event);               \
		fwrite(events.line, 1, events.bytes, stdout);       \
	}
#include "events.def"
#undef EVENT
#undef F_U64
#undef F_STR
#undef F_HEX
#undef F_BOOL
#undef F_ARR

static void check_all_events_written(void)
{
#define EVENT(name, fields) check(#name, "(the event itself)", seen_##name);
#include "events.def"
#undef EVENT
}

static void print_last(void)
{
	fwrite(events.line, 1, events.bytes, stdout);
}

#define ARRAY(...)                                                                 \
	{                                                                          \
		(const uint64_t[]){__VA_ARGS__},                                   \
			sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t) \
	}

static void write_life_of_a_replica(void)
{
	full_boot(&(struct event_boot){.role = "replica",
				       .id = 3,
				       .replicas = 5,
				       .incarnation = 1462242102,
				       .runId = 0x0123456789abcdefull,
				       .offloads = "tc_broadcast",
				       .payloadMaxBytes = 1408,
				       .logCapacityOps = 32768,
				       .version = "0.1.0"});
	full_peer(&(struct event_peer){.peer = 2,
				       .name = "replica2",
				       .ip = "172.24.0.3",
				       .port = 12345,
				       .mac = "02:42:ac:18:00:03"});
	full_attach(&(struct event_attach){.progId = 179,
					   .name = "lab_broadcast",
					   .hook = "tc/egress",
					   .ifname = "eth0",
					   .ifindex = 69,
					   .priority = 1,
					   .handle = 7,
					   .mode = "clone"});
	full_detach(
		&(struct event_detach){.progId = 180, .ifname = "eth1", .reason = "filter_gone"});
	full_ready(&(struct event_ready){.view = 4, .leader = 5, .peersReady = 2});
	full_status(&(struct event_status){.role = "leader",
					   .health = "normal",
					   .view = 6,
					   .leader = 1,
					   .op = 1001,
					   .first = 201,
					   .highest = 1003,
					   .commit = 1000,
					   .hash = 0xa40b97f615f4fca2ull,
					   .window = 1,
					   .broadcasts = 1010,
					   .sent = 4040,
					   .frames = ARRAY(0, 0, 1011, 1012, 1013, 1014),
					   .acked = ARRAY(0, 1001, 999, 998, 997, 996),
					   .receipts = 1015,
					   .resends = 16,
					   .drops = 17,
					   .cpuNs = 123456789,
					   .rssBytes = 201326592});
}

static void write_views(void)
{
	full_view(&(struct event_view){
		.health = "view_change", .view = 7, .leader = 2, .op = 1004, .commit = 1002});
	full_recovered(&(struct event_recovered){.view = 8,
						 .op = 1006,
						 .commit = 1005,
						 .hash = 0xc60b97f615f4fca4ull,
						 .tookMs = 35});
	full_restored(
		&(struct event_restored){.view = 9, .op = 1007, .hash = 0xd70b97f615f4fca5ull});
}

static void write_the_proof(void)
{
	full_window(&(struct event_window){.window = 2,
					   .view = 8,
					   .leader = 3,
					   .leaderIncarnation = 1462242103,
					   .bcastSeq = 15115,
					   .cpuNs = 767862675});
	full_counters(&(struct event_counters){.final = true,
					       .window = 1,
					       .view = 9,
					       .leader = 2,
					       .leaderIncarnation = 1462242104,
					       .broadcasts = 20001,
					       .sent = 20002,
					       .sendErrors = 3,
					       .clones = 60003,
					       .cloneErrors = 4,
					       .peerUnknown = 5,
					       .framesKnown = true,
					       .frames = ARRAY(0, 0, 20003, 20004, 20005, 20006),
					       .receipts = 20007,
					       .duplicates = 8,
					       .resends = 9});
	full_checkpoint(&(struct event_checkpoint){
		.view = 10, .op = 15111, .commit = 15112, .hash = 0xb50b97f615f4fca3ull});
	full_final(&(struct event_final){.reason = "sigterm",
					 .view = 11,
					 .op = 15113,
					 .commit = 15114,
					 .hash = 0x00000000000000c6ull,
					 .cpuNs = 867862675,
					 .resends = 12,
					 .dropBadMagic = 13,
					 .dropBadVersion = 14,
					 .dropForeignRun = 15,
					 .dropTruncated = 16,
					 .dropUnknownType = 17,
					 .dropStaleView = 18,
					 .dropStaleIncarnation = 19,
					 .dropUnknownSender = 20,
					 .dropOther = 21});
	full_trace(&(struct event_trace){.every = 64,
					 .monotonicUs = 90061000123,
					 .dropped = 22,
					 .costNs = 23024,
					 .operations = 25026,
					 .op = ARRAY(64, 64, 128),
					 .point = ARRAY(2, 3, 4),
					 .peer = ARRAY(0, 2, 3),
					 .agoNs = ARRAY(123456, 100200, 1)});
	full_error(&(struct event_error){.code = "bad_environment",
					 .message = "NODE_ID is \"x\\y\",\n\texpected 1 to 5 µ"});
}

static void write_the_client(void)
{
	full_phase(&(struct event_phase){.phase = "measuring",
					 .clients = 2,
					 .requests = 20000,
					 .durationMs = 10000,
					 .warmupMs = 1500,
					 .payloadBytes = 64});
	full_interval(&(struct event_interval){.phase = "measuring",
					       .index = 7,
					       .startUs = 700000,
					       .durationUs = 100001,
					       .completed = 6,
					       .timeouts = 1,
					       .retries = 5,
					       .sumNs = 600123,
					       .minNs = 54141,
					       .maxNs = 223103,
					       .hist = ARRAY(6817, 1, 7300, 3, 8906, 2)});
	full_summary(&(struct event_summary){.ended = "complete",
					     .requests = 20000,
					     .completed = 19999,
					     .timeouts = 1,
					     .retries = 5,
					     .durationNs = 1758092010,
					     .sumNs = 1751350700,
					     .minNs = 54141,
					     .maxNs = 3951217,
					     .p50Ns = 69823,
					     .p90Ns = 86207,
					     .p95Ns = 100863,
					     .p99Ns = 223103,
					     .p999Ns = 3299327});
	full_history(&(struct event_history){
		.op = 15111, .operations = 15110, .complete = true, .hash = 0xfedcba9876543210ull});
	full_no_progress(
		&(struct event_no_progress){.leader = 1, .silentMs = 3000, .outstanding = 8});
	full_outage(&(struct event_outage){
		.startUs = 10000123, .durationUs = 250456, .leaderBefore = 1, .leaderAfter = 2});
	full_linearizability(&(struct event_linearizability){.verdict = "not_decided",
							     .keys = 1024,
							     .operations = 20001,
							     .pending = 2,
							     .undecidedKeys = 3,
							     .steps = 4000000,
							     .costNs = 512345678,
							     .reason = "key 7: 3 of 40 writes"});
}

/* What a reader must take as well: nothing known yet, and the largest exact number. */
static void write_bare_lines(void)
{
	event_boot(&events,
		   &(struct event_boot){.role = "client", .offloads = "", .version = "0.1.0"});
	print_last();
	event_peer(&events,
		   &(struct event_peer){
			   .peer = 1, .name = "replica1", .ip = "10.0.0.1", .port = 1, .mac = ""});
	print_last();
	event_status(&events, &(struct event_status){.role = "follower",
						     .health = "recovering",
						     .cpuNs = UINT64_MAX});
	print_last();
	event_view(&events, &(struct event_view){.health = "lost_memory"});
	print_last();
	event_outage(&events, &(struct event_outage){.durationUs = 50000});
	print_last();
	event_linearizability(
		&events, &(struct event_linearizability){.verdict = "linearizable", .reason = ""});
	print_last();
	event_interval(&events, &(struct event_interval){.phase = "warmup", .durationUs = 100000});
	print_last();
	event_phase(&events, &(struct event_phase){.phase = "held", .clients = 1});
	print_last();
}

int main(void)
{
	event_log_open(&events, "replica3", NULL);
	events.now_us = fixed_time_us;
	write_life_of_a_replica();
	write_views();
	write_the_proof();
	snprintf(events.src, sizeof(events.src), "client");
	write_the_client();
	write_bare_lines();
	check_all_events_written();
	return unset ? EXIT_FAILURE : EXIT_SUCCESS;
}
