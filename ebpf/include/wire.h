/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * The packet format, shared by replica, client and the BPF programs.
 *
 * One UDP datagram carries one fixed 64-byte header and, for messages that
 * carry an operation, its payload right behind it. All integers travel in
 * network byte order. TypeScript never decodes packets.
 *
 * Message names follow Viewstamped Replication Revisited (Liskov and Cowling,
 * 2012), section 4; the flagged broadcast follows Electrode (NSDI'23).
 */
#ifndef LAB_WIRE_H
#define LAB_WIRE_H

#ifdef __bpf__
#include <linux/types.h>
typedef __u8 wire_u8;
typedef __be16 wire_be16;
typedef __be32 wire_be32;
typedef __be64 wire_be64;
#else
#include <stddef.h>
#include <stdint.h>
typedef uint8_t wire_u8;
typedef uint16_t wire_be16;
typedef uint32_t wire_be32;
typedef uint64_t wire_be64;
#endif

#define WIRE_MAGIC 0x454c4142u /* "ELAB" */
#define WIRE_VERSION 2
#define WIRE_HEADER_BYTES 64

/* The cluster's bounds. A replica id is 1..WIRE_MAX_REPLICAS; 0 is "no replica" and marks clients. */
#define WIRE_MAX_REPLICAS 15
#define WIRE_PORT_DEFAULT 12345

enum wire_type {
	WIRE_PROBE = 1, /* client -> replica: who leads, are you ready */
	WIRE_PROBE_OK,
	WIRE_REQUEST, /* client -> leader */
	WIRE_REPLY, /* leader -> client */
	WIRE_PREPARE, /* leader -> followers */
	WIRE_PREPARE_OK, /* follower -> leader: cumulative, gapless prefix only */
	WIRE_COMMIT, /* leader -> followers, when idle; also the heartbeat */
	WIRE_MARK, /* client -> leader: open this counting window; leader -> followers: it is open */
	WIRE_MARK_OK, /* leader -> client */
	WIRE_START_VIEW_CHANGE, /* replica -> replicas: the leader is silent, let us change views */
	WIRE_DO_VIEW_CHANGE, /* replica -> new leader: a promise, and what my log holds */
	WIRE_START_VIEW, /* new leader -> replicas, and to one that asks: this is the view's log */
	WIRE_GET_VIEW, /* replica -> leader of a later view: send me START_VIEW */
	WIRE_RECOVERY, /* replica without memory -> replicas */
	WIRE_RECOVERY_RESPONSE,
	WIRE_FETCH, /* replica -> replica: these ops of your log, please */
	WIRE_ENTRY, /* one op of a log that was asked for during a view change or a recovery */
	WIRE_GET_STATE, /* replica -> replica: your checkpoint from this byte on, please */
	WIRE_STATE, /* a piece of a checkpoint */
	WIRE_TYPE_END
};

/* flags */
#define WIRE_F_CLONE 0x0001 /* one datagram stands for all followers: the TC program clones it */
#define WIRE_F_RESEND 0x0002 /* not a first transmission; its bcast_seq is 0 */
#define WIRE_F_READY 0x0004 /* PROBE_OK: this replica leads and can serve */
#define WIRE_F_MEMORY_LOST 0x0008 /* REPLY, PROBE_OK: more than f memories are lost; no service */
/* RECOVERY_RESPONSE, at most one of these; without any it is an answer to recover from. */
#define WIRE_F_FRESH 0x0010 /* the sender has no memory either */
#define WIRE_F_FOUNDER 0x0020 /* the receiver's present life founded the cluster with the sender */
#define WIRE_F_BOUND 0x0040 /* the sender remembers, but promised a view that hasn't begun */
#define WIRE_F_ADOPT 0x0080 /* FETCH: answer with ENTRY, the asker takes over the log */

/*
 * Counting windows. The leader stamps the present window into every broadcast,
 * so that sends, frames and receipts are attributed exactly whatever the
 * network reorders. The first broadcast of a window is its MARK.
 */
enum wire_window {
	WIRE_WINDOW_WARMUP = 0,
	WIRE_WINDOW_MEASURED = 1,
	WIRE_WINDOW_AFTER = 2,
	WIRE_WINDOWS = 3
};

struct wire_header {
	wire_be32 magic;
	wire_u8 version;
	wire_u8 type; /* enum wire_type */
	wire_be16 flags; /* WIRE_F_* */
	wire_be64 run_id; /* packets of another run are dropped and counted */
	wire_u8 sender; /* replica id, 0 for a client */
	wire_u8 window; /* enum wire_window; meaningful on broadcasts */
	wire_be16 payload_bytes;
	wire_be32 incarnation; /* of the sender: new at each start of its process */
	wire_be32 view;
	wire_be32 client_id; /* REQUEST, PREPARE, REPLY; else 0 */
	wire_be64
		op; /* op number; its meaning by type stands in the table at the top of protocol/vr.c */
	wire_be64 commit; /* highest committed op the sender knows */
	wire_be64
		bcast_seq; /* 1, 2, ... on first-transmission broadcasts, per leader incarnation and view; else 0 */
	wire_be64
		request; /* REQUEST, PREPARE, REPLY: request number of client_id; others: same table */
} __attribute__((packed));

#ifndef __bpf__
_Static_assert(sizeof(struct wire_header) == WIRE_HEADER_BYTES, "the header is 64 bytes");
_Static_assert(offsetof(struct wire_header, run_id) == 8, "run_id at 8");
_Static_assert(offsetof(struct wire_header, sender) == 16, "sender at 16");
_Static_assert(offsetof(struct wire_header, incarnation) == 20, "incarnation at 20");
_Static_assert(offsetof(struct wire_header, op) == 32, "op at 32");
_Static_assert(offsetof(struct wire_header, bcast_seq) == 48, "bcast_seq at 48");
#endif

/*
 * IPv4 (20) + UDP (8) + header. The largest payload is MTU minus this: a
 * datagram that would be fragmented could not be cloned.
 */
#define WIRE_OVERHEAD_BYTES (20 + 8 + WIRE_HEADER_BYTES)
#define WIRE_PAYLOAD_MAX (1500 - WIRE_OVERHEAD_BYTES)

/*
 * Payload of DO_VIEW_CHANGE, START_VIEW and RECOVERY_RESPONSE: what tells one log from another, and the lives
 * (incarnations) that the sender knows of. The lives are a crash vector (Michael, Ports, Sharma and Szekeres, DISC
 * 2017): VR Revisited alone would count a promise that its sender forgot in a crash.
 */
struct wire_log_summary {
	wire_be32 last_normal; /* the last view in which the sender's status was normal */
	wire_be32
		founders; /* bit i: the life of replica i in `lives` founded the cluster with the sender's */
	wire_be64 hash; /* chain over the ops 1..op of the sender's log */
	wire_be64 mark_op; /* named by the closing MARK, 0 before */
	wire_be32 lives
		[WIRE_MAX_REPLICAS +
		 1]; /* by replica id; 0: never heard of, or not without memory if the sender is FRESH */
} __attribute__((packed));

/* Payload of STATE: this, then the piece's bytes. A checkpoint holds all that ops 1..op did. */
struct wire_state_piece {
	wire_be64 hash; /* chain over ops 1..op */
	wire_be32 total_bytes; /* of the whole checkpoint */
	wire_be32 reserved;
} __attribute__((packed));

/*
 * An operation's payload: the key-value store's command. The value fills the
 * rest of the payload; a GET carries as many bytes as a PUT, so that both cost
 * the network the same. A REPLY carries the value read (GET) or the value
 * replaced (PUT), possibly empty.
 */
enum kv_verb { KV_GET = 1, KV_PUT = 2 };

struct kv_command {
	wire_u8 verb; /* enum kv_verb */
	wire_u8 reserved[3];
	wire_be32 key;
} __attribute__((packed));

#define WIRE_PAYLOAD_MIN 8 /* sizeof(struct kv_command) */

#endif
