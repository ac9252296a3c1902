// SPDX-License-Identifier: Apache-2.0
/*
 * View change, VR Revisited 4.2. START_VIEW_CHANGE is a wish here and binds nobody:
 * a replica that alone can't hear its leader goes on wishing for the same view, and
 * returns without harm when it hears it again. f + 1 wishes make a promise:
 * DO_VIEW_CHANGE, after which nothing of an earlier view is acknowledged.
 */
#include "vr_internal.h"

#include "vr_hooks.h"

static void send_wish(struct vr *vr, uint8_t to)
{
	struct vr_msg wish = vr_message(vr, WIRE_START_VIEW_CHANGE);

	/* With the view that was promised: who is bound by one can't go back, the others have to follow. */
	wish.op = vr->view;
	wish.view = vr->wanted;
	vr_send(vr, to, &wish);
}

static void send_promise(struct vr *vr)
{
	struct vr_msg promise = vr_message(vr, WIRE_DO_VIEW_CHANGE);

	vr_send_summary(vr, vr->leader, &promise);
}

/* Again until the view has begun: any of these may get lost. */
static void repeat(struct vr *vr)
{
	vr->repeat_at = vr->now + vr->config.resend_ticks;
	for (uint8_t id = 1; id <= vr->config.replicas; id++) {
		if (id != vr->config.id)
			send_wish(vr, id);
	}
	if (!vr_unpromised(vr) && vr->leader != vr->config.id && !vr->adoption.active)
		send_promise(vr);
}

static bool better(const struct vr_log_summary *a, const struct vr_log_summary *b)
{
	if (a->last_normal != b->last_normal && !VR_HOOK_LONGEST_LOG_WINS)
		return a->last_normal > b->last_normal;
	return a->op > b->op;
}

/*
 * VR Revisited 4.2, step 3: the log of the latest view, and of these the longest, holds all that was
 * committed. The highest commit of all is where execution may go on to.
 */
static void choose_log(struct vr *vr)
{
	struct vr_log_summary best = {
		.last_normal = vr->last_normal, .op = vr->log.prefix, .commit = vr->commit};
	uint64_t commit = vr->commit;
	uint8_t source = vr->config.id;
	unsigned promises = 1;

	for (uint8_t id = 1; id <= vr->config.replicas; id++) {
		const struct vr_peer *peer = &vr->peers[id];

		if (!peer->promised)
			continue;
		promises++;
		if (peer->log.commit > commit)
			commit = peer->log.commit;
		if (better(&peer->log, &best)) {
			best = peer->log;
			source = id;
		}
	}
	if (promises < VR_HOOK_DO_VIEW_CHANGES(vr_f(vr)))
		return;
	best.commit = commit < best.op ? commit : best.op;
	if (source != vr->config.id) {
		vr_adopt(vr, source, &best);
		return;
	}
	log_truncate(&vr->log, vr->log.prefix);
	if (vr->commit_known < best.commit)
		vr->commit_known = best.commit;
	vr_start_view(vr);
}

void vr_start_view(struct vr *vr)
{
	vr_become_normal(vr);
	for (uint8_t id = 1; id <= vr->config.replicas; id++)
		if (id != vr->config.id)
			vr_tell_of_view(vr, id);
	vr_commit_through(vr,
			  vr->commit_known < vr->log.prefix ? vr->commit_known : vr->log.prefix);
}

static void promise(struct vr *vr, uint32_t view)
{
	vr_move_to(vr, view);
	repeat(vr);
	if (vr->leader == vr->config.id)
		choose_log(vr);
}

/* VR Revisited 4.2, step 2: f others that want the same view, lately. */
static void promise_if_wanted(struct vr *vr)
{
	unsigned wishes = 1;

	if (vr->wanted <= vr->view)
		return;
	for (uint8_t id = 1; id <= vr->config.replicas; id++) {
		const struct vr_peer *peer = &vr->peers[id];

		wishes += peer->wants == vr->wanted &&
			  vr->now - peer->wanted_at < vr->config.view_change_ticks;
	}
	if (wishes > vr_f(vr))
		promise(vr, vr->wanted);
}

void vr_want_view(struct vr *vr, uint32_t view)
{
	if (view <= vr->wanted && vr->health == VR_VIEW_CHANGE)
		return;
	vr_execute_known(vr);
	vr->health = VR_VIEW_CHANGE;
	vr->wanted = view;
	vr->wanted_at = vr->now;
	repeat(vr);
	promise_if_wanted(vr);
}

void vr_wish_no_more(struct vr *vr)
{
	vr->health = VR_NORMAL;
	vr->wanted = vr->view;
	vr->leader_heard_at = vr->now;
}

/* Half the patience is gone: whoever wants another view now isn't alone. */
static bool leader_is_quiet(const struct vr *vr)
{
	uint64_t patience = vr->config.view_change_ticks / 2;

	if (vr->leader == vr->config.id)
		return vr_peers_heard(vr, patience) < vr_f(vr);
	return vr->now - vr->leader_heard_at >= patience;
}

void vr_start_view_change_receive(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_peer *peer = &vr->peers[msg->sender];

	peer->wants = msg->view;
	peer->wanted_at = vr->now;
	if (msg->view <= vr->view) {
		/* It doesn't know of our view, or waits in it as we do and misses our wish. */
		if (vr_serves(vr))
			vr_tell_of_view(vr, msg->sender);
		return;
	}
	if (vr->health != VR_NORMAL || leader_is_quiet(vr) || msg->sender == vr->leader ||
	    msg->op > vr->view)
		vr_want_view(vr, msg->view);
	if (vr->health == VR_VIEW_CHANGE)
		promise_if_wanted(vr);
}

void vr_do_view_change_receive(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_log_summary log;

	if (vr_leader_of(vr, msg->view) != vr->config.id) {
		vr_drop(vr, VR_DROP_not_leader);
		return;
	}
	if (!vr_read_summary(vr, msg, &log) || log.last_normal > msg->view) {
		vr_drop(vr, VR_DROP_bad_payload);
		return;
	}
	if (msg->view < vr->view || (msg->view == vr->view && vr_unpromised(vr))) {
		if (vr_serves(vr))
			vr_tell_of_view(vr, msg->sender);
		vr_drop(vr, VR_DROP_stale_view);
		return;
	}
	/* One promise is proof of f + 1 wishes. */
	if (msg->view > vr->view)
		promise(vr, msg->view);
	if (vr->health == VR_NORMAL || vr->adoption.active)
		return;
	vr_learn_lives(vr, &log);
	/* Another promise may have told that this one's life is over. */
	if (vr->peers[msg->sender].incarnation != msg->incarnation)
		return;
	vr_note_window(vr, msg->window, log.mark_op);
	vr->peers[msg->sender].promised = true;
	vr->peers[msg->sender].log = log;
	choose_log(vr);
}

void vr_view_change_tick(struct vr *vr)
{
	bool promised = !vr_unpromised(vr) && vr->wanted == vr->view;

	if (vr->now >= vr->repeat_at)
		repeat(vr);
	if (!promised || vr->now - vr->wanted_at < (uint64_t)vr->config.view_change_ticks
							   << vr->view_changes_failed)
		return;
	if (vr->view_changes_failed < VR_VIEW_CHANGE_BACKOFF_MAX)
		vr->view_changes_failed++;
	vr_want_view(vr, vr->view + 1);
}
