// SPDX-License-Identifier: Apache-2.0
#include "memory_block.h"

#include <sys/mman.h>

#define POPULATE_MAX_BYTES (256ull << 20)

/* Older headers lack it; kernels before 5.14 refuse it, and the pages then come one by one. */
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

void *memory_block_open(size_t bytes)
{
	void *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (block == MAP_FAILED)
		return NULL;
	/*
	 * Huge pages where the kernel has them: seven replicas that start at once spend
	 * their time in page faults.
	 */
	madvise(block, bytes, MADV_HUGEPAGE);
	if (bytes <= POPULATE_MAX_BYTES)
		madvise(block, bytes, MADV_POPULATE_WRITE);
	return block;
}

void memory_block_close(void *block, size_t bytes)
{
	if (block)
		munmap(block, bytes);
}
