// SPDX-License-Identifier: Apache-2.0
#include "say.h"

#include <stdarg.h>
#include <stdio.h>

#include "line_writer.h"

#define SAY_LINE_BYTES 1280

static struct line_writer people;

static const char *const level_names[] = {
	[SAY_DEBUG] = "debug",
	[SAY_NOTICE] = "notice",
	[SAY_WARN] = "warn",
	[SAY_ERROR] = "error",
};

void say_open(void)
{
	line_writer_open(&people, 2);
}

static void put(char *line, size_t used, const char *format, va_list args)
{
	int n = vsnprintf(line + used, SAY_LINE_BYTES - used - 1, format, args);

	if (n < 0)
		return;
	used += (size_t)n;
	if (used > SAY_LINE_BYTES - 2)
		used = SAY_LINE_BYTES - 2;
	line[used++] = '\n';
	line_writer_put(&people, line, used);
}

void say(enum say_level level, const char *area, const char *format, ...)
{
	char line[SAY_LINE_BYTES];
	int used = snprintf(line, 64, "%s %s: ", level_names[level], area);
	va_list args;

	va_start(args, format);
	put(line, (size_t)used, format, args);
	va_end(args);
}

void say_plain(const char *format, ...)
{
	char line[SAY_LINE_BYTES];
	va_list args;

	va_start(args, format);
	put(line, 0, format, args);
	va_end(args);
}

void say_flush(void)
{
	line_writer_flush(&people);
}

void say_close(int timeout_ms)
{
	line_writer_close(&people, timeout_ms);
}
