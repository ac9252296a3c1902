/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames put on the leader's interface as they are, past its IP stack and through
 * its egress hook, and what comes out of it at the bridge.
 */
#ifndef NETNS_WIRE_TAP_H
#define NETNS_WIRE_TAP_H

#include "cluster.h"

#define WIRE_TAP_BYTES_MAX 2048

struct wire_tap {
	int in; /* writes on the leader's eth0 */
	int out; /* sees each frame that leaves it, at the bridge's end */
	uint64_t closings; /* frames of ours that end a look; the hook sees them too */
	uint64_t foreign; /* frames that neither we nor the hook made: the kernel's own */
};

/* What left since the last look, of the frames with a certain Ethernet source or IP destination. */
struct wire_seen {
	unsigned int frames;
	uint8_t first[WIRE_TAP_BYTES_MAX];
	size_t first_bytes;
};

void wire_tap_open(struct wire_tap *tap, const struct cluster *cluster);
void wire_tap_close(struct wire_tap *tap);
void wire_tap_put(struct wire_tap *tap, const uint8_t *frame, size_t length);
/*
 * Puts a closing frame and reads until it comes out: frames keep their order. Counts
 * frames whose Ethernet source is `source`, or which are addressed to `target`
 * (network byte order); all others are foreign.
 */
struct wire_seen wire_tap_look(struct wire_tap *tap, const uint8_t source[6], uint32_t target);

#endif
