/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes one JSON document into a buffer that grows up to a limit.
 *
 * Commas come by themselves: what was written last says whether one is due. When
 * memory ends or the limit is reached, `failed` is set and nothing more is added,
 * so a caller checks once, at the end.
 */
#ifndef INSPECT_JSON_H
#define INSPECT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_BYTES_MAX ((size_t)64 << 20)

struct json {
	char *text; /* not NUL-ended */
	size_t bytes;
	size_t room;
	bool failed;
};

void json_free(struct json *json);
/* Forgets the text and keeps the memory. */
void json_reset(struct json *json);
/* Takes back everything behind `bytes`, a length noted earlier. */
void json_rewind(struct json *json, size_t bytes);

void json_open(struct json *json, char bracket);
void json_close(struct json *json, char bracket);
void json_key(struct json *json, const char *key);
/* Bytes beyond ASCII are written as the characters of the same number, so the result is always valid. */
void json_text(struct json *json, const char *text);
void json_text_bytes(struct json *json, const char *text, size_t bytes);
/* Two digits for each byte. Faster than printf, which a look would call a thousand times. */
void json_hex(struct json *json, const uint8_t *bytes, size_t count);
void json_mac(struct json *json, const uint8_t bytes[6]);
void json_number(struct json *json, uint64_t value);
void json_signed(struct json *json, int64_t value);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);
/* A value that is JSON already. */
void json_raw(struct json *json, const char *text, size_t bytes);
/* Behind a finished document. */
void json_newline(struct json *json);

void json_text_field(struct json *json, const char *key, const char *text);
void json_number_field(struct json *json, const char *key, uint64_t value);
void json_bool_field(struct json *json, const char *key, bool value);
/* A text, or null where there is none. */
void json_maybe_text_field(struct json *json, const char *key, const char *text);

#endif
