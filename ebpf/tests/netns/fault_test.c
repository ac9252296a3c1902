// SPDX-License-Identifier: Apache-2.0
/* labfault on the real kernel: what gets lost and doubled, who stands still, and that all of it ends. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault_scene.h"
#include "report.h"

#define DATAGRAMS 200

static struct fault_scene scene;

static void expect_has(const char *line, const char *text)
{
	report_expect(strstr(line, text) != NULL, "no %s in %.400s", text, line);
}

static void begin(const char *name)
{
	report_begin("%s", name);
	scene_start(&scene);
}

static void expect_no_hooks(void)
{
	for (uint8_t node = 1; node <= SCENE_TARGETS; node++) {
		struct hooks hooks = scene_hooks(&scene, node);

		report_equal(hooks.xdp + hooks.tcx, 0, "programs left at node %u", node);
	}
}

static void end(void)
{
	report_equal(scene_stop(&scene), 0, "exit code");
	expect_no_hooks();
	report_end();
}

static void rule(const char *rules)
{
	expect_has(fault_process_ask(&scene.fault, "rules", rules), "\"event\":\"done\"");
}

static void expect_arrivals(uint8_t from, uint8_t to, unsigned int wanted)
{
	struct arrival arrival = scene_exchange(&scene, from, to, DATAGRAMS);

	report_equal(arrival.total, wanted, "datagrams from node %u at node %u", from, to);
	report_equal(arrival.distinct, wanted, "distinct ones");
}

/* The next counts that are said hold these. */
static void expect_counts(const char *counts)
{
	fault_process_await(&scene.fault, "\"event\":\"counts\"");
	expect_has(scene.fault.line, counts);
}

static void test_one_sender(void)
{
	begin("everything from one sender is lost, from others and the other way nothing");
	rule("replica1:2:1000000:0");
	expect_arrivals(2, 1, 0);
	expect_arrivals(3, 1, DATAGRAMS);
	expect_arrivals(SCENE_CLIENT, 1, DATAGRAMS);
	expect_arrivals(1, 2, DATAGRAMS);
	fault_process_say(&scene.fault, "rules 1000001");
	expect_counts("[{\"target\":\"replica1\",\"from\":2,\"lost\":200,\"doubled\":0}]");
	fault_process_await(&scene.fault, "\"seq\":1000001}");
	expect_arrivals(2, 1, DATAGRAMS);
	end();
}

static void test_everybody(void)
{
	begin("everything from everybody is lost, the client's too, and nothing else");
	rule("replica1:*:1000000:0");
	expect_arrivals(2, 1, 0);
	expect_arrivals(SCENE_CLIENT, 1, 0);
	expect_arrivals(2, 3, DATAGRAMS);
	end();
}

static void test_share(void)
{
	const unsigned int sent = 3000;
	struct arrival arrival;

	begin("of several rules for a sender the largest holds: 30 % are lost, within six "
	      "deviations");
	rule("replica1:*:100000:0 replica1:2:300000:0 replica1:2:0:0");
	arrival = scene_exchange(&scene, 2, 1, sent);
	report_expect(arrival.total > 2100 - 151 && arrival.total < 2100 + 151, "%u of %u arrived",
		      arrival.total, sent);
	report_equal(arrival.most, 1, "times that one arrived");
	end();
}

static void test_doubled(void)
{
	struct arrival arrival;

	begin("every datagram is doubled, none more than once, and copies are as good as "
	      "originals");
	rule("replica1:2:0:1000000");
	arrival = scene_exchange(&scene, 2, 1, DATAGRAMS);
	report_equal(arrival.distinct, DATAGRAMS, "distinct datagrams");
	report_equal(arrival.total, 2 * DATAGRAMS, "datagrams");
	report_equal(arrival.fewest, 2, "fewest times");
	report_equal(arrival.most, 2, "most times");
	report_equal(arrival.damaged, 0, "damaged");
	expect_arrivals(3, 1, DATAGRAMS);
	rule("");
	expect_arrivals(2, 1, DATAGRAMS);
	end();
}

static void test_lost_and_doubled(void)
{
	const unsigned int sent = 1000;
	char counts[128];
	struct arrival arrival;

	begin("losses and doubling together: a copy is never lost, and the counts say what "
	      "happened");
	rule("replica1:2:300000:1000000");
	arrival = scene_exchange(&scene, 2, 1, sent);
	report_expect(arrival.distinct < sent && arrival.distinct, "%u distinct ones arrived",
		      arrival.distinct);
	report_equal(arrival.fewest, 2, "fewest times");
	report_equal(arrival.most, 2, "most times");
	snprintf(counts, sizeof(counts), "\"from\":2,\"lost\":%u,\"doubled\":%u}",
		 sent - arrival.distinct, arrival.distinct);
	/* What was said of an earlier half second must not be taken for it. */
	fault_process_say(&scene.fault, "rules 1000002");
	fault_process_await(&scene.fault, counts);
	end();
}

static void expect_hooks(uint8_t node, struct hooks wanted)
{
	struct hooks hooks = scene_hooks(&scene, node);

	report_equal(hooks.xdp, wanted.xdp, "XDP programs at node %u", node);
	report_equal(hooks.tcx, wanted.tcx, "tcx programs at node %u", node);
}

static void test_only_what_is_needed(void)
{
	begin("programs are only where a rule needs them, and gone with the last rule");
	expect_no_hooks();
	rule("replica1:2:10:0 replica2:*:0:0");
	expect_hooks(1, (struct hooks){.xdp = 1});
	expect_hooks(2, (struct hooks){0});
	rule("replica1:2:10:10");
	expect_hooks(1, (struct hooks){.xdp = 1, .tcx = 1});
	rule("client:2:10:0");
	expect_hooks(1, (struct hooks){0});
	expect_hooks(SCENE_CLIENT, (struct hooks){.xdp = 1});
	rule("");
	expect_no_hooks();
	end();
}

/* 'T' if this process stands still. */
static char state_of(pid_t process)
{
	char path[64], state = 0;
	FILE *stat;

	snprintf(path, sizeof(path), "/proc/%d/stat", process);
	stat = fopen(path, "r");
	if (!stat || fscanf(stat, "%*d (%*[^)]) %c", &state) != 1)
		report_fatal("reading %s", path);
	fclose(stat);
	return state;
}

/* Waits for a report of the kernel's that this child stopped or went on. */
static void expect_change(pid_t process, int change, int code)
{
	siginfo_t info = {0};

	if (waitid(P_PID, process, &info, change))
		report_fatal("waiting for a change of %d", process);
	report_equal(info.si_code, code, "what became of it");
}

static void begin_all_faults(void)
{
	scene_start(&scene);
	rule("replica1:*:1000000:1000000 replica2:1:1000000:0");
	expect_has(fault_process_ask(&scene.fault, "pause", "replica3"), "\"event\":\"done\"");
	report_equal(state_of(scene.process[3]), 'T', "state of replica3");
	expect_change(scene.process[3], WSTOPPED, CLD_STOPPED);
}

static void expect_all_undone(void)
{
	expect_no_hooks();
	expect_change(scene.process[3], WCONTINUED, CLD_CONTINUED);
	expect_arrivals(2, 1, DATAGRAMS);
}

static void test_pause(void)
{
	begin("whoever is in the set stands still, whoever leaves it goes on");
	expect_has(fault_process_ask(&scene.fault, "pause", "replica2 replica3"),
		   "\"event\":\"done\"");
	report_equal(state_of(scene.process[2]), 'T', "state of replica2");
	report_equal(state_of(scene.process[3]), 'T', "state of replica3");
	expect_has(fault_process_ask(&scene.fault, "pause", "replica3"), "\"event\":\"done\"");
	expect_change(scene.process[2], WCONTINUED, CLD_CONTINUED);
	report_equal(state_of(scene.process[3]), 'T', "state of replica3 now");
	expect_has(fault_process_ask(&scene.fault, "pause", ""), "\"event\":\"done\"");
	expect_change(scene.process[3], WCONTINUED, CLD_CONTINUED);
	end();
}

static void test_end_of_commands(void)
{
	report_begin("everything is undone at the end of stdin, after last counts");
	begin_all_faults();
	fault_process_close(&scene.fault);
	expect_arrivals(1, 3, DATAGRAMS);
	fault_process_await(&scene.fault, "\"event\":\"counts\"");
	report_equal(fault_process_finish(&scene.fault), 0, "exit code");
	expect_all_undone();
	report_end();
}

static void test_terminated(void)
{
	report_begin("everything is undone at SIGTERM");
	begin_all_faults();
	kill(scene.fault.pid, SIGTERM);
	report_equal(fault_process_finish(&scene.fault), 0, "exit code");
	expect_all_undone();
	report_end();
}

static void test_silence(void)
{
	report_begin("everything is undone when no command came for three seconds");
	begin_all_faults();
	fault_process_await(&scene.fault, "{\"event\":\"problem\",\"message\":\"no command came");
	report_equal(fault_process_finish(&scene.fault), 1, "exit code");
	expect_all_undone();
	report_end();
}

static void test_killed(void)
{
	begin("killed, it leaves no program behind");
	rule("replica1:*:1000000:1000000 replica2:1:1000000:0");
	expect_arrivals(2, 1, 0);
	kill(scene.fault.pid, SIGKILL);
	report_equal(fault_process_finish(&scene.fault), -SIGKILL, "exit code");
	expect_no_hooks();
	expect_arrivals(2, 1, DATAGRAMS);
	report_end();
}

static void test_occupied(void)
{
	char text[64];
	const char *line;

	begin("an XDP hook that is somebody else's is refused, and what was in force stays");
	snprintf(text, sizeof(text), "the program with id %u", scene_occupy(&scene, 1));
	rule("replica2:3:1000000:0");
	line = fault_process_ask(&scene.fault, "rules", "replica3:*:10:10 replica1:*:10:0");
	expect_has(line, "\"event\":\"failed\"");
	expect_has(line, "\"message\":\"replica1: ");
	expect_has(line, text);
	expect_hooks(3, (struct hooks){0});
	expect_arrivals(3, 2, 0);
	/* Doubling alone does not need that hook. */
	rule("replica1:2:0:1000000");
	report_equal(scene_exchange(&scene, 2, 1, DATAGRAMS).total, 2 * DATAGRAMS, "doubled");
	scene_vacate(&scene, 1);
	end();
}

static void test_moved(void)
{
	pid_t moved = scene_process(&scene, 5);

	begin("a target with another process has its faults there, and its counts go on");
	rule("replica1:2:1000000:0");
	expect_arrivals(2, 1, 0);
	expect_has(fault_process_ask(&scene.fault, "pause", "replica1"), "\"event\":\"done\"");
	fault_process_say(&scene.fault, "target replica1 %d 1", moved);
	rule("replica1:2:1000000:0");
	expect_arrivals(2, 1, DATAGRAMS);
	expect_arrivals(2, 5, 0);
	report_equal(state_of(moved), 'T', "state of the new process");
	expect_change(scene.process[1], WCONTINUED, CLD_CONTINUED);
	fault_process_say(&scene.fault, "rules 1000003");
	fault_process_await(&scene.fault, "\"from\":2,\"lost\":400,\"doubled\":0}");
	end();
	scene_bury(moved);
}

static void test_ended(void)
{
	pid_t ended = scene_process(&scene, 5);

	begin("a target whose process ended is left alone, without an error");
	fault_process_say(&scene.fault, "target replica5 %d 5", ended);
	rule("replica5:*:1000000:0");
	scene_bury(ended);
	rule("replica5:*:1000000:0 replica1:*:1000000:0");
	expect_has(fault_process_ask(&scene.fault, "pause", "replica5 replica2"),
		   "\"event\":\"done\"");
	expect_arrivals(2, 1, 0);
	end();
}

static void refuse(const char *command, const char *why)
{
	fault_process_say(&scene.fault, "%s", command);
	fault_process_await(&scene.fault, "\"event\":\"failed\"");
	report_expect(strstr(scene.fault.line, why) != NULL, "to %.60s it says %.300s", command,
		      scene.fault.line);
}

static void test_malformed(void)
{
	static char long_line[9000];

	begin("a malformed command is refused with the words of what is wrong");
	refuse("rules", "a number from 1 on");
	refuse("rules x replica1:*:1:1", "a number from 1 on");
	refuse("rules 7 replica1:*:1", "\"seq\":7,\"message\":\"a rule is NAME:FROM");
	refuse("rules 7 replica9:*:1:1", "there is no target");
	refuse("rules 7 replica1:16:1:1", "a rule's sender is");
	refuse("rules 7 replica1:1:1000001:1", "parts per million from 0 to 1000000");
	refuse("rules 7 replica1:1:1:-1", "parts per million from 0 to 1000000");
	refuse("pause 7 replica9", "there is no target");
	refuse("target replica9 1", "a target is given as");
	refuse("target replica9 1 9", "the PID of replica9");
	refuse("target re=9 12 9", "a target's name");
	refuse("target replica9 12 2", "replica2 and replica9 cannot both have the id 2");
	refuse("target replica9 12 16", "the id of replica9");
	refuse("alive 1", "there is no command");
	memset(long_line, 'x', sizeof(long_line) - 1);
	refuse(long_line, "a line has at most");
	expect_no_hooks();
	end();
}

int main(void)
{
	scene_begin(&scene);
	test_malformed();
	test_only_what_is_needed();
	test_one_sender();
	test_everybody();
	test_share();
	test_doubled();
	test_lost_and_doubled();
	test_pause();
	test_end_of_commands();
	test_terminated();
	test_silence();
	test_killed();
	test_occupied();
	test_moved();
	test_ended();
	return report_exit_code();
}
