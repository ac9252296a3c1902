/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Multi-Paxos as Viewstamped Replication Revisited (Liskov and Cowling, 2012):
 * normal operation, view change, recovery without a disk, state transfer.
 *
 * A pure core: messages and ticks go in, messages and commits come out through
 * struct vr_env. It knows no socket, no clock and no heap: all memory is one
 * block that the caller hands to vr_init, however long the replica runs. The
 * same core runs in the replica, in unit tests and in the simulator.
 */
#ifndef LAB_VR_H
#define LAB_VR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire.h"

/* A parsed datagram in host byte order; payload points into the receive buffer. */
struct vr_msg {
	uint8_t type; /* enum wire_type */
	uint16_t flags;
	uint8_t sender;
	uint8_t window;
	uint32_t incarnation;
	uint32_t view;
	uint32_t client_id;
	uint64_t op;
	uint64_t commit;
	uint64_t bcast_seq;
	uint64_t request;
	uint16_t payload_bytes;
	const uint8_t *payload;
};

/*
 * Where a client's datagram came from. Opaque to the core (the replica puts
 * IPv4 and port in, the simulator an index); kept per client so that a retry
 * from another address is answered there.
 */
typedef uint64_t vr_return_address;

/* One counting window of one view; see design of the proof in ARCHITECTURE.md. */
struct vr_window_counters {
	uint64_t broadcasts; /* distinct bcast_seq begun by this leader */
	uint64_t sent; /* successful sends with bcast_seq != 0 */
	uint64_t receipts; /* distinct bcast_seq seen here */
	uint64_t duplicates; /* bcast_seq seen again */
	uint64_t resends; /* datagrams sent again, leader only */
};

/* What a replica counted in a view that it has left; views are led by one life of one replica. */
struct vr_view_counts {
	uint32_t view;
	uint8_t leader;
	uint32_t leader_incarnation; /* 0: never heard of it here */
	uint8_t window; /* the last one entered */
	struct vr_window_counters windows[WIRE_WINDOWS];
};

/* What the core calls. Every function returns at once; none may call back into the core. */
struct vr_env {
	void *ctx;
	/* Send to one replica. */
	void (*send)(void *ctx, uint8_t to, const struct vr_msg *msg);
	/*
	 * First transmission to every other replica. The caller decides how (N-1
	 * sends or one flagged datagram). Returns the number of sends the stack
	 * accepted; the core counts them as `sent`.
	 */
	unsigned (*broadcast)(void *ctx, const struct vr_msg *msg);
	/* Send to a client. */
	void (*reply)(void *ctx, vr_return_address to, const struct vr_msg *msg);
	/*
	 * Before this replica leads a view, and before it follows in one: what the
	 * kernel does for a leader must belong to this view from now on. Optional.
	 */
	void (*view_entered)(void *ctx, uint32_t view, bool leads);
	/* A view was left in which anything was counted. Optional. */
	void (*view_left)(void *ctx, const struct vr_view_counts *counts);
	/* Operation `op` was committed and executed here; called in op order, once each. Optional. */
	void (*committed)(void *ctx, uint64_t op, uint32_t client_id, uint64_t request,
			  const uint8_t *payload, uint16_t bytes);
	/* A checkpoint was installed: all that ops 1..op did is here, without having been executed here. Optional. */
	void (*restored)(void *ctx, uint64_t op, uint64_t hash);
};

struct vr_config {
	uint8_t id; /* 1..replicas */
	uint8_t replicas; /* odd, 3..WIRE_MAX_REPLICAS */
	/*
	 * Never 0, and later than at every earlier start of this replica, compared with wrap-around
	 * ((int32_t)(a - b) > 0): milliseconds since the epoch, truncated, will do. It is the nonce of
	 * VR Revisited 4.3.
	 */
	uint32_t incarnation;
	/*
	 * Operations that are kept: a ring. Whoever is further behind gets a checkpoint. At most half of it,
	 * and at most VR_UNCOMMITTED_MAX, may be uncommitted. Rounded up to a power of two.
	 */
	uint64_t log_capacity_ops;
	uint32_t clients_max; /* distinct client ids */
	uint32_t keys_max; /* key-value store: keys are taken modulo this */
	uint32_t value_max_bytes;
	/* In ticks; one tick is 1 ms in the replica. */
	uint32_t resend_ticks; /* what wasn't answered is sent again after this long */
	uint32_t heartbeat_ticks; /* idle leader broadcasts COMMIT */
	/*
	 * A follower that hears nothing from its leader for this long wants another; a leader that hears
	 * nothing from f followers for as long stops leading. Also how long a view change may take before the
	 * next one is wanted, doubled with each that failed, up to 8 times.
	 */
	uint32_t view_change_ticks;
};

#define VR_UNCOMMITTED_MAX 4095

/* Drops by cause; a bad packet is counted, never asserted. */
#define VR_DROPS(X)                                                                               \
	X(stale_view) /* of a view that this replica has left, or that is none of its business */ \
	X(stale_incarnation) /* of an earlier life of its sender, or for one of ours */           \
	X(unknown_sender)                                                                         \
	X(not_leader)                                                                             \
	X(not_normal) /* in the midst of a view change or a recovery */                           \
	X(out_of_window) /* an op, bcast_seq or window outside what can exist or be remembered */ \
	X(bad_request) /* no key-value command, or a value larger than value_max_bytes */         \
	X(bad_payload) /* of a message between replicas: too short, or beyond all bounds */       \
	X(stale_request) /* older than the client's last one */                                   \
	X(overload) /* as many operations are uncommitted as may be */                            \
	X(clients_full) /* more distinct clients than clients_max */

enum vr_drop {
#define X(name) VR_DROP_##name,
	VR_DROPS(X)
#undef X
		VR_DROP_END
};

/* VR Revisited's `status`. A new process begins in VR_RECOVERING: it cannot know whether it ever lived before. */
enum vr_health {
	VR_RECOVERING,
	VR_NORMAL,
	VR_VIEW_CHANGE, /* no leader is followed: a view change is wanted, promised or being completed */
	VR_LOST_MEMORY, /* more than f replicas forgot what was acknowledged: nothing is served, for ever */
};

struct vr_status {
	enum vr_health health;
	bool is_leader; /* of `view`, in status normal */
	bool ready; /* normal: leads, or follows a leader */
	uint8_t leader; /* of `view`, whatever its status */
	uint32_t view;
	uint32_t last_normal; /* the last view in which the status here was normal */
	uint32_t leader_incarnation; /* 0: not heard of yet */
	uint8_t window;
	uint8_t peers_ready; /* other replicas heard from within view_change_ticks */
	uint64_t op; /* last op of the gapless prefix held here */
	uint64_t first; /* the oldest op still held here */
	uint64_t
		highest; /* the highest op known to exist anywhere; highest - op is the gap to the leader */
	uint64_t commit; /* last op committed and executed here */
	uint64_t hash; /* chain over ops 1..commit */
	uint64_t mark_op; /* op named by the closing MARK, 0 before */
	uint64_t bcast_seq; /* last one begun (leader) or highest seen (follower), in this view */
	uint64_t acked[WIRE_MAX_REPLICAS + 1]; /* leader: cumulative PREPARE-OK per replica */
	uint64_t drops[VR_DROP_END];
	/* Totals of this life. */
	uint64_t views_entered; /* views in which this replica became normal */
	uint64_t recoveries; /* 1 once memory was recovered from the others */
	uint64_t checkpoints_installed, checkpoints_taken;
};

struct vr;

/* Bytes that vr_init needs for this configuration, 0 if it is out of bounds (vr_config_error says why). */
size_t vr_memory_bytes(const struct vr_config *config);
/* NULL if fine, else a sentence that names the field and its bounds. */
const char *vr_config_error(const struct vr_config *config);
/* memory: zeroed, 64-byte aligned, vr_memory_bytes long. Never fails on a valid configuration. */
struct vr *vr_init(void *memory, const struct vr_config *config, const struct vr_env *env);

/* One datagram from a replica or a client, already parsed and of this run. */
void vr_receive(struct vr *vr, const struct vr_msg *msg, vr_return_address from);
/* Time passes; now_ticks never decreases. Drives recovery, heartbeat, resends and the wish for another view. */
void vr_tick(struct vr *vr, uint64_t now_ticks);
/*
 * The caller has handed in every datagram of one receive batch. Lets a follower
 * answer a run of PREPAREs with a single cumulative PREPARE-OK.
 */
void vr_flush(struct vr *vr);

void vr_status(const struct vr *vr, struct vr_status *status);
/* Of the present view. */
const struct vr_window_counters *vr_window(const struct vr *vr, enum wire_window window);
/* Chain hash over ops 1..op; false if op > commit, or so old that it isn't held any more. op 0 gives 0. */
bool vr_hash_at(const struct vr *vr, uint64_t op, uint64_t *hash);

#endif
