// SPDX-License-Identifier: Apache-2.0
#include "inspect_look.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cluster.h"
#include "report.h"

static struct json json;
static char *line; /* the last look, NUL-ended */
static char *part;

void look_add(struct arguments *arguments, const char *name, pid_t pid)
{
	snprintf(arguments->replicas[arguments->replica_count].name,
		 sizeof(arguments->replicas[0].name), "%s", name);
	arguments->replicas[arguments->replica_count++].pid = pid;
}

void look_open(struct watch *watch, int home, const struct arguments *arguments)
{
	cluster_enter(home);
	errno = -watch_open(watch, arguments);
	if (errno)
		report_fatal("opening the watch");
}

void look_close(struct watch *watch)
{
	watch_close(watch);
	json_free(&json);
	free(line);
	free(part);
	line = NULL;
	part = NULL;
}

void look_take(struct watch *watch)
{
	errno = -watch_look(watch, &json);
	if (errno)
		report_fatal("taking a look");
	free(line);
	line = strndup(json.text, json.bytes);
	if (!line || line[strlen(line) - 1] != '\n')
		report_fatal("a look is no line");
}

/* From `begin` to the first `end` behind it, or to the end of the line. */
static const char *take_part(const char *begin, const char *end)
{
	const char *last = begin ? strstr(begin + 1, end) : NULL;

	free(part);
	part = !begin ? strdup("") : last ? strndup(begin, last - begin) : strdup(begin);
	if (!part)
		report_fatal("no memory");
	return part;
}

/* The object that begins like this, in the list behind `list`. */
static const char *find(const char *list, const char *begin)
{
	const char *from = strstr(line, list);

	return from ? strstr(from, begin) : NULL;
}

const char *look_program(uint32_t id)
{
	char begin[32];

	snprintf(begin, sizeof(begin), "{\"id\":%u,\"type\":", id);
	return take_part(find("\"programs\":[", begin), "}");
}

const char *look_replica(const char *name)
{
	char begin[96];

	snprintf(begin, sizeof(begin), "{\"name\":\"%s\",\"attachments\":", name);
	return take_part(find("\"replicas\":[", begin), ",{\"name\":\"replica");
}

const char *look_map(uint32_t id)
{
	char begin[32];

	snprintf(begin, sizeof(begin), "{\"id\":%u,\"name\":", id);
	return take_part(find("\"maps\":[", begin), ",{\"id\":");
}

static bool holds(const char *text, const char *format, va_list values)
{
	char wanted[1024];

	vsnprintf(wanted, sizeof(wanted), format, values);
	return strstr(text, wanted) != NULL;
}

void look_has(const char *text, const char *format, ...)
{
	va_list values;
	bool found;

	va_start(values, format);
	found = holds(text, format, values);
	va_end(values);
	report_expect(found, "missing: %.200s, in: %.1500s", format, text);
}

void look_lacks(const char *text, const char *format, ...)
{
	va_list values;
	bool found;

	va_start(values, format);
	found = holds(text, format, values);
	va_end(values);
	report_expect(!found, "not expected: %.200s, in: %.1500s", format, text);
}

unsigned int look_count(const char *text, const char *what)
{
	unsigned int count = 0;

	for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
		count++;
	return count;
}

uint64_t look_number(const char *text, const char *key)
{
	char wanted[64];
	const char *at;

	snprintf(wanted, sizeof(wanted), "\"%s\":", key);
	at = strstr(text, wanted);
	if (!at)
		report_fatal("no %s in: %s", key, text);
	return strtoull(at + strlen(wanted), NULL, 10);
}

static bool is_called(uint32_t map_id, const char *name)
{
	struct bpf_map_info info = {0};
	uint32_t bytes = sizeof(info);
	int fd = bpf_map_get_fd_by_id(map_id);

	if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &bytes))
		report_fatal("asking about map %u", map_id);
	close(fd);
	return !strcmp(info.name, name);
}

uint32_t look_map_id(uint32_t program_id, const char *name)
{
	uint32_t ids[PROGRAM_MAPS_MAX];
	struct bpf_prog_info info = {.nr_map_ids = PROGRAM_MAPS_MAX, .map_ids = (uintptr_t)ids};
	uint32_t bytes = sizeof(info);
	int fd = bpf_prog_get_fd_by_id(program_id);

	if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &bytes))
		report_fatal("asking about program %u", program_id);
	close(fd);
	for (uint32_t i = 0; i < info.nr_map_ids; i++)
		if (is_called(ids[i], name))
			return ids[i];
	report_fatal("program %u has no map %s", program_id, name);
}
