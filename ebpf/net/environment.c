// SPDX-License-Identifier: Apache-2.0
#include "environment.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void problem_add(struct config_problems *problems, const char *format, ...)
{
	size_t room = sizeof(problems->text) - problems->bytes;
	va_list args;
	int n;

	if (problems->bytes) {
		n = snprintf(problems->text + problems->bytes, room, "; ");
		problems->bytes += (size_t)n < room ? (size_t)n : room - 1;
		room = sizeof(problems->text) - problems->bytes;
	}
	va_start(args, format);
	n = vsnprintf(problems->text + problems->bytes, room, format, args);
	va_end(args);
	if (n > 0)
		problems->bytes += (size_t)n < room ? (size_t)n : room - 1;
}

const char *environment_text(const char *name, const char *fallback)
{
	const char *text = getenv(name);

	return text && *text ? text : fallback;
}

static bool parse_u64(const char *text, uint64_t *value)
{
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	const char *digits = hex ? text + 2 : text;
	char *end;

	/* strtoull alone would take signs and leading blanks. */
	if (!isxdigit((unsigned char)*digits))
		return false;
	errno = 0;
	*value = strtoull(digits, &end, hex ? 16 : 10);
	return !errno && !*end && end != digits;
}

uint64_t environment_u64(struct config_problems *problems, const char *name,
			 struct environment_range range)
{
	const char *text = environment_text(name, NULL);
	uint64_t value;

	if (!text)
		return range.fallback;
	if (parse_u64(text, &value) && value >= range.min && value <= range.max)
		return value;
	problem_add(problems,
		    "%s is \"%.40s\", expected a whole number from %" PRIu64 " to %" PRIu64, name,
		    text, range.min, range.max);
	return range.fallback;
}

static bool parse_milliseconds(const char *text, uint64_t *ms)
{
	uint64_t scale = 100;
	size_t digits = 0;

	for (*ms = 0; isdigit((unsigned char)*text); text++, digits++)
		*ms = *ms * 10 + (uint64_t)(*text - '0') * 1000;
	if (!digits || digits > 9)
		return false;
	if (*text == '.') {
		/* Beyond milliseconds digits are read and have no weight. */
		for (text++; isdigit((unsigned char)*text); text++, scale /= 10)
			*ms += (uint64_t)(*text - '0') * scale;
	}
	return !*text;
}

uint64_t environment_seconds_ms(struct config_problems *problems, const char *name,
				struct environment_range range)
{
	const char *text = environment_text(name, NULL);
	uint64_t ms;

	if (!text)
		return range.fallback;
	if (parse_milliseconds(text, &ms) && ms >= range.min && ms <= range.max)
		return ms;
	problem_add(problems,
		    "%s is \"%.40s\", expected seconds from %" PRIu64 ".%03" PRIu64 " to %" PRIu64,
		    name, text, range.min / 1000, range.min % 1000, range.max / 1000);
	return range.fallback;
}

static bool parse_peer(const char *text, size_t length, struct config_peer *peer)
{
	const char *colon = memchr(text, ':', length);
	char port[8] = {0};
	size_t host_bytes, port_bytes;
	uint64_t number;

	if (!colon)
		return false;
	host_bytes = (size_t)(colon - text);
	port_bytes = length - host_bytes - 1;
	if (!host_bytes || host_bytes >= sizeof(peer->host) || !port_bytes ||
	    port_bytes >= sizeof(port))
		return false;
	memcpy(port, colon + 1, port_bytes);
	if (!parse_u64(port, &number) || number < 1 || number > UINT16_MAX)
		return false;
	memcpy(peer->host, text, host_bytes);
	peer->host[host_bytes] = '\0';
	peer->port = (uint16_t)number;
	return true;
}

void environment_peers(struct config_problems *problems, struct config_peers *peers)
{
	const char *text = environment_text("PEERS", "");
	unsigned count = 0;

	memset(peers, 0, sizeof(*peers));
	while (*text) {
		size_t length = strcspn(text, ",");

		count++;
		if (count <= WIRE_MAX_REPLICAS && !parse_peer(text, length, &peers->at[count]))
			problem_add(problems, "PEERS entry %u is \"%.*s\", expected host:port",
				    count, length < 60 ? (int)length : 60, text);
		text += length;
		if (*text == ',')
			text++;
	}
	if (count < 3 || count > WIRE_MAX_REPLICAS || count % 2 == 0)
		problem_add(problems, "PEERS has %u entries, expected an odd number from 3 to %d",
			    count, WIRE_MAX_REPLICAS);
	else
		peers->count = (uint8_t)count;
}
