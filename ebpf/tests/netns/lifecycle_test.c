// SPDX-License-Identifier: Apache-2.0
/* Loading, losing the filter, attaching again and leaving no trace. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/capability.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture.h"
#include "report.h"

#define REPLICAS 3

static struct cluster cluster;

static int leader_ns(void)
{
	return cluster.node[CLUSTER_LEADER].ns;
}

static int run(const char *const argv[])
{
	return cluster_run(leader_ns(), argv);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

static uint32_t program_of(const struct bpf_broadcast *broadcast)
{
	struct bpf_broadcast_place place;

	bpf_broadcast_get_place(broadcast, &place);
	return place.prog_id;
}

static uint64_t now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000ull + time.tv_nsec / 1000000;
}

/* The kernel frees a program after a grace period: asks until it is gone, two seconds at most. */
static bool program_gone(uint32_t id)
{
	const uint64_t until = now_ms() + 2000;
	int fd;

	do {
		fd = bpf_prog_get_fd_by_id(id);
		if (fd < 0)
			return errno == ENOENT;
		close(fd);
		poll(NULL, 0, 1);
	} while (now_ms() < until);
	return false;
}

static void test_close(void)
{
	struct bpf_broadcast *broadcast = cluster_load(&cluster, REPLICAS, true);
	const uint32_t id = program_of(broadcast);

	report_begin("after close neither the program, its filter nor clsact is left");
	report_equal(bpf_broadcast_attached(broadcast), 1, "attached");
	cluster_unload(&cluster, broadcast);
	report_expect(program_gone(id), "program %u is still loaded", id);
	report_expect(RUN("tc", "qdisc", "del", "dev", "eth0", "clsact") != 0, "clsact was left");
	report_end();
}

static void test_close_with_others(void)
{
	struct bpf_broadcast *broadcast = cluster_load(&cluster, REPLICAS, true);
	const uint32_t id = program_of(broadcast);

	report_begin("close leaves clsact where another filter hangs on it");
	report_equal(RUN("tc", "filter", "add", "dev", "eth0", "ingress", "pref", "7", "protocol",
			 "ip", "u32", "match", "u32", "0", "0", "flowid", "1:1"),
		     0, "adding another filter");
	cluster_unload(&cluster, broadcast);
	report_expect(program_gone(id), "program %u is still loaded", id);
	report_equal(RUN("tc", "filter", "del", "dev", "eth0", "ingress", "pref", "7"), 0,
		     "the other filter is still there");
	report_equal(RUN("tc", "qdisc", "del", "dev", "eth0", "clsact"), 0, "removing clsact");
	report_end();
}

static void test_stale_filter(void)
{
	struct bpf_broadcast *broadcast;
	uint32_t stale = 0;
	int pipe_fds[2];
	int stale_fd;

	report_begin("a filter left by a killed process is removed by the next open");
	if (pipe(pipe_fds))
		report_fatal("making a pipe");
	if (!fork()) {
		stale = program_of(cluster_load(&cluster, REPLICAS, true));
		_exit(write(pipe_fds[1], &stale, sizeof(stale)) != sizeof(stale));
	}
	if (read(pipe_fds[0], &stale, sizeof(stale)) != sizeof(stale) || wait(NULL) < 0)
		report_fatal("leaving a stale filter");
	close(pipe_fds[0]);
	close(pipe_fds[1]);
	stale_fd = bpf_prog_get_fd_by_id(stale);
	report_expect(stale_fd >= 0, "the stale program should have outlived its process");
	close(stale_fd);
	broadcast = cluster_load(&cluster, REPLICAS, true);
	report_expect(program_gone(stale), "the stale program %u is still loaded", stale);
	capture_expect_broadcast(&cluster, broadcast, REPLICAS);
	cluster_unload(&cluster, broadcast);
	report_end();
}

static void test_foreign_filter(void)
{
	/* r0 = TC_ACT_UNSPEC; exit */
	const struct bpf_insn nothing[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = -1},
		{.code = BPF_JMP | BPF_EXIT},
	};
	const struct bpf_broadcast_options options = {.ifname = "eth0", .own_id = 1, .replicas = 3};
	DECLARE_LIBBPF_OPTS(bpf_tc_hook, hook, .attach_point = BPF_TC_EGRESS);
	DECLARE_LIBBPF_OPTS(bpf_tc_opts, place, .handle = BPF_BROADCAST_HANDLE,
			    .priority = BPF_BROADCAST_PRIORITY);
	DECLARE_LIBBPF_OPTS(bpf_tc_opts, asked, .handle = BPF_BROADCAST_HANDLE,
			    .priority = BPF_BROADCAST_PRIORITY);
	char error[BPF_BROADCAST_ERROR_BYTES] = "";

	report_begin("somebody else's filter in our place is named, and stays");
	cluster_enter(leader_ns());
	hook.ifindex = cluster.node[CLUSTER_LEADER].ifindex;
	place.prog_fd =
		bpf_prog_load(BPF_PROG_TYPE_SCHED_CLS, "someone_else", "GPL", nothing, 2, NULL);
	if (place.prog_fd < 0 || bpf_tc_hook_create(&hook) || bpf_tc_attach(&hook, &place))
		report_fatal("attaching somebody else's filter");
	report_expect(!bpf_broadcast_open(&options, error, sizeof(error)), "open should fail");
	report_equal(errno, EBUSY, "errno");
	report_expect(strstr(error, "someone_else") != NULL, "error text: %s", error);
	report_expect(!bpf_tc_query(&hook, &asked) && asked.prog_id == place.prog_id,
		      "the other filter is gone");
	close(place.prog_fd);
	RUN("tc", "qdisc", "del", "dev", "eth0", "clsact");

	RUN("tc", "qdisc", "add", "dev", "eth0", "clsact");
	report_equal(RUN("tc", "filter", "add", "dev", "eth0", "egress", "pref", "1", "protocol",
			 "ip", "u32", "match", "u32", "0", "0", "flowid", "1:1"),
		     0, "adding a u32 filter");
	report_expect(!bpf_broadcast_open(&options, error, sizeof(error)),
		      "open should fail behind a u32 filter");
	report_expect(strstr(error, "priority 1") != NULL, "error text: %s", error);
	RUN("tc", "qdisc", "del", "dev", "eth0", "clsact");
	report_end();
}

static void test_deleted_by_hand(void)
{
	struct bpf_broadcast *broadcast = cluster_load(&cluster, REPLICAS, true);
	const uint32_t ifindex = cluster.node[CLUSTER_LEADER].ifindex;
	char error[BPF_BROADCAST_ERROR_BYTES] = "";

	report_begin("a filter or a clsact deleted by hand is noticed, and attached again");
	report_equal(RUN("tc", "filter", "del", "dev", "eth0", "egress"), 0, "tc filter del");
	report_equal(bpf_broadcast_attached(broadcast), 0, "attached after tc filter del");
	cluster_enter(leader_ns());
	report_expect(!bpf_broadcast_attach(broadcast, ifindex, error, sizeof(error)), "%s", error);
	capture_expect_broadcast(&cluster, broadcast, REPLICAS);

	report_equal(RUN("tc", "qdisc", "del", "dev", "eth0", "clsact"), 0, "tc qdisc del");
	report_equal(bpf_broadcast_attached(broadcast), 0, "attached after tc qdisc del");
	cluster_enter(leader_ns());
	report_expect(!bpf_broadcast_attach(broadcast, ifindex, error, sizeof(error)), "%s", error);
	capture_expect_broadcast(&cluster, broadcast, REPLICAS);
	cluster_unload(&cluster, broadcast);
	report_end();
}

static void drop_to(uint32_t capabilities)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {
		{.effective = capabilities, .permitted = capabilities},
	};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_capset, &header, data))
		_exit(120);
}

/* Opens in a child with these capabilities alone; error gets its text, "" if it could. */
static void open_with(uint32_t capabilities, const char *ifname, char *error, size_t error_bytes)
{
	int pipe_fds[2];
	ssize_t bytes;

	if (pipe(pipe_fds))
		report_fatal("making a pipe");
	if (!fork()) {
		const struct bpf_broadcast_options options = {
			.ifname = ifname, .own_id = 1, .replicas = 3};
		struct bpf_broadcast *broadcast;

		cluster_enter(leader_ns());
		drop_to(capabilities);
		error[0] = '\0';
		broadcast = bpf_broadcast_open(&options, error, error_bytes);
		bpf_broadcast_close(broadcast);
		_exit(write(pipe_fds[1], error, strlen(error) + 1) < 0);
	}
	close(pipe_fds[1]);
	bytes = read(pipe_fds[0], error, error_bytes - 1);
	error[bytes > 0 ? bytes : 0] = '\0';
	close(pipe_fds[0]);
	if (bytes <= 0 || wait(NULL) < 0)
		report_fatal("opening with fewer capabilities");
}

static void test_capabilities(void)
{
	const uint32_t admin = 1u << CAP_SYS_ADMIN, net = 1u << CAP_NET_ADMIN;
	char error[BPF_BROADCAST_ERROR_BYTES];

	report_begin("CAP_SYS_ADMIN and CAP_NET_ADMIN with no-new-privileges are enough; a missing "
		     "one and a missing interface are named with errno and remedy");
	open_with(admin | net, "eth0", error, sizeof(error));
	report_equal(strlen(error), 0, "%s; length of the error", error);
	open_with(net, "eth0", error, sizeof(error));
	report_expect(strstr(error, "CAP_SYS_ADMIN") && strstr(error, "errno 1)"),
		      "without "
		      "SYS_ADMIN: %s",
		      error);
	open_with(admin, "eth0", error, sizeof(error));
	report_expect(strstr(error, "NET_ADMIN") && strstr(error, "errno 1)"),
		      "without NET_ADMIN: "
		      "%s",
		      error);
	open_with(admin | net, "eth7", error, sizeof(error));
	report_expect(strstr(error, "eth7") && strstr(error, "errno 19)"), "no interface: %s",
		      error);
	report_end();
}

int main(void)
{
	cluster_build(&cluster);
	test_close();
	test_close_with_others();
	test_stale_filter();
	test_foreign_filter();
	test_deleted_by_hand();
	test_capabilities();
	return report_exit_code();
}
