// SPDX-License-Identifier: Apache-2.0
#include "offload.h"

#include <stdio.h>
#include <string.h>

#include "say.h"

#define CHECK_EVERY_NS 1000000000ull
#define SEARCH_EVERY_NS 100000000ull

static void say_attach(struct offload *offload)
{
	struct bpf_broadcast_place place;

	bpf_broadcast_get_place(offload->program, &place);
	event_attach(offload->options.events, &(struct event_attach){
						      .progId = place.prog_id,
						      .name = place.name,
						      .hook = place.hook,
						      .ifname = offload->ifname,
						      .ifindex = place.ifindex,
						      .priority = place.priority,
						      .handle = place.handle,
						      .mode = offload->clone ? "clone" : "count",
					      });
}

static void say_detach(struct offload *offload, const char *reason)
{
	struct bpf_broadcast_place place;

	offload->attached = false;
	bpf_broadcast_get_place(offload->program, &place);
	event_detach(offload->options.events, &(struct event_detach){
						      .progId = place.prog_id,
						      .ifname = offload->ifname,
						      .reason = reason,
					      });
}

static void reattach(struct offload *offload)
{
	const struct link_state *state = link_watch_state(offload->link);
	char error[BPF_BROADCAST_ERROR_BYTES];

	if (bpf_broadcast_attach(offload->program, state->ifindex, error, sizeof(error))) {
		say(SAY_ERROR, "bpf", "interface %s is back: %s", offload->ifname, error);
		return;
	}
	bpf_broadcast_set_own(offload->program, state->ip);
	offload->attached = true;
	say(SAY_NOTICE, "net", "interface %s carries the replica now", offload->ifname);
	say_attach(offload);
	follower_map_new_link(&offload->followers, state->ifindex);
}

/*
 * `docker network connect` gives back an interface of another name: the route to
 * the peers tells which.
 */
static void search_interface(struct offload *offload)
{
	char found[IFNAMSIZ], error[160];
	struct link_watch *link;

	if (!follower_map_route(&offload->followers, found))
		return;
	if (!strcmp(found, offload->ifname))
		return;
	link = link_watch_open(found, error, sizeof(error));
	if (!link)
		return;
	link_watch_close(offload->link);
	offload->link = link;
	snprintf(offload->ifname, sizeof(offload->ifname), "%s", found);
	reattach(offload);
}

static void on_link(void *ctx, enum link_event event, const struct link_state *state)
{
	struct offload *offload = ctx;

	switch (event) {
	case LINK_GONE:
		say(SAY_WARN, "net", "interface %s is gone", offload->ifname);
		if (offload->attached)
			say_detach(offload, "interface_gone");
		offload->followers.ifindex = 0;
		break;
	case LINK_BACK:
		reattach(offload);
		break;
	case LINK_ADDRESS:
		bpf_broadcast_set_own(offload->program, state->ip);
		break;
	}
}

/*
 * The filter was removed by somebody: it isn't put back, or a run would look
 * offloaded that wasn't.
 */
static void check_filter(struct offload *offload)
{
	if (!offload->attached || bpf_broadcast_attached(offload->program) != 0)
		return;
	say_detach(offload, "filter_gone");
	say(SAY_ERROR, "bpf", "the filter on %s egress was removed; broadcasts are %s",
	    offload->ifname, offload->clone ? "no longer cloned" : "no longer counted");
}

void offload_tick(struct offload *offload, uint32_t changed, bool readable, uint64_t now_ns)
{
	if (readable)
		link_watch_read(offload->link, on_link, offload);
	follower_map_tick(&offload->followers, changed, readable, now_ns);
	if (now_ns >= offload->check_at_ns) {
		offload->check_at_ns = now_ns + CHECK_EVERY_NS;
		check_filter(offload);
	}
	if (!link_watch_state(offload->link)->ifindex && offload->options.follow_route &&
	    now_ns >= offload->search_at_ns) {
		offload->search_at_ns = now_ns + SEARCH_EVERY_NS;
		search_interface(offload);
	}
}

int offload_set_clone(struct offload *offload, bool clone)
{
	int err = bpf_broadcast_set_clone(offload->program, clone);

	if (!err)
		offload->clone = clone;
	return err;
}

bool offload_read(struct offload *offload, struct bpf_broadcast_counts *counts)
{
	return !bpf_broadcast_read(offload->program, counts);
}

static void set_view(struct offload *offload, uint32_t view, bool leads)
{
	int err = bpf_broadcast_set_view(offload->program, view, leads);

	if (err)
		say(SAY_ERROR, "bpf", "the program could not be told of view %u: %s", view,
		    strerror(-err));
}

void offload_enter_view(struct offload *offload, uint32_t view, bool leads)
{
	set_view(offload, view, leads);
	offload->base_known = offload_read(offload, &offload->base);
}

void offload_leave_view(struct offload *offload, uint32_t view)
{
	set_view(offload, view, false);
}

bool offload_read_view(struct offload *offload, struct bpf_broadcast_counts *counts)
{
	unsigned window, id, counter;

	if (!offload->base_known || !offload_read(offload, counts))
		return false;
	for (window = 0; window < WIRE_WINDOWS; window++) {
		for (id = 0; id <= WIRE_MAX_REPLICAS; id++)
			counts->frames[window][id] -= offload->base.frames[window][id];
	}
	for (counter = 0; counter < BCAST_COUNTER_END; counter++)
		counts->counters[counter] -= offload->base.counters[counter];
	return true;
}

void offload_fds(const struct offload *offload, int fds[OFFLOAD_FDS])
{
	fds[0] = link_watch_fd(offload->link);
	fds[1] = neighbours_fd(offload->followers.neighbours);
}

static const char *open_parts(struct offload *offload, char *error, size_t error_bytes)
{
	const struct offload_options *options = &offload->options;
	const struct config_peers *names = options->peers->names;

	offload->link = link_watch_open(offload->ifname, error, error_bytes);
	if (!offload->link)
		return "no_interface";
	offload->followers.neighbours = neighbours_open(error, error_bytes);
	if (!offload->followers.neighbours)
		return "no_interface";
	offload->program = bpf_broadcast_open(
		&(struct bpf_broadcast_options){
			.ifname = offload->ifname,
			.run_id = options->run_id,
			.own_id = options->own_id,
			.replicas = names->count,
			.own_ip = link_watch_state(offload->link)->ip,
			.own_port = htons(names->at[options->own_id].port),
			.clone = options->clone,
		},
		error, error_bytes);
	offload->followers.program = offload->program;
	return offload->program ? NULL : "bpf_load";
}

const char *offload_open(struct offload *offload, const struct offload_options *options,
			 char *error, size_t error_bytes)
{
	const char *failed;

	memset(offload, 0, sizeof(*offload));
	offload->options = *options;
	offload->clone = options->clone;
	snprintf(offload->ifname, sizeof(offload->ifname), "%s", options->ifname);
	offload->followers.events = options->events;
	offload->followers.peers = options->peers;
	offload->followers.own_id = options->own_id;
	failed = open_parts(offload, error, error_bytes);
	if (failed) {
		offload_close(offload);
		return failed;
	}
	offload->followers.ifindex = link_watch_state(offload->link)->ifindex;
	offload->attached = true;
	say_attach(offload);
	return NULL;
}

void offload_close(struct offload *offload)
{
	bpf_broadcast_close(offload->program);
	if (offload->followers.neighbours)
		neighbours_close(offload->followers.neighbours);
	if (offload->link)
		link_watch_close(offload->link);
	offload->program = NULL;
	offload->followers.neighbours = NULL;
	offload->link = NULL;
}
