// SPDX-License-Identifier: Apache-2.0
#include "fault_command.h"

#include <errno.h>
#include <string.h>

#include "fault_lines.h"
#include "fault_say.h"

#define WORDS_MAX (FAULT_TARGETS_MAX * FAULT_SENDERS + 2)
/* The largest number that JavaScript holds exactly. */
#define SEQ_MAX 9007199254740991ull

/* The words of a line; the first is the command. */
struct command {
	char *words[WORDS_MAX];
	size_t count;
	uint64_t seq; /* 0: none */
};

/* Empty words, from blanks that follow each other, are none. */
static bool read_words(struct command *command, char *line)
{
	char *rest = line;

	for (char *word = strtok_r(line, " \t\r", &rest); word;
	     word = strtok_r(NULL, " \t\r", &rest)) {
		if (command->count == WORDS_MAX)
			return false;
		command->words[command->count++] = word;
	}
	return true;
}

static int do_target(struct fault_holder *holder, const struct command *command,
		     struct fault_problem *problem)
{
	struct fault_target named;
	int failed;

	if (command->count != 4)
		return fault_refuse(problem, -EINVAL, "a target is given as: target NAME PID ID");
	failed = fault_target_read(&named, &holder->targets, command->words + 1, problem);
	return failed ? failed : fault_holder_target(holder, &named, problem);
}

/*
 * Counts go out before the change, so that what the old rules did is told from what
 * the new ones will do, and after it, since the last of it happened in between.
 */
static int do_rules(struct fault_holder *holder, const struct command *command,
		    struct fault_problem *problem)
{
	struct fault_rules rules;
	bool in_force = fault_rules_any(&holder->rules);
	int failed = fault_rules_read(&rules, &holder->targets, command->words + 2,
				      command->count - 2, problem);

	if (failed)
		return failed;
	if (in_force && fault_say_counts(&holder->targets))
		return fault_refuse(problem, -EPIPE, "counts cannot be written");
	failed = fault_holder_rules(holder, &rules, problem);
	if (in_force && fault_say_counts(&holder->targets))
		return fault_refuse(problem, -EPIPE, "counts cannot be written");
	return failed;
}

static int do_pause(struct fault_holder *holder, const struct command *command,
		    struct fault_problem *problem)
{
	bool pausing[FAULT_TARGETS_MAX] = {false};

	for (size_t i = 2; i < command->count; i++) {
		int place = fault_targets_find(&holder->targets, command->words[i]);

		if (place < 0)
			return fault_refuse(problem, -EINVAL,
					    "there is no target \"%.64s\"; name it first: target "
					    "NAME PID ID",
					    command->words[i]);
		pausing[place] = true;
	}
	return fault_holder_pause(holder, pausing, problem);
}

static int answer(const struct command *command, int failed, const struct fault_problem *problem)
{
	if (failed)
		return fault_say_failed(command->seq, problem->text);
	return command->seq ? fault_say_done(command->seq) : 0;
}

static int do_numbered(struct fault_holder *holder, struct command *command,
		       struct fault_problem *problem)
{
	if (command->count < 2 || !fault_read_number(command->words[1], SEQ_MAX, &command->seq) ||
	    !command->seq)
		return fault_refuse(problem, -EINVAL,
				    "%s takes a number from 1 on that comes back in the answer, "
				    "not \"%.64s\"",
				    command->words[0], command->count < 2 ? "" : command->words[1]);
	return !strcmp(command->words[0], "rules") ? do_rules(holder, command, problem)
						   : do_pause(holder, command, problem);
}

static int do_command(struct fault_holder *holder, struct command *command,
		      struct fault_problem *problem)
{
	const char *name = command->words[0];

	if (!strcmp(name, "alive") && command->count == 1)
		return 0;
	if (!strcmp(name, "target"))
		return do_target(holder, command, problem);
	if (!strcmp(name, "rules") || !strcmp(name, "pause"))
		return do_numbered(holder, command, problem);
	return fault_refuse(problem, -EINVAL,
			    "there is no command \"%.64s\"; there are target, rules, pause and "
			    "alive, which takes nothing",
			    name);
}

int fault_command(struct fault_holder *holder, char *line)
{
	struct command command = {0};
	struct fault_problem problem;
	int failed;

	if (!line || !read_words(&command, line)) {
		failed = fault_refuse(&problem, -EMSGSIZE,
				      "a line has at most %d characters and %d words",
				      FAULT_LINE_BYTES - 1, WORDS_MAX);
		return answer(&(struct command){0}, failed, &problem);
	}
	if (!command.count)
		return 0;
	failed = do_command(holder, &command, &problem);
	return answer(&command, failed, &problem);
}
