/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What bpfwatch knows between two looks, and one look as a line of JSON. Nothing
 * here is printed: a caller gets the line in a buffer.
 */
#ifndef INSPECT_WATCH_H
#define INSPECT_WATCH_H

#include "arguments.h"
#include "holders.h"
#include "maps.h"
#include "net_view.h"
#include "programs.h"
#include "replica.h"
#include "statistics.h"

/* Reading what processes hold is a third of a look's cost, and it seldom changes by itself. */
#define HOLDERS_EVERY_LOOKS 4

struct watch {
	struct programs programs;
	struct btf_cache btfs;
	struct maps maps;
	struct processes processes;
	struct statistics statistics;
	struct replica replicas[REPLICAS_MAX];
	size_t replica_count;
	struct net_view view; /* of the replica being looked at */
	struct holders holders[REPLICAS_MAX];
	/* Looks until processes and what they hold are read again although no program came or went. */
	unsigned int holders_due;
	int home; /* our own network namespace */
	uint64_t spent_ns; /* CPU time of this process when the last line was finished */
};

/* The arguments must outlive it. 0 or -errno; -EPERM: CAP_SYS_ADMIN is missing. */
int watch_open(struct watch *watch, const struct arguments *arguments);
void watch_close(struct watch *watch);
/* Writes one line, replacing what `json` held. 0, or -errno if nothing can be seen any more. */
int watch_look(struct watch *watch, struct json *json);
bool watch_all_gone(const struct watch *watch);

#endif
