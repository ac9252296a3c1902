// SPDX-License-Identifier: Apache-2.0
#include "bpf_broadcast.h"

#include <arpa/inet.h>
#include <assert.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <endian.h>
#include <errno.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "libbpf_log.h"
#include "tc_filter.h"

/* Found through the include path: build/, or build/testing/ for the test-only program. */
#include "broadcast.skel.h"

struct bpf_broadcast {
	struct broadcast_bpf *skeleton;
	struct tc_filter filter;
	struct bcast_config config;
	int cpus;
	uint64_t *per_cpu; /* room for the larger per-CPU map: [key][cpu] */
};

#define KEYS_MAX                                                            \
	((int)COUNTER_FRAMES > (int)BCAST_COUNTER_END ? (int)COUNTER_FRAMES \
						      : (int)BCAST_COUNTER_END)

static int explain(int failed, const char *step, const char *remedy, char *error,
		   size_t error_bytes)
{
	const char *tail = libbpf_log_tail();

	snprintf(error, error_bytes, "cannot %s: %s (errno %d): %s%s%s", step, strerror(-failed),
		 -failed, remedy, tail[0] ? "\n" : "", tail);
	return failed;
}

static const char *load_remedy(int failed)
{
	switch (failed) {
	case -EPERM:
		return "CAP_SYS_ADMIN (or CAP_BPF and CAP_PERFMON) is missing, or the kernel is "
		       "locked "
		       "down: add SYS_ADMIN and NET_ADMIN to cap_add";
	case -ENOMEM:
		return "not enough lockable memory: set ulimits memlock to -1";
	case -ENOSYS:
		return "the bpf system call is missing or filtered (CONFIG_BPF_SYSCALL, seccomp)";
	default:
		return "the kernel refused the program; its last words follow (Linux 5.13 or newer "
		       "is "
		       "needed)";
	}
}

/* The program writes Ethernet headers: a tunnel or a tun device has none. */
static int check_interface(const char *ifname, uint32_t *ifindex, char *error, size_t error_bytes)
{
	struct ifreq request = {0};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int failed = 0;

	if (fd < 0)
		return explain(-errno, "look at the interface", ifname, error, error_bytes);
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", ifname);
	*ifindex = if_nametoindex(ifname);
	if (!*ifindex || ioctl(fd, SIOCGIFHWADDR, &request))
		failed = explain(-errno, "find the interface", ifname, error, error_bytes);
	else if (request.ifr_hwaddr.sa_family != ARPHRD_ETHER &&
		 request.ifr_hwaddr.sa_family != ARPHRD_LOOPBACK)
		failed = explain(-EPROTONOSUPPORT,
				 "broadcast on an interface without Ethernet headers", ifname,
				 error, error_bytes);
	close(fd);
	return failed;
}

static int write_config(struct bpf_broadcast *broadcast)
{
	const uint32_t key = 0;

	return bpf_map_update_elem(bpf_map__fd(broadcast->skeleton->maps.config), &key,
				   &broadcast->config, BPF_ANY);
}

static int allocate(struct bpf_broadcast *broadcast)
{
	broadcast->cpus = libbpf_num_possible_cpus();
	if (broadcast->cpus < 0)
		return broadcast->cpus;
	broadcast->per_cpu = calloc(KEYS_MAX, broadcast->cpus * sizeof(*broadcast->per_cpu));
	return broadcast->per_cpu ? 0 : -ENOMEM;
}

static int program_id(int fd, uint32_t *id)
{
	struct bpf_prog_info info = {0};
	uint32_t bytes = sizeof(info);
	int failed = bpf_obj_get_info_by_fd(fd, &info, &bytes);

	*id = info.id;
	return failed;
}

static int load(struct bpf_broadcast *broadcast, char *error, size_t error_bytes)
{
	uint32_t prog_id;
	int prog_fd;
	int failed;

	libbpf_log_begin();
	broadcast->skeleton = broadcast_bpf__open_and_load();
	if (!broadcast->skeleton) {
		failed = -errno;
		return explain(failed, "load " BPF_BROADCAST_NAME, load_remedy(failed), error,
			       error_bytes);
	}
	prog_fd = bpf_program__fd(broadcast->skeleton->progs.lab_broadcast);
	failed = program_id(prog_fd, &prog_id);
	if (!failed)
		failed = tc_filter_open(&broadcast->filter, prog_fd, prog_id);
	if (!failed)
		failed = allocate(broadcast);
	if (!failed)
		failed = write_config(broadcast);
	if (failed)
		explain(failed, "prepare the maps of " BPF_BROADCAST_NAME, load_remedy(failed),
			error, error_bytes);
	return failed;
}

static void release(struct bpf_broadcast *broadcast)
{
	tc_filter_close(&broadcast->filter);
	broadcast_bpf__destroy(broadcast->skeleton);
	free(broadcast->per_cpu);
	free(broadcast);
}

struct bpf_broadcast *bpf_broadcast_open(const struct bpf_broadcast_options *options, char *error,
					 size_t error_bytes)
{
	struct bpf_broadcast *broadcast = calloc(1, sizeof(*broadcast));
	uint32_t ifindex = 0;
	int failed;

	assert(options->replicas <= WIRE_MAX_REPLICAS);
	assert(options->own_id >= 1 && options->own_id <= options->replicas);
	if (!broadcast) {
		snprintf(error, error_bytes, "no memory for the broadcast loader");
		return NULL;
	}
	broadcast->filter.netlink_fd = -1;
	broadcast->config = (struct bcast_config){
		.run_id = htobe64(options->run_id),
		.own_ip = options->own_ip,
		.own_port = options->own_port,
		.own_id = options->own_id,
		.clone = options->clone,
		.replicas = options->replicas,
		.leads = options->leads,
		.view = htonl(options->view),
	};
	libbpf_log_begin();
	failed = check_interface(options->ifname, &ifindex, error, error_bytes);
	if (!failed)
		failed = load(broadcast, error, error_bytes);
	if (!failed)
		failed = tc_filter_attach(&broadcast->filter, ifindex, error, error_bytes);
	if (!failed)
		return broadcast;
	release(broadcast);
	errno = -failed;
	return NULL;
}

int bpf_broadcast_set_peer(struct bpf_broadcast *broadcast, uint8_t id, uint32_t ip, uint16_t port,
			   const uint8_t mac[6])
{
	const uint32_t key = id;
	struct bcast_peer peer = {.ip = ip, .port = port, .valid = mac != NULL};

	assert(id >= 1 && id <= WIRE_MAX_REPLICAS);
	if (mac)
		memcpy(peer.mac, mac, sizeof(peer.mac));
	return bpf_map_update_elem(bpf_map__fd(broadcast->skeleton->maps.peers), &key, &peer,
				   BPF_ANY);
}

int bpf_broadcast_set_clone(struct bpf_broadcast *broadcast, bool clone)
{
	broadcast->config.clone = clone;
	return write_config(broadcast);
}

int bpf_broadcast_set_view(struct bpf_broadcast *broadcast, uint32_t view, bool leads)
{
	broadcast->config.view = htonl(view);
	broadcast->config.leads = leads;
	return write_config(broadcast);
}

int bpf_broadcast_set_trace(struct bpf_broadcast *broadcast, uint32_t every)
{
	broadcast->config.trace_every = every;
	return write_config(broadcast);
}

int bpf_broadcast_trace_fd(const struct bpf_broadcast *broadcast)
{
	return bpf_map__fd(broadcast->skeleton->maps.trace);
}

int bpf_broadcast_set_own(struct bpf_broadcast *broadcast, uint32_t ip)
{
	broadcast->config.own_ip = ip;
	return write_config(broadcast);
}

/* Reads a whole per-CPU array in one system call and leaves the sums in sums[]. */
static int read_sums(struct bpf_broadcast *broadcast, const struct bpf_map *map, uint32_t entries,
		     uint64_t *sums)
{
	uint32_t keys[KEYS_MAX];
	uint32_t position;
	uint32_t count = entries;
	int failed = bpf_map_lookup_batch(bpf_map__fd(map), NULL, &position, keys,
					  broadcast->per_cpu, &count, NULL);

	/* ENOENT: the end of the map was reached, as it should be. */
	if (failed && failed != -ENOENT)
		return failed;
	if (count != entries)
		return -EIO;
	for (uint32_t entry = 0; entry < entries; entry++) {
		const uint64_t *cpu = broadcast->per_cpu + (size_t)entry * broadcast->cpus;

		sums[entry] = 0;
		for (int i = 0; i < broadcast->cpus; i++)
			sums[entry] += cpu[i];
	}
	return 0;
}

int bpf_broadcast_read(struct bpf_broadcast *broadcast, struct bpf_broadcast_counts *counts)
{
	struct bpf_broadcast_counts now;
	int failed;

	_Static_assert(sizeof(now.frames) == COUNTER_FRAMES * sizeof(uint64_t),
		       "counter_frame_index counts windows, then replicas");
	failed = read_sums(broadcast, broadcast->skeleton->maps.frames, COUNTER_FRAMES,
			   &now.frames[0][0]);
	if (!failed)
		failed = read_sums(broadcast, broadcast->skeleton->maps.counters, BCAST_COUNTER_END,
				   now.counters);
	if (!failed)
		*counts = now;
	return failed;
}

int bpf_broadcast_attached(const struct bpf_broadcast *broadcast)
{
	return tc_filter_attached(&broadcast->filter);
}

int bpf_broadcast_attach(struct bpf_broadcast *broadcast, uint32_t ifindex, char *error,
			 size_t error_bytes)
{
	return tc_filter_attach(&broadcast->filter, ifindex, error, error_bytes);
}

void bpf_broadcast_get_place(const struct bpf_broadcast *broadcast,
			     struct bpf_broadcast_place *place)
{
	*place = (struct bpf_broadcast_place){
		.prog_id = broadcast->filter.prog_id,
		.ifindex = broadcast->filter.ifindex,
		.priority = BPF_BROADCAST_PRIORITY,
		.handle = BPF_BROADCAST_HANDLE,
		.name = BPF_BROADCAST_NAME,
		.hook = "tc/egress",
	};
}

void bpf_broadcast_close(struct bpf_broadcast *broadcast)
{
	if (!broadcast)
		return;
	tc_filter_detach(&broadcast->filter);
	release(broadcast);
}
