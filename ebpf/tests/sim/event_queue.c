// SPDX-License-Identifier: Apache-2.0
#include "event_queue.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

static bool before(const struct event *a, const struct event *b)
{
	return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->order < b->order;
}

void event_push(struct event_queue *queue, struct event event)
{
	size_t at = queue->count++;

	if (queue->count > queue->capacity) {
		queue->capacity = queue->capacity ? 2 * queue->capacity : 256;
		queue->heap = realloc(queue->heap, queue->capacity * sizeof(event));
		assert(queue->heap);
	}
	event.order = queue->order++;
	for (; at && before(&event, &queue->heap[(at - 1) / 2]); at = (at - 1) / 2)
		queue->heap[at] = queue->heap[(at - 1) / 2];
	queue->heap[at] = event;
}

struct event event_pop(struct event_queue *queue)
{
	struct event *heap = queue->heap, first = heap[0], last;
	size_t at = 0, child;

	assert(queue->count > 0);
	last = heap[--queue->count];
	while ((child = 2 * at + 1) < queue->count) {
		if (child + 1 < queue->count && before(&heap[child + 1], &heap[child]))
			child++;
		if (!before(&heap[child], &last))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = last;
	return first;
}

void event_queue_free(struct event_queue *queue)
{
	for (size_t at = 0; at < queue->count; at++)
		free(queue->heap[at].datagram);
	free(queue->heap);
}
