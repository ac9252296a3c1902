/* SPDX-License-Identifier: Apache-2.0 */
/* Why something could not be done, as a sentence for people: what, why, and the remedy. */
#ifndef FAULT_PROBLEM_H
#define FAULT_PROBLEM_H

/* The tail of a verifier log fits as well. */
struct fault_problem {
	char text[2048];
};

/* Writes the sentence, cut where it is too long, and returns `failed`, a -errno. */
int fault_refuse(struct fault_problem *problem, int failed, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
