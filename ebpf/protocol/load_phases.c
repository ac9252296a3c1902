// SPDX-License-Identifier: Apache-2.0
/* The run's course: waiting, held, warm-up, measuring, draining, done. */
#include "load_internal.h"

#include <stdarg.h>
#include <stdio.h>

void load_enter(struct load *load, enum load_phase phase, uint64_t now_ns)
{
	load_intervals_end(load, now_ns);
	load->phase = phase;
	load->phase_began_ns = now_ns;
	if (phase == LOAD_MEASURING)
		load->measuring_began_ns = now_ns;
	load->marking = 0;
	load_intervals_begin(load, now_ns);
	if (phase == LOAD_DONE)
		load_check_end(load);
	if (load->env.phase)
		load->env.phase(load->env.ctx, phase);
	if (phase == LOAD_WARMUP && load->config.warmup_ns == 0)
		load_mark(load, WIRE_WINDOW_MEASURED, now_ns);
	else if (phase == LOAD_WARMUP || phase == LOAD_MEASURING)
		load_issue_all(load, now_ns);
	else if (phase == LOAD_DRAINING)
		load_mark(load, WIRE_WINDOW_AFTER, now_ns);
}

/*
 * An end without a reachable leader is final at once; otherwise the closing MARK
 * still goes out, so that the replicas report what they counted.
 */
void load_finish(struct load *load, enum load_end ended, uint64_t now_ns)
{
	load->ended = ended;
	load_outage_note(load, 0, now_ns);
	load_enter(load, ended == LOAD_COMPLETE ? LOAD_DRAINING : LOAD_DONE, now_ns);
}

void load_lost_memory(struct load *load, uint64_t now_ns, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(load->end_reason, sizeof(load->end_reason), format, arguments);
	va_end(arguments);
	load_finish(load, LOAD_MEMORY_LOST, now_ns);
}

const char *load_end_reason(const struct load *load)
{
	return load->end_reason;
}

void load_follow(struct load *load, const struct vr_msg *msg)
{
	/* A late reply of a leader that was replaced says nothing of who leads now. */
	if (msg->view < load->view)
		return;
	load->view = msg->view;
	load->leader = msg->sender;
}

static struct vr_msg mark_message(struct load *load, uint64_t now_ns)
{
	load->next_mark_ns = now_ns + LOAD_MARK_NS;
	return (struct vr_msg){
		.type = WIRE_MARK,
		.window = load->marking,
		.op = load->highest_op,
	};
}

/* Whoever was asked first may lead no more. */
static void repeat_mark(struct load *load, uint64_t now_ns)
{
	struct vr_msg msg = mark_message(load, now_ns);

	for (uint8_t id = 1; id <= load->config.replicas; id++)
		load->env.send(load->env.ctx, id, &msg);
}

void load_mark(struct load *load, enum wire_window window, uint64_t now_ns)
{
	struct vr_msg msg;

	if (load->outstanding == 0 || window == WIRE_WINDOW_AFTER)
		load->progress_ns = now_ns;
	load->marking = (uint8_t)window;
	msg = mark_message(load, now_ns);
	load->env.send(load->env.ctx, load->leader, &msg);
}

void load_accept_mark(struct load *load, const struct vr_msg *msg, uint64_t now_ns)
{
	if (!load->marking || msg->window < load->marking)
		return;
	load_follow(load, msg);
	load->progress_ns = now_ns;
	load_enter(load, load->phase == LOAD_WARMUP ? LOAD_MEASURING : LOAD_DONE, now_ns);
}

static void probe(struct load *load, uint64_t now_ns)
{
	struct vr_msg msg = {.type = WIRE_PROBE};

	if (now_ns < load->next_probe_ns)
		return;
	load->next_probe_ns = now_ns + LOAD_PROBE_NS;
	for (uint8_t id = 1; id <= load->config.replicas; id++)
		load->env.send(load->env.ctx, id, &msg);
}

/* Stragglers of the warm-up are waited for too: without their op numbers the history has holes. */
static bool all_answered(const struct load *load, uint64_t now_ns)
{
	return !load_may_issue(load, now_ns) && load->outstanding == 0;
}

static bool silent_for_too_long(const struct load *load, uint64_t now_ns)
{
	return (load->outstanding || load->marking) &&
	       now_ns - load->progress_ns >= load->config.no_progress_ns;
}

void load_phase_tick(struct load *load, uint64_t now_ns)
{
	if (load->phase == LOAD_WAITING)
		probe(load, now_ns);
	if (load->phase < LOAD_WARMUP || load->phase == LOAD_DONE)
		return;
	if (silent_for_too_long(load, now_ns)) {
		load_finish(load, LOAD_NO_PROGRESS, now_ns);
		return;
	}
	if (load->marking && now_ns >= load->next_mark_ns)
		repeat_mark(load, now_ns);
	/* Warm-up goes on until the MARK is acknowledged: the cluster must not cool down meanwhile. */
	if (load->phase == LOAD_WARMUP && !load->marking &&
	    now_ns - load->phase_began_ns >= load->config.warmup_ns)
		load_mark(load, WIRE_WINDOW_MEASURED, now_ns);
	if (load->phase == LOAD_MEASURING && all_answered(load, now_ns))
		load_finish(load, LOAD_COMPLETE, now_ns);
}
