// SPDX-License-Identifier: Apache-2.0
#include "replica_look.h"

#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lines.h"

#define PROBLEM_BYTES 256

/* The first thing that went wrong; empty: nothing did. */
struct problem {
	char text[PROBLEM_BYTES];
};

__attribute__((format(printf, 2, 3))) static void say(struct problem *problem, const char *format,
						      ...)
{
	va_list values;

	if (problem->text[0])
		return;
	va_start(values, format);
	vsnprintf(problem->text, sizeof(problem->text), format, values);
	va_end(values);
}

static const char *remedy(int failed)
{
	return failed == -EPERM || failed == -EACCES
		       ? " (the watcher lacks CAP_SYS_ADMIN or CAP_SYS_PTRACE)"
		       : "";
}

/* Fills the view from within the replica's namespace and comes back. */
static int read_network(struct watch *watch, struct replica *replica, struct problem *problem)
{
	int network = replica_network(replica);
	int failed = network < 0 ? network : 0;

	if (!failed && setns(network, CLONE_NEWNET))
		failed = -errno;
	if (network >= 0)
		close(network);
	if (failed) {
		if (!replica->gone)
			say(problem, "its network namespace cannot be entered: %s%s",
			    strerror(-failed), remedy(failed));
		return 0;
	}
	failed = net_view_read(&watch->view);
	if (failed)
		say(problem, "its network cannot be read: %s%s", strerror(-failed), remedy(failed));
	return setns(watch->home, CLONE_NEWNET) ? -errno : 0;
}

void replica_find_holders(struct watch *watch, size_t index)
{
	struct processes *processes = &watch->processes;
	struct process *main_process = processes_find(processes, watch->replicas[index].pid);
	struct holders *holders = &watch->holders[index];

	holders_clear(holders);
	/* Ended, or started after the processes were listed. */
	if (!main_process)
		return;
	for (size_t i = 0; i < processes->count; i++)
		if (processes_belong(processes, &processes->all[i], main_process))
			holders_add(holders, processes, &processes->all[i]);
}

static void mark(struct watch *watch, const struct holders *holders)
{
	for (size_t i = 0; i < watch->view.attachment_count; i++) {
		struct net_attachment *attachment = &watch->view.attachments[i];
		struct program *program = programs_find(&watch->programs, attachment->program_id);

		if (!program)
			continue;
		program->watched = true;
		attachment->program_name = program->name;
	}
	for (size_t i = 0; i < holders->count; i++) {
		struct program *program =
			programs_find(&watch->programs, holders->all[i].program_id);

		if (program)
			program->watched = true;
	}
}

static void say_what_is_missing(struct problem *problem, const struct watch *watch,
				const struct holders *holders)
{
	if (holders->refused)
		say(problem, "what its processes hold cannot be read: %s%s",
		    strerror(-holders->refused), remedy(holders->refused));
	if (watch->view.cut)
		say(problem, "it has more %s than are shown", watch->view.cut);
	if (holders->cut)
		say(problem, "it holds more programs than are shown");
}

int replica_look(struct json *json, struct watch *watch, size_t index)
{
	struct replica *replica = &watch->replicas[index];
	struct holders *holders = &watch->holders[index];
	struct problem problem = {""};
	int failed;

	net_view_clear(&watch->view);
	failed = read_network(watch, replica, &problem);
	if (replica->gone) {
		holders_clear(holders);
		say(&problem, "process %d is gone", replica->pid);
	}
	say_what_is_missing(&problem, watch, holders);
	mark(watch, holders);
	replica_write(json, &(struct replica_sight){
				    .name = replica->name,
				    .view = &watch->view,
				    .holders = holders,
				    .problem = problem.text,
			    });
	return failed;
}
