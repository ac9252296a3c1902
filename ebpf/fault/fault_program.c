// SPDX-License-Identifier: Apache-2.0
#include "fault_program.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "fault_link.h"
#include "fault_network.h"
#include "libbpf_log.h"

#include "fault.skel.h"

static int explain_load(int failed, struct fault_problem *problem)
{
	const char *remedy = "the kernel refused it, in the words that follow";

	if (failed == -EPERM)
		remedy = "add SYS_ADMIN and NET_ADMIN to the capabilities of labfault's container";
	if (failed == -ENOSYS)
		remedy = "the bpf system call is missing or filtered (CONFIG_BPF_SYSCALL, seccomp)";
	return fault_refuse(problem, failed, "the fault programs cannot be loaded: %s; %s%s%s",
			    strerror(-failed), remedy, *libbpf_log_tail() ? ": " : "",
			    libbpf_log_tail());
}

static int load(struct fault_program *program, struct fault_problem *problem)
{
	struct fault_interface interface;
	int failed = fault_network_interface(&interface);

	if (failed)
		return fault_refuse(problem, failed,
				    "no interface for the lab's datagrams is there: %s; it takes "
				    "one with an IPv4 address that isn't the loopback",
				    strerror(-failed));
	libbpf_log_begin();
	program->loaded = fault_bpf__open();
	if (!program->loaded)
		return explain_load(-errno, problem);
	memcpy(program->loaded->rodata->own_mac, interface.mac, sizeof(interface.mac));
	failed = fault_bpf__load(program->loaded);
	if (failed) {
		fault_bpf__destroy(program->loaded);
		program->loaded = NULL;
		return explain_load(failed, problem);
	}
	program->ifindex = interface.ifindex;
	return 0;
}

static int explain_xdp(int failed, uint32_t ifindex, struct fault_problem *problem)
{
	if (failed == -EBUSY || failed == -EEXIST)
		return fault_refuse(problem, failed,
				    "the XDP hook of its interface is taken by the program with "
				    "id %u; losses need it, so detach that one first",
				    fault_link_xdp_occupant(ifindex));
	return fault_refuse(problem, failed,
			    "the program that loses datagrams cannot be attached to XDP: %s; "
			    "links on XDP need Linux 5.9 and the capability NET_ADMIN",
			    strerror(-failed));
}

static int explain_tcx(int failed, struct fault_problem *problem)
{
	if (failed == -EINVAL)
		return fault_refuse(problem, failed,
				    "this kernel has no tcx links; doubling datagrams needs Linux "
				    "6.6 or newer, losing them does not");
	return fault_refuse(problem, failed,
			    "the program that doubles datagrams cannot be attached to tcx "
			    "ingress: %s; it needs the capability NET_ADMIN",
			    strerror(-failed));
}

static int attach_hooks(struct fault_program *program, struct fault_needs needs,
			struct fault_problem *problem)
{
	if (needs.loss && program->loses < 0) {
		int link = fault_link_xdp(bpf_program__fd(program->loaded->progs.lab_lose),
					  program->ifindex);

		if (link < 0)
			return explain_xdp(link, program->ifindex, problem);
		program->loses = link;
	}
	if (needs.doubling && program->doubles < 0) {
		int link = fault_link_tcx(bpf_program__fd(program->loaded->progs.lab_double),
					  program->ifindex);

		if (link < 0)
			return explain_tcx(link, problem);
		program->doubles = link;
	}
	return 0;
}

void fault_program_begin(struct fault_program *program)
{
	*program = (struct fault_program){.loses = -1, .doubles = -1};
}

int fault_program_attach(struct fault_program *program, struct fault_needs needs,
			 struct fault_problem *problem)
{
	const bool was_loaded = program->loaded;
	int failed = was_loaded ? 0 : load(program, problem);

	if (!failed)
		failed = attach_hooks(program, needs, problem);
	/* Half of what the rules ask for would be another fault than the one asked for. */
	if (failed && !was_loaded)
		fault_program_detach(program);
	return failed;
}

void fault_program_rule(struct fault_program *program, const struct fault_rule rules[FAULT_SENDERS])
{
	if (program->loaded)
		memcpy(program->loaded->bss->rules, rules, sizeof(program->loaded->bss->rules));
}

static void detach_link(int *link)
{
	if (*link >= 0)
		close(*link);
	*link = -1;
}

/*
 * A copy may still wait in the receive queue: it then arrives with our mark in its
 * Ethernet source address, which nobody above Ethernet looks at.
 */
void fault_program_detach(struct fault_program *program)
{
	detach_link(&program->loses);
	detach_link(&program->doubles);
	for (uint32_t sender = 0; sender < FAULT_SENDERS; sender++)
		program->before[sender] = fault_program_count(program, sender);
	fault_bpf__destroy(program->loaded);
	program->loaded = NULL;
}

struct fault_count fault_program_count(const struct fault_program *program, uint32_t sender)
{
	struct fault_count count = program->before[sender];

	if (program->loaded) {
		/* The programs add to them while we look. */
		const volatile struct fault_count *counted = &program->loaded->bss->counts[sender];

		count.lost += counted->lost;
		count.doubled += counted->doubled;
	}
	return count;
}
