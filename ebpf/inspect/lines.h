/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines on stdout, apart from where their facts come from. What they look
 * like is kept in tests/golden/bpfwatch.jsonl, which the panel's reader is tested
 * with.
 */
#ifndef INSPECT_LINES_H
#define INSPECT_LINES_H

#include "holders.h"
#include "json.h"
#include "net_view.h"
#include "programs.h"

struct hello {
	const char *kernel; /* its release */
	unsigned int cpus; /* that are online */
	bool btf; /* the kernel's own */
};

/* A replica's part of a look. */
struct replica_sight {
	const char *name;
	const struct net_view *view;
	const struct holders *holders;
	const char *problem; /* empty: none */
};

/* Each of these two is a whole line, and replaces what was there. */
void hello_write(struct json *json, const struct hello *hello);
void problem_write(struct json *json, const char *message);

/* A look: its beginning, then `programs`, `replicas` and `maps`, then its end. */
void look_begin(struct json *json, uint64_t at_us, bool statistics);
void look_end(struct json *json, uint64_t cost_ns);
void programs_write(struct json *json, const struct programs *programs);
void replica_write(struct json *json, const struct replica_sight *sight);

#endif
