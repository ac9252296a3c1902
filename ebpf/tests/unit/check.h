/* SPDX-License-Identifier: Apache-2.0 */
/* A test harness in a screenful: TEST defines, CHECK fails and leaves, RUN_TESTS is the main. */
#ifndef LAB_CHECK_H
#define LAB_CHECK_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The name in the last line, which tests/run-all adds up by. */
#ifndef CHECK_SUITE
#define CHECK_SUITE "unit"
#endif

struct check_test {
	const char *name;
	void (*run)(void);
};

static char check_why[512];

/* The first failure of a test is what it reports; the rest of the test is left out. */
#define CHECK(condition)                                                                        \
	do {                                                                                    \
		if (!(condition)) {                                                             \
			snprintf(check_why, sizeof(check_why), "%s:%d: %s", __FILE__, __LINE__, \
				 #condition);                                                   \
			return;                                                                 \
		}                                                                               \
	} while (0)

#define CHECK_EQ(actual, expected)                                                                 \
	do {                                                                                       \
		uint64_t check_actual = (uint64_t)(actual), check_expected = (uint64_t)(expected); \
		if (check_actual != check_expected) {                                              \
			snprintf(check_why, sizeof(check_why),                                     \
				 "%s:%d: %s is %" PRIu64 ", expected %s = %" PRIu64, __FILE__,     \
				 __LINE__, #actual, check_actual, #expected, check_expected);      \
			return;                                                                    \
		}                                                                                  \
	} while (0)

/* Calls a function that has CHECKs of its own and leaves when it failed. */
#define CHECK_IN(call)            \
	do {                      \
		call;             \
		if (check_why[0]) \
			return;   \
	} while (0)

static inline int check_run(const struct check_test *tests, size_t count)
{
	unsigned passed = 0, failed = 0;

	for (size_t i = 0; i < count; i++) {
		check_why[0] = '\0';
		tests[i].run();
		if (check_why[0]) {
			printf("not ok %s: %s\n", tests[i].name, check_why);
			failed++;
		} else {
			printf("ok %s\n", tests[i].name);
			passed++;
		}
	}
	printf(CHECK_SUITE ": %u passed, %u failed\n", passed, failed);
	return failed ? 1 : 0;
}

#define RUN_TESTS(...)                                                     \
	int main(void)                                                     \
	{                                                                  \
		const struct check_test tests[] = {__VA_ARGS__};           \
		return check_run(tests, sizeof(tests) / sizeof(tests[0])); \
	}

#endif
