// SPDX-License-Identifier: Apache-2.0
#include "checker.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void checker_init(struct checker *checker, uint8_t replicas, uint32_t client_base)
{
	*checker = (struct checker){.replicas = replicas, .client_base = client_base};
	checker->truths = calloc(CHECKER_OPS_MAX, sizeof(struct truth));
	assert(checker->truths);
}

void checker_end(struct checker *checker)
{
	for (unsigned id = 0; id <= WIRE_MAX_REPLICAS; id++)
		for (unsigned life = 0; life < checker->life_count[id]; life++)
			free(checker->lives[id][life]);
	free(checker->truths);
}

/* Only the first is kept: what follows a violation is mostly its echo. */
void checker_fail(struct checker *checker, const char *format, ...)
{
	va_list arguments;

	if (checker->why[0])
		return;
	va_start(arguments, format);
	vsnprintf(checker->why, sizeof(checker->why), format, arguments);
	va_end(arguments);
}

void checker_new_life(struct checker *checker, uint8_t replica, uint32_t incarnation)
{
	unsigned at = checker->life_count[replica]++;

	assert(at < CHECKER_LIVES_MAX);
	checker->lives[replica][at] = calloc(1, sizeof(struct life));
	assert(checker->lives[replica][at]);
	checker->lives[replica][at]->incarnation = incarnation;
}

struct life *checker_present_life(const struct checker *checker, uint8_t replica)
{
	return checker->lives[replica][checker->life_count[replica] - 1];
}
