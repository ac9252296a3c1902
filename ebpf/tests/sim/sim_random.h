/* SPDX-License-Identifier: Apache-2.0 */
/* The only source of chance in the simulator: SplitMix64 from the seed. */
#ifndef LAB_SIM_RANDOM_H
#define LAB_SIM_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

static inline uint64_t random_u64(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ull;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

/* least..most, both included. */
static inline uint64_t random_within(uint64_t *state, uint64_t least, uint64_t most)
{
	return least + random_u64(state) % (most - least + 1);
}

static inline bool random_chance(uint64_t *state, uint32_t per_mille)
{
	return random_u64(state) % 1000 < per_mille;
}

#endif
