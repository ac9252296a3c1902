# Fuzzing of what reads bytes from the network, with libFuzzer (clang). Included by Makefile.
#   make fuzz SECONDS_EACH=20 | fuzz-build
# Findings are kept in $(BUILD)/fuzz/findings, with the command that replays them in the output.

# The version whose runtime scripts/packages.sh installs; else whatever clang there is.
FUZZ_CC := $(firstword $(notdir $(wildcard /usr/bin/clang-14)) clang)
FUZZ_FLAGS := $(filter-out -O2,$(CFLAGS)) -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
	-include tests/fuzz/memory_layout_poisoned.h
SECONDS_EACH := 20

FUZZERS := wire checkpoint vr
FUZZ_BINS := $(FUZZERS:%=$(BUILD)/fuzz/fuzz_%)
FUZZ_HEADERS := $(wildcard tests/fuzz/*.h)
# The client's side of the core reads nothing that a stranger can send.
FUZZ_CORE_SRCS := $(filter-out protocol/load_%.c protocol/linearizable%.c protocol/latency.c,$(PROTOCOL_SRCS))
FUZZ_CORE_OBJS := $(FUZZ_CORE_SRCS:%.c=$(BUILD)/fuzz/%.o)

$(BUILD)/fuzz/protocol/%.o: protocol/%.c $(PROTOCOL_HEADERS) $(FUZZ_HEADERS)
	@mkdir -p $(@D)
	$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -c $< -o $@

$(BUILD)/fuzz/fuzz_vr: tests/fuzz/fuzz_input.c
$(BUILD)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ_CORE_OBJS) $(FUZZ_HEADERS)
	$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer $(filter %.c %.o,$^) -o $@

$(BUILD)/fuzz/write_seeds: tests/fuzz/write_seeds.c $(PROTOCOL_OBJS) $(FUZZ_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $< $(PROTOCOL_OBJS) -o $@

$(BUILD)/fuzz/seeds: $(BUILD)/fuzz/write_seeds
	@mkdir -p $@
	@$< $@ && touch $@

.SECONDARY: $(FUZZ_CORE_OBJS)

.PHONY: fuzz fuzz-build
fuzz-build: $(FUZZ_BINS) $(BUILD)/fuzz/seeds
fuzz: fuzz-build
	@tests/fuzz/run-fuzz $(BUILD)/fuzz $(SECONDS_EACH) $(FUZZERS)
