// SPDX-License-Identifier: Apache-2.0
/*
 * Who lives in which incarnation, and who remembers what. Until recovery
 * exists (VR Revisited 4.3), a leader that lost its memory must not serve while
 * followers remember operations: it would give known op numbers to new requests.
 */
#include "vr_internal.h"

#include "vr_hooks.h"

static struct vr_msg hello_message(const struct vr *vr, enum wire_type type)
{
	struct vr_msg message = vr_message(vr, type);
	uint64_t highest = vr->highest > vr->log.prefix ? vr->highest : vr->log.prefix;

	message.op = highest;
	message.request = vr_leads(vr) ? vr->config.incarnation : vr->first_leader_incarnation;
	return message;
}

bool vr_peer_is_present(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_peer *peer = &vr->peers[msg->sender];

	if (msg->incarnation == 0)
		return false;
	if (peer->incarnation == msg->incarnation)
		return true;
	if (peer->incarnation && !vr_later(msg->incarnation, peer->incarnation))
		return VR_HOOK_KEEP_ACKS_OF_EARLIER_LIFE;
	/* A new life begins with empty memory: nothing its earlier life acknowledged is held any more. */
	*peer = (struct vr_peer){.incarnation = msg->incarnation, .silent_since = vr->now};
	if (!VR_HOOK_KEEP_ACKS_OF_EARLIER_LIFE)
		quorum_forget(&vr->quorum, msg->sender);
	return true;
}

bool vr_leader_is_followed(struct vr *vr, const struct vr_msg *msg)
{
	if (msg->incarnation == 0 || vr->health == VR_LEADER_LOST_MEMORY)
		return false;
	if (vr->leader_incarnation == msg->incarnation)
		return true;
	if (vr->leader_incarnation && !vr_later(msg->incarnation, vr->leader_incarnation))
		return false;
	if (vr->leader_incarnation && vr->highest > 0 && !VR_HOOK_SERVE_WITHOUT_MEMORY) {
		vr->health = VR_LEADER_LOST_MEMORY;
		return false;
	}
	/* Counters are per leader incarnation; a life that prepared nothing is left without loss. */
	vr->leader_incarnation = msg->incarnation;
	if (!vr->first_leader_incarnation)
		vr->first_leader_incarnation = msg->incarnation;
	vr->window = 0;
	vr->mark_op = 0;
	vr_forget_receipts(vr);
	vr->health = VR_NORMAL;
	return true;
}

/*
 * A bare quorum of replicas is enough in a cluster that was never led before. If
 * someone remembers an earlier life of this leader, that life may have committed
 * with any f followers, so f + 1 must deny it (VR Revisited 4.3, step 3).
 */
static void become_ready(struct vr *vr)
{
	unsigned ready = 0, majority_of_others = vr->config.replicas / 2u;
	bool led_before = false;

	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		ready += vr->peers[id].ready;
		led_before |= vr->peers[id].remembers_earlier_leader;
	}
	if (led_before)
		majority_of_others++;
	if (ready + 1u == vr->config.replicas ||
	    (ready >= majority_of_others && vr->ticking &&
	     vr->now - vr->started >= vr->config.quorum_wait_ticks)) {
		vr->health = VR_NORMAL;
		vr->broadcast_at = vr->now;
	}
}

static void leader_hears(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_peer *peer = &vr->peers[msg->sender];
	bool earlier = msg->request && msg->request != vr->config.incarnation;

	peer->ready = true;
	if ((msg->op > vr->log.prefix || (earlier && msg->op > 0)) && !VR_HOOK_SERVE_WITHOUT_MEMORY)
		vr->health = VR_LOST_MEMORY;
	if (earlier)
		peer->remembers_earlier_leader = true;
	if (vr->health == VR_STARTING)
		become_ready(vr);
}

static void follower_hears(struct vr *vr, const struct vr_msg *msg)
{
	vr->peers[msg->sender].ready = true;
	if (msg->sender != vr->leader)
		return;
	if (!vr_leader_is_followed(vr, msg))
		vr_drop(vr, VR_DROP_stale_incarnation);
	else if (msg->op > vr->highest)
		vr->highest = msg->op;
}

void vr_hello_receive(struct vr *vr, const struct vr_msg *msg)
{
	if (!vr_peer_is_present(vr, msg)) {
		vr_drop(vr, VR_DROP_stale_incarnation);
		return;
	}
	if (vr_leads(vr))
		leader_hears(vr, msg);
	else
		follower_hears(vr, msg);
	/* Answered in any health: the leader must learn of operations that it doesn't remember. */
	if (msg->type == WIRE_HELLO) {
		struct vr_msg answer = hello_message(vr, WIRE_HELLO_OK);

		vr->env.send(vr->env.ctx, msg->sender, &answer);
	}
}

static void hello_if_due(struct vr *vr, uint8_t id)
{
	struct vr_peer *peer = &vr->peers[id];
	struct vr_msg hello;

	if (peer->ready || vr->now < peer->hello_at)
		return;
	hello = hello_message(vr, WIRE_HELLO);
	vr->env.send(vr->env.ctx, id, &hello);
	peer->hello_at = vr->now + vr->config.hello_ticks;
}

/* The leader asks everyone; a follower only needs its leader. */
void vr_hello_tick(struct vr *vr)
{
	if (!vr_leads(vr)) {
		hello_if_due(vr, vr->leader);
		return;
	}
	for (uint8_t id = 1; id <= vr->config.replicas; id++) {
		if (id != vr->config.id)
			hello_if_due(vr, id);
	}
	if (vr->health == VR_STARTING)
		become_ready(vr);
}
