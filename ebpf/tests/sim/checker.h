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
#define CHECKER_LIVES_MAX 16
#define CHECKER_SEQS_MAX 65536

/* The operation that was first committed at an op number, and its result by the model. */
struct truth {
	uint64_t request;
	uint32_t client_id;
	uint16_t bytes, result_bytes;
	uint8_t payload[SIM_PAYLOAD_MAX];
	uint8_t result[SIM_PAYLOAD_MAX];
};

/* One life of one replica, as seen from outside. */
struct life {
	uint32_t incarnation;
	uint64_t committed; /* ops it told of */
	uint64_t prefix; /* PREPAREs 1..prefix were handed to it */
	uint64_t receipts[WIRE_WINDOWS],
		duplicates[WIRE_WINDOWS]; /* distinct bcast_seq, and the rest */
	uint8_t has[CHECKER_OPS_MAX / 8];
	uint8_t seqs[CHECKER_SEQS_MAX / 8];
};

struct checker {
	char why[256];
	uint8_t replicas;
	uint64_t ops;
	struct truth *truths; /* op n at n - 1 */
	uint64_t last_request[SIM_CLIENTS_MAX];
	uint32_t client_base; /* id of the first client */
	uint8_t values[SIM_KEYS][SIM_PAYLOAD_MAX]; /* the model of the key-value store */
	uint16_t value_bytes[SIM_KEYS];
	struct life *lives[WIRE_MAX_REPLICAS + 1][CHECKER_LIVES_MAX];
	unsigned life_count[WIRE_MAX_REPLICAS + 1];
	uint32_t known_to_leader[WIRE_MAX_REPLICAS + 1]; /* latest life the leader heard of */
	uint64_t broadcasts[WIRE_WINDOWS], sends[WIRE_WINDOWS];
};

void checker_init(struct checker *checker, uint8_t replicas, uint32_t client_base);
void checker_end(struct checker *checker);
void checker_fail(struct checker *checker, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void checker_new_life(struct checker *checker, uint8_t replica, uint32_t incarnation);
struct life *checker_present_life(const struct checker *checker, uint8_t replica);

/* check_commits.c */
void checker_committed(struct checker *checker, uint8_t replica, bool leads, uint64_t op,
		       const struct truth *operation);
void checker_reply(struct checker *checker, const struct vr_msg *msg);

/* check_delivery.c: before a datagram is handed to a core. */
void checker_delivered(struct checker *checker, uint8_t replica, uint8_t leader,
		       const struct vr_msg *msg);
void checker_broadcast(struct checker *checker, const struct vr_msg *msg, unsigned sends);
/* The core's counters against those of the checker. */
void checker_compare_counters(struct checker *checker, uint8_t replica, uint8_t leader,
			      const struct vr *vr);

#endif
