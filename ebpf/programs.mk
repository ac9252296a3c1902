# The BPF programs, their skeletons and the tests on the real kernel. build.mk
# includes this file; `make -f programs.mk netns` also works alone.
#
# No vmlinux.h: the programs read packets and maps only, so the kernel's own
# uapi headers do and no BTF is needed on the build machine.

EBPF_DIR := $(dir $(lastword $(MAKEFILE_LIST)))
EBPF_BUILD ?= $(EBPF_DIR)build
BPF_CLANG ?= clang
BPFTOOL ?= bpftool
# asm/types.h lives in Debian's multiarch folder, which clang -target bpf doesn't search.
BPF_MULTIARCH := $(shell gcc -print-multiarch 2>/dev/null || echo $(shell uname -m)-linux-gnu)
BPF_CFLAGS := -O2 -g -target bpf -mcpu=v3 -std=gnu11 -Wall -Wextra -Werror -Wshadow \
	-I$(EBPF_DIR)include -I$(EBPF_DIR)programs -idirafter /usr/include/$(BPF_MULTIARCH)
BPF_HEADERS := $(wildcard $(EBPF_DIR)programs/*.h $(EBPF_DIR)include/*.h)

BPF_SKELETON := $(EBPF_BUILD)/broadcast.skel.h
# The same map and struct names under testing/: compile bpf_broadcast.c with
# -I build/testing instead of -I build, and the binary clones to one follower alone.
BPF_TESTING_SKELETON := $(EBPF_BUILD)/testing/broadcast.skel.h

# labfault's programs.
BPF_FAULT_SKELETON := $(EBPF_BUILD)/fault.skel.h

NETNS_CFLAGS := -O2 -g -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -Wshadow \
	-I$(EBPF_DIR)include -I$(EBPF_DIR)net -I$(EBPF_DIR)tests/netns
NETNS_LOADER := $(addprefix $(EBPF_DIR)net/,bpf_broadcast.c tc_filter.c libbpf_log.c netlink.c neighbours.c link_watch.c kernel_trace.c)
NETNS_FIXTURE := $(addprefix $(EBPF_DIR)tests/netns/,cluster.c capture.c datagram.c forged_packet.c report.c)
NETNS_HEADERS := $(wildcard $(EBPF_DIR)include/*.h $(EBPF_DIR)net/*.h $(EBPF_DIR)tests/netns/*.h)
NETNS_BINARIES := $(addprefix $(EBPF_BUILD)/netns_,broadcast trace refusals lifecycle watches clone_one packet_fuzz fault inspect inspect_maps bpfwatch bench)

$(EBPF_BUILD)/%.bpf.o: $(EBPF_DIR)programs/%.bpf.c $(BPF_HEADERS)
	@mkdir -p $(@D)
	$(BPF_CLANG) $(BPF_CFLAGS) -c $< -o $@

# Linking the one object drops the DWARF sections, which nobody loads.
$(EBPF_BUILD)/%.linked.o: $(EBPF_BUILD)/%.bpf.o
	$(BPFTOOL) gen object $@ $<

$(BPF_SKELETON): $(EBPF_BUILD)/broadcast.linked.o
	$(BPFTOOL) gen skeleton $< name broadcast_bpf > $@.part
	@mv $@.part $@

$(BPF_TESTING_SKELETON): $(EBPF_BUILD)/testing/clone_one.linked.o
	$(BPFTOOL) gen skeleton $< name broadcast_bpf > $@.part
	@mv $@.part $@

$(BPF_FAULT_SKELETON): $(EBPF_BUILD)/fault.linked.o
	$(BPFTOOL) gen skeleton $< name fault_bpf > $@.part
	@mv $@.part $@

$(EBPF_BUILD)/netns_clone_one: $(EBPF_DIR)tests/netns/clone_one_test.c $(NETNS_LOADER) $(NETNS_FIXTURE) \
		$(NETNS_HEADERS) $(BPF_TESTING_SKELETON)
	$(CC) $(NETNS_CFLAGS) -I$(EBPF_BUILD)/testing $(filter %.c,$^) -lbpf -o $@

$(EBPF_BUILD)/netns_%: $(EBPF_DIR)tests/netns/%_test.c $(NETNS_LOADER) $(NETNS_FIXTURE) \
		$(NETNS_HEADERS) $(BPF_SKELETON)
	$(CC) $(NETNS_CFLAGS) -I$(EBPF_BUILD) $(filter %.c,$^) -lbpf -o $@

FUZZ_PARTS := $(addprefix $(EBPF_DIR)tests/netns/,fuzz_frame.c wire_tap.c)

$(EBPF_BUILD)/netns_packet_fuzz: $(EBPF_DIR)tests/netns/packet_fuzz_test.c $(FUZZ_PARTS) $(NETNS_LOADER) \
		$(NETNS_FIXTURE) $(NETNS_HEADERS) $(BPF_SKELETON)
	$(CC) $(NETNS_CFLAGS) -fsanitize=address,undefined -fno-sanitize-recover=all \
		-I$(EBPF_BUILD) $(filter %.c,$^) -lbpf -o $@

# bpfwatch's parts under sanitizers: they walk what the kernel and BTF say, byte by byte.
INSPECT_TESTS := $(addprefix $(EBPF_BUILD)/netns_,inspect inspect_maps bpfwatch)
INSPECT_PARTS := $(wildcard $(EBPF_DIR)inspect/*.c) \
	$(addprefix $(EBPF_DIR)tests/netns/,inspect_look.c inspect_scene.c stand_in.c value_sampler.c)

$(INSPECT_TESTS): $(EBPF_BUILD)/netns_%: $(EBPF_DIR)tests/netns/%_test.c $(INSPECT_PARTS) $(NETNS_LOADER) \
		$(NETNS_FIXTURE) $(NETNS_HEADERS) $(wildcard $(EBPF_DIR)inspect/*.h) $(BPF_SKELETON)
	$(CC) $(NETNS_CFLAGS) -fsanitize=address,undefined -fno-sanitize-recover=all \
		-I$(EBPF_DIR)inspect -I$(EBPF_BUILD) $(filter %.c,$^) -lbpf -o $@

# labfault's parts, likewise: what they read comes from outside.
FAULT_PARTS := $(wildcard $(EBPF_DIR)fault/*.c) \
	$(addprefix $(EBPF_DIR),inspect/json.c net/interface.c tests/netns/fault_scene.c tests/netns/fault_process.c)

$(EBPF_BUILD)/netns_fault: $(EBPF_DIR)tests/netns/fault_test.c $(FAULT_PARTS) $(NETNS_LOADER) $(NETNS_FIXTURE) \
		$(NETNS_HEADERS) $(wildcard $(EBPF_DIR)fault/*.h) $(BPF_SKELETON) $(BPF_FAULT_SKELETON)
	$(CC) $(NETNS_CFLAGS) -fsanitize=address,undefined -fno-sanitize-recover=all \
		-I$(EBPF_DIR)fault -I$(EBPF_DIR)inspect -I$(EBPF_BUILD) $(filter %.c,$^) -lbpf -o $@

.SECONDARY:
.PHONY: netns netns-bench programs
programs: $(BPF_SKELETON) $(BPF_TESTING_SKELETON) $(BPF_FAULT_SKELETON)

netns: $(NETNS_BINARIES)
	$(EBPF_DIR)tests/netns/run.sh $(EBPF_BUILD)

netns-bench: $(EBPF_BUILD)/netns_bench
	$(EBPF_BUILD)/netns_bench
