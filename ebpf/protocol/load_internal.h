/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the load generator share. */
#ifndef LAB_LOAD_INTERNAL_H
#define LAB_LOAD_INTERNAL_H

#include "latency.h"
#include "load_client.h"

#define LOAD_PROBE_NS 50000000ull /* a PROBE to every replica, until one is ready */
#define LOAD_MARK_NS 20000000ull /* a MARK is repeated until acknowledged */

struct load_slot {
	uint64_t request; /* the last one issued, 0 before the first */
	uint64_t first_sent_ns;
	uint64_t retry_at_ns;
	bool outstanding;
	bool timed_out; /* counted already */
	bool measured; /* first sent in the measuring phase */
	uint64_t after_op; /* highest op that a reply had named when it was first sent */
};

/* Which request a REPLY gave to an op. request 0: not known. */
struct load_op {
	uint64_t request;
	uint32_t slot;
};

struct load_tally {
	uint64_t timeouts, retries;
};

struct load {
	struct load_config config;
	struct load_env env;
	struct load_slot *slots;
	struct load_op *history; /* a ring of LOAD_HISTORY_OPS: op n stands at n modulo that */
	struct lin *lin;
	uint8_t *payload; /* of the datagram being sent; rebuilt for each */

	enum load_phase phase;
	enum load_end ended;
	bool hold;
	uint8_t leader;
	uint32_t view; /* in which it answered */
	uint64_t phase_began_ns;
	uint64_t next_probe_ns;
	uint8_t marking; /* the window asked for, 0 while none */
	uint64_t next_mark_ns;
	uint64_t progress_ns; /* last reply, or when something first became outstanding */
	uint64_t retry_scan_ns; /* no slot's retry is due before */
	uint64_t outstanding;
	uint64_t issued, measuring_began_ns, last_reply_ns; /* measured */

	struct latency_histogram interval;
	struct latency_histogram measured;
	struct load_tally interval_tally;
	struct load_tally measured_tally;
	uint64_t interval_index, interval_began_ns;

	uint64_t highest_op, replies;
	uint64_t chained_op, chained_hash; /* each of 1..chained_op is known, and their chain */
	bool history_overflow;

	uint32_t check_calls;
	uint64_t check_cost_ns, check_began_ns, check_clock_ns;
	char end_reason[256];
};

static inline uint32_t load_client_id(const struct load *load, uint32_t slot)
{
	return slot + 1 + load->config.nonce * load->config.clients;
}

/*
 * load_workload.c: writes config->payload_bytes bytes of the command of (slot,
 * request). The same arguments always give the same bytes, so that neither a
 * retry nor the history has to keep them.
 */
void load_payload(const struct load_config *config, uint32_t slot, uint64_t request,
		  uint8_t *payload);

/* load_interval.c */
void load_intervals_begin(struct load *load, uint64_t now_ns);
/* Hands out every interval that ended by now. */
void load_intervals_roll(struct load *load, uint64_t now_ns);
/* Hands out the last, partial one. */
void load_intervals_end(struct load *load, uint64_t now_ns);

/*
 * load_history.c: a reply gave `op` to the request that the slot has outstanding.
 * False: the cluster forgot.
 */
bool load_history_note(struct load *load, uint64_t op, uint32_t slot);
/* Takes the chain on over all that is known without a gap. */
void load_history_chain(struct load *load);

/* load_check.c: what the checker is told. `load->payload` is the request's. */
void load_check_sent(struct load *load, uint32_t slot, uint64_t now_ns);
void load_check_answered(struct load *load, uint32_t slot, const struct vr_msg *reply,
			 uint64_t now_ns);
void load_check_end(struct load *load);

/* load_requests.c: issuing, retrying, accepting. */
void load_issue(struct load *load, uint32_t slot, uint64_t now_ns);
void load_issue_all(struct load *load, uint64_t now_ns);
void load_accept_reply(struct load *load, const struct vr_msg *msg, uint64_t now_ns);
void load_retry_due(struct load *load, uint64_t now_ns);
bool load_may_issue(const struct load *load, uint64_t now_ns);
/* A reply of that view came: whoever leads the latest view is asked next. */
void load_follow(struct load *load, const struct vr_msg *msg);

/* load_phases.c */
void load_enter(struct load *load, enum load_phase phase, uint64_t now_ns);
void load_finish(struct load *load, enum load_end ended, uint64_t now_ns);
void load_mark(struct load *load, enum wire_window window, uint64_t now_ns);
void load_accept_mark(struct load *load, const struct vr_msg *msg, uint64_t now_ns);
void load_phase_tick(struct load *load, uint64_t now_ns);
void load_lost_memory(struct load *load, uint64_t now_ns, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* load_outage.c: before a reply is accepted, and when measuring ends (after 0). */
void load_outage_note(struct load *load, uint8_t leader_after, uint64_t now_ns);

#endif
