// SPDX-License-Identifier: Apache-2.0
/* One look at two replicas with everything beside them that must not be taken for theirs. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/if_link.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "inspect_scene.h"
#include "report.h"
#include "value_sampler.h"

static struct scene scene;

static void test_attachments(void)
{
	const struct node *node = &scene.cluster.node[1];
	const char *replica;

	report_begin("each replica has its own program at its own interface, and nothing else");
	scene_look(&scene);
	replica = look_replica("replica1");
	look_has(replica,
		 "\"attachments\":[{\"kind\":\"tc\",\"ifname\":\"eth0\",\"ifindex\":%u,"
		 "\"hook\":\"clsact/egress\",\"programId\":%u,\"programName\":\"lab_broadcast\","
		 "\"priority\":1,\"handle\":\"0x1\"}],",
		 node->ifindex, scene.first.program_id);
	look_has(replica,
		 "\"interfaces\":[{\"ifname\":\"eth0\",\"ifindex\":%u,"
		 "\"mac\":\"%02x:%02x:%02x:%02x:%02x:%02x\",\"ip\":\"10.77.0.1\"}],",
		 node->ifindex, node->mac[0], node->mac[1], node->mac[2], node->mac[3],
		 node->mac[4], node->mac[5]);
	look_has(replica, "\"ip\":\"10.77.0.9\",\"mac\":\"02:00:00:00:00:09\","
			  "\"state\":\"PERMANENT\"}");
	look_has(replica, "\"problem\":null}");
	replica = look_replica("replica2");
	look_has(replica, "\"programId\":%u,\"programName\":\"lab_broadcast\"",
		 scene.second.program_id);
	look_lacks(replica, "\"programId\":%u,", scene.first.program_id);
	report_end();
}

static void test_holders(void)
{
	const char *replica;

	report_begin("holders are the processes of each replica, one beside the main one too; the "
		     "host's are nobody's");
	scene_look(&scene);
	replica = look_replica("replica1");
	look_has(replica, "{\"programId\":%u,\"pid\":%d,\"comm\":\"netns_inspect\"}",
		 scene.first.program_id, scene.first.pid);
	look_has(replica, "{\"programId\":%u,\"pid\":%d,", scene.first.sampler_id, scene.first.pid);
	look_has(replica, "{\"programId\":%u,\"pid\":%d,", scene.first.sampler_id,
		 scene.first.beside);
	look_lacks(replica, "\"programId\":%u,", scene_ask(scene.host_program).id);
	report_equal(look_count(replica, "\"comm\":"), 4, "holders of replica1");
	replica = look_replica("replica2");
	look_has(replica, "\"holders\":[{\"programId\":%u,\"pid\":%d,\"comm\":\"netns_inspect\"}]",
		 scene.second.program_id, scene.second.pid);
	report_end();
}

static void test_programs(void)
{
	const struct bpf_prog_info host = scene_ask(scene.host_program);
	const char *program;

	report_begin("the list has every program of the kernel, the host's too, by its full name");
	scene_look(&scene);
	program = look_program(host.id);
	look_has(program, "\"type\":\"socket_filter\",\"name\":\"host_program\",\"tag\":\"%02x%02x",
		 host.tag[0], host.tag[1]);
	look_has(program,
		 "\"bytesXlated\":%u,\"jited\":%s,\"bytesJited\":%u,\"bytesMemlock\":4096,",
		 host.xlated_prog_len, host.jited_prog_len ? "true" : "false", host.jited_prog_len);
	look_has(program, "\"mapIds\":[],\"btfId\":null,");
	look_has(look_program(scene.first.sampler_id), "\"name\":\"" SAMPLER_NAME "\"");
	look_has(look_program(scene.first.program_id),
		 "\"type\":\"sched_cls\",\"name\":\"lab_broadcast\"");
	report_end();
}

static void test_classic_tc(void)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = scene.cluster.node[2].ifindex,
		    .attach_point = BPF_TC_INGRESS);
	LIBBPF_OPTS(bpf_tc_opts, options, .priority = 7, .handle = 0x2a);
	int program = scene_load(BPF_PROG_TYPE_SCHED_CLS, "by_hand");

	report_begin("a classic tc filter shows with its priority and handle, and is gone with it");
	options.prog_fd = program;
	cluster_enter(scene.cluster.node[2].ns);
	if (bpf_tc_attach(&hook, &options))
		report_fatal("attaching a tc filter");
	scene_look(&scene);
	look_has(look_replica("replica2"),
		 "{\"kind\":\"tc\",\"ifname\":\"eth0\",\"ifindex\":%u,\"hook\":\"clsact/ingress\","
		 "\"programId\":%u,\"programName\":\"by_hand\",\"priority\":7,\"handle\":\"0x2a\"}",
		 scene.cluster.node[2].ifindex, scene_ask(program).id);
	cluster_enter(scene.cluster.node[2].ns);
	options.prog_fd = options.prog_id = 0;
	if (bpf_tc_detach(&hook, &options))
		report_fatal("detaching a tc filter");
	scene_look(&scene);
	look_lacks(look_replica("replica2"), "by_hand");
	close(program);
	report_end();
}

/* The older discipline answers for both ways with the filters of one. */
static void test_ingress_qdisc(void)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .attach_point = BPF_TC_INGRESS);
	LIBBPF_OPTS(bpf_tc_opts, options, .priority = 3, .handle = 4);
	const char *const add[] = {"tc", "qdisc", "add", "dev", "more0", "ingress", NULL};
	int program = scene_load(BPF_PROG_TYPE_SCHED_CLS, "one_way");
	const char *replica;

	report_begin("a filter on the older ingress discipline shows once");
	cluster_ip(scene.cluster.node[2].ns, "link add more0 type veth peer name more1\n");
	if (cluster_run(scene.cluster.node[2].ns, add))
		report_fatal("adding an ingress discipline");
	cluster_enter(scene.cluster.node[2].ns);
	hook.ifindex = if_nametoindex("more0");
	options.prog_fd = program;
	if (bpf_tc_attach(&hook, &options))
		report_fatal("attaching a tc filter");
	scene_look(&scene);
	replica = look_replica("replica2");
	look_has(replica,
		 "\"ifname\":\"more0\",\"ifindex\":%u,\"hook\":\"ingress\",\"programId\":%u,",
		 hook.ifindex, scene_ask(program).id);
	report_equal(look_count(replica, "\"hook\":\"ingress\""), 1, "times on this way");
	report_equal(look_count(replica, "\"programName\":\"one_way\""), 1, "times in all");
	cluster_ip(scene.cluster.node[2].ns, "link del more0\n");
	close(program);
	report_end();
}

static void test_xdp(void)
{
	static const struct {
		uint32_t flags;
		const char *hook;
	} modes[] = {{XDP_FLAGS_SKB_MODE, "generic"}, {XDP_FLAGS_DRV_MODE, "driver"}};
	int program = scene_load(BPF_PROG_TYPE_XDP, "xdp_by_hand");

	report_begin("XDP attached by netlink shows, generic and in the driver");
	for (int i = 0; i < 2; i++) {
		cluster_enter(scene.cluster.node[1].ns);
		if (bpf_xdp_attach(scene.cluster.node[1].ifindex, program, modes[i].flags, NULL))
			report_fatal("attaching XDP (%s)", modes[i].hook);
		scene_look(&scene);
		look_has(look_replica("replica1"),
			 "{\"kind\":\"xdp\",\"ifname\":\"eth0\",\"ifindex\":%u,\"hook\":\"%s\","
			 "\"programId\":%u,\"programName\":\"xdp_by_hand\",\"priority\":null,"
			 "\"handle\":null}",
			 scene.cluster.node[1].ifindex, modes[i].hook, scene_ask(program).id);
		cluster_enter(scene.cluster.node[1].ns);
		if (bpf_xdp_detach(scene.cluster.node[1].ifindex, modes[i].flags, NULL))
			report_fatal("detaching XDP (%s)", modes[i].hook);
	}
	scene_look(&scene);
	look_lacks(look_replica("replica1"), "xdp_by_hand");
	close(program);
	report_end();
}

/* BPF_LINK_CREATE at tcx/egress, which Debian 12's libbpf does not know. A descriptor or -errno. */
static int link_tcx(int program, uint32_t ifindex)
{
	union bpf_attr attributes;
	int fd;

	memset(&attributes, 0, sizeof(attributes));
	attributes.link_create.prog_fd = program;
	attributes.link_create.target_ifindex = ifindex;
	attributes.link_create.attach_type = 47;
	fd = syscall(SYS_bpf, BPF_LINK_CREATE, &attributes, sizeof(attributes));
	return fd < 0 ? -errno : fd;
}

static void test_tcx(void)
{
	int program = scene_load(BPF_PROG_TYPE_SCHED_CLS, "by_link");
	int link;

	cluster_enter(scene.cluster.node[2].ns);
	link = link_tcx(program, scene.cluster.node[2].ifindex);
	if (link == -EINVAL) {
		printf("# tcx is not tried: this kernel has none (Linux 6.6 is the first)\n");
		close(program);
		return;
	}
	report_begin("a tcx link shows beside classic tc, and is gone with it");
	if (link < 0)
		report_fatal("attaching a tcx link");
	scene_look(&scene);
	look_has(look_replica("replica2"),
		 "{\"kind\":\"tcx\",\"ifname\":\"eth0\",\"ifindex\":%u,\"hook\":\"tcx/egress\","
		 "\"programId\":%u,\"programName\":\"by_link\",\"priority\":null,\"handle\":null}",
		 scene.cluster.node[2].ifindex, scene_ask(program).id);
	look_has(look_replica("replica2"), "\"hook\":\"clsact/egress\"");
	close(link);
	scene_look(&scene);
	look_lacks(look_replica("replica2"), "by_link");
	close(program);
	report_end();
}

/* The kernel takes a program away in its own time after its last holder ended. */
static bool unloaded(uint32_t program_id)
{
	for (int i = 0; i < 200; i++) {
		scene_look(&scene);
		if (!*look_program(program_id))
			return true;
		poll(NULL, 0, 10);
	}
	return false;
}

static void test_gone(void)
{
	report_begin("a replica that is gone says so, a zombie too; its program and maps are gone");
	stand_in_kill(&scene.second);
	scene_look(&scene);
	look_has(look_replica("replica2"),
		 "\"attachments\":[],\"interfaces\":[],\"neighbours\":[],\"holders\":[],"
		 "\"problem\":\"process %d is gone\"",
		 scene.second.pid);
	stand_in_bury(&scene.second);
	scene_look(&scene);
	look_has(look_replica("replica2"), "\"problem\":\"process %d is gone\"", scene.second.pid);
	look_has(look_replica("replica1"), "\"problem\":null");
	report_expect(!watch_all_gone(&scene.watch), "not all are gone");
	stand_in_kill(&scene.first);
	stand_in_bury(&scene.first);
	scene_look(&scene);
	report_expect(watch_all_gone(&scene.watch), "all are gone");
	report_expect(unloaded(scene.first.sampler_id), "the sampler is still there");
	report_equal(scene.watch.btfs.count, 0, "BTF objects kept");
	report_end();
}

int main(void)
{
	scene_begin(&scene);
	test_attachments();
	test_holders();
	test_programs();
	test_classic_tc();
	test_ingress_qdisc();
	test_xdp();
	test_tcx();
	test_gone();
	scene_end(&scene);
	return report_exit_code();
}
