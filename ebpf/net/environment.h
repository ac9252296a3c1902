/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Single environment variables, each with its bounds; what is wrong is written
 * down and reading goes on.
 */
#ifndef LAB_ENVIRONMENT_H
#define LAB_ENVIRONMENT_H

#include "config.h"

void problem_add(struct config_problems *problems, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The variable's text; an unset or empty one gives fallback. */
const char *environment_text(const char *name, const char *fallback);

struct environment_range {
	uint64_t fallback, min, max;
};

/* Decimal digits alone, or 0x and hex digits. A bad value is a problem and gives the fallback. */
uint64_t environment_u64(struct config_problems *problems, const char *name,
			 struct environment_range range);
/* Decimal seconds such as "1" or "0.25", read as milliseconds; the range is in milliseconds. */
uint64_t environment_seconds_ms(struct config_problems *problems, const char *name,
				struct environment_range range);
/* PEERS: host:port,host:port,... in the order of replica ids. */
void environment_peers(struct config_problems *problems, struct config_peers *peers);

#endif
