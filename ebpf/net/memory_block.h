/* SPDX-License-Identifier: Apache-2.0 */
/* The one block of zeroed memory that a protocol core works in. */
#ifndef LAB_MEMORY_BLOCK_H
#define LAB_MEMORY_BLOCK_H

#include <stddef.h>

/*
 * Page-aligned and zeroed; NULL with errno if there is none. Up to 256 MiB it is
 * faulted in here, so that no page fault falls into a request; a larger log
 * faults as it grows.
 */
void *memory_block_open(size_t bytes);
void memory_block_close(void *block, size_t bytes);

#endif
