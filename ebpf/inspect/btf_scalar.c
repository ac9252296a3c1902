// SPDX-License-Identifier: Apache-2.0
#include "btf_scalar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "btf_enum.h"

/* The largest integer that a double counts up to without gaps. */
#define JSON_EXACT_MAX (1ull << 53)
/* Longer chains of typedefs would be a loop. */
#define SKIP_MAX 32

const struct btf_type *btf_skip(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, id);

	for (int i = 0; type && i < SKIP_MAX; i++) {
		if (!btf_is_mod(type) && !btf_is_typedef(type) && !btf_is_type_tag(type))
			return type;
		type = btf__type_by_id(btf, type->type);
	}
	return NULL;
}

/* clang marks `char` as a signed integer of this name and never as a character. */
bool btf_is_char(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf_skip(btf, id);

	if (!type || !btf_is_int(type) || type->size != 1)
		return false;
	return btf_int_encoding(type) & BTF_INT_CHAR ||
	       !strcmp(btf__name_by_offset(btf, type->name_off), "char");
}

static const uint8_t *copy_at(const struct btf_place *place, unsigned int copy)
{
	return place->at + copy * place->stride;
}

/* Do all copies hold the same in this many bytes? */
static bool agree(const struct btf_place *place, size_t bytes)
{
	for (unsigned int copy = 1; copy < place->copies; copy++)
		if (memcmp(place->at, copy_at(place, copy), bytes))
			return false;
	return true;
}

/* Bits of one copy, extended to 64 by their sign. */
static uint64_t read_bits(const uint8_t *at, struct btf_bits bits, bool is_signed)
{
	unsigned int shift = bits.offset % 8;
	size_t bytes = (shift + bits.bits + 7) / 8;
	uint8_t window[16] = {0};
	uint64_t low, value;

	memcpy(window, at + bits.offset / 8, bytes);
	memcpy(&low, window, sizeof(low));
	value = low >> shift;
	if (shift)
		value |= (uint64_t)window[8] << (64 - shift);
	if (bits.bits == 64)
		return value;
	value &= (1ull << bits.bits) - 1;
	if (is_signed && value >> (bits.bits - 1))
		value |= ~0ull << bits.bits;
	return value;
}

static uint64_t sum_bits(const struct btf_place *place, struct btf_bits bits, bool is_signed)
{
	uint64_t sum = 0;

	for (unsigned int copy = 0; copy < place->copies; copy++)
		sum += read_bits(copy_at(place, copy), bits, is_signed);
	return sum;
}

static void write_unsigned(struct json *json, uint64_t value)
{
	char text[24];

	if (value <= JSON_EXACT_MAX) {
		json_number(json, value);
		return;
	}
	snprintf(text, sizeof(text), "%" PRIu64, value);
	json_text(json, text);
}

static void write_signed(struct json *json, int64_t value)
{
	char text[24];

	if (value >= -(int64_t)JSON_EXACT_MAX && value <= (int64_t)JSON_EXACT_MAX) {
		json_signed(json, value);
		return;
	}
	snprintf(text, sizeof(text), "%" PRId64, value);
	json_text(json, text);
}

static void write_enum(struct json *json, const struct btf *btf, const struct btf_type *type,
		       uint64_t value)
{
	uint64_t mask = type->size < 8 ? (1ull << (8 * type->size)) - 1 : ~0ull;

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		if (((uint64_t)btf_enum_value(type, i) & mask) != (value & mask))
			continue;
		json_text(json, btf_enum_name(btf, type, i));
		return;
	}
	write_unsigned(json, value & mask);
}

void btf_bitfield_write(struct json *json, const struct btf *btf, struct btf_place place,
			struct btf_bits bits)
{
	const struct btf_type *type = btf_skip(btf, place.type);
	bool is_signed = type && btf_is_int(type) && btf_int_encoding(type) & BTF_INT_SIGNED;
	bool is_bool = type && btf_is_int(type) && btf_int_encoding(type) & BTF_INT_BOOL;
	uint64_t first;

	if (!type || bits.bits > 64) {
		json_null(json);
		return;
	}
	if (!is_bool && !btf_is_any_enum(type)) {
		uint64_t sum = sum_bits(&place, bits, is_signed);

		if (is_signed)
			write_signed(json, (int64_t)sum);
		else
			write_unsigned(json, sum);
		return;
	}
	first = read_bits(place.at, bits, false);
	for (unsigned int copy = 1; copy < place.copies; copy++) {
		if (read_bits(copy_at(&place, copy), bits, false) == first)
			continue;
		json_null(json);
		return;
	}
	if (is_bool)
		json_bool(json, first != 0);
	else
		write_enum(json, btf, type, first);
}

void btf_text_write(struct json *json, struct btf_place place, size_t characters)
{
	size_t bytes = characters < place.bytes ? characters : place.bytes;
	size_t length = strnlen((const char *)place.at, bytes);

	/* The NUL belongs to what must agree; what lies behind it does not. */
	if (agree(&place, length < bytes ? length + 1 : length))
		json_text_bytes(json, (const char *)place.at, length);
	else
		json_null(json);
}

static void write_float(struct json *json, const struct btf_place *place, size_t bytes)
{
	char text[40];
	double sum = 0;

	for (unsigned int copy = 0; copy < place->copies; copy++) {
		float narrow;
		double wide = 0;

		if (bytes == sizeof(narrow)) {
			memcpy(&narrow, copy_at(place, copy), sizeof(narrow));
			wide = narrow;
		} else {
			memcpy(&wide, copy_at(place, copy), sizeof(wide));
		}
		sum += wide;
	}
	/* Neither infinity nor what is not a number has a place in JSON. */
	if (sum - sum != 0) {
		json_null(json);
		return;
	}
	json_raw(json, text, snprintf(text, sizeof(text), "%.17g", sum));
}

static void write_pointer(struct json *json, const struct btf_place *place, size_t bytes)
{
	uint64_t value = 0;

	memcpy(&value, place->at, bytes);
	if (agree(place, bytes))
		write_unsigned(json, value);
	else
		json_null(json);
}

/* Integers and enums are bit fields that begin at a byte and fill their bytes. */
void btf_scalar_write(struct json *json, const struct btf *btf, struct btf_place place)
{
	const struct btf_type *type = btf_skip(btf, place.type);
	int64_t size = type ? btf__resolve_size(btf, place.type) : -1;

	/* Functions, forward declarations; __int128, which no JSON reader would take. */
	if (size <= 0 || size > 8 || (uint64_t)size > place.bytes)
		json_null(json);
	else if (btf_is_int(type) || btf_is_any_enum(type))
		btf_bitfield_write(json, btf, place, (struct btf_bits){.bits = 8 * size});
	else if (btf_is_float(type) && (size == 4 || size == 8))
		write_float(json, &place, size);
	else if (btf_is_ptr(type))
		write_pointer(json, &place, size);
	else
		json_null(json);
}
