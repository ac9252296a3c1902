// SPDX-License-Identifier: Apache-2.0
/*
 * A process begins without memory and cannot know whether it is the first of its
 * replica. Either all N replicas are in that state at one moment: then there is nothing
 * to remember, and they found the cluster in view 0. Or it recovers, VR Revisited 4.3,
 * from f + 1 replicas that remember, the leader of the latest view among them; its
 * incarnation is the nonce.
 *
 * That all are without memory at one moment is known when all have heard so of all, each
 * in its present life: the answers carry the lives that their sender heard it of. Whoever
 * founded tells the others, since it does not answer as one without memory any more.
 */
#include "vr_internal.h"

#include <string.h>

#include "vr_hooks.h"

/* More than f without memory, for so many times view_change_ticks on end: no answer will come. */
#define HOPELESS_AFTER 4u

static void ask_all(struct vr *vr)
{
	struct vr_msg ask = vr_message(vr, WIRE_RECOVERY);

	vr->repeat_at = vr->now + vr->config.resend_ticks;
	for (uint8_t id = 1; id <= vr->config.replicas; id++) {
		if (id != vr->config.id)
			vr_send(vr, id, &ask);
	}
}

/* Whoever recovers half of it isn't any more, and must not begin anew with that. */
static bool is_without_memory(const struct vr *vr)
{
	return vr->view == 0 && vr->commit == 0 && !vr->adoption.active;
}

void vr_recovery_receive(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_msg answer = vr_message(vr, WIRE_RECOVERY_RESPONSE);
	bool founder = vr->peers[msg->sender].founder_life == msg->incarnation;

	answer.request = msg->incarnation;
	if (vr->health == VR_RECOVERING)
		answer.flags = is_without_memory(vr) ? WIRE_F_FRESH : WIRE_F_BOUND;
	else if (founder)
		answer.flags = WIRE_F_FOUNDER;
	else if (!vr_unpromised(vr))
		answer.flags = WIRE_F_BOUND;
	vr_send_summary(vr, msg->sender, &answer);
	/* The leader has forgotten what it led. */
	if (vr->health == VR_NORMAL && msg->sender == vr->leader && !founder)
		vr_want_view(vr, vr->view + 1);
}

/* lives: of all who found the cluster. Who hears of it afterwards must not take later lives for founders. */
static void found(struct vr *vr, const uint32_t lives[WIRE_MAX_REPLICAS + 1])
{
	for (unsigned id = 1; id <= vr->config.replicas; id++)
		vr->peers[id].founder_life = lives[id];
	vr->hopeless = false;
	vr_become_normal(vr);
}

static bool all_are_fresh(const struct vr *vr)
{
	unsigned fresh = 1;

	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		const struct vr_peer *peer = &vr->peers[id];

		if (id == vr->config.id || !peer->fresh)
			continue;
		if (VR_HOOK_FOUND_WITHOUT_ALL ||
		    !memcmp(peer->log.lives, vr->fresh_lives, sizeof(vr->fresh_lives)))
			fresh++;
	}
	return fresh == vr->config.replicas || (VR_HOOK_FOUND_WITHOUT_ALL && fresh > vr_f(vr));
}

static void hear_of_fresh(struct vr *vr, const struct vr_msg *msg)
{
	vr->peers[msg->sender].fresh = true;
	vr->peers[msg->sender].responded = false;
	if (vr->fresh_lives[msg->sender] != msg->incarnation) {
		vr->fresh_lives[msg->sender] = msg->incarnation;
		ask_all(vr);
	}
	if (is_without_memory(vr) && all_are_fresh(vr))
		found(vr, vr->fresh_lives);
}

/* A founder that hasn't heard of it yet seems to be without memory, and isn't. */
static void note_founders(struct vr *vr, const struct vr_log_summary *log)
{
	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		if (log->founders & (1u << id) && log->lives[id] == vr->peers[id].incarnation)
			vr->peers[id].is_founder = true;
	}
}

/* VR Revisited 4.3, step 3. */
static void recover_from_responses(struct vr *vr)
{
	const struct vr_peer *leader;
	unsigned responses = 0;
	uint32_t view = 0;
	uint8_t id;

	for (id = 1; id <= vr->config.replicas; id++) {
		if (!vr->peers[id].responded)
			continue;
		responses++;
		if (vr->peers[id].log.view > view)
			view = vr->peers[id].log.view;
	}
	id = vr_leader_of(vr, view);
	leader = &vr->peers[id];
	if (responses < VR_HOOK_RECOVERY_RESPONSES(vr_f(vr)) || !leader->responded ||
	    leader->log.view != view || (vr->adoption.active && vr->view == view))
		return;
	vr_move_to(vr, view);
	vr->health = VR_RECOVERING;
	vr->leader_incarnation = leader->incarnation;
	if (VR_HOOK_RECOVER_EARLY)
		vr_become_normal(vr);
	else
		vr_adopt(vr, id, &leader->log);
}

void vr_recovery_response_receive(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_peer *peer = &vr->peers[msg->sender];
	struct vr_log_summary log;

	if (vr->health != VR_RECOVERING)
		return;
	/* Meant for an earlier life of ours. */
	if (msg->request != vr->config.incarnation) {
		vr_drop(vr, VR_DROP_stale_incarnation);
		return;
	}
	if (!vr_read_summary(vr, msg, &log)) {
		vr_drop(vr, VR_DROP_bad_payload);
		return;
	}
	vr_learn_lives(vr, &log);
	if (peer->incarnation != msg->incarnation)
		return;
	/* Never the answer of a view before one it told of already. */
	if (peer->remembers && log.view < peer->log.view)
		return;
	if (msg->flags & WIRE_F_FRESH) {
		peer->log = log;
		hear_of_fresh(vr, msg);
		return;
	}
	peer->fresh = false;
	if (msg->flags & WIRE_F_FOUNDER) {
		/* Unless others, who can't vouch for us, were answer enough already. */
		if (is_without_memory(vr) && log.lives[vr->config.id] == vr->config.incarnation)
			found(vr, log.lives);
		return;
	}
	vr->fresh_lives[msg->sender] = 0;
	peer->remembers = true;
	note_founders(vr, &log);
	/* The log of a view that hasn't begun is nobody's: an earlier answer stands. */
	if (msg->flags & WIRE_F_BOUND)
		return;
	peer->log = log;
	peer->responded = true;
	vr_note_window(vr, msg->window, log.mark_op);
	recover_from_responses(vr);
}

/* Some remember and can't be enough to recover from, whoever else comes back. */
static bool looks_hopeless(const struct vr *vr)
{
	unsigned fresh = 1, remember = !is_without_memory(vr);

	/* A log that is on its way here makes one more who remembers. */
	if (vr->adoption.active && vr->now - vr->wanted_at < vr->config.view_change_ticks)
		return false;

	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		fresh += vr->peers[id].fresh && !vr->peers[id].is_founder;
		remember += vr->peers[id].remembers;
	}
	return fresh > vr_f(vr) && remember > 0;
}

void vr_recovery_tick(struct vr *vr)
{
	if (vr->now >= vr->repeat_at)
		ask_all(vr);
	if (!looks_hopeless(vr))
		vr->hopeless_since = vr->now;
	vr->hopeless = vr->now - vr->hopeless_since >=
		       (uint64_t)HOPELESS_AFTER * vr->config.view_change_ticks;
}
