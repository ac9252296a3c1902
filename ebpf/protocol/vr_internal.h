/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the core share; nobody outside protocol/ includes it. */
#ifndef LAB_VR_INTERNAL_H
#define LAB_VR_INTERNAL_H

#include "client_table.h"
#include "kv.h"
#include "log.h"
#include "quorum.h"
#include "vr.h"

/* Operations sent again at once, to one replica: enough to refill a gap, too few to flood a socket. */
#define VR_RESEND_MAX 64
/* How far back a bcast_seq may arrive and still be told from a duplicate. */
#define VR_RECEIPT_SPAN 65536u
/* A follower that stays silent is resent to ever more rarely, up to resend_ticks << this. */
#define VR_RESEND_BACKOFF_MAX 4
/* A view change that failed makes the next one more patient, up to view_change_ticks << this. */
#define VR_VIEW_CHANGE_BACKOFF_MAX 3

/* What DO_VIEW_CHANGE, START_VIEW and RECOVERY_RESPONSE tell of a log. */
struct vr_log_summary {
	uint32_t view; /* of the message */
	uint32_t last_normal;
	uint32_t founders; /* bit i: lives[i] founded the cluster */
	uint64_t op, commit, hash, mark_op;
	uint32_t lives[WIRE_MAX_REPLICAS + 1];
};

/* What is known of another replica. */
struct vr_peer {
	uint32_t incarnation; /* of its present life, 0 until heard */
	uint64_t heard_at; /* tick of its last message in this view */
	bool heard;

	/* as a follower of ours */
	bool follows; /* it acknowledged in this view */
	uint8_t window; /* it says it is in */
	uint64_t received_seq; /* latest broadcast of this view that it says it received */
	uint8_t backoff;
	uint64_t
		silent_since; /* tick of its last progress, or of the last moment it owed nothing */

	/* view change */
	uint32_t wants; /* the view of its last START_VIEW_CHANGE */
	uint64_t wanted_at;
	bool promised; /* its DO_VIEW_CHANGE for our view is in `log` */
	uint64_t told_at; /* tick at which we last told it of the present view */
	bool told;

	/* recovery: of its answers to our present life */
	bool responded; /* `log` is that of its RECOVERY_RESPONSE */
	bool remembers; /* it isn't without memory, whether it may answer or not */
	bool fresh; /* it has no memory either; `log.lives` is whom it knows to be so */
	bool is_founder; /* somebody who remembers says so of its present life: it has nothing to recover */
	uint32_t founder_life; /* the life with which we founded the cluster */

	struct vr_log_summary log;
};

struct vr_receipts {
	uint64_t highest;
	uint64_t seen[VR_RECEIPT_SPAN / 64]; /* a ring of bits, bit = bcast_seq % VR_RECEIPT_SPAN */
};

/* The log of another replica that is being taken over; see vr_adopt.c. */
struct vr_adoption {
	bool active;
	uint8_t source;
	uint64_t op; /* its log reaches to here */
	uint64_t commit; /* ops 1..commit of it are committed */
	uint64_t hash; /* chain over its ops 1..op */
	uint64_t fetch_target, fetch_again_at;
	struct log incoming; /* its ops behind our commit */
};

/* A checkpoint on its way in or out; see vr_transfer.c. One buffer: who lacks a state has none to give. */
struct vr_transfer {
	uint8_t *buffer;
	size_t capacity;
	bool taken; /* ours, to be sent */
	bool receiving;
	uint8_t source;
	uint64_t op, hash;
	uint32_t bytes; /* of the whole */
	uint32_t received;
	uint64_t again_at;
	uint64_t taken_count, installed_count;
};

struct vr {
	struct vr_env env;
	struct vr_config config;
	struct log log;
	struct client_table clients;
	struct kv kv;
	uint8_t *scratch; /* result of an operation whose client isn't in the table */
	uint64_t uncommitted_max;

	enum vr_health health;
	uint32_t view;
	uint32_t last_normal;
	uint8_t leader; /* of view */
	uint8_t window;
	uint64_t mark_op;
	uint64_t commit;
	uint64_t now;
	bool ticking;

	/* leader */
	struct quorum quorum;
	uint64_t bcast_seq;
	uint64_t broadcast_at; /* tick of the last broadcast */
	vr_return_address mark_from; /* the client that waits for MARK_OK */
	bool mark_waits;
	uint64_t doubt_op; /* a client knows of this op and it isn't here; 0: no doubt */
	uint64_t doubt_seq; /* last broadcast before it told so */

	/* follower */
	uint32_t leader_incarnation; /* of this view's leader, 0 until heard */
	uint64_t leader_heard_at;
	uint64_t highest; /* the highest op of this view that is known to exist */
	uint64_t commit_known; /* highest commit anybody told of */
	uint64_t fetch_target; /* last op asked for */
	uint64_t fetch_again_at;
	bool ack_due;

	/* view change; wanted > view is a wish, which binds nobody */
	uint32_t wanted;
	uint64_t wanted_at; /* tick at which the wish or the promise was made */
	uint64_t repeat_at;
	uint8_t view_changes_failed;

	/* recovery */
	uint32_t fresh_lives[WIRE_MAX_REPLICAS +
			     1]; /* known to be without memory, ours among them */
	uint64_t hopeless_since; /* more than f seem to be without memory */
	bool hopeless;
	uint64_t recoveries, views_entered;

	struct vr_adoption adoption;
	struct vr_transfer transfer;
	struct vr_peer peers[WIRE_MAX_REPLICAS + 1];
	struct vr_window_counters windows[WIRE_WINDOWS];
	uint64_t drops[VR_DROP_END];
	struct vr_receipts receipts;
};

static inline uint8_t vr_leader_of(const struct vr *vr, uint32_t view)
{
	return (uint8_t)(view % vr->config.replicas + 1);
}

static inline unsigned vr_f(const struct vr *vr)
{
	return vr->config.replicas / 2u;
}

/* This replica is the leader of its view and in status normal. */
static inline bool vr_serves(const struct vr *vr)
{
	return vr->leader == vr->config.id && vr->health == VR_NORMAL;
}

/* It promised nothing beyond the view in which it was normal last. */
static inline bool vr_unpromised(const struct vr *vr)
{
	return vr->health == VR_NORMAL || (vr->health == VR_VIEW_CHANGE &&
					   vr->view == vr->last_normal && !vr->adoption.active);
}

/* Acknowledged operations are forgotten, as far as can be told from here. */
static inline bool vr_memory_is_lost(const struct vr *vr)
{
	return vr->health == VR_LOST_MEMORY || (vr->health == VR_RECOVERING && vr->hopeless);
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

/* Beyond this no op, bcast_seq or view of an honest replica ever comes; sums of such numbers can't wrap. */
#define VR_NUMBER_MAX (1ull << 62)
#define VR_VIEW_MAX (1u << 31)

/* The operation that REQUEST, PREPARE or ENTRY carries; payload still lies in the message. */
static inline struct log_op vr_operation(const struct vr_msg *msg)
{
	return (struct log_op){
		.op = msg->op,
		.request = msg->request,
		.client_id = msg->client_id,
		.bytes = msg->payload_bytes,
		.payload = msg->payload,
	};
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

static inline void vr_send(struct vr *vr, uint8_t to, const struct vr_msg *msg)
{
	vr->env.send(vr->env.ctx, to, msg);
}

/* vr_commit.c: executes commit + 1 .. op, which must be within the prefix, and answers clients. */
void vr_commit_through(struct vr *vr, uint64_t op);
/*
 * All that is known to be committed and held, if the log is that of the view. Called before a view is left:
 * what was told of the log would lag behind it otherwise.
 */
void vr_execute_known(struct vr *vr);
void vr_send_reply(struct vr *vr, const struct client *client);
/* Which requests are prepared and not executed, by the log. */
void vr_note_in_progress(struct vr *vr);

/* vr_leader.c: the client's side. */
void vr_client_receive(struct vr *vr, const struct vr_msg *msg, vr_return_address from);
void vr_leader_broadcast(struct vr *vr, struct vr_msg *msg);
/* Another replica's counting window and closing MARK; a later one than ours is taken over. */
void vr_note_window(struct vr *vr, uint8_t window, uint64_t mark_op);
/* Answers the client's MARK once f followers are in its window: a later leader then knows of it. */
void vr_answer_mark(struct vr *vr);
void vr_leader_doubt_tick(struct vr *vr);

/* vr_replication.c: the followers' side of the leader. */
void vr_leader_prepare_ok(struct vr *vr, const struct vr_msg *msg);
void vr_leader_tick(struct vr *vr);
struct vr_msg vr_prepare_message(const struct vr *vr, uint64_t op);

/* vr_follower.c */
void vr_follower_receive(struct vr *vr, const struct vr_msg *msg);
void vr_follower_flush(struct vr *vr);
void vr_acknowledge(struct vr *vr);

/* Only a planted fault calls this: acknowledges in a view that was left by a promise. */
void vr_accept_stale(struct vr *vr, const struct vr_msg *msg);

/* vr_receipts.c: counts a first-transmission broadcast that arrived here. */
void vr_note_receipt(struct vr *vr, uint64_t bcast_seq, uint8_t window);

/* vr_view.c: entering and leaving views. */
/* Nothing of the old view is acknowledged or counted any more; status view change in `view`. */
void vr_move_to(struct vr *vr, uint32_t view);
/* The log is that of the present view: status normal, as its leader or a follower. */
void vr_become_normal(struct vr *vr);

/* vr_view_change.c */
void vr_want_view(struct vr *vr, uint32_t view);
/* This replica's leader, or quorum, is there after all, and nothing was promised. */
void vr_wish_no_more(struct vr *vr);
void vr_start_view_change_receive(struct vr *vr, const struct vr_msg *msg);
void vr_do_view_change_receive(struct vr *vr, const struct vr_msg *msg);
void vr_view_change_tick(struct vr *vr);
/* The chosen log is here: this replica leads the view it promised. */
void vr_start_view(struct vr *vr);

/* vr_start_view.c */
void vr_start_view_receive(struct vr *vr, const struct vr_msg *msg);
void vr_get_view_receive(struct vr *vr, const struct vr_msg *msg);
/* A message of a later view's leader; its view began without us. */
void vr_fell_behind(struct vr *vr, const struct vr_msg *msg);
/* START_VIEW to one that seems not to know of the view that we lead. */
void vr_tell_of_view(struct vr *vr, uint8_t id);

/* vr_recovery.c */
void vr_recovery_receive(struct vr *vr, const struct vr_msg *msg);
void vr_recovery_response_receive(struct vr *vr, const struct vr_msg *msg);
void vr_recovery_tick(struct vr *vr);

/* vr_adopt.c: taking over another replica's log. */
void vr_adopt(struct vr *vr, uint8_t source, const struct vr_log_summary *log);
void vr_adopt_entry(struct vr *vr, const struct vr_msg *msg);
void vr_adopt_go_on(struct vr *vr);
void vr_adopt_tick(struct vr *vr);

/* vr_fetch.c: ops of our log for another replica. */
void vr_fetch_receive(struct vr *vr, const struct vr_msg *msg);
void vr_resend(struct vr *vr, uint8_t to, uint64_t first, uint64_t last);

/* vr_transfer.c: checkpoints. */
void vr_get_state_receive(struct vr *vr, const struct vr_msg *msg);
void vr_state_receive(struct vr *vr, const struct vr_msg *msg);
/* Begins to send a checkpoint to one that our log doesn't reach back to. */
void vr_offer_state(struct vr *vr, uint8_t to);
void vr_transfer_tick(struct vr *vr);

/* vr_peers.c */
/* Whether msg comes from its sender's present life; a later life than the known one is taken over. */
bool vr_peer_is_present(struct vr *vr, const struct vr_msg *msg);
/* Nothing that a life which has ended said counts any more, a promise least of all, as soon as anybody knows of the next. */
void vr_learn_lives(struct vr *vr, const struct vr_log_summary *log);
/* Other replicas heard from in this view within so many ticks. */
unsigned vr_peers_heard(const struct vr *vr, uint64_t within_ticks);

/* vr_summary.c */
/* Sends msg with what our log holds as its payload. */
void vr_send_summary(struct vr *vr, uint8_t to, struct vr_msg *msg);
/* False if it makes no sense, or tells of more uncommitted ops than there may be. */
bool vr_read_summary(const struct vr *vr, const struct vr_msg *msg, struct vr_log_summary *summary);

#endif
