// SPDX-License-Identifier: Apache-2.0
#include "cluster.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report.h"

void cluster_enter(int ns)
{
	if (setns(ns, CLONE_NEWNET))
		report_fatal("entering a network namespace");
}

static int namespace_create(void)
{
	int ns;

	if (unshare(CLONE_NEWNET))
		report_fatal("making a network namespace");
	ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (ns < 0)
		report_fatal("opening a network namespace");
	/* IPv6 would only add packets that nobody asked for. */
	cluster_write_sysctl(ns, "net/ipv6/conf/all/disable_ipv6", "1");
	cluster_write_sysctl(ns, "net/ipv6/conf/default/disable_ipv6", "1");
	return ns;
}

void cluster_write_sysctl(int ns, const char *path, const char *value)
{
	char whole[256];
	int fd;

	cluster_enter(ns);
	snprintf(whole, sizeof(whole), "/proc/sys/%s", path);
	fd = open(whole, O_WRONLY | O_CLOEXEC);
	/* A kernel without IPv6 has nothing to switch off. */
	if (fd < 0 && errno == ENOENT)
		return;
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		report_fatal("writing %s", whole);
	close(fd);
}

static int finish(pid_t child)
{
	int status;

	if (child < 0 || waitpid(child, &status, 0) < 0)
		report_fatal("running a program");
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int cluster_run(int ns, const char *const argv[])
{
	pid_t child = fork();

	if (!child) {
		int nothing = open("/dev/null", O_WRONLY);

		dup2(nothing, STDOUT_FILENO);
		dup2(nothing, STDERR_FILENO);
		if (setns(ns, CLONE_NEWNET))
			_exit(126);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	return finish(child);
}

void cluster_ip(int ns, const char *format, ...)
{
	int pipe_fds[2];
	va_list arguments;
	pid_t child;

	if (pipe2(pipe_fds, O_CLOEXEC))
		report_fatal("making a pipe");
	va_start(arguments, format);
	vdprintf(pipe_fds[1], format, arguments);
	va_end(arguments);
	close(pipe_fds[1]);
	child = fork();
	if (!child) {
		dup2(pipe_fds[0], STDIN_FILENO);
		if (setns(ns, CLONE_NEWNET))
			_exit(126);
		execlp("ip", "ip", "-batch", "-", NULL);
		_exit(127);
	}
	close(pipe_fds[0]);
	if (finish(child))
		report_fatal("ip -batch failed on: %s", format);
}

int cluster_udp(int ns, uint32_t ip, uint16_t port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = ip, .sin_port = port};
	const int room = 4 << 20;
	int fd;

	cluster_enter(ns);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)))
		report_fatal("binding a UDP socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	return fd;
}

static int packet_socket(uint32_t ifindex)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP), .sll_ifindex = ifindex};
	const int on = 1;
	const int room = 4 << 20;
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) ||
	    bind(fd, (struct sockaddr *)&address, sizeof(address)))
		report_fatal("opening a packet socket");
	return fd;
}

static void node_build(const struct cluster *cluster, struct node *node, uint8_t id)
{
	struct ifreq request = {.ifr_name = "eth0"};

	node->ns = namespace_create();
	node->ip = htonl(0x0a4d0000u | id);
	cluster_ip(cluster->hub,
		   "link add p%u type veth peer name eth0 netns /proc/%d/fd/%d\n"
		   "link set p%u master bridge0 up\n",
		   id, getpid(), node->ns, id);
	cluster_ip(node->ns,
		   "addr add 10.77.0.%u/24 dev eth0\n"
		   "link set lo up\n"
		   "link set eth0 up\n",
		   id);
	node->udp = cluster_udp(node->ns, node->ip, htons(WIRE_PORT_DEFAULT));
	if (ioctl(node->udp, SIOCGIFHWADDR, &request))
		report_fatal("reading a MAC");
	memcpy(node->mac, request.ifr_hwaddr.sa_data, sizeof(node->mac));
	node->ifindex = if_nametoindex("eth0");
	node->packet = packet_socket(node->ifindex);
}

void cluster_build(struct cluster *cluster)
{
	cpu_set_t one_cpu;

	if (geteuid() != 0) {
		printf("skipped: network namespaces and BPF programs need root\n");
		exit(0);
	}
	/* On one CPU a veth keeps the order of frames, so a last datagram closes a test. */
	CPU_ZERO(&one_cpu);
	CPU_SET(sched_getcpu(), &one_cpu);
	if (sched_setaffinity(0, sizeof(one_cpu), &one_cpu))
		report_fatal("staying on one CPU");
	cluster->home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	cluster->hub = namespace_create();
	cluster_ip(cluster->hub, "link add bridge0 type bridge\nlink set bridge0 up\n");
	for (uint8_t id = 1; id <= CLUSTER_NODES; id++)
		node_build(cluster, &cluster->node[id], id);
}

void cluster_set_tx_checksum(const struct cluster *cluster, uint8_t id, bool on)
{
	struct ethtool_value value = {.cmd = ETHTOOL_STXCSUM, .data = on};
	struct ifreq request = {.ifr_name = "eth0", .ifr_data = (char *)&value};

	if (ioctl(cluster->node[id].udp, SIOCETHTOOL, &request))
		report_fatal("switching tx checksumming");
}

struct bpf_broadcast *cluster_load(const struct cluster *cluster, uint8_t replicas, bool clone)
{
	const struct bpf_broadcast_options options = {
		.ifname = "eth0",
		.run_id = DATAGRAM_RUN_ID,
		.own_id = CLUSTER_LEADER,
		.replicas = replicas,
		.own_ip = cluster->node[CLUSTER_LEADER].ip,
		.own_port = htons(WIRE_PORT_DEFAULT),
		.clone = clone,
		.leads = true,
	};
	char error[BPF_BROADCAST_ERROR_BYTES];
	struct bpf_broadcast *broadcast;

	cluster_enter(cluster->node[CLUSTER_LEADER].ns);
	broadcast = bpf_broadcast_open(&options, error, sizeof(error));
	if (!broadcast)
		report_fatal("%s", error);
	for (uint8_t id = 2; id <= replicas; id++)
		if (bpf_broadcast_set_peer(broadcast, id, cluster->node[id].ip,
					   htons(WIRE_PORT_DEFAULT), cluster->node[id].mac))
			report_fatal("setting peer %u", id);
	return broadcast;
}

void cluster_unload(const struct cluster *cluster, struct bpf_broadcast *broadcast)
{
	cluster_enter(cluster->node[CLUSTER_LEADER].ns);
	bpf_broadcast_close(broadcast);
}

void cluster_counts(struct bpf_broadcast *broadcast, struct bpf_broadcast_counts *counts)
{
	int failed = bpf_broadcast_read(broadcast, counts);

	errno = -failed;
	if (failed)
		report_fatal("reading the counters");
}

void cluster_send_bytes(const struct cluster *cluster, int fd, uint8_t to, const void *bytes,
			size_t length)
{
	const struct sockaddr_in address = {.sin_family = AF_INET,
					    .sin_addr.s_addr = cluster->node[to].ip,
					    .sin_port = htons(WIRE_PORT_DEFAULT)};

	if (sendto(fd, bytes, length, 0, (const struct sockaddr *)&address, sizeof(address)) !=
	    (ssize_t)length)
		report_fatal("sending %zu bytes to replica %u", length, to);
}

void cluster_send(const struct cluster *cluster, int fd, uint8_t to,
		  const struct datagram *datagram)
{
	uint8_t bytes[DATAGRAM_BYTES_MAX];

	cluster_send_bytes(cluster, fd, to, bytes, datagram_write(bytes, datagram));
}
