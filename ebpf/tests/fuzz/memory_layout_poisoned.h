/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stands in for protocol/memory_layout.h, which it is included before: the parts of the one block lie
 * apart, with poison between them, so that the address sanitizer sees a step from one into the next.
 */
#ifndef LAB_MEMORY_LAYOUT_H
#define LAB_MEMORY_LAYOUT_H

#include <sanitizer/asan_interface.h>
#include <stddef.h>
#include <stdint.h>

#define MEMORY_POISON_BYTES 64u

struct memory_layout {
	uint8_t *base; /* NULL while measuring */
	size_t used;
};

static inline void *memory_take(struct memory_layout *layout, size_t bytes)
{
	size_t at = (layout->used + 63) & ~(size_t)63;
	size_t end = (at + bytes + 63) & ~(size_t)63;

	layout->used = end + MEMORY_POISON_BYTES;
	if (!layout->base)
		return NULL;
	ASAN_POISON_MEMORY_REGION(layout->base + at + bytes, layout->used - at - bytes);
	return layout->base + at;
}

#endif
