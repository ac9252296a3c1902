/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The load generator as a pure core: C closed-loop clients, each with one
 * request outstanding. Datagrams and the clock go in, datagrams and interval
 * records come out. bin/client.c gives it a socket and a clock.
 *
 * Each slot is one client of VR Revisited: client_id = slot + 1 + nonce * clients,
 * request numbers 1, 2, ... A request that has no reply after retry_ns is sent
 * again to every replica; latency runs from the FIRST send to the accepted reply.
 *
 * The leader may change at any time. Whoever answers is asked next. Op numbers
 * only grow, so that a cluster which forgot what it acknowledged is found out: by
 * itself, since each request names the highest op that a reply named, or here.
 *
 * Every operation goes through the checker of linearizable.h. This generator must
 * be the only one that writes meanwhile, else its history isn't the whole one.
 */
#ifndef LAB_LOAD_CLIENT_H
#define LAB_LOAD_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "linearizable.h"
#include "vr.h"

struct load_config {
	uint32_t clients; /* slots, >= 1 */
	uint32_t nonce; /* of this run, so that a second client process is a different client */
	uint64_t requests; /* measured requests; 0: use measure_ns */
	uint64_t measure_ns;
	uint64_t warmup_ns;
	uint16_t payload_bytes; /* WIRE_PAYLOAD_MIN..WIRE_PAYLOAD_MAX */
	uint8_t replicas;
	uint32_t keys;
	uint32_t get_percent; /* share of GETs, 0..100 */
	uint64_t retry_ns; /* 100 ms */
	uint64_t no_progress_ns; /* 3 s */
	uint64_t interval_ns; /* 100 ms */
	uint64_t seed; /* of keys, verbs and values */
};

enum load_phase { LOAD_WAITING, LOAD_HELD, LOAD_WARMUP, LOAD_MEASURING, LOAD_DRAINING, LOAD_DONE };
enum load_end {
	LOAD_RUNNING,
	LOAD_COMPLETE,
	LOAD_MEMORY_LOST, /* what was acknowledged is forgotten: load_end_reason */
	LOAD_INTERRUPTED,
	LOAD_NO_PROGRESS
};

/*
 * Replies may run ahead of the gapless prefix of ops that the chain hash has come
 * to by so many: a second or two of full load, during which a request waits for
 * its retry. Further, and the history isn't complete.
 */
#define LOAD_HISTORY_OPS (1u << 17)
/* No reply for so long while one is due is an outage. */
#define LOAD_OUTAGE_NS 50000000ull
/*
 * Invocations and returns looked at in one search of the checker: about 1 ms, for
 * which replies wait.
 */
#define LOAD_CHECK_STEPS_MAX (1u << 17)

/*
 * HDR histogram with 3 significant digits over ns; the index is that of
 * server/domain/latency.ts.
 */
#define LATENCY_SUB_BITS 10
#define LATENCY_BUCKETS ((65 - LATENCY_SUB_BITS) << LATENCY_SUB_BITS)
/* index(v) = v < 2048 ? v : ((b + 1) << 10) + ((v >> b) - 1024) with b = floor(log2 v) - 10. */
uint32_t latency_index(uint64_t ns);
uint64_t latency_highest(uint32_t index); /* the largest value of that index, in ns */

struct load_interval {
	enum load_phase phase; /* LOAD_WARMUP or LOAD_MEASURING */
	uint64_t index, start_us, duration_us; /* relative to the phase's begin */
	uint64_t completed, timeouts, retries;
	uint64_t sum_ns, min_ns, max_ns;
	const uint32_t *used; /* indices with a count, ascending */
	const uint32_t *counts; /* of used[i] */
	size_t used_count;
};

struct load_summary {
	enum load_end ended;
	uint64_t requests, completed; /* measured window alone */
	uint64_t timeouts; /* requests that had no reply within retry_ns, counted once each */
	uint64_t retries; /* datagrams sent again */
	uint64_t duration_ns, sum_ns, min_ns, max_ns, p50_ns, p90_ns, p95_ns, p99_ns, p999_ns;
};

struct load_history {
	uint64_t op; /* highest op a reply named */
	uint64_t operations; /* replies accepted, warm-up included */
	bool complete; /* each op 1..op is known */
	uint64_t hash; /* chain over 1..op if complete, else 0 */
};

/* From the last reply before to the first after it, relative to the begin of measuring. */
struct load_outage {
	uint64_t start_us, duration_us;
	uint8_t leader_before,
		leader_after; /* who answered; after: 0 if nobody did until the end */
};

struct load_env {
	void *ctx;
	void (*send)(void *ctx, uint8_t to, const struct vr_msg *msg); /* to one replica */
	void (*interval)(void *ctx, const struct load_interval *interval);
	void (*phase)(void *ctx, enum load_phase phase);
	/* An outage of the measuring phase is over, or the phase is. Optional. */
	void (*outage)(void *ctx, const struct load_outage *outage);
	/* CPU time of the caller in ns, by which the checker's cost is measured. Optional. */
	uint64_t (*cpu_ns)(void *ctx);
};

struct load;

const char *load_config_error(const struct load_config *config);
size_t load_memory_bytes(const struct load_config *config);
struct load *load_init(void *memory, const struct load_config *config, const struct load_env *env,
		       bool hold);
void load_receive(struct load *load, const struct vr_msg *msg, uint64_t now_ns);
/* Retries, phases, intervals; at least every 10 ms. */
void load_tick(struct load *load, uint64_t now_ns);
void load_release(struct load *load, uint64_t now_ns); /* HELD -> WARMUP */
void load_interrupt(struct load *load, uint64_t now_ns);
enum load_phase load_phase_now(const struct load *load);
uint8_t load_leader(const struct load *load);
uint64_t load_outstanding(const struct load *load); /* requests sent that have no accepted reply */
uint64_t load_next_deadline_ns(const struct load *load);
/* When the request that is outstanding was first sent; false: it isn't outstanding. */
bool load_sent_at(const struct load *load, uint32_t client_id, uint64_t request, uint64_t *sent_ns);
void load_summary(const struct load *load, struct load_summary *summary);
void load_history(const struct load *load, struct load_history *history);
/* The verdict on the history, warm-up included; after LOAD_DONE. */
void load_linearizability(const struct load *load, struct lin_summary *summary);
/*
 * CPU time of the checker: measured for one call in 255 and multiplied, the
 * end in full. 0 without env.cpu_ns.
 */
uint64_t load_linearizability_cost_ns(const struct load *load);
/* A sentence if the end is LOAD_MEMORY_LOST, else "". */
const char *load_end_reason(const struct load *load);

#endif
