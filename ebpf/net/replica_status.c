// SPDX-License-Identifier: Apache-2.0
#include "replica.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

/* Resident bytes, 0 if unknown. The descriptor stays open: this runs ten times a second. */
static uint64_t resident_bytes(int statm_fd)
{
	char text[128];
	ssize_t n = statm_fd < 0 ? -1 : pread(statm_fd, text, sizeof(text) - 1, 0);
	unsigned long long pages;

	if (n <= 0)
		return 0;
	text[n] = '\0';
	if (sscanf(text, "%*u %llu", &pages) != 1)
		return 0;
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static uint64_t dropped(const struct replica *replica)
{
	uint64_t sum = 0;
	unsigned cause;

	for (cause = 0; cause < WIRE_VERDICTS; cause++)
		sum += replica->wire_drops[cause];
	for (cause = 0; cause < VR_DROP_END; cause++)
		sum += replica->status.drops[cause];
	return sum;
}

/* Causes for which `final` has a field of its own. */
static bool is_told_by_itself(unsigned cause)
{
	return cause == VR_DROP_stale_view || cause == VR_DROP_stale_incarnation ||
	       cause == VR_DROP_unknown_sender;
}

static uint64_t dropped_otherwise(const struct vr_status *status)
{
	uint64_t sum = 0;
	unsigned cause;

	for (cause = 0; cause < VR_DROP_END; cause++)
		sum += is_told_by_itself(cause) ? 0 : status->drops[cause];
	return sum;
}

/* Of the present view. */
static struct vr_window_counters totals(const struct replica *replica)
{
	struct vr_window_counters sum = {0};
	unsigned window;

	for (window = 0; window < WIRE_WINDOWS; window++) {
		const struct vr_window_counters *counted =
			vr_window(replica->vr, (enum wire_window)window);

		sum.broadcasts += counted->broadcasts;
		sum.sent += counted->sent;
		sum.receipts += counted->receipts;
		sum.duplicates += counted->duplicates;
		sum.resends += counted->resends;
	}
	return sum;
}

/*
 * Of this view. Returns the entries filled: N + 1 on a leader whose counters can be
 * read, else 0.
 */
static size_t read_frames(struct replica *replica, uint64_t frames[WIRE_MAX_REPLICAS + 1])
{
	struct bpf_broadcast_counts counts;
	unsigned window, id;

	memset(frames, 0, sizeof(uint64_t) * (WIRE_MAX_REPLICAS + 1));
	if (!replica->status.is_leader || !replica->offload.program ||
	    !offload_read_view(&replica->offload, &counts))
		return 0;
	for (window = 0; window < WIRE_WINDOWS; window++) {
		for (id = 1; id <= replica->config.peers.count; id++)
			frames[id] += counts.frames[window][id];
	}
	return replica->config.peers.count + 1u;
}

void replica_say_status(struct replica *replica, struct event_log *log)
{
	const struct vr_status *status = &replica->status;
	struct vr_window_counters sum = totals(replica);
	uint64_t frames[WIRE_MAX_REPLICAS + 1];
	size_t frames_count = read_frames(replica, frames);

	event_status(log,
		     &(struct event_status){
			     .role = status->is_leader ? "leader" : "follower",
			     .health = replica_health_name(status->health),
			     .view = status->view,
			     .leader = status->leader,
			     .op = status->op,
			     .first = status->first,
			     .highest = status->highest,
			     .commit = status->commit,
			     .hash = status->hash,
			     .window = status->window,
			     .broadcasts = sum.broadcasts,
			     .sent = sum.sent,
			     .frames = {frames, frames_count},
			     .acked = {status->acked,
				       status->is_leader ? replica->config.peers.count + 1u : 0},
			     .receipts = sum.receipts,
			     .resends = sum.resends,
			     .drops = dropped(replica),
			     .cpuNs = clock_cpu_ns(),
			     .rssBytes = resident_bytes(replica->statm_fd),
		     });
}

void replica_say_final(struct replica *replica, const char *reason)
{
	const struct vr_status *status = &replica->status;

	event_final(&replica->events,
		    &(struct event_final){
			    .reason = reason,
			    .view = status->view,
			    .op = status->op,
			    .commit = status->commit,
			    .hash = status->hash,
			    .cpuNs = clock_cpu_ns(),
			    .resends = replica->resends_before + totals(replica).resends,
			    .dropBadMagic = replica->wire_drops[WIRE_BAD_MAGIC],
			    .dropBadVersion = replica->wire_drops[WIRE_BAD_VERSION],
			    .dropForeignRun = replica->wire_drops[WIRE_FOREIGN_RUN],
			    .dropTruncated = replica->wire_drops[WIRE_TRUNCATED],
			    .dropUnknownType = replica->wire_drops[WIRE_UNKNOWN_TYPE],
			    .dropStaleView = status->drops[VR_DROP_stale_view],
			    .dropStaleIncarnation = status->drops[VR_DROP_stale_incarnation],
			    .dropUnknownSender = replica->wire_drops[WIRE_UNKNOWN_SENDER] +
						 status->drops[VR_DROP_unknown_sender],
			    .dropOther = dropped_otherwise(status),
		    });
}
