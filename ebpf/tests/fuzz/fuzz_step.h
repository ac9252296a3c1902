/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The input of fuzz_vr: a struct fuzz_begin, then steps. Most fields are offsets from what the core is in at
 * that moment (see near()), so that a mutation lands where it matters; FUZZ_RAW takes whole numbers instead.
 */
#ifndef LAB_FUZZ_STEP_H
#define LAB_FUZZ_STEP_H

#include <stdint.h>

struct fuzz_begin {
	uint8_t replicas; /* odd: 5, even: 3 */
	uint8_t id; /* modulo replicas */
	uint8_t founded; /* odd: by valid messages of all the others; even: it begins without memory */
};

enum fuzz_kind { FUZZ_TICK, FUZZ_FLUSH, FUZZ_MESSAGE, FUZZ_RAW, FUZZ_KINDS };

enum fuzz_payload {
	FUZZ_NOTHING,
	FUZZ_OP, /* the op of that number in branch `extra` of a log that all know; see branch_op() */
	FUZZ_SUMMARY, /* of that log */
	FUZZ_STATE, /* an empty state as one piece, or what follows in the input as one */
	FUZZ_BYTES, /* what follows in the input */
	FUZZ_PAYLOADS
};

#define FUZZ_NEAR 100 /* in an offset: no offset */

struct fuzz_step {
	uint8_t kind; /* enum fuzz_kind */
	uint8_t type; /* enum wire_type; FUZZ_TICK: how many */
	uint8_t sender; /* 0: a client */
	uint8_t flags;
	uint8_t life; /* from the sender's first */
	uint8_t view; /* from the present */
	uint8_t op; /* from the last that is held */
	uint8_t commit; /* from the last that is executed */
	uint8_t request; /* from op */
	uint8_t bcast_seq; /* from 0 */
	uint8_t window;
	uint8_t client;
	uint8_t payload; /* enum fuzz_payload */
	uint8_t payload_bytes; /* of FUZZ_BYTES and FUZZ_STATE, times 6 */
	uint8_t extra;
};

/* Follows a step of kind FUZZ_RAW. */
struct fuzz_raw {
	uint64_t op, commit, request, bcast_seq;
	uint32_t view, incarnation, client_id;
} __attribute__((packed));

#endif
