/* SPDX-License-Identifier: Apache-2.0 */
/* One core under test: hand-made messages in, everything it sends recorded. */
#ifndef LAB_REPLICA_FIXTURE_H
#define LAB_REPLICA_FIXTURE_H

#include "vr.h"

#define SENT_MAX 1024
#define LEADER_LIFE 1000 /* incarnation of replica 1 */
#define LIFE_OF(id) ((uint32_t)(100u * (id))) /* first incarnation of a follower */

enum sent_how { SENT_TO_REPLICA, SENT_BROADCAST, SENT_TO_CLIENT };

struct sent {
	enum sent_how how;
	uint64_t to; /* replica id or return address */
	struct vr_msg msg; /* payload points into bytes */
	uint8_t bytes[64];
};

struct replica_fixture {
	void *memory;
	struct vr *vr;
	unsigned others; /* replicas - 1 */
	struct sent sent[SENT_MAX];
	unsigned sent_count;
	uint64_t committed; /* calls of committed; each must be the next op */
	bool committed_in_order;
};

/* A config with small bounds: 256 ops, 8192 bytes, 4 clients, values of 16 bytes; ticks 10/50/5/100. */
struct vr_config fixture_config(uint8_t id, uint8_t replicas);
struct replica_fixture *fixture_begin(const struct vr_config *config);
/* A leader of `replicas` whose followers have all answered; nothing recorded so far. */
struct replica_fixture *fixture_leader(uint8_t replicas);
/* Follower `id` of 3 that follows LEADER_LIFE; nothing recorded so far. */
struct replica_fixture *fixture_follower(uint8_t id);
void fixture_end(struct replica_fixture *fixture);

void fixture_forget(struct replica_fixture *fixture);
/* The last message of that type, or NULL. */
const struct sent *fixture_last(const struct replica_fixture *fixture, enum wire_type type);
unsigned fixture_count(const struct replica_fixture *fixture, enum wire_type type);
struct vr_status fixture_status(const struct replica_fixture *fixture);

/* Messages to the core. Values are short texts. */
void send_put(struct replica_fixture *fixture, uint32_t client, uint64_t request, const char *value,
	      vr_return_address from);
void send_prepare_ok(struct replica_fixture *fixture, uint8_t from, uint32_t life, uint64_t op);
void send_hello(struct replica_fixture *fixture, uint8_t from, uint32_t life, uint64_t op,
		uint64_t followed);
/* From the leader; bcast_seq 0 makes it a resend. flush follows. */
void send_prepare(struct replica_fixture *fixture, uint64_t op, uint64_t commit,
		  uint64_t bcast_seq);
void send_from_leader(struct replica_fixture *fixture, const struct vr_msg *msg);

#endif
