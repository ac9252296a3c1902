/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the ring that the BPF program writes sampled copies to. */
#ifndef LAB_KERNEL_TRACE_H
#define LAB_KERNEL_TRACE_H

#include "trace.h"

struct kernel_trace;

/* What is done with each record. */
typedef void kernel_trace_take(void *ctx, const struct trace_record *record);

/* Maps the ring of this descriptor, which stays the caller's. NULL with errno. */
struct kernel_trace *kernel_trace_open(int ring_fd, kernel_trace_take *take, void *ctx);
/* Hands over what is there; never waits. */
void kernel_trace_drain(struct kernel_trace *trace);
/* NULL is allowed. */
void kernel_trace_close(struct kernel_trace *trace);

#endif
