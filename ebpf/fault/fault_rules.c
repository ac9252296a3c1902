// SPDX-License-Identifier: Apache-2.0
#include "fault_rules.h"

#include <errno.h>
#include <string.h>

#include "fault_words.h"

#define PARTS 4

static map_u32 larger(map_u32 one, map_u32 other)
{
	return one > other ? one : other;
}

static void combine(struct fault_rule *rule, const struct fault_rule *added)
{
	rule->loss_ppm = larger(rule->loss_ppm, added->loss_ppm);
	rule->duplicate_ppm = larger(rule->duplicate_ppm, added->duplicate_ppm);
}

static int read_senders(const char *text, size_t *first, size_t *last,
			struct fault_problem *problem)
{
	uint64_t id;

	if (!strcmp(text, "*")) {
		*first = 0;
		*last = FAULT_SENDERS - 1;
		return 0;
	}
	if (!fault_read_number(text, FAULT_SENDERS - 1, &id))
		return fault_refuse(problem, -EINVAL,
				    "a rule's sender is a replica's id from 1 to %d, 0 for the "
				    "client or * for everybody, not \"%.64s\"",
				    FAULT_SENDERS - 1, text);
	*first = *last = id;
	return 0;
}

static int read_ppm(const char *text, map_u32 *ppm, struct fault_problem *problem)
{
	uint64_t number;

	if (!fault_read_number(text, FAULT_PPM_ALWAYS, &number))
		return fault_refuse(problem, -EINVAL,
				    "a chance is a whole number of parts per million from 0 to %u, "
				    "not \"%.64s\"",
				    FAULT_PPM_ALWAYS, text);
	*ppm = number;
	return 0;
}

static int read_rule(struct fault_rules *rules, const struct fault_targets *targets, char *word,
		     struct fault_problem *problem)
{
	struct fault_rule rule = {0};
	char *parts[PARTS];
	size_t first = 0, last = 0;
	size_t count = fault_split(word, ':', parts, PARTS);
	int target, failed;

	if (count != PARTS)
		return fault_refuse(problem, -EINVAL,
				    "a rule is NAME:FROM:LOSS_PPM:DUP_PPM; the one that begins "
				    "with \"%.64s\" has %zu parts",
				    parts[0], count);
	target = fault_targets_find(targets, parts[0]);
	if (target < 0)
		return fault_refuse(problem, -EINVAL,
				    "there is no target \"%.64s\"; name it first: target NAME PID "
				    "ID",
				    parts[0]);
	failed = read_senders(parts[1], &first, &last, problem);
	if (!failed)
		failed = read_ppm(parts[2], &rule.loss_ppm, problem);
	if (!failed)
		failed = read_ppm(parts[3], &rule.duplicate_ppm, problem);
	for (size_t sender = first; !failed && sender <= last; sender++)
		combine(&rules->of[target][sender], &rule);
	return failed;
}

int fault_rules_read(struct fault_rules *rules, const struct fault_targets *targets,
		     char *const words[], size_t count, struct fault_problem *problem)
{
	int failed = 0;

	memset(rules, 0, sizeof(*rules));
	for (size_t i = 0; i < count && !failed; i++)
		failed = read_rule(rules, targets, words[i], problem);
	return failed;
}

bool fault_rules_lose(const struct fault_rule rules[FAULT_SENDERS])
{
	for (size_t sender = 0; sender < FAULT_SENDERS; sender++)
		if (rules[sender].loss_ppm)
			return true;
	return false;
}

bool fault_rules_double(const struct fault_rule rules[FAULT_SENDERS])
{
	for (size_t sender = 0; sender < FAULT_SENDERS; sender++)
		if (rules[sender].duplicate_ppm)
			return true;
	return false;
}

bool fault_rules_any(const struct fault_rules *rules)
{
	for (size_t target = 0; target < FAULT_TARGETS_MAX; target++)
		if (fault_rules_lose(rules->of[target]) || fault_rules_double(rules->of[target]))
			return true;
	return false;
}
