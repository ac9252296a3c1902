// SPDX-License-Identifier: Apache-2.0
#include "value_sampler.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

enum colour { RED = 0, GREEN = 1, BLUE = 7 };

struct key {
	uint32_t a, b;
};

struct sample {
	uint64_t big, fits;
	int32_t below;
	enum colour colour;
	bool yes;
	char text[7];
	uint8_t bytes[4]; /* BTF says three */
	union {
		uint32_t word;
		uint16_t half;
	} both;
	uint32_t low : 3;
	int32_t high : 5;
	struct {
		uint16_t inner;
	};
	uint16_t later;
};

struct sum {
	uint64_t count;
	int32_t down;
	enum colour colour;
	enum colour mixed;
	uint32_t nested[2];
};

/* BTF type ids. */
struct types {
	struct btf *btf;
	int fd;
	int u8, u16, u32, u64, s32, character, boolean, colour;
	int key, sample, sum, function;
};

static int check(int id)
{
	if (id < 0) {
		errno = -id;
		report_fatal("describing the sampler's types");
	}
	return id;
}

static void add_scalars(struct types *types)
{
	struct btf *btf = types->btf;

	types->u8 = check(btf__add_int(btf, "unsigned char", 1, 0));
	types->u16 = check(btf__add_int(btf, "unsigned short", 2, 0));
	types->u32 = check(btf__add_int(btf, "unsigned int", 4, 0));
	types->u64 = check(btf__add_int(btf, "unsigned long long", 8, 0));
	types->s32 = check(btf__add_int(btf, "int", 4, BTF_INT_SIGNED));
	/* As clang says `char`. */
	types->character = check(btf__add_int(btf, "char", 1, BTF_INT_SIGNED));
	types->boolean = check(btf__add_int(btf, "_Bool", 1, BTF_INT_BOOL));
	types->colour = check(btf__add_enum(btf, "colour", 4));
	check(btf__add_enum_value(btf, "RED", RED));
	check(btf__add_enum_value(btf, "GREEN", GREEN));
	check(btf__add_enum_value(btf, "BLUE", BLUE));
}

static int add_alias(const struct types *types)
{
	int fixed = check(btf__add_const(types->btf, types->u16));

	return check(btf__add_typedef(types->btf, "alias", fixed));
}

static void field(const struct types *types, const char *name, int type, size_t offset)
{
	check(btf__add_field(types->btf, name, type, offset * 8, 0));
}

static void add_sample(struct types *types)
{
	struct btf *btf = types->btf;
	int text = check(btf__add_array(btf, types->u32, types->character, 7));
	int bytes = check(btf__add_array(btf, types->u32, types->u8, 3));
	int alias = add_alias(types);
	const size_t bits = offsetof(struct sample, both) + 4;
	int both, nameless;

	both = check(btf__add_union(btf, NULL, 4));
	field(types, "word", types->u32, 0);
	field(types, "half", types->u16, 0);
	nameless = check(btf__add_struct(btf, NULL, 2));
	field(types, "inner", types->u16, 0);
	types->sample = check(btf__add_struct(btf, "sample", sizeof(struct sample)));
	field(types, "big", types->u64, offsetof(struct sample, big));
	field(types, "fits", types->u64, offsetof(struct sample, fits));
	field(types, "below", types->s32, offsetof(struct sample, below));
	field(types, "colour", types->colour, offsetof(struct sample, colour));
	field(types, "yes", types->boolean, offsetof(struct sample, yes));
	field(types, "text", text, offsetof(struct sample, text));
	field(types, "bytes", bytes, offsetof(struct sample, bytes));
	field(types, "both", both, offsetof(struct sample, both));
	check(btf__add_field(btf, "low", types->u32, bits * 8, 3));
	check(btf__add_field(btf, "high", types->s32, bits * 8 + 3, 5));
	field(types, NULL, nameless, offsetof(struct sample, inner));
	field(types, "later", alias, offsetof(struct sample, later));
}

static void add_sum(struct types *types)
{
	int pair = check(btf__add_array(types->btf, types->u32, types->u32, 2));

	types->sum = check(btf__add_struct(types->btf, "sum", sizeof(struct sum)));
	field(types, "count", types->u64, offsetof(struct sum, count));
	field(types, "down", types->s32, offsetof(struct sum, down));
	field(types, "colour", types->colour, offsetof(struct sum, colour));
	field(types, "mixed", types->colour, offsetof(struct sum, mixed));
	field(types, "nested", pair, offsetof(struct sum, nested));
}

static void add_types(struct types *types)
{
	int proto;

	types->btf = btf__new_empty();
	if (!types->btf)
		report_fatal("making BTF");
	add_scalars(types);
	types->key = check(btf__add_struct(types->btf, "key", sizeof(struct key)));
	field(types, "a", types->u32, 0);
	field(types, "b", types->u32, 4);
	add_sample(types);
	add_sum(types);
	proto = check(btf__add_func_proto(types->btf, types->s32));
	types->function = check(btf__add_func(types->btf, SAMPLER_NAME, BTF_FUNC_STATIC, proto));
	check(btf__load_into_kernel(types->btf));
	types->fd = btf__fd(types->btf);
}

/* One map; key and value: their BTF types, 0 for a map without BTF. */
struct plan {
	const char *name;
	enum bpf_map_type type;
	uint32_t key_bytes, value_bytes, max_entries;
	int key, value;
};

static int make(const struct types *types, const struct plan *plan)
{
	LIBBPF_OPTS(bpf_map_create_opts, options);
	int fd;

	if (plan->value) {
		options.btf_fd = types->fd;
		options.btf_key_type_id = plan->key;
		options.btf_value_type_id = plan->value;
	}
	fd = bpf_map_create(plan->type, plan->name, plan->key_bytes, plan->value_bytes,
			    plan->max_entries, &options);
	if (fd < 0)
		report_fatal("making map %s", plan->name);
	return fd;
}

static void put(int fd, const void *key, const void *value)
{
	if (bpf_map_update_elem(fd, key, value, BPF_ANY))
		report_fatal("filling a map of the sampler");
}

static void fill_samples(int fd)
{
	const struct key key = {.a = 7, .b = 8};
	struct sample sample;

	memset(&sample, 0, sizeof(sample));
	sample.big = (1ull << 53) + 1;
	sample.fits = 1ull << 53;
	sample.below = -5;
	sample.colour = BLUE;
	sample.yes = true;
	memcpy(sample.text, "a\"\nb\xe9", 6);
	memcpy(sample.bytes, "\x01\x02\xff", 3);
	sample.both.word = 65537;
	sample.low = 5;
	sample.high = -3;
	sample.inner = 513;
	sample.later = 77;
	put(fd, &key, &sample);
}

/* Each CPU counts its number plus one; `mixed` is another colour on the last one. */
static void fill_sums(int fd)
{
	const uint32_t first = 0;
	int cpus = libbpf_num_possible_cpus();
	struct sum *sums = calloc(cpus, sizeof(*sums));

	_Static_assert(sizeof(*sums) % 8 == 0, "the kernel rounds a CPU's copy up to words");
	if (!sums)
		report_fatal("no memory");
	for (int cpu = 0; cpu < cpus; cpu++)
		sums[cpu] = (struct sum){.count = cpu + 1,
					 .down = -2,
					 .colour = GREEN,
					 .mixed = cpu == cpus - 1 ? BLUE : RED,
					 .nested = {10, 20}};
	put(fd, &first, sums);
	free(sums);
}

static void fill_many(int fd)
{
	for (uint32_t key = 0; key < SAMPLER_MANY; key++)
		put(fd, &key, &key);
}

#define MAPS 6

static void make_maps(const struct types *types, int fds[MAPS])
{
	const struct plan plans[MAPS] = {
		{"samples", BPF_MAP_TYPE_HASH, 8, sizeof(struct sample), 4, types->key,
		 types->sample},
		{"sums", BPF_MAP_TYPE_PERCPU_ARRAY, 4, sizeof(struct sum), 1, types->u32,
		 types->sum},
		{"many", BPF_MAP_TYPE_HASH, 4, 4, 2 * SAMPLER_MANY, types->u32, types->u32},
		{"nameless", BPF_MAP_TYPE_ARRAY, 4, 8, 2, 0, 0},
		{"ring", BPF_MAP_TYPE_RINGBUF, 0, 0, 4096, 0, 0},
		{"jumps", BPF_MAP_TYPE_PROG_ARRAY, 4, 4, 3, 0, 0},
	};

	for (int i = 0; i < MAPS; i++)
		fds[i] = make(types, &plans[i]);
	fill_samples(fds[0]);
	fill_sums(fds[1]);
	fill_many(fds[2]);
}

/* Names every map and returns 0. */
static int load(const struct types *types, const int fds[MAPS])
{
	struct bpf_func_info function = {.type_id = types->function};
	struct bpf_insn code[2 * MAPS + 2];
	LIBBPF_OPTS(bpf_prog_load_opts, options, .prog_btf_fd = types->fd, .func_info = &function,
		    .func_info_cnt = 1, .func_info_rec_size = sizeof(function));
	int fd;

	memset(code, 0, sizeof(code));
	for (int i = 0; i < MAPS; i++) {
		code[2 * i].code = BPF_LD | BPF_DW | BPF_IMM;
		code[2 * i].dst_reg = BPF_REG_1;
		code[2 * i].src_reg = BPF_PSEUDO_MAP_FD;
		code[2 * i].imm = fds[i];
	}
	code[2 * MAPS].code = BPF_ALU64 | BPF_MOV | BPF_K;
	code[2 * MAPS + 1].code = BPF_JMP | BPF_EXIT;
	fd = bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, SAMPLER_NAME, "GPL", code,
			   sizeof(code) / sizeof(code[0]), &options);
	if (fd < 0)
		report_fatal("loading the sampler");
	return fd;
}

uint32_t value_sampler_load(void)
{
	struct types types = {0};
	struct bpf_prog_info info = {0};
	uint32_t bytes = sizeof(info);
	const uint32_t second = 1;
	int fds[MAPS];
	int program;

	add_types(&types);
	make_maps(&types, fds);
	program = load(&types, fds);
	put(fds[5], &second, &program);
	if (bpf_obj_get_info_by_fd(program, &info, &bytes))
		report_fatal("asking for the sampler's id");
	return info.id;
}
