/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events as JSON Lines, generated from include/events.def: for EVENT(peer, ...)
 * there is struct event_peer and event_peer(log, &peer). Field names are those
 * of the JSON, so a field can only be added in one place.
 */
#ifndef LAB_EVENT_LOG_H
#define LAB_EVENT_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "line_writer.h"

#define EVENT_VERSION 1
#define EVENT_SRC_BYTES 64
/* An interval's histogram is the longest: two numbers for each distinct latency index in 100 ms. */
#define EVENT_LINE_BYTES (192 * 1024)

struct event_array {
	const uint64_t *at;
	size_t count;
};

#define F_U64(field) uint64_t field;
#define F_STR(field) const char *field;
#define F_HEX(field) uint64_t field;
#define F_BOOL(field) bool field;
#define F_ARR(field) struct event_array field;
#define EVENT(name, fields)   \
	struct event_##name { \
		fields        \
	};
#include "events.def"
#undef EVENT
#undef F_U64
#undef F_STR
#undef F_HEX
#undef F_BOOL
#undef F_ARR

struct event_log {
	struct line_writer
		*out; /* NULL: the line stays in `line`, for the control socket and tests */
	uint64_t (*now_us)(void); /* Unix time in us */
	char src[EVENT_SRC_BYTES];
	size_t bytes; /* of the last line, newline included; 0 if it was too long and dropped */
	uint64_t too_long; /* lines that did not fit in EVENT_LINE_BYTES */
	char line[EVENT_LINE_BYTES];
};

/* src: the name of the service, e.g. "replica1". out may be NULL. Uses the real-time clock. */
void event_log_open(struct event_log *log, const char *src, struct line_writer *out);

#define EVENT(name, fields) \
	void event_##name(struct event_log *log, const struct event_##name *event);
#include "events.def"
#undef EVENT

#endif
