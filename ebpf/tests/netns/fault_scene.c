// SPDX-License-Identifier: Apache-2.0
#include "fault_scene.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report.h"

#define BATCH 100
#define PATIENCE_MS 5000
#define ATTACH_TCX_INGRESS 46

/* Foreign UDP, which no fault may touch, so that it closes every batch. */
static const char closing[] = "closing";

static uint8_t id_of(uint8_t node)
{
	return node == SCENE_CLIENT ? 0 : node;
}

void scene_begin(struct fault_scene *scene)
{
	cluster_build(&scene->cluster);
	for (uint8_t node = 1; node <= SCENE_TARGETS; node++)
		scene->process[node] = scene_process(scene, node);
}

void scene_start(struct fault_scene *scene)
{
	static char words[SCENE_TARGETS][64];
	char *targets[SCENE_TARGETS + 1] = {0};

	for (uint8_t node = 1; node <= SCENE_TARGETS; node++) {
		targets[node - 1] = words[node - 1];
		if (node == SCENE_CLIENT)
			snprintf(words[node - 1], 64, "client=%d=0", scene->process[node]);
		else
			snprintf(words[node - 1], 64, "replica%u=%d=%u", node, scene->process[node],
				 node);
	}
	fault_process_start(&scene->fault, scene->cluster.home, targets);
}

int scene_stop(struct fault_scene *scene)
{
	fault_process_close(&scene->fault);
	return fault_process_finish(&scene->fault);
}

pid_t scene_process(const struct fault_scene *scene, uint8_t node)
{
	int lives[2];
	char byte;
	pid_t process;

	if (pipe2(lives, O_CLOEXEC))
		report_fatal("making a pipe");
	process = fork();
	if (process < 0)
		report_fatal("starting a process");
	if (!process) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		cluster_enter(scene->cluster.node[node].ns);
		/* Closing tells that it is where it belongs. */
		closefrom(STDERR_FILENO + 1);
		for (;;)
			pause();
	}
	close(lives[1]);
	if (read(lives[0], &byte, 1) != 0)
		report_fatal("waiting for a process");
	close(lives[0]);
	return process;
}

void scene_bury(pid_t process)
{
	if (kill(process, SIGKILL) || waitpid(process, NULL, 0) != process)
		report_fatal("ending a process");
}

static void send_batch(const struct fault_scene *scene, uint8_t from, uint8_t to,
		       const unsigned int range[2])
{
	const int fd = scene->cluster.node[from].udp;
	uint8_t bytes[DATAGRAM_BYTES_MAX];

	for (unsigned int i = range[0]; i < range[1]; i++) {
		const struct datagram datagram = {.payload_bytes = 64, .op = i};
		size_t length = datagram_write(bytes, &datagram);

		bytes[offsetof(struct wire_header, sender)] = id_of(from);
		cluster_send_bytes(&scene->cluster, fd, to, bytes, length);
	}
	cluster_send_bytes(&scene->cluster, fd, to, closing, sizeof(closing));
}

static void note(uint8_t times[SCENE_DATAGRAMS_MAX], const uint8_t *bytes, ssize_t length,
		 struct arrival *arrival)
{
	struct wire_header header;

	if (length < (ssize_t)sizeof(header))
		return;
	memcpy(&header, bytes, sizeof(header));
	arrival->total++;
	arrival->damaged += !datagram_intact(bytes, length);
	if (be64toh(header.op) < SCENE_DATAGRAMS_MAX)
		times[be64toh(header.op)]++;
}

static void receive_batch(int fd, uint8_t times[SCENE_DATAGRAMS_MAX], struct arrival *arrival)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	uint8_t bytes[2048];

	for (;;) {
		ssize_t length = recv(fd, bytes, sizeof(bytes), 0);

		if (length == sizeof(closing) && !memcmp(bytes, closing, sizeof(closing)))
			return;
		if (length >= 0)
			note(times, bytes, length, arrival);
		else if (errno != EAGAIN || poll(&ready, 1, PATIENCE_MS) != 1)
			report_fatal("the closing datagram never came");
	}
}

struct arrival scene_exchange(struct fault_scene *scene, uint8_t from, uint8_t to,
			      unsigned int count)
{
	uint8_t times[SCENE_DATAGRAMS_MAX] = {0};
	struct arrival arrival = {.fewest = UINT8_MAX};

	for (unsigned int i = 0; i < count; i += BATCH) {
		const unsigned int end = i + BATCH < count ? i + BATCH : count;

		if (scene->fault.commands >= 0)
			fault_process_say(&scene->fault, "alive");
		send_batch(scene, from, to, (const unsigned int[2]){i, end});
		receive_batch(scene->cluster.node[to].udp, times, &arrival);
	}
	for (unsigned int i = 0; i < SCENE_DATAGRAMS_MAX; i++) {
		arrival.distinct += times[i] > 0;
		if (times[i] > arrival.most)
			arrival.most = times[i];
		if (times[i] && times[i] < arrival.fewest)
			arrival.fewest = times[i];
	}
	return arrival;
}

struct hooks scene_hooks(const struct fault_scene *scene, uint8_t node)
{
	const int ifindex = (int)scene->cluster.node[node].ifindex;
	uint32_t xdp = 0, tcx = 0;

	cluster_enter(scene->cluster.node[node].ns);
	if (bpf_xdp_query_id(ifindex, 0, &xdp) ||
	    bpf_prog_query(ifindex, (enum bpf_attach_type)ATTACH_TCX_INGRESS, 0, NULL, NULL, &tcx))
		report_fatal("asking for programs");
	return (struct hooks){.xdp = xdp != 0, .tcx = tcx};
}

static void attach_xdp(const struct fault_scene *scene, uint8_t node, int program)
{
	cluster_enter(scene->cluster.node[node].ns);
	if (bpf_xdp_attach((int)scene->cluster.node[node].ifindex, program, XDP_FLAGS_SKB_MODE,
			   NULL))
		report_fatal("changing the XDP hook");
}

uint32_t scene_occupy(const struct fault_scene *scene, uint8_t node)
{
	const struct bpf_insn code[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = XDP_PASS},
		{.code = BPF_JMP | BPF_EXIT},
	};
	struct bpf_prog_info info = {0};
	uint32_t bytes = sizeof(info);
	int program = bpf_prog_load(BPF_PROG_TYPE_XDP, "other", "GPL", code, 2, NULL);

	if (program < 0 || bpf_obj_get_info_by_fd(program, &info, &bytes))
		report_fatal("loading a program");
	attach_xdp(scene, node, program);
	close(program);
	return info.id;
}

void scene_vacate(const struct fault_scene *scene, uint8_t node)
{
	attach_xdp(scene, node, -1);
}
