/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of an input to messages for the core of fuzz_vr. */
#ifndef LAB_FUZZ_INPUT_H
#define LAB_FUZZ_INPUT_H

#include "fuzz_step.h"
#include "vr.h"

struct fuzz_input {
	const uint8_t *at;
	size_t left;
};

/* The core under test and what is known of it from outside. */
struct core {
	struct vr *vr;
	void *memory;
	size_t memory_bytes;
	uint8_t id, replicas;
	uint64_t now;
	uint32_t view;
	uint64_t commit, chain; /* as counted along its calls of committed and restored */
};

static inline uint32_t first_life(uint8_t id)
{
	return 1000u * id;
}

/* False, with nothing taken, if there isn't as much left. */
bool input_take(struct fuzz_input *input, void *into, size_t bytes);
/* The message of a step; its payload lives until the next call. */
void read_message(struct fuzz_input *input, const struct fuzz_step *step, const struct core *core,
		  struct vr_msg *msg);
/* All others say that they are without memory and know it of all. */
void found_core(const struct core *core);

#endif
