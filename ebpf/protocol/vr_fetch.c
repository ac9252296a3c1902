// SPDX-License-Identifier: Apache-2.0
/* Ops of this replica's log for another: as PREPAREs in normal operation, as ENTRIES when a log is taken over. */
#include "vr_internal.h"

static void send_op(struct vr *vr, uint8_t to, uint64_t op, enum wire_type type)
{
	struct vr_msg message = vr_prepare_message(vr, op);

	message.type = (uint8_t)type;
	message.flags = WIRE_F_RESEND;
	vr_send(vr, to, &message);
	if (vr_serves(vr))
		vr->windows[vr->window].resends++;
}

void vr_resend(struct vr *vr, uint8_t to, uint64_t first, uint64_t last)
{
	if (last - first >= VR_RESEND_MAX)
		last = first + VR_RESEND_MAX - 1;
	for (uint64_t op = first; op <= last; op++)
		send_op(vr, to, op, WIRE_PREPARE);
}

static void send_entries(struct vr *vr, uint8_t to, uint64_t first, uint64_t last)
{
	if (last - first >= VR_RESEND_MAX)
		last = first + VR_RESEND_MAX - 1;
	for (uint64_t op = first; op <= last; op++)
		send_op(vr, to, op, WIRE_ENTRY);
}

/* VR Revisited 5.2: whoever is further behind than the log reaches back gets the state instead. */
void vr_fetch_receive(struct vr *vr, const struct vr_msg *msg)
{
	bool adopts = msg->flags & WIRE_F_ADOPT;
	uint64_t last = msg->request < vr->log.prefix ? msg->request : vr->log.prefix;

	/* A log that is still being put together is nobody's; one that was promised stands still. */
	if (!vr_serves(vr) && !(adopts && !vr->adoption.active)) {
		vr_drop(vr, VR_DROP_not_leader);
		return;
	}
	if (msg->op == 0 || msg->op > last) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (msg->op < vr->log.first)
		vr_offer_state(vr, msg->sender);
	else if (adopts)
		send_entries(vr, msg->sender, msg->op, last);
	else
		vr_resend(vr, msg->sender, msg->op, last);
}
