// SPDX-License-Identifier: Apache-2.0
#include "inspect_scene.h"

#include <bpf/bpf.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

int scene_load(enum bpf_prog_type type, const char *name)
{
	struct bpf_insn code[2];
	int fd;

	memset(code, 0, sizeof(code));
	code[0].code = BPF_ALU64 | BPF_MOV | BPF_K;
	/* A tc program lets everything pass, XDP_PASS likewise. */
	code[0].imm = type == BPF_PROG_TYPE_XDP ? XDP_PASS : -1;
	code[1].code = BPF_JMP | BPF_EXIT;
	fd = bpf_prog_load(type, name, "GPL", code, 2, NULL);
	if (fd < 0)
		report_fatal("loading %s", name);
	return fd;
}

struct bpf_prog_info scene_ask(int program)
{
	struct bpf_prog_info info = {0};
	uint32_t bytes = sizeof(info);

	if (bpf_obj_get_info_by_fd(program, &info, &bytes))
		report_fatal("asking about a program");
	return info;
}

void scene_begin(struct scene *scene)
{
	cluster_build(&scene->cluster);
	cluster_ip(scene->cluster.node[1].ns,
		   "neigh add 10.77.0.9 lladdr 02:00:00:00:00:09 dev eth0 nud permanent\n");
	stand_in_start(&scene->first, &scene->cluster, 1, true);
	stand_in_start(&scene->second, &scene->cluster, 2, false);
	scene->host_program = scene_load(BPF_PROG_TYPE_SOCKET_FILTER, "host_program");
	look_add(&scene->arguments, "replica1", scene->first.pid);
	look_add(&scene->arguments, "replica2", scene->second.pid);
	look_open(&scene->watch, scene->cluster.home, &scene->arguments);
}

void scene_look(struct scene *scene)
{
	cluster_enter(scene->cluster.home);
	look_take(&scene->watch);
}

void scene_end(struct scene *scene)
{
	look_close(&scene->watch);
	close(scene->host_program);
}
