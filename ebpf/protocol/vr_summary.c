// SPDX-License-Identifier: Apache-2.0
/* What a log holds and which lives are known, in a message's payload. */
#include "vr_internal.h"

#include <endian.h>
#include <string.h>

/* One without memory tells who else is, a founder who founded, everybody else which lives it knows of. */
static uint32_t life_of(const struct vr *vr, unsigned id, uint16_t flags)
{
	if (id == vr->config.id)
		return vr->config.incarnation;
	if (flags & WIRE_F_FRESH)
		return vr->fresh_lives[id];
	return flags & WIRE_F_FOUNDER ? vr->peers[id].founder_life : vr->peers[id].incarnation;
}

void vr_send_summary(struct vr *vr, uint8_t to, struct vr_msg *msg)
{
	struct wire_log_summary payload = {.last_normal = htobe32(vr->last_normal),
					   .mark_op = htobe64(vr->mark_op)};
	uint64_t hash = 0;
	uint32_t founders = 0;

	/* In the midst of a batch what is held runs ahead of what is executed. */
	vr_execute_known(vr);
	msg->commit = vr->commit;
	log_hash_at(&vr->log, vr->log.prefix, &hash);
	payload.hash = htobe64(hash);
	for (unsigned id = 1; id <= vr->config.replicas; id++) {
		uint32_t life = life_of(vr, id, msg->flags);

		payload.lives[id] = htobe32(life);
		if (life && life == vr->peers[id].founder_life)
			founders |= 1u << id;
	}
	payload.founders = htobe32(founders);
	msg->op = vr->log.prefix;
	msg->payload = (const uint8_t *)&payload;
	msg->payload_bytes = sizeof(payload);
	vr_send(vr, to, msg);
}

bool vr_read_summary(const struct vr *vr, const struct vr_msg *msg, struct vr_log_summary *summary)
{
	struct wire_log_summary payload;

	if (msg->payload_bytes != sizeof(payload) || msg->commit > msg->op ||
	    msg->op - msg->commit > vr->uncommitted_max || msg->window >= WIRE_WINDOWS)
		return false;
	memcpy(&payload, msg->payload, sizeof(payload));
	if (be64toh(payload.mark_op) >= VR_NUMBER_MAX || be32toh(payload.last_normal) > VR_VIEW_MAX)
		return false;
	*summary = (struct vr_log_summary){
		.view = msg->view,
		.last_normal = be32toh(payload.last_normal),
		.founders = be32toh(payload.founders),
		.op = msg->op,
		.commit = msg->commit,
		.hash = be64toh(payload.hash),
		.mark_op = be64toh(payload.mark_op),
	};
	for (unsigned id = 1; id <= WIRE_MAX_REPLICAS; id++)
		summary->lives[id] = be32toh(payload.lives[id]);
	return true;
}
