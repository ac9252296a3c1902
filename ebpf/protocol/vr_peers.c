// SPDX-License-Identifier: Apache-2.0
/* Who lives in which incarnation, and who was heard lately. */
#include "vr_internal.h"

bool vr_peer_is_present(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_peer *peer = &vr->peers[msg->sender];

	if (msg->incarnation == 0)
		return false;
	if (peer->incarnation == msg->incarnation)
		return true;
	if (peer->incarnation && !vr_later(msg->incarnation, peer->incarnation))
		return false;
	/* A new life begins with empty memory: nothing its earlier life told us holds any more. */
	*peer = (struct vr_peer){
		.incarnation = msg->incarnation,
		.silent_since = vr->now,
		.founder_life = peer->founder_life,
	};
	quorum_forget(&vr->quorum, msg->sender);
	return true;
}

void vr_learn_lives(struct vr *vr, const struct vr_log_summary *log)
{
	for (uint8_t id = 1; id <= vr->config.replicas; id++) {
		struct vr_msg news = {.sender = id, .incarnation = log->lives[id]};

		if (id != vr->config.id && news.incarnation)
			vr_peer_is_present(vr, &news);
	}
}

unsigned vr_peers_heard(const struct vr *vr, uint64_t within_ticks)
{
	unsigned heard = 0;

	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		const struct vr_peer *peer = &vr->peers[id];

		heard += peer->heard && vr->now - peer->heard_at < within_ticks;
	}
	return heard;
}
