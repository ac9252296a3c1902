/* SPDX-License-Identifier: Apache-2.0 */
/* What a test says to the replica of replica_fixture.h, and how it reads what that says. */
#ifndef LAB_REPLICA_MESSAGES_H
#define LAB_REPLICA_MESSAGES_H

#include "replica_fixture.h"

/* What a summary tells beyond the header. */
struct told {
	uint32_t last_normal;
	uint64_t hash;
	uint32_t lives[WIRE_MAX_REPLICAS + 1];
};

struct told told_by(const struct vr_msg *msg);

/* A message of a replica; incarnation 0 stands for its first. A flush follows. */
void hear(const struct vr_msg *msg);
/* One that tells of a log. */
void hear_told(const struct vr_msg *msg, const struct told *told);
/* Tick by tick, each with a flush. */
void pass(uint64_t ticks);

/* A client asks the replica. */
void ask(uint32_t client, uint64_t request, const char *value);
void ask_knowing(uint32_t client, uint64_t request, uint64_t known_op);
/* In view 0. bcast_seq 0 makes it a resend. */
void prepare(uint64_t op, uint64_t commit, uint64_t bcast_seq);
/* The op that PREPARE carries in `view`: client 1, request op, PUT of a value that names the view. */
struct vr_msg op_of_view(enum wire_type type, uint64_t op, uint32_t view);
/* Chain over 1..op, the ops from `changed` on being those of `view`, the others of view 0. */
uint64_t chain_of(uint64_t op, uint64_t changed, uint32_t view);
void acknowledge(uint8_t from, uint64_t op);

#endif
