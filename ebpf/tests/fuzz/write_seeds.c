// SPDX-License-Identifier: Apache-2.0
/* Writes the fuzzers' first inputs: write_seeds FOLDER makes FOLDER/{wire,checkpoint,vr}/. */
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "checkpoint.h"
#include "fuzz.h"
#include "fuzz_step.h"
#include "wire_parse.h"

static const char *folder;

static void fail(const char *what)
{
	fprintf(stderr, "write_seeds: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void make_folder(const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (mkdir(path, 0755) && errno != EEXIST)
		fail(path);
}

static void write_seed(const char *name, const void *bytes, size_t count)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	if (!file || fwrite(bytes, 1, count, file) != count || fclose(file))
		fail(path);
}

/* One datagram of each type, with a payload. */
static void write_wire(void)
{
	for (unsigned type = 1; type < WIRE_TYPE_END; type++) {
		uint8_t datagram[WIRE_HEADER_BYTES + 24] = {0};
		struct vr_msg msg = {.type = (uint8_t)type, .sender = 1, .payload_bytes = 24};
		char name[64];

		wire_write_header(datagram, &msg, FUZZ_RUN_ID);
		snprintf(name, sizeof(name), "wire/type-%u", type);
		write_seed(name, datagram, sizeof(datagram));
	}
}

static void write_checkpoint(void)
{
	static uint8_t memory[4096] __attribute__((aligned(64)));
	struct memory_layout layout = {.base = memory};
	struct client_table clients;
	struct client *client;
	uint8_t bytes[256];
	struct kv kv;

	kv_init(&kv, &layout, 4, 8);
	client_table_init(&clients, &layout, 3, 8);
	write_seed("checkpoint/empty", bytes, checkpoint_write(bytes, &kv, &clients));
	kv.bytes[1] = 5;
	memcpy(kv_value(&kv, 1), "value", 5);
	client = client_table_obtain(&clients, 3);
	client->executed = 2;
	client->reply_bytes = 5;
	memcpy(client_reply(&clients, client), "reply", 5);
	write_seed("checkpoint/small", bytes, checkpoint_write(bytes, &kv, &clients));
}

static uint8_t script[4096];
static size_t script_bytes;

static void begin_script(uint8_t id, uint8_t founded)
{
	struct fuzz_begin begin = {.replicas = 0, .id = (uint8_t)(id - 1), .founded = founded};

	memcpy(script, &begin, sizeof(begin));
	script_bytes = sizeof(begin);
}

static void add(struct fuzz_step step)
{
	if (script_bytes + sizeof(step) > sizeof(script))
		abort();
	memcpy(script + script_bytes, &step, sizeof(step));
	script_bytes += sizeof(step);
}

/* Numbers as the core has them; the caller names what differs. */
static struct fuzz_step message(enum wire_type type, uint8_t sender)
{
	return (struct fuzz_step){
		.kind = FUZZ_MESSAGE,
		.type = (uint8_t)type,
		.sender = sender,
		.life = FUZZ_NEAR,
		.view = FUZZ_NEAR,
		.op = FUZZ_NEAR,
		.commit = FUZZ_NEAR,
		.request = FUZZ_NEAR,
		.bcast_seq = FUZZ_NEAR,
		.client = 1,
	};
}

static void add_ticks(uint8_t ticks)
{
	add((struct fuzz_step){.kind = FUZZ_TICK, .type = ticks});
}

/* The op that lies so many behind the last that is held; one more than before is told to be committed. */
static void add_op(enum wire_type type, uint8_t sender, uint8_t ops_on)
{
	struct fuzz_step step = message(type, sender);

	step.op = (uint8_t)(step.op + ops_on);
	step.commit++;
	step.payload = FUZZ_OP;
	add(step);
	add((struct fuzz_step){.kind = FUZZ_FLUSH});
}

static void add_request(void)
{
	struct fuzz_step step = message(WIRE_REQUEST, 0);

	step.request++;
	step.payload = FUZZ_OP;
	add(step);
	add(step); /* it comes twice */
	add(message(WIRE_PREPARE_OK, 2));
}

/* Asks for ops from so many before the last on. */
static void add_fetch(uint8_t flags, uint8_t ops_back)
{
	struct fuzz_step step = message(WIRE_FETCH, 2);

	step.flags = flags;
	step.op = (uint8_t)(step.op - ops_back);
	step.request++;
	add(step);
}

static void add_summary(enum wire_type type, uint8_t sender, uint8_t views_on, uint8_t ops_on)
{
	struct fuzz_step step = message(type, sender);

	step.view = (uint8_t)(step.view + views_on);
	step.op = (uint8_t)(step.op + ops_on);
	step.payload = FUZZ_SUMMARY;
	add(step);
}

static void end_script(const char *name)
{
	write_seed(name, script, script_bytes);
}

static void write_normal_operation(void)
{
	begin_script(2, 1);
	for (unsigned i = 0; i < 20; i++)
		add_op(WIRE_PREPARE, 1, 1);
	end_script("vr/follower");
	begin_script(1, 1);
	for (unsigned i = 0; i < 20; i++)
		add_request();
	add_ticks(10);
	add_fetch(0, 3);
	add_fetch(0, 18);
	add_fetch(WIRE_F_ADOPT, 18);
	add(message(WIRE_GET_STATE, 3));
	end_script("vr/leader");
}

static void write_views(void)
{
	begin_script(2, 1);
	add_op(WIRE_PREPARE, 1, 1);
	add_summary(WIRE_DO_VIEW_CHANGE, 3, 1, 2);
	for (uint8_t ops_on = 0; ops_on <= 2; ops_on++)
		add_op(WIRE_ENTRY, 3, ops_on);
	add(message(WIRE_PREPARE_OK, 1));
	add_request();
	end_script("vr/new-leader");
	begin_script(3, 1);
	add_op(WIRE_PREPARE, 1, 1);
	add_summary(WIRE_START_VIEW, 2, 1, 1);
	for (uint8_t ops_on = 0; ops_on <= 1; ops_on++)
		add_op(WIRE_ENTRY, 2, ops_on);
	add_op(WIRE_PREPARE, 2, 1);
	end_script("vr/start-view");
	begin_script(1, 1);
	add_request();
	add_ticks(40);
	add_ticks(2);
	add(message(WIRE_PREPARE_OK, 2));
	add_summary(WIRE_DO_VIEW_CHANGE, 3, 3, 0);
	end_script("vr/second-term");
}

static void write_recovery(void)
{
	struct fuzz_step state = message(WIRE_STATE, 1);

	begin_script(3, 0);
	add_summary(WIRE_RECOVERY_RESPONSE, 2, 0, 2);
	add_summary(WIRE_RECOVERY_RESPONSE, 1, 0, 2);
	state.op++;
	state.payload = FUZZ_STATE;
	add(state);
	add_op(WIRE_ENTRY, 1, 1);
	add_op(WIRE_PREPARE, 1, 1);
	end_script("vr/recovery");
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: write_seeds FOLDER\n");
		return 2;
	}
	folder = argv[1];
	make_folder("wire");
	make_folder("checkpoint");
	make_folder("vr");
	write_wire();
	write_checkpoint();
	write_normal_operation();
	write_views();
	write_recovery();
	return 0;
}
