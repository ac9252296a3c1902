# The binaries, the golden events and the image. Included by Makefile, which owns CC, CFLAGS and PROTOCOL_OBJS.
#   make binaries | binaries-testing | net-unit | golden | golden-write | image | image-testing

include programs.mk

NET_CFLAGS := $(CFLAGS) -D_GNU_SOURCE -Inet
BINARIES := replica client labctl bpfwatch labfault
NET_HEADERS := $(sort $(wildcard net/*.h)) $(PROTOCOL_HEADERS)
# bpf_broadcast.c alone includes a skeleton; everything else is the same in the testing replica.
NET_OBJS := $(patsubst net/%.c,$(BUILD)/net/%.o,$(filter-out net/bpf_broadcast.c,$(sort $(wildcard net/*.c))))
NET_LIBRARY := $(BUILD)/net.a

.PHONY: binaries binaries-testing
binaries: $(BINARIES:%=$(BUILD)/%)
binaries-testing: binaries $(BUILD)/testing/replica $(BUILD)/testing/flood

$(BUILD)/net/%.o: net/%.c $(NET_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(NET_CFLAGS) -c $< -o $@

$(BUILD)/net/bpf_broadcast.o: net/bpf_broadcast.c $(NET_HEADERS) $(BPF_SKELETON)
	@mkdir -p $(@D)
	$(CC) $(NET_CFLAGS) -I$(BUILD) -c $< -o $@

$(BUILD)/testing/bpf_broadcast.o: net/bpf_broadcast.c $(NET_HEADERS) $(BPF_TESTING_SKELETON)
	@mkdir -p $(@D)
	$(CC) $(NET_CFLAGS) -I$(BUILD)/testing -c $< -o $@

# An archive, so that each binary takes only what it uses: client and labctl link no libbpf.
$(NET_LIBRARY): $(NET_OBJS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/bin/%.o: bin/%.c $(NET_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(NET_CFLAGS) -c $< -o $@

$(BUILD)/replica: $(BUILD)/bin/replica.o $(BUILD)/net/bpf_broadcast.o $(NET_LIBRARY) $(PROTOCOL_OBJS)
	$(CC) $^ -lbpf -pthread -o $@

$(BUILD)/testing/replica: $(BUILD)/bin/replica.o $(BUILD)/testing/bpf_broadcast.o $(NET_LIBRARY) $(PROTOCOL_OBJS)
	$(CC) $^ -lbpf -pthread -o $@

$(BUILD)/client: $(BUILD)/bin/client.o $(NET_LIBRARY) $(PROTOCOL_OBJS)
	$(CC) $^ -pthread -o $@

$(BUILD)/labctl: $(BUILD)/bin/labctl.o
	$(CC) $^ -o $@

# Looks at replicas from beside them; of theirs it takes the steps of netlink alone.
INSPECT_CFLAGS := $(NET_CFLAGS) -Iinspect
INSPECT_SRCS := $(sort $(wildcard inspect/*.c))
INSPECT_HEADERS := $(sort $(wildcard inspect/*.h)) net/netlink.h
INSPECT_OBJS := $(INSPECT_SRCS:%.c=$(BUILD)/%.o) $(BUILD)/net/netlink.o

$(BUILD)/inspect/%.o: inspect/%.c $(INSPECT_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(INSPECT_CFLAGS) -c $< -o $@

$(BUILD)/bpfwatch: bin/bpfwatch.c $(INSPECT_OBJS) $(INSPECT_HEADERS)
	$(CC) $(INSPECT_CFLAGS) $(filter %.c %.o,$^) -lbpf -o $@

# Holds the faults of a run from beside it.
FAULT_CFLAGS := $(INSPECT_CFLAGS) -Ifault
FAULT_HEADERS := $(sort $(wildcard fault/*.h)) inspect/json.h include/fault.h include/counters.h include/wire.h \
	net/interface.h net/libbpf_log.h
FAULT_OBJS := $(patsubst fault/%.c,$(BUILD)/fault/%.o,$(sort $(wildcard fault/*.c))) $(BUILD)/inspect/json.o \
	$(BUILD)/net/interface.o $(BUILD)/net/libbpf_log.o

$(BUILD)/fault/%.o: fault/%.c $(FAULT_HEADERS) $(BPF_FAULT_SKELETON)
	@mkdir -p $(@D)
	$(CC) $(FAULT_CFLAGS) -I$(BUILD) -c $< -o $@

$(BUILD)/labfault: bin/labfault.c $(FAULT_OBJS) $(FAULT_HEADERS)
	$(CC) $(FAULT_CFLAGS) $(filter %.c %.o,$^) -lbpf -o $@

$(BUILD)/testing/flood: bin/testing/flood.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -D_GNU_SOURCE $< -o $@

# One line of every event, read by the zod schemas' test. golden-write accepts a change of events.def.
GOLDEN := tests/golden/events.jsonl

$(BUILD)/write_golden: tests/golden/write_golden.c $(NET_LIBRARY) $(NET_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(NET_CFLAGS) $< $(NET_LIBRARY) -o $@

# bpfwatch's lines, likewise.
GOLDEN_WATCH := tests/golden/bpfwatch.jsonl

$(BUILD)/write_bpfwatch: tests/golden/write_bpfwatch.c $(INSPECT_OBJS) $(INSPECT_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(INSPECT_CFLAGS) $(filter %.c %.o,$^) -lbpf -o $@

.PHONY: golden golden-write
golden: $(BUILD)/write_golden $(BUILD)/write_bpfwatch
	@tests/golden/run $(BUILD)/write_golden $(GOLDEN) $(BUILD)/events.jsonl \
		$(BUILD)/write_bpfwatch $(GOLDEN_WATCH) $(BUILD)/bpfwatch.jsonl

golden-write: $(BUILD)/write_golden $(BUILD)/write_bpfwatch
	$(BUILD)/write_golden > $(GOLDEN)
	$(BUILD)/write_bpfwatch > $(GOLDEN_WATCH)

# The process side without a cluster: one binary per tests/net/test_*.c, under sanitizers.
NET_TEST_SRCS := $(sort $(wildcard tests/net/test_*.c))
NET_TEST_BINS := $(NET_TEST_SRCS:tests/net/%.c=$(BUILD)/net-unit/%)
NET_TEST_PARTS := $(addprefix net/,config.c environment.c event_log.c line_writer.c peers.c resolver.c say.c trace_flights.c tracer.c)

$(BUILD)/net-unit/%: tests/net/%.c $(NET_TEST_PARTS) $(NET_HEADERS) tests/unit/check.h
	@mkdir -p $(@D)
	$(CC) $(NET_CFLAGS) $(SANITIZE) -Itests/unit -DCHECK_SUITE='"net-unit"' $< $(NET_TEST_PARTS) -pthread -o $@

.PHONY: net-unit
net-unit: $(NET_TEST_BINS)
	@tests/run-all net-unit $(NET_TEST_BINS)

# BASE_IMAGE: where no registry answers, a local stand-in under the same tag does.
IMAGE := electrode-lab/replica:dev
TESTING_IMAGE := electrode-lab/replica-testing:dev
BASE_IMAGE := debian:bookworm-slim

.PHONY: image image-testing
image:
	docker build --build-arg BASE_IMAGE=$(BASE_IMAGE) -t $(IMAGE) .
image-testing:
	docker build --build-arg BASE_IMAGE=$(BASE_IMAGE) --target testing -t $(TESTING_IMAGE) .
