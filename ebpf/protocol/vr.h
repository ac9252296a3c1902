/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Multi-Paxos as Viewstamped Replication Revisited (Liskov and Cowling, 2012).
 *
 * A pure core: messages and ticks go in, messages and commits come out through
 * struct vr_env. It knows no socket, no clock and no heap on the hot path: all
 * memory is one block that the caller hands to vr_init. The same core runs in
 * the replica, in unit tests and in the simulator.
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
	/* Operation `op` was committed and executed here; called in op order, once each. Optional. */
	void (*committed)(void *ctx, uint64_t op, uint32_t client_id, uint64_t request,
			  const uint8_t *payload, uint16_t bytes);
};

struct vr_config {
	uint8_t id; /* 1..replicas */
	uint8_t replicas; /* odd, 3..WIRE_MAX_REPLICAS */
	/*
	 * Never 0, and later than at every earlier start of this replica, compared with wrap-around
	 * ((int32_t)(a - b) > 0): milliseconds since the epoch, truncated, will do. Were it merely
	 * different, a delayed HELLO of an earlier life could bring that life's acknowledgements back.
	 */
	uint32_t incarnation;
	uint64_t log_capacity_ops;
	uint64_t log_capacity_bytes; /* payload bytes over all operations */
	uint32_t clients_max; /* distinct client ids */
	uint32_t keys_max; /* key-value store: keys are taken modulo this */
	uint32_t value_max_bytes;
	/* In ticks; one tick is 1 ms in the replica. */
	uint32_t resend_ticks; /* unacknowledged PREPARE is sent again to the silent follower */
	uint32_t heartbeat_ticks; /* idle leader broadcasts COMMIT */
	uint32_t hello_ticks; /* HELLO is repeated until answered */
	uint32_t quorum_wait_ticks; /* the leader serves with a bare quorum after this long */
};

/* Drops by cause; a bad packet is counted, never asserted. */
#define VR_DROPS(X)                                                                               \
	X(stale_view)                                                                             \
	X(stale_incarnation)                                                                      \
	X(unknown_sender)                                                                         \
	X(log_full)                                                                               \
	X(not_leader)                                                                             \
	X(out_of_window) /* an op, bcast_seq or window outside what can exist or be remembered */ \
	X(bad_request) /* no key-value command, or a value larger than value_max_bytes */         \
	X(stale_request) /* older than the client's last one */                                   \
	X(clients_full) /* more distinct clients than clients_max */

enum vr_drop {
#define X(name) VR_DROP_##name,
	VR_DROPS(X)
#undef X
		VR_DROP_END
};

/* One counting window of one (view, leader incarnation); see design of the proof in ARCHITECTURE.md. */
struct vr_window_counters {
	uint64_t broadcasts; /* distinct bcast_seq begun by this leader */
	uint64_t sent; /* successful sends with bcast_seq != 0 */
	uint64_t receipts; /* distinct bcast_seq seen here */
	uint64_t duplicates; /* bcast_seq seen again */
	uint64_t resends; /* datagrams sent again, leader only */
};

enum vr_health {
	VR_STARTING, /* waiting for HELLO-OKs */
	VR_NORMAL,
	VR_LOST_MEMORY, /* this leader was restarted while its followers remember operations: it must not serve */
	VR_LEADER_LOST_MEMORY, /* this follower saw its leader come back with a new incarnation */
};

struct vr_status {
	enum vr_health health;
	bool is_leader;
	bool ready; /* leader: it may accept requests; follower: it knows its leader */
	uint8_t leader;
	uint32_t view;
	uint32_t leader_incarnation;
	uint8_t window;
	uint8_t peers_ready;
	uint64_t op; /* last op of the gapless prefix held here */
	uint64_t commit; /* last op committed and executed here */
	uint64_t hash; /* chain over ops 1..commit */
	uint64_t mark_op; /* op named by the closing MARK, 0 before */
	uint64_t bcast_seq; /* last one begun (leader) or highest seen (follower) */
	uint64_t acked[WIRE_MAX_REPLICAS + 1]; /* leader: cumulative PREPARE-OK per replica */
	uint64_t drops[VR_DROP_END];
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
/* Time passes; now_ticks never decreases. Drives HELLO, heartbeat, resends. */
void vr_tick(struct vr *vr, uint64_t now_ticks);
/*
 * The caller has handed in every datagram of one receive batch. Lets a follower
 * answer a run of PREPAREs with a single cumulative PREPARE-OK.
 */
void vr_flush(struct vr *vr);

void vr_status(const struct vr *vr, struct vr_status *status);
const struct vr_window_counters *vr_window(const struct vr *vr, enum wire_window window);
/* Chain hash over ops 1..op; false if op > commit. op 0 gives 0. */
bool vr_hash_at(const struct vr *vr, uint64_t op, uint64_t *hash);

#endif
