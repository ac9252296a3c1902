// SPDX-License-Identifier: Apache-2.0
#include "fault_holder.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "fault_network.h"
#include "fault_pause.h"

/* Asks for the rights now rather than when the first fault is due. */
int fault_holder_open(struct fault_holder *holder, struct fault_problem *problem)
{
	uint32_t first;

	*holder = (struct fault_holder){.home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC)};
	if (holder->home < 0)
		return fault_refuse(problem, -errno,
				    "its own network namespace cannot be opened: "
				    "%s; /proc is needed",
				    strerror(errno));
	/* No program at all is a kernel that can take ours. */
	if (!bpf_prog_get_next_id(0, &first) || errno == ENOENT)
		return 0;
	return fault_refuse(problem, -errno,
			    "the kernel lets it use no BPF: %s; add SYS_ADMIN, NET_ADMIN, "
			    "SYS_PTRACE and KILL to the capabilities of labfault's container",
			    strerror(errno));
}

static int explain_network(int failed, const struct fault_target *target,
			   struct fault_problem *problem)
{
	return fault_refuse(problem, failed,
			    "the network namespace of %s (process %d) cannot be entered: %s; add "
			    "SYS_ADMIN and SYS_PTRACE to the capabilities of labfault's container",
			    target->name, target->pid, strerror(-failed));
}

/* Attaches what these rules need, from within the target's namespace. */
static int attach(struct fault_holder *holder, struct fault_target *target,
		  const struct fault_rule rules[FAULT_SENDERS], struct fault_problem *problem)
{
	const struct fault_needs needs = {fault_rules_lose(rules), fault_rules_double(rules)};
	struct fault_problem why;
	int failed, left;

	if ((!needs.loss && !needs.doubling) || !fault_target_lives(target))
		return 0;
	failed = fault_network_enter(target->process);
	/* It ended just now. */
	if (failed == -ESRCH)
		return 0;
	if (failed)
		return explain_network(failed, target, problem);
	failed = fault_program_attach(&target->program, needs, &why);
	if (failed)
		fault_refuse(problem, failed, "%s: %.1900s", target->name, why.text);
	left = fault_network_leave(holder->home);
	if (!failed && left)
		failed = fault_refuse(problem, left,
				      "%s: labfault cannot leave its network namespace: %s; end "
				      "labfault",
				      target->name, strerror(-left));
	return failed;
}

/* Lets the rules in force be the rules of this target's programs, and unloads those that have none. */
static void settle(struct fault_holder *holder, size_t place)
{
	const struct fault_rule *rules = holder->rules.of[place];
	struct fault_program *program = &holder->targets.all[place].program;

	if (fault_rules_lose(rules) || fault_rules_double(rules))
		fault_program_rule(program, rules);
	else
		fault_program_detach(program);
}

/* Attaches everywhere before any rule changes: what fails, fails with the old rules in force. */
int fault_holder_rules(struct fault_holder *holder, const struct fault_rules *rules,
		       struct fault_problem *problem)
{
	struct fault_targets *targets = &holder->targets;
	int failed = 0;

	for (size_t i = 0; i < targets->count && !failed; i++)
		failed = attach(holder, &targets->all[i], rules->of[i], problem);
	if (!failed)
		holder->rules = *rules;
	for (size_t i = 0; i < targets->count; i++)
		settle(holder, i);
	return failed;
}

static int pause_all(struct fault_targets *targets, const bool pausing[FAULT_TARGETS_MAX],
		     struct fault_problem *problem)
{
	int failed = 0;

	for (size_t i = 0; i < targets->count && !failed; i++)
		if (pausing[i])
			failed = fault_pause(&targets->all[i], problem);
	return failed;
}

int fault_holder_pause(struct fault_holder *holder, const bool pausing[FAULT_TARGETS_MAX],
		       struct fault_problem *problem)
{
	struct fault_targets *targets = &holder->targets;
	int failed = pause_all(targets, pausing, problem);

	if (!failed)
		memcpy(holder->pausing, pausing, sizeof(holder->pausing));
	for (size_t i = 0; i < targets->count; i++)
		if (!holder->pausing[i])
			fault_continue(&targets->all[i]);
	return failed;
}

/* The process that it had may still run, and may be as we left it. */
static void release(struct fault_target *target)
{
	fault_continue(target);
	fault_program_detach(&target->program);
}

int fault_holder_target(struct fault_holder *holder, const struct fault_target *named,
			struct fault_problem *problem)
{
	int place = fault_targets_find(&holder->targets, named->name);
	struct fault_target *target;
	int failed;

	if (place >= 0)
		release(&holder->targets.all[place]);
	place = fault_targets_put(&holder->targets, named, problem);
	if (place < 0)
		return place;
	target = &holder->targets.all[place];
	failed = attach(holder, target, holder->rules.of[place], problem);
	settle(holder, (size_t)place);
	if (!failed && holder->pausing[place])
		failed = fault_pause(target, problem);
	return failed;
}

void fault_holder_undo(struct fault_holder *holder)
{
	memset(&holder->rules, 0, sizeof(holder->rules));
	memset(holder->pausing, 0, sizeof(holder->pausing));
	for (size_t i = 0; i < holder->targets.count; i++)
		release(&holder->targets.all[i]);
}
