// SPDX-License-Identifier: Apache-2.0
/* What the lab and people are told of this replica's part in the protocol. */
#include "replica.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "say.h"

/* A recovery takes some ten milliseconds; one that lasts this long waits for somebody. */
#define WARN_AFTER_NS 3000000000ull
#define WARN_EVERY_NS 10000000000ull
#define NS_PER_MS 1000000ull

const char *replica_health_name(enum vr_health health)
{
	switch (health) {
	case VR_RECOVERING:
		return "recovering";
	case VR_NORMAL:
		return "normal";
	case VR_VIEW_CHANGE:
		return "view_change";
	case VR_LOST_MEMORY:
		return "lost_memory";
	}
	return "?";
}

static void say_ready(struct replica *replica)
{
	const struct vr_status *status = &replica->status;

	event_ready(&replica->events, &(struct event_ready){
					      .view = status->view,
					      .leader = status->leader,
					      .peersReady = status->peers_ready,
				      });
}

/*
 * Every leader says that its view is ready, once, since it may wish for another view
 * and be answered again; a follower does once in its life.
 */
static void tell_normal(struct replica *replica)
{
	const struct vr_status *status = &replica->status;
	struct health_watch *health = &replica->health;

	health->wanted = 0;
	if (status->is_leader) {
		if (!health->led || health->led_view != status->view)
			say_ready(replica);
		health->led = true;
		health->led_view = status->view;
		say(SAY_NOTICE, "vr", "leader of view %u with %u of %u replicas", status->view,
		    status->peers_ready + 1u, replica->config.peers.count);
		return;
	}
	if (!health->followed)
		say_ready(replica);
	health->followed = true;
	say(SAY_NOTICE, "vr", "follower of %s in view %u",
	    peers_name(&replica->peers, status->leader), status->view);
}

static void tell_view_change(struct replica *replica, uint64_t now_ns)
{
	const struct vr_status *status = &replica->status;
	uint8_t before = (uint8_t)(status->last_normal % replica->config.peers.count + 1);
	const char *leader = peers_name(&replica->peers, before);
	/* It binds itself to the view it wants only once others want it too. */
	uint32_t wanted = status->view + (status->view == status->last_normal);
	/* Half of what the core waits: between its clock and ours lies a tick or two. */
	bool silent = now_ns - replica->peers.at[before].heard_ns >
		      REPLICA_VIEW_CHANGE_TICKS * REPLICA_TICK_NS / 2;

	/* From the wish to the promise nothing changes for people. */
	if (replica->health.wanted == wanted)
		return;
	replica->health.wanted = wanted;
	if (before == replica->config.id)
		say(SAY_WARN, "vr", "view change: wants view %u, no longer leads view %u", wanted,
		    status->last_normal);
	else if (silent)
		say(SAY_WARN, "vr", "view change: wants view %u, %s is silent", wanted, leader);
	else
		say(SAY_WARN, "vr", "view change: wants view %u, as another replica does", wanted);
}

/* The view changes under a recovery once its leader is known, whose log is taken over. */
static void tell_recovering(const struct replica *replica)
{
	const struct vr_status *status = &replica->status;

	if (status->view)
		say(SAY_NOTICE, "vr", "recovering: takes over the log of %s in view %u",
		    peers_name(&replica->peers, status->leader), status->view);
	else
		say(SAY_NOTICE, "vr", "recovering: no memory, asks the others");
}

/* Once, since it lasts for ever. The process goes on, so that whoever asks is told. */
static void tell_lost_memory(struct replica *replica)
{
	if (replica->health.memory_lost)
		return;
	replica->health.memory_lost = true;
	replica_fail(replica, "memory_lost",
		     "more than f replicas lost their memories; nothing is served any more, since "
		     "acknowledged writes may be forgotten");
}

static void tell_change(struct replica *replica, uint64_t now_ns)
{
	const struct vr_status *status = &replica->status;

	event_view(&replica->events, &(struct event_view){
					     .health = replica_health_name(status->health),
					     .view = status->view,
					     .leader = status->leader,
					     .op = status->op,
					     .commit = status->commit,
				     });
	switch (status->health) {
	case VR_RECOVERING:
		tell_recovering(replica);
		break;
	case VR_NORMAL:
		tell_normal(replica);
		break;
	case VR_VIEW_CHANGE:
		tell_view_change(replica, now_ns);
		break;
	case VR_LOST_MEMORY:
		tell_lost_memory(replica);
		break;
	}
}

static void tell_recovered(struct replica *replica, uint64_t now_ns)
{
	const struct vr_status *status = &replica->status;
	uint64_t took_ms = (now_ns - replica->started_ns) / NS_PER_MS;

	replica->health.recovered = true;
	event_recovered(&replica->events, &(struct event_recovered){
						  .view = status->view,
						  .op = status->op,
						  .commit = status->commit,
						  .hash = status->hash,
						  .tookMs = took_ms,
					  });
	say(SAY_NOTICE, "vr", "recovered %" PRIu64 " operations in view %u within %" PRIu64 " ms",
	    status->op, status->view, took_ms);
}

static void tell_restored(struct replica *replica)
{
	struct health_watch *health = &replica->health;

	health->restored = false;
	event_restored(&replica->events, &(struct event_restored){
						 .view = replica->status.view,
						 .op = health->restored_op,
						 .hash = health->restored_hash,
					 });
	say(SAY_NOTICE, "vr", "installed a checkpoint of %" PRIu64 " operations",
	    health->restored_op);
}

/* Names of the replicas that never spoke to this life, joined by commas. */
static void name_unheard(const struct replica *replica, char *names, size_t names_bytes)
{
	size_t used = 0;
	unsigned id;

	names[0] = '\0';
	for (id = 1; id <= replica->config.peers.count; id++) {
		if (id == replica->config.id || replica->peers.at[id].incarnation)
			continue;
		used += (size_t)snprintf(names + used, names_bytes - used, "%s%.30s",
					 used ? ", " : "",
					 peers_name(&replica->peers, (uint8_t)id));
	}
}

static void warn_of_long_recovery(struct replica *replica, uint64_t now_ns)
{
	/* Thirty characters and a comma for each of fifteen names. */
	char names[WIRE_MAX_REPLICAS * 32 + 1];
	uint64_t took_s = (now_ns - replica->started_ns) / (1000 * NS_PER_MS);

	if (!replica->health.warn_at_ns)
		replica->health.warn_at_ns = replica->started_ns + WARN_AFTER_NS;
	if (now_ns < replica->health.warn_at_ns)
		return;
	replica->health.warn_at_ns = now_ns + WARN_EVERY_NS;
	name_unheard(replica, names, sizeof(names));
	if (names[0])
		say(SAY_WARN, "vr", "recovering for %" PRIu64 " s: not heard from %s", took_s,
		    names);
	else
		say(SAY_WARN, "vr",
		    "recovering for %" PRIu64 " s: all were heard, too few of them can answer",
		    took_s);
}

void replica_watch_health(struct replica *replica, uint64_t now_ns)
{
	const struct vr_status *status = &replica->status;
	struct health_watch *health = &replica->health;

	if (health->restored)
		tell_restored(replica);
	if (!health->told || health->health != status->health || health->view != status->view) {
		health->told = true;
		health->health = status->health;
		health->view = status->view;
		tell_change(replica, now_ns);
	}
	if (status->recoveries && !health->recovered)
		tell_recovered(replica, now_ns);
	if (status->health == VR_RECOVERING)
		warn_of_long_recovery(replica, now_ns);
}
