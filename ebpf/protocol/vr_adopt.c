// SPDX-License-Identifier: Apache-2.0
/*
 * Taking over another replica's log, in place of the whole log that VR Revisited
 * sends in its messages: by a new leader from whoever has the best one, by a follower
 * and by a recovering replica from the leader.
 *
 * Two logs that have the same chain hash at an op are equal up to it. What is missing
 * is fetched into `incoming`. Ops that are committed are moved into our own log and
 * executed one by one; the uncommitted rest replaces ours at once, when all of it is
 * there. Until then our own uncommitted ops stay: a further view change may need them.
 */
#include "vr_internal.h"

static void begin_incoming(struct vr *vr)
{
	uint64_t hash = 0;

	log_hash_at(&vr->log, vr->commit, &hash);
	log_begin_at(&vr->adoption.incoming, vr->commit, hash);
	vr->adoption.fetch_target = 0;
}

void vr_adopt(struct vr *vr, uint8_t source, const struct vr_log_summary *log)
{
	struct vr_adoption *adoption = &vr->adoption;

	adoption->active = true;
	adoption->source = source;
	adoption->op = log->op;
	adoption->commit = log->commit;
	adoption->hash = log->hash;
	if (vr->commit_known < log->commit)
		vr->commit_known = log->commit;
	begin_incoming(vr);
	vr_adopt_go_on(vr);
}

/* Puts the incoming op into our log, behind what is executed; ours is replaced with all that follows it. */
static void replace(struct vr *vr, uint64_t op)
{
	struct log_op entry = log_read(&vr->adoption.incoming, op);
	uint64_t theirs = 0, ours = 0;

	log_hash_at(&vr->adoption.incoming, op, &theirs);
	if (log_hash_at(&vr->log, op, &ours) && ours == theirs)
		return;
	log_truncate(&vr->log, op - 1);
	log_put(&vr->log, &entry, vr->commit);
}

static void execute_committed(struct vr *vr)
{
	const struct vr_adoption *adoption = &vr->adoption;

	while (vr->commit < adoption->commit && vr->commit < adoption->incoming.prefix) {
		replace(vr, vr->commit + 1);
		vr_commit_through(vr, vr->commit + 1);
	}
}

static void finish(struct vr *vr)
{
	uint64_t end = vr->adoption.op > vr->commit ? vr->adoption.op : vr->commit;

	log_truncate(&vr->log, end);
	vr->adoption.active = false;
	if (vr->leader == vr->config.id) {
		vr_start_view(vr);
		return;
	}
	vr->recoveries += vr->health == VR_RECOVERING;
	vr_become_normal(vr);
}

static bool logs_are_equal(const struct vr *vr)
{
	uint64_t hash;

	return log_hash_at(&vr->log, vr->adoption.op, &hash) && hash == vr->adoption.hash;
}

static void fetch(struct vr *vr)
{
	struct vr_adoption *adoption = &vr->adoption;
	struct vr_msg message;
	uint64_t first = adoption->incoming.prefix + 1;

	if (vr->transfer.receiving)
		return;
	if (adoption->incoming.prefix < adoption->fetch_target &&
	    vr->now < adoption->fetch_again_at)
		return;
	message = vr_message(vr, WIRE_FETCH);
	message.flags = WIRE_F_ADOPT;
	message.op = first;
	message.request =
		adoption->op - first < VR_RESEND_MAX ? adoption->op : first + VR_RESEND_MAX - 1;
	vr_send(vr, adoption->source, &message);
	adoption->fetch_target = message.request;
	adoption->fetch_again_at = vr->now + vr->config.resend_ticks;
}

void vr_adopt_go_on(struct vr *vr)
{
	struct vr_adoption *adoption = &vr->adoption;
	uint64_t hash;

	if (adoption->op <= vr->commit || logs_are_equal(vr)) {
		finish(vr);
		return;
	}
	/* A checkpoint was installed meanwhile. */
	if (adoption->incoming.prefix < vr->commit)
		begin_incoming(vr);
	execute_committed(vr);
	if (adoption->incoming.prefix < adoption->op) {
		fetch(vr);
		return;
	}
	/* Never with honest replicas; a log that isn't the one that was told of must not become ours. */
	if (!log_hash_at(&adoption->incoming, adoption->op, &hash) || hash != adoption->hash) {
		vr_drop(vr, VR_DROP_bad_payload);
		begin_incoming(vr);
		return;
	}
	for (uint64_t op = vr->commit + 1; op <= adoption->op; op++)
		replace(vr, op);
	finish(vr);
}

void vr_adopt_entry(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_adoption *adoption = &vr->adoption;
	struct log_op entry = vr_operation(msg);

	if (!adoption->active || msg->sender != adoption->source || msg->op == 0 ||
	    msg->op > adoption->op ||
	    log_put(&adoption->incoming, &entry, vr->commit) != LOG_STORED) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	/* As long as something comes, nobody needs another view. */
	vr->wanted_at = vr->now;
	vr_adopt_go_on(vr);
}

void vr_adopt_tick(struct vr *vr)
{
	if (vr->adoption.active)
		vr_adopt_go_on(vr);
}
