// SPDX-License-Identifier: Apache-2.0
#include "replica.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "say.h"

static void answer_status(struct replica *replica, char *answer, size_t bytes)
{
	vr_status(replica->vr, &replica->status);
	replica_say_status(replica, &replica->answers);
	snprintf(answer, bytes, "%.*s", (int)replica->answers.bytes - 1, replica->answers.line);
}

static void answer_hash(struct replica *replica, const char *argument, char *answer, size_t bytes)
{
	char *end;
	uint64_t op = strtoull(argument, &end, 10);
	uint64_t hash;

	if (end == argument || *end)
		snprintf(answer, bytes, "{\"error\":\"the op must be a whole number\"}");
	else if (!vr_hash_at(replica->vr, op, &hash))
		snprintf(answer, bytes,
			 "{\"error\":\"op %" PRIu64
			 " is not committed here or no longer held; held "
			 "are %" PRIu64 " to %" PRIu64 "\"}",
			 op, replica->status.first, replica->status.commit);
	else
		snprintf(answer, bytes, "{\"op\":%" PRIu64 ",\"hash\":\"%016" PRIx64 "\"}", op,
			 hash);
}

static void answer_offloads(struct replica *replica, const char *argument, char *answer,
			    size_t bytes)
{
	bool clone = !strcmp(argument, "tc_broadcast");
	int err;

	if (!clone && *argument) {
		snprintf(answer, bytes, "{\"error\":\"offloads are nothing or tc_broadcast\"}");
		return;
	}
	/*
	 * Cloning is on for as long as flagged datagrams may be sent, so that none goes to
	 * one follower alone.
	 */
	if (!clone)
		replica->broadcast.flagged = false;
	err = offload_set_clone(&replica->offload, clone);
	if (err) {
		snprintf(answer, bytes, "{\"error\":\"the program could not be switched: %s\"}",
			 strerror(-err));
		return;
	}
	replica->broadcast.flagged = clone;
	say(SAY_NOTICE, "control", "offloads are now \"%s\"", argument);
	snprintf(answer, bytes, "{\"offloads\":\"%s\"}", clone ? "tc_broadcast" : "");
}

void replica_answer(void *ctx, char *request, char *answer, size_t answer_bytes)
{
	struct replica *replica = ctx;
	char *argument = strchr(request, ' ');

	if (argument)
		*argument++ = '\0';
	if (!strcmp(request, "status"))
		answer_status(replica, answer, answer_bytes);
	else if (!strcmp(request, "hash") && argument)
		answer_hash(replica, argument, answer, answer_bytes);
	else if (!strcmp(request, "offloads") && argument)
		answer_offloads(replica, argument, answer, answer_bytes);
	else
		snprintf(answer, answer_bytes,
			 "{\"error\":\"status, hash OP or offloads \\\"\\\"|tc_broadcast\"}");
}
