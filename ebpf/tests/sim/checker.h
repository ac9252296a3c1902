/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold, judged from outside: from the datagrams that were handed to
 * the cores and the commits they told of, with none of the cores' own books.
 * The first violation is kept as a sentence; "" while there is none.
 */
#ifndef LAB_SIM_CHECKER_H
#define LAB_SIM_CHECKER_H

#include <stdbool.h>
#include <stdint.h>

#include "plan.h"
#include "vr.h"

#define CHECKER_OPS_MAX 16384
#define CHECKER_SEQS_MAX 16384
#define CHECKER_VIEWS_MAX 512
#define CHECKER_RIVALS_MAX 6

/* The operation that was first committed at an op number, and its result by the model. */
struct truth {
	uint64_t request;
	uint64_t hash; /* chain through this op, by the checker's own reckoning */
	uint32_t client_id;
	uint16_t bytes, result_bytes;
	uint8_t payload[SIM_PAYLOAD_MAX];
	uint8_t result[SIM_PAYLOAD_MAX];
};

/* Who was ever handed which operation as an op; views may give one op to rivals. */
struct holders {
	uint64_t identity[CHECKER_RIVALS_MAX];
	uint16_t replicas[CHECKER_RIVALS_MAX]; /* bit n: replica n */
};

/* Broadcasts of one counting window of one view, as one life of one replica must have counted them. */
struct window_book {
	uint64_t broadcasts, sends;
	/* Handed over: least while the replica surely followed that leader, most at any time. */
	uint64_t least_distinct, most_distinct, least, most;
};

struct view_book {
	struct view_book *next;
	uint32_t view, leader_incarnation;
	struct window_book windows[WIRE_WINDOWS];
	uint8_t seen[CHECKER_SEQS_MAX / 8], surely_seen[CHECKER_SEQS_MAX / 8];
};

/* One life of one replica. */
struct life {
	uint32_t incarnation;
	uint64_t committed; /* through this op it has executed or installed everything */
	struct view_book *books; /* the latest first */
};

struct view_leader {
	uint8_t replica;
	uint32_t incarnation;
};

struct checker {
	char why[256];
	uint8_t replicas;
	uint32_t client_base; /* id of the first client */
	uint64_t ops;
	struct truth *truths; /* op n at n - 1 */
	struct holders *holders; /* op n at n - 1 */
	uint64_t last_request[SIM_CLIENTS_MAX];
	uint8_t values[SIM_KEYS][SIM_PAYLOAD_MAX]; /* the model of the key-value store */
	uint16_t value_bytes[SIM_KEYS];
	struct life lives[WIRE_MAX_REPLICAS + 1]; /* the present ones */
	struct view_leader leaders[CHECKER_VIEWS_MAX];
	bool acknowledged; /* a client was handed a result */
	bool forgotten; /* nobody remembers, and nothing was committed since */
	uint64_t duplicate_receipts; /* that the cores counted */
};

void checker_init(struct checker *checker, uint8_t replicas, uint32_t client_base);
void checker_end(struct checker *checker);
void checker_fail(struct checker *checker, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void checker_new_life(struct checker *checker, uint8_t replica, uint32_t incarnation);

/* check_commits.c: prefixes agree, each request once, results as the model has them. */
void checker_committed(struct checker *checker, uint8_t replica, uint64_t op,
		       const struct truth *operation);
void checker_restored(struct checker *checker, uint8_t replica, uint64_t op, uint64_t hash);
void checker_reply(struct checker *checker, const struct vr_msg *msg);
/* Chain over ops 1..op, which must be committed; 0 for op 0. */
uint64_t checker_hash(const struct checker *checker, uint64_t op);

/*
 * Nobody is left who remembers anything: another first leader is right then, and
 * so is another first op if no client knows of one.
 */
void checker_all_forgotten(struct checker *checker);

/* check_majority.c: nothing is committed that f + 1 replicas weren't handed; a view has one leader. */
void checker_holds(struct checker *checker, uint8_t replica, const struct vr_msg *msg);
void checker_majority(struct checker *checker, uint64_t op, const struct truth *operation);
void checker_leads(struct checker *checker, uint8_t replica, uint32_t view);

/*
 * check_delivery.c: broadcasts and receipts. A datagram is told of before it is
 * handed over; follows: the replica follows its sender in its view.
 */
void checker_handed(struct checker *checker, uint8_t replica, const struct vr_msg *msg,
		    bool follows);
void checker_broadcast(struct checker *checker, uint8_t replica, const struct vr_msg *msg,
		       unsigned sends);
/* What the core counted in a view, which it leaves or in which it ends. */
void checker_counts(struct checker *checker, uint8_t replica, const struct vr_view_counts *counts);

#endif
