/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Carves parts out of the one block of memory that a core is given. Run once
 * with base NULL it measures, run again with the block it hands out: one
 * function describes the layout, so that size and use cannot drift apart.
 */
#ifndef LAB_MEMORY_LAYOUT_H
#define LAB_MEMORY_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

struct memory_layout {
	uint8_t *base; /* NULL while measuring */
	size_t used;
};

/* Returns the part, aligned to a cache line, or NULL while measuring. */
static inline void *memory_take(struct memory_layout *layout, size_t bytes)
{
	size_t at = (layout->used + 63) & ~(size_t)63;

	layout->used = at + bytes;
	return layout->base ? layout->base + at : NULL;
}

#endif
