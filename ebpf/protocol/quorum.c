// SPDX-License-Identifier: Apache-2.0
#include "quorum.h"

#include "vr_hooks.h"

void quorum_init(struct quorum *quorum, uint8_t replicas, uint8_t leader)
{
	*quorum = (struct quorum){.replicas = replicas, .leader = leader};
}

/* The largest op that f followers hold. At most 14 followers: insertion into a short sorted row. */
static uint64_t majority_point(const struct quorum *quorum)
{
	uint64_t highest[WIRE_MAX_REPLICAS / 2];
	unsigned needed = VR_HOOK_QUORUM_FOLLOWERS(quorum->replicas / 2u);
	unsigned kept = 0;

	for (unsigned id = 1; id <= quorum->replicas; id++) {
		unsigned at = kept;

		if (id == quorum->leader)
			continue;
		while (at > 0 && highest[at - 1] < quorum->acked[id]) {
			if (at < needed)
				highest[at] = highest[at - 1];
			at--;
		}
		if (at < needed)
			highest[at] = quorum->acked[id];
		if (kept < needed)
			kept++;
	}
	return highest[needed - 1];
}

uint64_t quorum_acknowledge(struct quorum *quorum, uint8_t replica, uint64_t op)
{
	uint64_t point;

	if (op <= quorum->acked[replica])
		return quorum->point;
	quorum->acked[replica] = op;
	/* The late majority of acknowledgements is for ops already past: nothing to work out. */
	if (op <= quorum->point)
		return quorum->point;
	point = majority_point(quorum);
	if (point > quorum->point)
		quorum->point = point;
	return quorum->point;
}

void quorum_forget(struct quorum *quorum, uint8_t replica)
{
	quorum->acked[replica] = 0;
}
