/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One core under test: hand-made messages in, everything that it sends recorded. There is one at a
 * time, `replica`; beginning the next one ends it.
 */
#ifndef LAB_REPLICA_FIXTURE_H
#define LAB_REPLICA_FIXTURE_H

#include "vr.h"

#define SENT_MAX 512
#define LIFE_OF(id) (100u * (id)) /* the first incarnation of a replica */
#define RESEND_TICKS 10
#define HEARTBEAT_TICKS 20
#define VIEW_CHANGE_TICKS 100

enum sent_how { SENT_TO_REPLICA, SENT_BROADCAST, SENT_TO_CLIENT };

struct sent {
	enum sent_how how;
	uint64_t to; /* replica id or return address */
	struct vr_msg msg; /* payload points into bytes */
	uint8_t bytes[WIRE_PAYLOAD_MAX];
};

struct replica_fixture {
	void *memory;
	struct vr *vr;
	uint64_t now;
	unsigned others; /* replicas - 1 */
	struct sent sent[SENT_MAX];
	unsigned sent_count;
	uint64_t committed; /* the last op; each must be the next */
	bool committed_in_order;
	unsigned views_entered;
	bool entered_as_leader;
	unsigned views_left;
	struct vr_view_counts left; /* the last one */
};

extern struct replica_fixture *replica;

/* Small bounds: 64 ops (31 uncommitted), 4 clients, 8 keys, values of 16 bytes. */
struct vr_config fixture_config(uint8_t id, uint8_t replicas);
/* Without memory, at tick 0. */
void fixture_begin(const struct vr_config *config);
/* A founder, of view 0: replica 1 leads it. Nothing recorded so far. */
void fixture_founded(uint8_t id, uint8_t replicas);
/* The first lives of all. */
void fixture_lives(uint32_t lives[WIRE_MAX_REPLICAS + 1], uint8_t replicas);

void forget_sent(void);
unsigned count_sent(enum wire_type type);
unsigned count_sent_to(enum wire_type type, uint64_t to);
/* The last of its type; one of type 0 if there is none. */
const struct vr_msg *last_sent(enum wire_type type);
struct vr_status status(void);
uint64_t dropped(enum vr_drop cause);

#endif
