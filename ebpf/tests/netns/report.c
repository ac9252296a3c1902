// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char name[256];
static char deviations[4096];
static bool any_failed;

static void add_deviation(const char *format, va_list arguments)
{
	size_t used = strlen(deviations);
	size_t room = sizeof(deviations) - used;
	char text[512];

	vsnprintf(text, sizeof(text), format, arguments);
	snprintf(deviations + used, room, "#   %s\n", text);
}

void report_begin(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(name, sizeof(name), format, arguments);
	va_end(arguments);
	deviations[0] = '\0';
}

void report_expect(bool holds, const char *format, ...)
{
	va_list arguments;

	if (holds)
		return;
	va_start(arguments, format);
	add_deviation(format, arguments);
	va_end(arguments);
}

void report_equal(unsigned long long got, unsigned long long wanted, const char *format, ...)
{
	char what[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	report_expect(got == wanted, "%s: %llu, expected %llu", what, got, wanted);
}

void report_end(void)
{
	any_failed |= deviations[0] != '\0';
	printf("%s %s\n%s", deviations[0] ? "not ok" : "ok", name, deviations);
	fflush(stdout);
}

int report_exit_code(void)
{
	return any_failed ? 1 : 0;
}

void report_fatal(const char *format, ...)
{
	int error = errno;
	va_list arguments;

	printf("not ok set-up: ");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf(" (%s)\n", strerror(error));
	fflush(stdout);
	exit(1);
}
