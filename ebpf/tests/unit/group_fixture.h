/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several cores that talk to each other, for stories that take more than one. Nothing is lost unless a
 * test cuts it off. What they commit is compared op by op: group.agrees stays true.
 */
#ifndef LAB_GROUP_FIXTURE_H
#define LAB_GROUP_FIXTURE_H

#include "vr.h"

#define GROUP_MAX 5
#define GROUP_OPS_MAX 1024
#define GROUP_CLIENTS 4

struct group_message {
	uint8_t from, to;
	struct vr_msg msg; /* payload points into bytes */
	uint8_t bytes[WIRE_PAYLOAD_MAX];
};

struct group {
	uint8_t replicas;
	uint64_t now;
	struct vr *nodes[GROUP_MAX + 1]; /* NULL: dead */
	void *memories[GROUP_MAX + 1];
	uint32_t lives[GROUP_MAX + 1];
	bool cut[GROUP_MAX + 1][GROUP_MAX + 1]; /* from, to */
	/* Called for each message, one that is cut off as well; false drops it. Optional. */
	bool (*lets_pass)(struct group_message *message);

	uint64_t committed[GROUP_MAX + 1]; /* last op of each, in this life */
	uint64_t requests[GROUP_OPS_MAX]; /* by op: client << 32 | request */
	bool agrees;
	unsigned restored[GROUP_MAX + 1];
	uint64_t replied[GROUP_CLIENTS + 1]; /* by client: the last request that was answered */
	uint64_t reply_op[GROUP_CLIENTS + 1];
	char reply[GROUP_CLIENTS + 1][WIRE_PAYLOAD_MAX + 1]; /* its result as text */
	bool memory_lost; /* a client was told so */
};

extern struct group group;

/* N replicas that founded a cluster. 16 ops of log: 7 may be uncommitted, and a checkpoint is soon needed. */
void group_begin(uint8_t replicas);
/* Tick by tick, everything delivered before the next. */
void group_pass(uint64_t ticks);
void group_crash(uint8_t id);
/* A new life without memory. */
void group_start(uint8_t id);
/* Nothing to it or from it any more, or again. */
void group_isolate(uint8_t id, bool cut);
struct vr_status group_status(uint8_t id);
/* Who leads the latest view in status normal, 0 if nobody does. */
uint8_t group_leader(void);
/* PUT of a key; sent to one replica, delivered with all that it causes. */
void group_put_to(uint8_t id, uint32_t client, uint64_t request, const char *value);
/* To the leader: requests `first` to `last` of a client, one after another. */
void group_put(uint32_t client, uint64_t first, uint64_t last);
/* All living replicas executed the same ops, up to the same. */
bool group_is_equal(void);

#endif
