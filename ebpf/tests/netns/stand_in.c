// SPDX-License-Identifier: Apache-2.0
#include "stand_in.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report.h"
#include "value_sampler.h"

#define REPLICAS 3

/* What a child says of itself once everything is loaded. */
struct greeting {
	uint32_t program_id;
	uint32_t sampler_id;
	pid_t beside;
};

static uint32_t load_broadcast(const struct cluster *cluster, uint8_t id)
{
	const struct bpf_broadcast_options options = {
		.ifname = "eth0",
		.run_id = DATAGRAM_RUN_ID,
		.own_id = id,
		.replicas = REPLICAS,
		.own_ip = cluster->node[id].ip,
		.own_port = htons(WIRE_PORT_DEFAULT),
		.clone = true,
		.leads = true,
	};
	char error[BPF_BROADCAST_ERROR_BYTES];
	struct bpf_broadcast_place place;
	struct bpf_broadcast *broadcast = bpf_broadcast_open(&options, error, sizeof(error));

	if (!broadcast)
		report_fatal("%s", error);
	for (uint8_t peer = 1; peer <= REPLICAS; peer++)
		if (peer != id &&
		    bpf_broadcast_set_peer(broadcast, peer, cluster->node[peer].ip,
					   htons(WIRE_PORT_DEFAULT), cluster->node[peer].mac))
			report_fatal("setting peer %u", peer);
	bpf_broadcast_get_place(broadcast, &place);
	return place.prog_id;
}

/* Waits for the end of `lives`, holding whatever descriptors it has. */
static void __attribute__((noreturn)) hold(int lives)
{
	char byte;

	while (read(lives, &byte, 1) < 0 && errno == EINTR)
		;
	_exit(0);
}

static void __attribute__((noreturn))
live(const struct cluster *cluster, uint8_t id, bool sampler, const int fds[2])
{
	struct greeting greeting = {0};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	cluster_enter(cluster->node[id].ns);
	greeting.program_id = load_broadcast(cluster, id);
	if (sampler) {
		greeting.sampler_id = value_sampler_load();
		greeting.beside = fork();
		if (greeting.beside < 0)
			report_fatal("starting a process beside");
		if (!greeting.beside) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			hold(fds[0]);
		}
	}
	if (write(fds[1], &greeting, sizeof(greeting)) != sizeof(greeting))
		report_fatal("greeting");
	hold(fds[0]);
}

void stand_in_start(struct stand_in *stand_in, const struct cluster *cluster, uint8_t id,
		    bool sampler)
{
	struct greeting greeting;
	int lives[2], says[2];

	if (pipe2(lives, O_CLOEXEC) || pipe2(says, O_CLOEXEC))
		report_fatal("making pipes");
	stand_in->pid = fork();
	if (stand_in->pid < 0)
		report_fatal("starting a replica's stand-in");
	if (!stand_in->pid) {
		close(lives[1]);
		live(cluster, id, sampler, (const int[2]){lives[0], says[1]});
	}
	close(lives[0]);
	close(says[1]);
	if (read(says[0], &greeting, sizeof(greeting)) != sizeof(greeting))
		report_fatal("a replica's stand-in did not load its programs");
	close(says[0]);
	stand_in->ends = lives[1];
	stand_in->program_id = greeting.program_id;
	stand_in->sampler_id = greeting.sampler_id;
	stand_in->beside = greeting.beside;
}

void stand_in_kill(const struct stand_in *stand_in)
{
	siginfo_t ended;

	if (kill(stand_in->pid, SIGKILL) || waitid(P_PID, stand_in->pid, &ended, WEXITED | WNOWAIT))
		report_fatal("killing a replica's stand-in");
}

void stand_in_bury(const struct stand_in *stand_in)
{
	close(stand_in->ends);
	if (waitpid(stand_in->pid, NULL, 0) < 0)
		report_fatal("waiting for a replica's stand-in");
}
