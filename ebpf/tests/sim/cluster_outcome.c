// SPDX-License-Identifier: Apache-2.0
/* When a run is over, and what must hold then. */
#include <inttypes.h>

#include "cluster.h"

static bool caught_up(const struct cluster *cluster)
{
	struct vr_status leader, follower;

	vr_status(cluster->nodes[CLUSTER_LEADER].vr, &leader);
	if (leader.health != VR_NORMAL)
		return true;
	if (leader.commit != leader.op)
		return false;
	for (unsigned id = 2; id <= cluster->plan.replicas; id++) {
		vr_status(cluster->nodes[id].vr, &follower);
		if (follower.commit != leader.commit || follower.mark_op != leader.mark_op)
			return false;
	}
	return true;
}

/* A restarted leader that must not serve leaves the client without a leader to find, for ever. */
static bool stuck_as_it_must(const struct cluster *cluster)
{
	struct vr_status leader;

	if (cluster->plan.story != STORY_LEADER_RESTARTS)
		return false;
	vr_status(cluster->nodes[CLUSTER_LEADER].vr, &leader);
	return leader.health == VR_LOST_MEMORY && cluster->network.now_ns > 3000 * SIM_MS;
}

bool cluster_is_over(const struct cluster *cluster)
{
	if (cluster->network.now_ns < cluster->plan.chaos_ends_ns ||
	    cluster->network.now_ns < cluster->plan.leader_restarts_at_ns)
		return false;
	if (stuck_as_it_must(cluster))
		return true;
	return load_phase_now(cluster->load) == LOAD_DONE && caught_up(cluster);
}

static void check_client(struct cluster *cluster, const struct load_summary *summary)
{
	enum load_end expected =
		cluster->plan.story == STORY_LOG_FULL ? LOAD_LOG_FULL : LOAD_COMPLETE;

	if (load_phase_now(cluster->load) != LOAD_DONE)
		checker_fail(&cluster->checker, "the client isn't done: %" PRIu64 " of %" PRIu64,
			     summary->completed, cluster->plan.requests);
	else if (summary->ended != expected)
		checker_fail(&cluster->checker, "the client ended with %d, expected %d",
			     summary->ended, expected);
	if (expected == LOAD_COMPLETE && summary->completed != cluster->plan.requests)
		checker_fail(&cluster->checker,
			     "%" PRIu64 " requests were measured instead of %" PRIu64,
			     summary->completed, cluster->plan.requests);
}

/* The client's recomputation is the replicas' hash at that op. */
static void check_history(struct cluster *cluster)
{
	struct load_history history;

	load_history(cluster->load, &history);
	if (!history.complete) {
		checker_fail(&cluster->checker, "the client's history has holes");
		return;
	}
	for (unsigned id = 1; id <= cluster->plan.replicas; id++) {
		uint64_t hash;

		if (!vr_hash_at(cluster->nodes[id].vr, history.op, &hash))
			checker_fail(&cluster->checker, "replica%u hasn't committed op %" PRIu64,
				     id, history.op);
		else if (hash != history.hash)
			checker_fail(&cluster->checker, "replica%u's log differs from the client's",
				     id);
	}
}

static void check_replicas(struct cluster *cluster)
{
	struct vr_status first, other;

	vr_status(cluster->nodes[CLUSTER_LEADER].vr, &first);
	for (uint8_t id = 1; id <= cluster->plan.replicas; id++) {
		vr_status(cluster->nodes[id].vr, &other);
		if (other.commit != first.op || other.commit != cluster->checker.ops)
			checker_fail(&cluster->checker,
				     "replica%u committed %" PRIu64 " of %" PRIu64, id,
				     other.commit, first.op);
		else if (other.hash != first.hash)
			checker_fail(&cluster->checker, "replica%u's log differs from the leader's",
				     id);
		else if (other.window != WIRE_WINDOW_AFTER)
			checker_fail(&cluster->checker, "replica%u never left window %u", id,
				     other.window);
		checker_compare_counters(&cluster->checker, id, CLUSTER_LEADER,
					 cluster->nodes[id].vr);
	}
}

void cluster_check_outcome(struct cluster *cluster)
{
	struct load_summary summary;
	struct vr_status leader;

	load_summary(cluster->load, &summary);
	vr_status(cluster->nodes[CLUSTER_LEADER].vr, &leader);
	if (cluster->plan.story == STORY_LEADER_RESTARTS) {
		/* Nothing prepared before the restart: the new life serves as if it were the first. */
		if (leader.health != VR_LOST_MEMORY && summary.ended != LOAD_COMPLETE)
			checker_fail(&cluster->checker,
				     "neither served nor refused after a restart");
		return;
	}
	check_client(cluster, &summary);
	if (cluster->plan.story == STORY_USUAL)
		check_history(cluster);
	check_replicas(cluster);
}
