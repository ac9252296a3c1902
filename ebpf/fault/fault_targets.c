// SPDX-License-Identifier: Apache-2.0
#include "fault_targets.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PID_MAX 4194304 /* the kernel's own bound */

int fault_targets_find(const struct fault_targets *targets, const char *name)
{
	for (size_t i = 0; i < targets->count; i++)
		if (!strcmp(targets->all[i].name, name))
			return (int)i;
	return -1;
}

/* Several clients share the id 0. */
static const char *taken_by(const struct fault_targets *targets, const struct fault_target *named)
{
	for (size_t i = 0; named->id && i < targets->count; i++)
		if (targets->all[i].id == named->id && strcmp(targets->all[i].name, named->name))
			return targets->all[i].name;
	return NULL;
}

int fault_target_read(struct fault_target *named, const struct fault_targets *targets,
		      char *const words[3], struct fault_problem *problem)
{
	uint64_t pid, id;

	*named = (struct fault_target){.process = -1};
	if (!fault_is_name(words[0]))
		return fault_refuse(problem, -EINVAL,
				    "a target's name is a service's name of at most %d "
				    "characters, not \"%.64s\"",
				    FAULT_NAME_BYTES - 1, words[0]);
	/* 1 is the host's init, and stopping ourselves would leave everybody as they are. */
	if (!fault_read_number(words[1], PID_MAX, &pid) || pid < 2 || (pid_t)pid == getpid())
		return fault_refuse(problem, -EINVAL,
				    "the PID of %s is that of its main process as the host "
				    "counts, not \"%.64s\"",
				    words[0], words[1]);
	if (!fault_read_number(words[2], FAULT_SENDERS - 1, &id))
		return fault_refuse(problem, -EINVAL,
				    "the id of %s is a replica's from 1 to %d, or 0 for the "
				    "client, not \"%.64s\"",
				    words[0], FAULT_SENDERS - 1, words[2]);
	strcpy(named->name, words[0]);
	named->pid = (pid_t)pid;
	named->id = (uint8_t)id;
	if (taken_by(targets, named))
		return fault_refuse(problem, -EINVAL, "%s and %s cannot both have the id %u",
				    taken_by(targets, named), named->name, named->id);
	if (fault_targets_find(targets, named->name) < 0 && targets->count == FAULT_TARGETS_MAX)
		return fault_refuse(problem, -EINVAL, "there are %d targets already, the most",
				    FAULT_TARGETS_MAX);
	return 0;
}

int fault_targets_put(struct fault_targets *targets, const struct fault_target *named,
		      struct fault_problem *problem)
{
	int place = fault_targets_find(targets, named->name);
	int process = (int)syscall(SYS_pidfd_open, named->pid, 0);
	struct fault_target *target;

	/* A container may have ended again by now; it is named again when it is started. */
	if (process < 0 && errno != ESRCH)
		return fault_refuse(problem, -errno,
				    "process %d of %s cannot be held: %s; labfault needs Linux "
				    "5.3 and the host's PID namespace",
				    named->pid, named->name, strerror(errno));
	if (place < 0) {
		place = (int)targets->count++;
		targets->all[place] = *named;
		fault_program_begin(&targets->all[place].program);
	}
	target = &targets->all[place];
	if (target->process >= 0)
		close(target->process);
	target->pid = named->pid;
	target->id = named->id;
	target->process = process;
	target->stopped = false;
	return place;
}

bool fault_target_lives(const struct fault_target *target)
{
	struct pollfd ended = {.fd = target->process, .events = POLLIN};

	return target->process >= 0 && poll(&ended, 1, 0) == 0;
}
