// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVERY_MS_MIN 50
#define EVERY_MS_MAX 60000
#define MAX_S_MAX 604800

static char problem[256];

const char *arguments_problem(void)
{
	return problem;
}

__attribute__((format(printf, 1, 2))) static bool refuse(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	vsnprintf(problem, sizeof(problem), format, values);
	va_end(values);
	return false;
}

/* A whole decimal number, or -1. */
static long read_number(const char *text)
{
	char *end;
	long number;

	if (*text < '0' || *text > '9')
		return -1;
	number = strtol(text, &end, 10);
	return *end ? -1 : number;
}

static bool read_bounded(unsigned int *value, const char *option, const long bounds[2])
{
	long number = read_number(optarg);

	if (number < bounds[0] || number > bounds[1])
		return refuse("%s takes a whole number from %ld to %ld, not \"%s\"", option,
			      bounds[0], bounds[1], optarg);
	*value = number;
	return true;
}

static bool is_taken(const struct arguments *arguments, const char *name)
{
	for (size_t i = 0; i < arguments->replica_count; i++)
		if (!strcmp(arguments->replicas[i].name, name))
			return true;
	return false;
}

static bool read_replica(struct arguments *arguments, const char *text)
{
	const char *equals = strchr(text, '=');
	size_t length = equals ? (size_t)(equals - text) : 0;
	long pid = equals ? read_number(equals + 1) : -1;
	char *name;

	if (!length || pid < 1 || pid > INT32_MAX)
		return refuse("a replica is given as NAME=PID, not as \"%s\"", text);
	if (arguments->replica_count == REPLICAS_MAX)
		return refuse("there are more than %d replicas", REPLICAS_MAX);
	name = arguments->replicas[arguments->replica_count].name;
	if (length >= sizeof(arguments->replicas[0].name))
		return refuse("the name in \"%s\" is longer than %zu characters", text,
			      sizeof(arguments->replicas[0].name) - 1);
	memcpy(name, text, length);
	name[length] = '\0';
	if (is_taken(arguments, name))
		return refuse("two replicas are called \"%s\"", name);
	arguments->replicas[arguments->replica_count++].pid = pid;
	return true;
}

static bool read_option(struct arguments *arguments, int option, char **argv)
{
	static const long every_ms[] = {EVERY_MS_MIN, EVERY_MS_MAX};
	static const long max_s[] = {1, MAX_S_MAX};

	switch (option) {
	case 'e':
		return read_bounded(&arguments->every_ms, "--every-ms", every_ms);
	case 'm':
		return read_bounded(&arguments->max_s, "--max-s", max_s);
	case 's':
		arguments->statistics = true;
		return true;
	case ':':
		return refuse("%s needs a value", argv[optind - 1]);
	default:
		return refuse("unknown option %s", argv[optind - 1]);
	}
}

bool arguments_read(struct arguments *arguments, int argc, char **argv)
{
	static const struct option options[] = {
		{"every-ms", required_argument, NULL, 'e'},
		{"max-s", required_argument, NULL, 'm'},
		{"statistics", no_argument, NULL, 's'},
		{0},
	};
	int option;

	*arguments = (struct arguments){.every_ms = 500, .max_s = 7200};
	/* 0 rather than 1: begin anew, whatever was read before. */
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) >= 0)
		if (!read_option(arguments, option, argv))
			return false;
	for (int i = optind; i < argc; i++)
		if (!read_replica(arguments, argv[i]))
			return false;
	if (!arguments->replica_count)
		return refuse("no replica is given");
	return true;
}
