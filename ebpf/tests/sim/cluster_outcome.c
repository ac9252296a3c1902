// SPDX-License-Identifier: Apache-2.0
/* When a run is over, what must have happened by when, and what must hold at the end. */
#include <inttypes.h>

#include "cluster.h"
#include "linearizable.h"

/* How long a cluster that lost its memory is watched. */
#define LOST_VIEW_CHANGES 12

static uint64_t later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* In simulated time, by the slowest clock that the plan allows. */
static uint64_t view_changes_ns(const struct plan *plan, uint64_t count)
{
	return count * plan->view_change_ticks * SIM_MS * 1000 / (1000 - plan->skew_per_mille);
}

/* When the last fault, that of the story included, is undone. */
static uint64_t all_well_ns(const struct plan *plan)
{
	uint64_t latest = plan->chaos_ends_ns;

	for (uint32_t at = 0; at < plan->fault_count; at++)
		latest = later(latest, plan->faults[at].ends_ns);
	return latest;
}

static void note_resumption(struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;
	uint64_t now_ns = cluster->network.now_ns;
	uint64_t percent = 100 * (now_ns - plan->chaos_ends_ns) / view_changes_ns(plan, 1);

	cluster->resumed_ns = now_ns;
	cluster->exercised->resumptions++;
	if (percent > cluster->exercised->slowest_percent)
		cluster->exercised->slowest_percent = percent;
}

/* Progress resumes within bounded ticks once a majority is connected. */
static void check_resumption(struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;
	uint64_t now_ns = cluster->network.now_ns;

	if (cluster->resumed_ns || now_ns < plan->chaos_ends_ns)
		return;
	if (load_phase_now(cluster->load) == LOAD_DONE)
		cluster->resumed_ns = now_ns;
	else if (cluster->checker.ops > cluster->ops_at_chaos_end)
		note_resumption(cluster);
	else if (now_ns - plan->chaos_ends_ns > view_changes_ns(plan, RESUME_VIEW_CHANGES))
		checker_fail(&cluster->checker,
			     "nothing was committed for %d view_change_ticks after a majority was "
			     "connected",
			     RESUME_VIEW_CHANGES);
}

static bool is_settled(const struct cluster *cluster)
{
	const struct node *first = &cluster->nodes[1];
	bool led = false;

	for (uint8_t id = 1; id <= cluster->plan.replicas; id++) {
		const struct node *node = &cluster->nodes[id];

		if (!node->vr || node->health != VR_NORMAL || node->view != first->view ||
		    node->window != first->window || node->mark_op != first->mark_op ||
		    cluster->checker.lives[id].committed != cluster->checker.ops)
			return false;
		led = led || node->leads;
	}
	return led;
}

static void fail_unsettled(struct cluster *cluster)
{
	struct load_summary summary;

	load_summary(cluster->load, &summary);
	if (load_phase_now(cluster->load) != LOAD_DONE)
		checker_fail(&cluster->checker,
			     "the clients aren't done: %" PRIu64 " of %" PRIu64 " completed",
			     summary.completed, summary.requests);
	for (uint8_t id = 1; id <= cluster->plan.replicas; id++) {
		const struct node *node = &cluster->nodes[id];
		uint64_t committed = cluster->checker.lives[id].committed;

		if (!node->vr || node->health != VR_NORMAL)
			checker_fail(&cluster->checker, "replica%u isn't normal in the end, but %s",
				     id, node_health(node));
		else if (committed != cluster->checker.ops)
			checker_fail(&cluster->checker,
				     "replica%u committed %" PRIu64 " of %" PRIu64 " in the end",
				     id, committed, cluster->checker.ops);
		else if (node->view != cluster->nodes[1].view)
			checker_fail(&cluster->checker, "replica%u is in view %u, replica1 in %u",
				     id, node->view, cluster->nodes[1].view);
		else if (node->window != cluster->nodes[1].window ||
			 node->mark_op != cluster->nodes[1].mark_op)
			checker_fail(&cluster->checker,
				     "replica%u is in window %u up to op %" PRIu64
				     ", replica1 in window %u up to op %" PRIu64,
				     id, node->window, node->mark_op, cluster->nodes[1].window,
				     cluster->nodes[1].mark_op);
	}
	checker_fail(&cluster->checker, "nobody leads in the end");
}

/* The clients' last reply, then every replica's last commit. */
static uint64_t deadline_ns(const struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;
	uint64_t resume_ns = view_changes_ns(plan, RESUME_VIEW_CHANGES);
	uint64_t done_ns = cluster->done_ns;

	if (!done_ns)
		done_ns = plan->chaos_ends_ns + plan->warmup_ns + plan->measure_ns + resume_ns;
	return later(all_well_ns(plan), done_ns) + resume_ns;
}

static bool is_told(const struct cluster *cluster)
{
	struct load_summary summary;

	/* A summary walks through a histogram: not at every event. */
	if (load_phase_now(cluster->load) != LOAD_DONE)
		return false;
	load_summary(cluster->load, &summary);
	return summary.ended == LOAD_MEMORY_LOST;
}

bool cluster_is_over(struct cluster *cluster)
{
	const struct plan *plan = &cluster->plan;
	uint64_t now_ns = cluster->network.now_ns;

	/* Where more than f lost their memory there is nothing to wait for but that nothing happens. */
	if (cluster->memory_lost && cluster->must_be_told)
		return is_told(cluster) ||
		       now_ns > all_well_ns(plan) + view_changes_ns(plan, RESUME_VIEW_CHANGES);
	if (cluster->memory_lost)
		return now_ns > all_well_ns(plan) + view_changes_ns(plan, LOST_VIEW_CHANGES);
	check_resumption(cluster);
	if (!cluster->done_ns && load_phase_now(cluster->load) == LOAD_DONE)
		cluster->done_ns = now_ns;
	if (now_ns < all_well_ns(plan))
		return false;
	if (cluster->done_ns && is_settled(cluster))
		return true;
	if (now_ns > deadline_ns(cluster))
		fail_unsettled(cluster);
	return false;
}

static void check_client(struct cluster *cluster)
{
	static const char *const ends[] = {
		[LOAD_RUNNING] = "running",
		[LOAD_COMPLETE] = "complete",
		[LOAD_MEMORY_LOST] = "with memory lost",
		[LOAD_INTERRUPTED] = "interrupted",
		[LOAD_NO_PROGRESS] = "without progress",
	};
	struct load_summary summary;

	load_summary(cluster->load, &summary);
	if (summary.ended != LOAD_COMPLETE || summary.completed != summary.requests)
		checker_fail(&cluster->checker,
			     "the clients ended %s after %" PRIu64 " of %" PRIu64 " requests",
			     ends[summary.ended], summary.completed, summary.requests);
}

/* The client's recomputation of the log is the checker's. */
static void check_history(struct cluster *cluster)
{
	struct load_history history;

	load_history(cluster->load, &history);
	if (!history.complete)
		checker_fail(&cluster->checker, "the clients' history has holes");
	else if (history.op > cluster->checker.ops ||
		 history.hash != checker_hash(&cluster->checker, history.op))
		checker_fail(&cluster->checker, "the clients' history isn't what was committed");
}

static void check_linearizability(struct cluster *cluster)
{
	struct lin_summary summary;

	load_linearizability(cluster->load, &summary);
	if (summary.verdict == LIN_VIOLATED)
		checker_fail(&cluster->checker, "not linearizable: %s", summary.reason);
	cluster->exercised->undecided += summary.verdict == LIN_NOT_DECIDED;
}

static void check_replicas(struct cluster *cluster)
{
	struct vr_status status;

	for (uint8_t id = 1; id <= cluster->plan.replicas; id++) {
		vr_status(cluster->nodes[id].vr, &status);
		if (status.commit != cluster->checker.ops || status.op != status.commit)
			checker_fail(&cluster->checker,
				     "replica%u holds %" PRIu64 " ops, %" PRIu64
				     " committed, of %" PRIu64,
				     id, status.op, status.commit, cluster->checker.ops);
		else if (status.hash != checker_hash(&cluster->checker, status.commit))
			checker_fail(&cluster->checker, "replica%u's hash isn't the checker's", id);
	}
}

void cluster_check_outcome(struct cluster *cluster)
{
	if (!cluster->memory_lost) {
		check_client(cluster);
		check_history(cluster);
		check_replicas(cluster);
	} else if (cluster->must_be_told && !is_told(cluster)) {
		checker_fail(&cluster->checker,
			     "memories are lost, and the clients were never told so");
	}
	check_linearizability(cluster);
	for (uint8_t id = 1; id <= cluster->plan.replicas; id++)
		cluster_end_life(&cluster->nodes[id]);
}
