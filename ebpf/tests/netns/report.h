/* SPDX-License-Identifier: Apache-2.0 */
/* One `ok` or `not ok` line per behaviour; run.sh adds them up. */
#ifndef NETNS_REPORT_H
#define NETNS_REPORT_H

#include <stdbool.h>

/* Begins one behaviour. */
void report_begin(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Notes a deviation: the behaviour is `not ok`, and the text is printed under it. */
void report_expect(bool holds, const char *format, ...) __attribute__((format(printf, 2, 3)));
void report_equal(unsigned long long got, unsigned long long wanted, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Ends it and prints its line. */
void report_end(void);
/* For main's return: 0 if everything held. */
int report_exit_code(void);

/* A failure of the set-up: says why and exits; nothing after it would mean anything. */
void report_fatal(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
