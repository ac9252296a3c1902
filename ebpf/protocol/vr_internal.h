/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the core share; nobody outside protocol/ includes it. */
#ifndef LAB_VR_INTERNAL_H
#define LAB_VR_INTERNAL_H

#include "client_table.h"
#include "kv.h"
#include "log.h"
#include "quorum.h"
#include "vr.h"

/* PREPAREs sent again at once, to one follower: enough to refill a gap, too few to flood a socket. */
#define VR_RESEND_MAX 64
/* How far back a bcast_seq may arrive and still be told from a duplicate. */
#define VR_RECEIPT_SPAN 65536u
/* A follower that stays silent is resent to ever more rarely, up to resend_ticks << this. */
#define VR_RESEND_BACKOFF_MAX 4

struct vr_peer {
	uint32_t incarnation; /* of its present life, 0 until heard */
	bool ready; /* answered in its present life */
	bool remembers_earlier_leader; /* it followed an earlier life of this leader */
	uint8_t backoff;
	uint64_t
		silent_since; /* tick of its last progress, or of the last moment it owed nothing */
	uint64_t hello_at; /* next HELLO, while it isn't ready */
};

struct vr_receipts {
	uint64_t highest;
	uint64_t seen[VR_RECEIPT_SPAN / 64]; /* a ring of bits, bit = bcast_seq % VR_RECEIPT_SPAN */
};

struct vr {
	struct vr_env env;
	struct vr_config config;
	struct log log;
	struct client_table clients;
	struct kv kv;
	uint8_t *scratch; /* result of an operation whose client isn't in the table */

	enum vr_health health;
	uint32_t view;
	uint8_t leader;
	uint8_t window;
	uint64_t mark_op;
	uint64_t commit;
	uint64_t now;
	uint64_t started; /* tick of the first vr_tick */
	bool ticking;

	/* leader */
	struct quorum quorum;
	uint64_t bcast_seq;
	uint64_t broadcast_at; /* tick of the last broadcast */

	/* follower */
	uint32_t leader_incarnation; /* the life that is followed, 0 until heard */
	uint32_t first_leader_incarnation; /* the first one ever heard, told in HELLO */
	uint64_t highest; /* the highest op that is known to exist */
	uint64_t commit_known; /* highest commit the leader told of */
	uint64_t fetch_target; /* last op asked for */
	uint64_t fetch_again_at;
	bool ack_due;

	struct vr_peer peers[WIRE_MAX_REPLICAS + 1];
	struct vr_window_counters windows[WIRE_WINDOWS];
	uint64_t drops[VR_DROP_END];
	struct vr_receipts receipts;
};

static inline bool vr_leads(const struct vr *vr)
{
	return vr->leader == vr->config.id;
}

static inline bool vr_serves(const struct vr *vr)
{
	return vr_leads(vr) && vr->health == VR_NORMAL;
}

/* a is a later life than b, with wrap-around. */
static inline bool vr_later(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) > 0;
}

static inline void vr_drop(struct vr *vr, enum vr_drop cause)
{
	vr->drops[cause]++;
}

/* A message of this replica with the fields that every type carries. */
static inline struct vr_msg vr_message(const struct vr *vr, enum wire_type type)
{
	return (struct vr_msg){
		.type = (uint8_t)type,
		.sender = vr->config.id,
		.window = vr->window,
		.incarnation = vr->config.incarnation,
		.view = vr->view,
		.commit = vr->commit,
	};
}

/* vr_commit.c: executes commit + 1 .. op, which must be within the prefix, and answers clients. */
void vr_commit_through(struct vr *vr, uint64_t op);
void vr_send_reply(struct vr *vr, const struct client *client);

/* vr_leader.c: the client's side of the leader. */
void vr_leader_request(struct vr *vr, const struct vr_msg *msg, vr_return_address from);
void vr_leader_probe(struct vr *vr, vr_return_address from);
void vr_leader_mark(struct vr *vr, const struct vr_msg *msg, vr_return_address from);
void vr_leader_broadcast(struct vr *vr, struct vr_msg *msg);

/* vr_replication.c: the followers' side of the leader. */
void vr_leader_prepare_ok(struct vr *vr, const struct vr_msg *msg);
void vr_leader_fetch(struct vr *vr, const struct vr_msg *msg);
void vr_leader_tick(struct vr *vr);
struct vr_msg vr_prepare_message(const struct vr *vr, uint64_t op);

/* vr_follower.c */
void vr_follower_receive(struct vr *vr, const struct vr_msg *msg);
void vr_follower_flush(struct vr *vr);

/* vr_receipts.c: counts a first-transmission broadcast that arrived here. */
void vr_note_receipt(struct vr *vr, uint64_t bcast_seq, uint8_t window);
void vr_forget_receipts(struct vr *vr);

/* vr_hello.c: who lives in which incarnation. */
void vr_hello_receive(struct vr *vr, const struct vr_msg *msg);
void vr_hello_tick(struct vr *vr);
/* Whether msg comes from its sender's present life; a later life than the known one is taken over. */
bool vr_peer_is_present(struct vr *vr, const struct vr_msg *msg);
/* Whether msg comes from the life of the leader that is followed here; the first one heard is. */
bool vr_leader_is_followed(struct vr *vr, const struct vr_msg *msg);

#endif
