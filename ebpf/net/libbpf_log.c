// SPDX-License-Identifier: Apache-2.0
#include "libbpf_log.h"

#include <bpf/libbpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char tail[1024];

static void append(const char *text, size_t bytes)
{
	const size_t room = sizeof(tail) - 1;
	size_t kept = strlen(tail);

	if (bytes > room) {
		text += bytes - room;
		bytes = room;
	}
	if (kept + bytes > room) {
		size_t dropped = kept + bytes - room;

		memmove(tail, tail + dropped, kept - dropped);
		kept -= dropped;
	}
	memcpy(tail + kept, text, bytes);
	tail[kept + bytes] = '\0';
}

static int keep_warnings(enum libbpf_print_level level, const char *format, va_list arguments)
{
	char *text;
	int bytes;

	if (level != LIBBPF_WARN)
		return 0;
	/* A verifier log can be long, and it is its end that must survive. */
	bytes = vasprintf(&text, format, arguments);
	if (bytes < 0)
		return bytes;
	append(text, bytes);
	free(text);
	return bytes;
}

void libbpf_log_begin(void)
{
	tail[0] = '\0';
	libbpf_set_print(keep_warnings);
}

const char *libbpf_log_tail(void)
{
	size_t bytes = strlen(tail);

	while (bytes && tail[bytes - 1] == '\n')
		tail[--bytes] = '\0';
	return tail;
}
