// SPDX-License-Identifier: Apache-2.0
#include "event_log.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"

/* JavaScript's largest exact integer; a larger number would be read as another one. */
#define JSON_INTEGER_MAX ((1ull << 53) - 1)

void event_log_open(struct event_log *log, const char *src, struct line_writer *out)
{
	log->out = out;
	log->now_us = clock_real_us;
	snprintf(log->src, sizeof(log->src), "%s", src);
	log->bytes = 0;
	log->too_long = 0;
}

/*
 * One byte is kept back for the newline. Beyond it nothing is written and the line
 * is given up at its end.
 */
static void put_bytes(struct event_log *log, const char *text, size_t bytes)
{
	if (log->bytes + bytes < sizeof(log->line))
		memcpy(log->line + log->bytes, text, bytes);
	log->bytes += bytes;
}

static void put_text(struct event_log *log, const char *text)
{
	put_bytes(log, text, strlen(text));
}

static void put_number(struct event_log *log, uint64_t value)
{
	char digits[20];
	size_t at = sizeof(digits);

	if (value > JSON_INTEGER_MAX)
		value = JSON_INTEGER_MAX;
	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	put_bytes(log, digits + at, sizeof(digits) - at);
}

static const char hex_digits[] = "0123456789abcdef";

static void put_quoted(struct event_log *log, const char *text)
{
	put_bytes(log, "\"", 1);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\') {
			put_bytes(log, "\\", 1);
			put_bytes(log, text, 1);
		} else if (c < 0x20) {
			char escape[6] = {
				'\\', 'u', '0', '0', hex_digits[c >> 4], hex_digits[c & 15]};

			put_bytes(log, escape, sizeof(escape));
		} else {
			put_bytes(log, text, 1);
		}
	}
	put_bytes(log, "\"", 1);
}

static void put_hex(struct event_log *log, uint64_t value)
{
	char quoted[18];
	int i;

	quoted[0] = '"';
	quoted[17] = '"';
	for (i = 16; i >= 1; i--, value >>= 4)
		quoted[i] = hex_digits[value & 15];
	put_bytes(log, quoted, sizeof(quoted));
}

static void put_array(struct event_log *log, struct event_array array)
{
	size_t i;

	put_bytes(log, "[", 1);
	for (i = 0; i < array.count; i++) {
		if (i)
			put_bytes(log, ",", 1);
		put_number(log, array.at[i]);
	}
	put_bytes(log, "]", 1);
}

static void put_key(struct event_log *log, const char *key)
{
	put_text(log, ",\"");
	put_text(log, key);
	put_text(log, "\":");
}

static void line_begin(struct event_log *log, const char *event)
{
	log->bytes = 0;
	put_text(log, "{\"v\":");
	put_number(log, EVENT_VERSION);
	put_text(log, ",\"event\":");
	put_quoted(log, event);
	put_key(log, "src");
	put_quoted(log, log->src);
	put_key(log, "tUs");
	put_number(log, log->now_us());
}

static void line_end(struct event_log *log)
{
	put_bytes(log, "}", 1);
	if (log->bytes + 1 >= sizeof(log->line)) {
		log->too_long++;
		log->bytes = 0;
		return;
	}
	log->line[log->bytes++] = '\n';
	log->line[log->bytes] = '\0';
	if (log->out)
		line_writer_put(log->out, log->line, log->bytes);
}

#define F_U64(field) put_key(log, #field), put_number(log, event->field);
#define F_STR(field) put_key(log, #field), put_quoted(log, event->field);
#define F_HEX(field) put_key(log, #field), put_hex(log, event->field);
#define F_BOOL(field) put_key(log, #field), put_text(log, event->field ? "true" : "false");
#define F_ARR(field) put_key(log, #field), put_array(log, event->field);
#define EVENT(name, fields)                                                        \
	void event_##name(struct event_log *log, const struct event_##name *event) \
	{                                                                          \
		line_begin(log, #name);                                            \
		fields line_end(log);                                              \
	}
#include "events.def"
