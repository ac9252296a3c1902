// SPDX-License-Identifier: Apache-2.0
/*
 * Prints bpfwatch's lines of every kind with fixed values, through the functions
 * that bpfwatch itself prints with: a contract between it and what reads it.
 */
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/neighbour.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "map_entries.h"

static struct json json;

static void print(void)
{
	if (json.failed || fwrite(json.text, 1, json.bytes, stdout) != json.bytes)
		exit(1);
}

static int check(int id)
{
	if (id < 0)
		exit(1);
	return id;
}

static void write_programs(void)
{
	struct program all[] = {
		{.id = 12,
		 .type = BPF_PROG_TYPE_CGROUP_SKB,
		 .uid = 0,
		 .bytes_xlated = 64,
		 .bytes_memlock = -1,
		 .loaded_at_s = 1790000000,
		 .tag = "\x6d\xee\xf7\x35\x7e\x7b\x45\x30",
		 .name = "sd_fw_egress",
		 .gpl_compatible = true},
		{.id = 4321,
		 .type = BPF_PROG_TYPE_SCHED_CLS,
		 .uid = 0,
		 .btf_id = 77,
		 .bytes_xlated = 5592,
		 .bytes_jited = 3235,
		 .bytes_memlock = 8192,
		 .loaded_at_s = 1790000123,
		 .run_cnt = 4,
		 .run_time_ns = 5210,
		 .map_ids = {90, 91},
		 .map_count = 2,
		 .tag = "\x00\x11\x22\x33\x44\x55\x66\xff",
		 .name = "lab_broadcast",
		 .gpl_compatible = true},
	};
	const struct programs programs = {.all = all, .count = 2};

	programs_write(&json, &programs);
}

static void write_replicas(void)
{
	static struct net_view view = {
		.links = {{.ifindex = 1, .ifname = "lo", .loopback = true},
			  {.ifindex = 9, .ifname = "eth0", .mac = {2, 0x42, 10, 42, 5, 11}},
			  {.ifindex = 10, .ifname = "eth1", .mac = {2, 0x42, 10, 42, 6, 11}}},
		.link_count = 3,
		.attachments = {{.kind = "tc",
				 .hook = "clsact/egress",
				 .link = 1,
				 .program_id = 4321,
				 .program_name = "lab_broadcast",
				 .priority = 1,
				 .handle = 1},
				{.kind = "xdp", .hook = "generic", .link = 2, .program_id = 4322}},
		.attachment_count = 2,
		.neighbours = {{.mac = {2, 0x42, 10, 42, 5, 12}, .state = NUD_REACHABLE}},
		.neighbour_count = 1,
	};
	static const struct holders holders = {
		.all = {{.program_id = 4321, .pid = 1, .comm = "replica"}}, .count = 1};
	static const struct holders nobody;
	static struct net_view nothing;

	view.links[1].ip = inet_addr("10.42.5.11");
	view.neighbours[0].ip = inet_addr("10.42.5.12");
	json_key(&json, "replicas");
	json_open(&json, '[');
	replica_write(&json, &(struct replica_sight){"replica1", &view, &holders, ""});
	replica_write(&json, &(struct replica_sight){"replica2", &nothing, &nobody,
						     "process 4711 is gone"});
	json_close(&json, ']');
}

/* What broadcast.bpf.c's peers and counters look like, in BTF made here. */
struct types {
	struct btf *btf;
	int key, peer, count;
};

static struct types make_types(void)
{
	struct types types = {.btf = btf__new_empty()};
	struct btf *btf = types.btf;
	int byte, port, mac;

	if (!btf)
		exit(1);
	types.key = check(btf__add_int(btf, "unsigned int", 4, 0));
	types.count = check(btf__add_int(btf, "unsigned long long", 8, 0));
	byte = check(btf__add_int(btf, "unsigned char", 1, 0));
	port = check(btf__add_int(btf, "unsigned short", 2, 0));
	mac = check(btf__add_array(btf, types.key, byte, 6));
	types.peer = check(btf__add_struct(btf, "bcast_peer", 16));
	check(btf__add_field(btf, "ip", types.key, 0, 0));
	check(btf__add_field(btf, "port", port, 32, 0));
	check(btf__add_field(btf, "mac", mac, 48, 0));
	check(btf__add_field(btf, "valid", byte, 96, 0));
	check(btf__add_enum(btf, "bcast_counter", 4));
	check(btf__add_enum_value(btf, "BCAST_NOT_OURS", 0));
	check(btf__add_enum_value(btf, "BCAST_FOREIGN_RUN", 1));
	return types;
}

static void write_map(const struct map *map, const struct types *types, const void *values)
{
	struct map_reading reading = {.map = map, .btf = types->btf, .cpus = 1, .stride = 8};
	struct json enums = {0};

	btf_enums_write(&enums, types->btf);
	map_write_head(&json, map);
	json_key(&json, "entries");
	json_open(&json, '[');
	for (uint32_t key = 0; key < map->max_entries; key++)
		if (!map_entry_write(&json, &reading, &key,
				     (const char *)values + key * map->value_bytes))
			exit(1);
	json_close(&json, ']');
	map_write_tail(&json, &enums, "");
	json_free(&enums);
}

static void write_maps(void)
{
	const struct types types = make_types();
	const struct map peers = {
		.id = 90,
		.type = BPF_MAP_TYPE_ARRAY,
		.key_bytes = 4,
		.value_bytes = 16,
		.max_entries = 2,
		.btf_key_type = types.key,
		.btf_value_type = types.peer,
		.name = "peers",
	};
	const struct map counters = {
		.id = 91,
		.type = BPF_MAP_TYPE_PERCPU_ARRAY,
		.key_bytes = 4,
		.value_bytes = 8,
		.max_entries = 2,
		.btf_key_type = types.key,
		.btf_value_type = types.count,
		.name = "counters",
	};
	const struct map ring = {
		.id = 92, .type = BPF_MAP_TYPE_RINGBUF, .max_entries = 4096, .name = "trace"};
	const uint8_t two_peers[32] = {
		[16] = 10, [17] = 42, [18] = 5,	 [19] = 12, [20] = 0x30, [21] = 0x39, [22] = 2,
		[23] = 66, [24] = 10, [25] = 42, [26] = 5,  [27] = 12,	 [28] = 1};
	/* The second is one more than a JSON number carries. */
	const uint64_t two_counts[] = {31, (1ull << 53) + 1};

	json_key(&json, "maps");
	json_open(&json, '[');
	write_map(&peers, &types, two_peers);
	write_map(&counters, &types, two_counts);
	map_write_head(&json, &ring);
	json_key(&json, "entries");
	json_open(&json, '[');
	json_close(&json, ']');
	map_write_tail(&json, NULL, map_unreadable(&ring));
	json_close(&json, ']');
	btf__free(types.btf);
}

int main(void)
{
	hello_write(&json, &(struct hello){.kernel = "6.18.44", .cpus = 2, .btf = true});
	print();
	look_begin(&json, 1790000200123456, true);
	write_programs();
	write_replicas();
	write_maps();
	look_end(&json, 1234567);
	print();
	problem_write(&json, "the kernel shows its BPF programs to nobody without CAP_SYS_ADMIN");
	print();
	json_free(&json);
	return 0;
}
