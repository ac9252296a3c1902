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
	checker->holders = calloc(CHECKER_OPS_MAX, sizeof(struct holders));
	assert(checker->truths && checker->holders);
}

static void close_books(struct life *life)
{
	while (life->books) {
		struct view_book *book = life->books;

		life->books = book->next;
		free(book);
	}
}

void checker_end(struct checker *checker)
{
	for (unsigned id = 0; id <= WIRE_MAX_REPLICAS; id++)
		close_books(&checker->lives[id]);
	free(checker->truths);
	free(checker->holders);
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
	struct life *life = &checker->lives[replica];

	close_books(life);
	*life = (struct life){.incarnation = incarnation};
}
