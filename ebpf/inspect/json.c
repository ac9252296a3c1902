// SPDX-License-Identifier: Apache-2.0
#include "json.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 16384

/* Room for this many more bytes, or false and `failed`. */
static bool grow(struct json *json, size_t more)
{
	size_t room = json->room ? json->room : ROOM_FIRST;
	char *text;

	if (json->failed)
		return false;
	if (json->bytes + more <= json->room)
		return true;
	while (room < json->bytes + more)
		room *= 2;
	text = room <= JSON_BYTES_MAX ? realloc(json->text, room) : NULL;
	if (!text) {
		json->failed = true;
		return false;
	}
	json->text = text;
	json->room = room;
	return true;
}

static void put(struct json *json, const char *text, size_t bytes)
{
	if (!grow(json, bytes))
		return;
	memcpy(json->text + json->bytes, text, bytes);
	json->bytes += bytes;
}

/* Text never ends in one of these: a string's last character is its quote. */
static void put_comma(struct json *json)
{
	char last = json->bytes ? json->text[json->bytes - 1] : '{';

	if (last != '{' && last != '[' && last != ':')
		put(json, ",", 1);
}

static void put_value(struct json *json, const char *text, size_t bytes)
{
	put_comma(json);
	put(json, text, bytes);
}

void json_free(struct json *json)
{
	free(json->text);
	*json = (struct json){0};
}

void json_reset(struct json *json)
{
	json->bytes = 0;
	json->failed = false;
}

void json_rewind(struct json *json, size_t bytes)
{
	if (bytes < json->bytes)
		json->bytes = bytes;
}

void json_open(struct json *json, char bracket)
{
	put_value(json, &bracket, 1);
}

void json_close(struct json *json, char bracket)
{
	put(json, &bracket, 1);
}

void json_key(struct json *json, const char *key)
{
	json_text(json, key);
	put(json, ":", 1);
}

static const char hex_digits[] = "0123456789abcdef";

static void put_escaped(struct json *json, uint8_t character)
{
	const char escape[] = {
		'\\', 'u', '0', '0', hex_digits[character >> 4], hex_digits[character & 15],
	};

	put(json, escape, sizeof(escape));
}

void json_text_bytes(struct json *json, const char *text, size_t bytes)
{
	size_t plain = 0;

	put_value(json, "\"", 1);
	for (size_t i = 0; i < bytes; i++) {
		uint8_t character = text[i];

		if (character >= 0x20 && character < 0x7f && character != '"' && character != '\\')
			continue;
		put(json, text + plain, i - plain);
		put_escaped(json, character);
		plain = i + 1;
	}
	put(json, text + plain, bytes - plain);
	put(json, "\"", 1);
}

void json_text(struct json *json, const char *text)
{
	json_text_bytes(json, text, strlen(text));
}

static void put_hex(struct json *json, uint8_t byte)
{
	const char digits[] = {hex_digits[byte >> 4], hex_digits[byte & 15]};

	put(json, digits, sizeof(digits));
}

void json_hex(struct json *json, const uint8_t *bytes, size_t count)
{
	put_value(json, "\"", 1);
	for (size_t i = 0; i < count; i++)
		put_hex(json, bytes[i]);
	put(json, "\"", 1);
}

void json_mac(struct json *json, const uint8_t bytes[6])
{
	put_value(json, "\"", 1);
	for (size_t i = 0; i < 6; i++) {
		if (i)
			put(json, ":", 1);
		put_hex(json, bytes[i]);
	}
	put(json, "\"", 1);
}

static void put_number(struct json *json, uint64_t magnitude, bool negative)
{
	char text[21];
	size_t at = sizeof(text);

	do {
		text[--at] = (char)('0' + magnitude % 10);
		magnitude /= 10;
	} while (magnitude);
	if (negative)
		text[--at] = '-';
	put_value(json, text + at, sizeof(text) - at);
}

void json_number(struct json *json, uint64_t value)
{
	put_number(json, value, false);
}

void json_signed(struct json *json, int64_t value)
{
	put_number(json, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, value < 0);
}

void json_bool(struct json *json, bool value)
{
	put_value(json, value ? "true" : "false", value ? 4 : 5);
}

void json_null(struct json *json)
{
	put_value(json, "null", 4);
}

void json_raw(struct json *json, const char *text, size_t bytes)
{
	put_value(json, text, bytes);
}

void json_newline(struct json *json)
{
	put(json, "\n", 1);
}

void json_text_field(struct json *json, const char *key, const char *text)
{
	json_key(json, key);
	json_text(json, text);
}

void json_number_field(struct json *json, const char *key, uint64_t value)
{
	json_key(json, key);
	json_number(json, value);
}

void json_bool_field(struct json *json, const char *key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}

void json_maybe_text_field(struct json *json, const char *key, const char *text)
{
	json_key(json, key);
	if (text)
		json_text(json, text);
	else
		json_null(json);
}
