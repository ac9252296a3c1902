// SPDX-License-Identifier: Apache-2.0
#include "fault_say.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include "json.h"

#define PATIENCE_MS 1000

static struct json json;

static void begin(const char *event)
{
	json_reset(&json);
	json_open(&json, '{');
	json_text_field(&json, "event", event);
}

/* A pipe that is ready takes PIPE_BUF bytes without waiting, and no more for sure. */
static int send_piece(const char *bytes, size_t count)
{
	struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};
	int polled = poll(&ready, 1, PATIENCE_MS);
	ssize_t sent;

	if (polled < 0)
		return -errno;
	if (!polled)
		return -ETIMEDOUT;
	sent = write(STDOUT_FILENO, bytes, count < PIPE_BUF ? count : PIPE_BUF);
	return sent < 0 ? -errno : (int)sent;
}

static int end(void)
{
	size_t sent = 0;

	json_close(&json, '}');
	json_newline(&json);
	if (json.failed)
		return -ENOMEM;
	while (sent < json.bytes) {
		int bytes = send_piece(json.text + sent, json.bytes - sent);

		if (bytes < 0 && bytes != -EINTR)
			return bytes;
		sent += bytes < 0 ? 0 : (size_t)bytes;
	}
	return 0;
}

int fault_say_ready(void)
{
	begin("ready");
	return end();
}

int fault_say_done(uint64_t seq)
{
	begin("done");
	json_number_field(&json, "seq", seq);
	return end();
}

int fault_say_failed(uint64_t seq, const char *message)
{
	begin("failed");
	json_number_field(&json, "seq", seq);
	json_text_field(&json, "message", message);
	return end();
}

static void put_counts(const struct fault_target *target)
{
	for (uint32_t sender = 0; sender < FAULT_SENDERS; sender++) {
		const struct fault_count count = fault_program_count(&target->program, sender);

		if (!count.lost && !count.doubled)
			continue;
		json_open(&json, '{');
		json_text_field(&json, "target", target->name);
		json_number_field(&json, "from", sender);
		json_number_field(&json, "lost", count.lost);
		json_number_field(&json, "doubled", count.doubled);
		json_close(&json, '}');
	}
}

int fault_say_counts(const struct fault_targets *targets)
{
	begin("counts");
	json_key(&json, "counts");
	json_open(&json, '[');
	for (size_t i = 0; i < targets->count; i++)
		put_counts(&targets->all[i]);
	json_close(&json, ']');
	return end();
}

int fault_say_problem(const char *message)
{
	begin("problem");
	json_text_field(&json, "message", message);
	return end();
}
