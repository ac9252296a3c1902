/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAB_LOAD_FIXTURE_H
#define LAB_LOAD_FIXTURE_H

#include "load_client.h"

#define MS 1000000ull
#define SENT_MAX 4096
#define PHASES_MAX 16
#define INTERVALS_MAX 64
#define OUTAGES_MAX 8
#define PAYLOAD_MAX 32

/* A cluster of one voice: replica 2 leads, numbers ops and answers when the test says so. */
struct load_cluster {
	void *memory;
	struct load *load;
	struct load_config config;
	uint64_t now;
	struct vr_msg sent[SENT_MAX];
	uint8_t to[SENT_MAX];
	uint8_t payloads[SENT_MAX][PAYLOAD_MAX]; /* sent[i].payload points here */
	unsigned sent_count;
	enum load_phase phases[PHASES_MAX];
	unsigned phase_count;
	struct load_interval intervals[INTERVALS_MAX];
	unsigned interval_count;
	struct load_outage outages[OUTAGES_MAX];
	unsigned outage_count;
};

extern struct load_cluster cluster;

/*
 * 2 clients with nonce 3, 4 measured requests, warm-up 10 ms, retry 100 ms, no
 * progress after 3 s.
 */
struct load_config load_config_small(void);
/* Begins at 5000 ms; tick_at counts from there. */
void cluster_begin(const struct load_config *config, bool hold);
void cluster_end(void);
void tick_at(uint64_t ms);
/* From replica 2. */
void receive(struct vr_msg msg);
void ready(void);
void mark_ok(uint8_t window);
void reply(uint32_t slot, uint64_t request, uint64_t op);
/* For replies of another replica, view or value. */
struct vr_msg reply_message(uint32_t slot, uint64_t request, uint64_t op);
void receive_from(uint8_t sender, struct vr_msg msg);
/* Datagrams of that type so far, and the last one (NULL if none). */
unsigned count(enum wire_type type);
const struct vr_msg *last(enum wire_type type);

/* A test of that name, which runs check_NAME on a fresh cluster with load_config_small. */
#define LOAD_TEST(name)                                        \
	static void name(void)                                 \
	{                                                      \
		struct load_config ours = load_config_small(); \
                                                               \
		cluster_begin(&ours, false);                   \
		check_##name();                                \
		cluster_end();                                 \
	}

#endif
