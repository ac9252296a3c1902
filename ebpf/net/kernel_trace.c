// SPDX-License-Identifier: Apache-2.0
#include "kernel_trace.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>

struct kernel_trace {
	struct ring_buffer *ring;
	kernel_trace_take *take;
	void *ctx;
};

static int on_record(void *ctx, void *data, size_t bytes)
{
	struct kernel_trace *trace = ctx;

	if (bytes >= sizeof(struct trace_record))
		trace->take(trace->ctx, data);
	return 0;
}

struct kernel_trace *kernel_trace_open(int ring_fd, kernel_trace_take *take, void *ctx)
{
	struct kernel_trace *trace = calloc(1, sizeof(*trace));
	int failed;

	if (!trace)
		return NULL;
	trace->take = take;
	trace->ctx = ctx;
	trace->ring = ring_buffer__new(ring_fd, on_record, trace, NULL);
	if (trace->ring)
		return trace;
	failed = errno;
	free(trace);
	errno = failed;
	return NULL;
}

void kernel_trace_drain(struct kernel_trace *trace)
{
	ring_buffer__consume(trace->ring);
}

void kernel_trace_close(struct kernel_trace *trace)
{
	if (!trace)
		return;
	ring_buffer__free(trace->ring);
	free(trace);
}
