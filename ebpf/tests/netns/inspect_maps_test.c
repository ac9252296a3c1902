// SPDX-License-Identifier: Apache-2.0
/* Maps read by their BTF, and the counting of runs. */
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "inspect_scene.h"
#include "report.h"
#include "value_sampler.h"

static struct scene scene;

static void test_peers(void)
{
	const uint32_t key = 2;
	const uint8_t *mac = scene.cluster.node[2].mac;
	uint32_t id = look_map_id(scene.first.program_id, "peers");
	int fd = bpf_map_get_fd_by_id(id);
	struct bcast_peer peer;

	report_begin(
		"a peer is decoded field by field, and a MAC written by hand is in the next look");
	scene_look(&scene);
	look_has(look_map(id), "\"name\":\"peers\",\"type\":\"array\",\"keyBytes\":4,"
			       "\"valueBytes\":16,\"maxEntries\":16,\"entries\":[{\"key\":0,");
	look_has(look_map(id),
		 "{\"key\":2,\"value\":{\"ip\":%u,\"port\":%u,\"mac\":[%u,%u,%u,%u,%u,%u],"
		 "\"valid\":1,\"reserved\":[0,0,0]}}",
		 scene.cluster.node[2].ip, htons(WIRE_PORT_DEFAULT), mac[0], mac[1], mac[2], mac[3],
		 mac[4], mac[5]);
	if (fd < 0 || bpf_map_lookup_elem(fd, &key, &peer))
		report_fatal("reading a peer");
	memcpy(peer.mac, "\xde\xad\xbe\xef\x00\x01", 6);
	if (bpf_map_update_elem(fd, &key, &peer, BPF_EXIST))
		report_fatal("writing a peer");
	close(fd);
	scene_look(&scene);
	look_has(look_map(id), "\"mac\":[222,173,190,239,0,1],\"valid\":1");
	look_lacks(look_map(look_map_id(scene.second.program_id, "peers")), "222,173");
	report_end();
}

static void test_values(void)
{
	uint32_t id = look_map_id(scene.first.sampler_id, "samples");

	report_begin(
		"integers, wide ones, enums, bools, text, arrays, unions, bit fields, typedefs");
	scene_look(&scene);
	look_has(look_map(id), "\"type\":\"hash\",\"keyBytes\":8,");
	look_has(look_map(id), "\"entries\":[{\"key\":%s,\"value\":%s}],", SAMPLER_KEY,
		 SAMPLER_VALUE);
	look_has(look_map(id), "%s,\"problem\":null", SAMPLER_ENUMS);
	report_end();
}

static void test_per_cpu(void)
{
	uint32_t id = look_map_id(scene.first.sampler_id, "sums");
	int cpus = libbpf_num_possible_cpus();

	report_begin("a per-CPU struct is summed; what has no sum shows only if the CPUs agree");
	scene_look(&scene);
	look_has(look_map(id),
		 "\"entries\":[{\"key\":0,\"value\":{\"count\":%d,\"down\":%d,"
		 "\"colour\":\"GREEN\",\"mixed\":%s,\"nested\":[%d,%d]}}]",
		 cpus * (cpus + 1) / 2, -2 * cpus, cpus > 1 ? "null" : "\"BLUE\"", 10 * cpus,
		 20 * cpus);
	report_end();
}

static void test_unreadable_maps(void)
{
	uint32_t id = scene.first.sampler_id;

	report_begin("maps that cannot be read say why; at most 256 entries are read");
	scene_look(&scene);
	look_has(look_map(look_map_id(id, "nameless")),
		 "\"entries\":[],\"enums\":{},\"problem\":\"this map has no BTF");
	look_has(look_map(look_map_id(id, "ring")),
		 "\"type\":\"ringbuf\",\"keyBytes\":0,\"valueBytes\":0,\"maxEntries\":4096,"
		 "\"entries\":[],\"enums\":{},\"problem\":\"a map of this type holds no entries");
	look_has(look_map(look_map_id(id, "jumps")),
		 "\"entries\":[{\"key\":1,\"value\":%u}],\"enums\":{},\"problem\":null", id);
	look_has(look_map(look_map_id(id, "many")), "\"maxEntries\":%u,", 2 * SAMPLER_MANY);
	report_equal(look_count(look_map(look_map_id(id, "many")), "\"key\":"), MAP_ENTRIES_MAX,
		     "entries");
	report_end();
}

static void send_broadcasts(int cpu, unsigned int count)
{
	const struct datagram datagram = {.flags = WIRE_F_CLONE, .op = 1, .bcast_seq = 1};
	cpu_set_t only;

	CPU_ZERO(&only);
	CPU_SET(cpu, &only);
	if (sched_setaffinity(0, sizeof(only), &only))
		report_fatal("moving to CPU %d", cpu);
	for (unsigned int i = 0; i < count; i++)
		cluster_send(&scene.cluster, scene.cluster.node[CLUSTER_LEADER].udp, 2, &datagram);
}

static void test_counters(void)
{
	uint32_t id = look_map_id(scene.first.program_id, "counters");
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	report_begin("the program's counters are summed over the CPUs it ran on");
	scene_look(&scene);
	look_has(look_map(id), "{\"key\":%d,\"value\":0}", BCAST_ORIGINALS);
	send_broadcasts(0, 3);
	send_broadcasts(cpus > 1 ? 1 : 0, 2);
	scene_look(&scene);
	look_has(look_map(id), "{\"key\":%d,\"value\":5}", BCAST_ORIGINALS);
	report_end();
}

static uint64_t run_cnt(void)
{
	scene_look(&scene);
	return look_number(look_program(scene.first.program_id), "runCnt");
}

/* Does somebody else on this machine count right now? Then nothing can be said of switching off. */
static bool counted_by_others(void)
{
	char packet[64] = "";
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet),
		    .repeat = 1);
	uint64_t before = scene_ask(scene.host_program).run_cnt;

	if (bpf_prog_test_run_opts(scene.host_program, &options))
		report_fatal("running the host's program");
	return scene_ask(scene.host_program).run_cnt != before;
}

static void test_statistics(void)
{
	uint64_t before;

	if (counted_by_others()) {
		printf("# statistics are not tried: somebody else has them switched on\n");
		return;
	}
	report_begin("runs are counted while statistics are on, and only then");
	before = run_cnt();
	send_broadcasts(0, 5);
	report_equal(run_cnt(), before, "runs while off");
	report_expect(!statistics_switch(&scene.watch.statistics, true), "switching on failed");
	send_broadcasts(0, 5);
	/* Each of the five passes the hook again as a clone, and neighbours may be asked for. */
	report_expect(run_cnt() >= before + 10, "counted: %llu runs, expected 10 more than %llu",
		      (unsigned long long)run_cnt(), (unsigned long long)before);
	report_expect(statistics_on(&scene.watch.statistics), "said to be off");
	report_expect(look_number(look_program(scene.first.program_id), "runTimeNs") > 0,
		      "no time");
	report_expect(!statistics_switch(&scene.watch.statistics, false), "switching off failed");
	before = run_cnt();
	send_broadcasts(0, 5);
	report_equal(run_cnt(), before, "runs after switching off");
	report_expect(!counted_by_others(), "the kernel still counts");
	report_end();
}

int main(void)
{
	scene_begin(&scene);
	test_peers();
	test_values();
	test_per_cpu();
	test_unreadable_maps();
	test_counters();
	test_statistics();
	stand_in_kill(&scene.first);
	stand_in_bury(&scene.first);
	stand_in_kill(&scene.second);
	stand_in_bury(&scene.second);
	scene_end(&scene);
	return report_exit_code();
}
