// SPDX-License-Identifier: Apache-2.0
/*
 * u32 keys, then { u32 key, u16 bytes, value } of each that was written;
 * u32 clients, then { u32 id, u16 bytes, u64 executed, u64 reply_op, reply } of each.
 * All integers in network byte order.
 */
#include "checkpoint.h"

#include <endian.h>
#include <string.h>

#include "vr_hooks.h"

#define COUNT_BYTES 4u
#define KEY_BYTES 6u
#define CLIENT_BYTES 22u

struct reader {
	const uint8_t *at, *end;
	bool failed;
};

size_t checkpoint_bytes_max(const struct kv *kv, const struct client_table *clients)
{
	return 2 * COUNT_BYTES + (size_t)kv->keys * (KEY_BYTES + kv->value_max_bytes) +
	       (size_t)clients->capacity * (CLIENT_BYTES + clients->reply_max_bytes);
}

static uint8_t *put(uint8_t *at, const void *from, size_t bytes)
{
	if (bytes)
		memcpy(at, from, bytes);
	return at + bytes;
}

static uint8_t *put_u16(uint8_t *at, uint16_t value)
{
	uint16_t wire = htobe16(value);

	return put(at, &wire, sizeof(wire));
}

static uint8_t *put_u32(uint8_t *at, uint32_t value)
{
	uint32_t wire = htobe32(value);

	return put(at, &wire, sizeof(wire));
}

static uint8_t *put_u64(uint8_t *at, uint64_t value)
{
	uint64_t wire = htobe64(value);

	return put(at, &wire, sizeof(wire));
}

static uint8_t *put_keys(uint8_t *at, const struct kv *kv)
{
	uint8_t *count_at = at;
	uint32_t count = 0;

	at += COUNT_BYTES;
	for (uint32_t key = 0; key < kv->keys; key++) {
		if (!kv->bytes[key])
			continue;
		at = put_u32(at, key);
		at = put_u16(at, kv->bytes[key]);
		at = put(at, kv_value(kv, key), kv->bytes[key]);
		count++;
	}
	put_u32(count_at, count);
	return at;
}

static uint8_t *put_clients(uint8_t *at, const struct client_table *clients)
{
	uint8_t *count_at = at;
	uint32_t count = 0;

	at += COUNT_BYTES;
	for (uint32_t i = 0; i < clients->count; i++) {
		const struct client *client = &clients->clients[i];

		/* One that only asked so far did nothing yet. */
		if (!client->executed || VR_HOOK_CHECKPOINT_WITHOUT_CLIENTS)
			continue;
		at = put_u32(at, client->id);
		at = put_u16(at, client->reply_bytes);
		at = put_u64(at, client->executed);
		at = put_u64(at, client->reply_op);
		at = put(at, client_reply(clients, client), client->reply_bytes);
		count++;
	}
	put_u32(count_at, count);
	return at;
}

size_t checkpoint_write(uint8_t *buffer, const struct kv *kv, const struct client_table *clients)
{
	uint8_t *at = put_keys(buffer, kv);

	return (size_t)(put_clients(at, clients) - buffer);
}

static const uint8_t *take(struct reader *reader, size_t bytes)
{
	const uint8_t *taken = reader->at;

	if (reader->failed || bytes > (size_t)(reader->end - reader->at)) {
		reader->failed = true;
		return NULL;
	}
	reader->at += bytes;
	return taken;
}

static uint16_t take_u16(struct reader *reader)
{
	const uint8_t *taken = take(reader, 2);
	uint16_t wire = 0;

	if (taken)
		memcpy(&wire, taken, sizeof(wire));
	return be16toh(wire);
}

static uint32_t take_u32(struct reader *reader)
{
	const uint8_t *taken = take(reader, 4);
	uint32_t wire = 0;

	if (taken)
		memcpy(&wire, taken, sizeof(wire));
	return be32toh(wire);
}

static uint64_t take_u64(struct reader *reader)
{
	const uint8_t *taken = take(reader, 8);
	uint64_t wire = 0;

	if (taken)
		memcpy(&wire, taken, sizeof(wire));
	return be64toh(wire);
}

/* kv NULL: only looks whether it makes sense, and so below. */
static void read_key(struct reader *reader, const struct kv *bounds, struct kv *kv)
{
	uint32_t key = take_u32(reader);
	uint16_t bytes = take_u16(reader);
	const uint8_t *value = take(reader, bytes);

	if (!value || key >= bounds->keys || bytes > bounds->value_max_bytes) {
		reader->failed = true;
		return;
	}
	if (!kv)
		return;
	kv->bytes[key] = bytes;
	memcpy(kv_value(kv, key), value, bytes);
}

static void read_client(struct reader *reader, const struct client_table *bounds,
			struct client_table *clients)
{
	uint32_t id = take_u32(reader);
	uint16_t bytes = take_u16(reader);
	uint64_t executed = take_u64(reader);
	uint64_t reply_op = take_u64(reader);
	const uint8_t *reply = take(reader, bytes);
	struct client *client;

	if (!reply || bytes > bounds->reply_max_bytes) {
		reader->failed = true;
		return;
	}
	if (!clients)
		return;
	client = client_table_obtain(clients, id);
	client->request = executed;
	client->executed = executed;
	client->reply_op = reply_op;
	client->reply_bytes = bytes;
	memcpy(client_reply(clients, client), reply, bytes);
}

struct target {
	struct kv *kv; /* both NULL: a look alone */
	struct client_table *clients;
};

static bool read_all(const uint8_t *buffer, size_t bytes, const struct target *bounds,
		     const struct target *target)
{
	struct reader reader = {.at = buffer, .end = buffer + bytes};
	uint32_t left = take_u32(&reader);

	for (; left && !reader.failed; left--)
		read_key(&reader, bounds->kv, target->kv);
	left = take_u32(&reader);
	if (left > bounds->clients->capacity)
		return false;
	for (; left && !reader.failed; left--)
		read_client(&reader, bounds->clients, target->clients);
	return !reader.failed && reader.at == reader.end;
}

bool checkpoint_read(const uint8_t *buffer, size_t bytes, struct kv *kv,
		     struct client_table *clients)
{
	const struct target state = {.kv = kv, .clients = clients};
	const struct target nothing = {0};

	/* Looked through before anything is replaced: half a state would be none. */
	if (!read_all(buffer, bytes, &state, &nothing))
		return false;
	kv_clear(kv);
	client_table_clear(clients);
	return read_all(buffer, bytes, &state, &state);
}
