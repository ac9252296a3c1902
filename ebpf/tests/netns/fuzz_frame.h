/* SPDX-License-Identifier: Apache-2.0 */
/* Frames with a broadcast of the leader's in them, spoiled in one way or another, from a seed. */
#ifndef NETNS_FUZZ_FRAME_H
#define NETNS_FUZZ_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "counters.h"

/* kind, its name, the counter that all of it must end in (BCAST_COUNTER_END: it depends on the frame). */
#define FUZZ_KINDS(X)                                                            \
	X(FUZZ_VALID, "valid", BCAST_ORIGINALS)                                  \
	X(FUZZ_MAGIC, "wrong magic", BCAST_NOT_OURS)                             \
	X(FUZZ_VERSION, "wrong version", BCAST_FOREIGN_RUN)                      \
	X(FUZZ_RUN, "another run", BCAST_FOREIGN_RUN)                            \
	X(FUZZ_SENDER, "in another replica's name", BCAST_FROM_OUTSIDE)          \
	X(FUZZ_SOURCE, "from another address or port", BCAST_FROM_OUTSIDE)       \
	X(FUZZ_VIEW, "of another view", BCAST_STALE_VIEW)                        \
	X(FUZZ_FRAGMENT, "a fragment", BCAST_FRAGMENT)                           \
	X(FUZZ_OVERSIZED, "claims more bytes than there are", BCAST_TRUNCATED)   \
	X(FUZZ_TRUNCATED, "cut anywhere", BCAST_COUNTER_END)                     \
	X(FUZZ_LENGTHS, "lengths that contradict each other", BCAST_COUNTER_END) \
	X(FUZZ_RANDOM, "random bytes", BCAST_COUNTER_END)                        \
	X(FUZZ_MUTATED, "some bytes changed", BCAST_COUNTER_END)

enum fuzz_kind {
#define X(kind, name, counter) kind,
	FUZZ_KINDS(X)
#undef X
		FUZZ_KINDS_END
};

#define FUZZ_FRAME_BYTES_MAX 1514
#define FUZZ_FRAME_BYTES_MIN 14

/* Whose broadcasts are right; addresses in network byte order. */
struct fuzz_leader {
	uint32_t ip;
	uint16_t port;
	uint64_t run_id; /* network byte order */
	uint8_t id;
	uint32_t view; /* network byte order */
};

/*
 * Ethernet source and destination of every frame: it stays at the bridge, which
 * knows the way to it by its source. The kernel's own frames have another.
 */
extern const uint8_t fuzz_mac[6];

const char *fuzz_kind_name(enum fuzz_kind kind);
enum bcast_counter fuzz_kind_counter(enum fuzz_kind kind);

/* Writes the next frame of this kind. Its length. */
size_t fuzz_frame_write(uint8_t frame[FUZZ_FRAME_BYTES_MAX], enum fuzz_kind kind,
			const struct fuzz_leader *leader, uint64_t *random);
/*
 * Judges a frame by wire.h and counters.h alone: is it a flagged broadcast of the
 * leader's, the one thing that may become several frames?
 */
bool fuzz_frame_may_be_cloned(const uint8_t *frame, size_t length,
			      const struct fuzz_leader *leader);

#endif
