// SPDX-License-Identifier: Apache-2.0
/* Executing committed operations: VR Revisited 4.1, steps 5 to 7. */
#include "vr_internal.h"

#include <assert.h>

#include "vr_hooks.h"

void vr_send_reply(struct vr *vr, const struct client *client)
{
	struct vr_msg reply = vr_message(vr, WIRE_REPLY);

	/* A client that never spoke to this replica asks again, and is answered then. */
	if (!client->reachable)
		return;
	reply.client_id = client->id;
	reply.request = client->executed;
	reply.op = client->reply_op;
	reply.payload = client_reply(&vr->clients, client);
	reply.payload_bytes = client->reply_bytes;
	vr->env.reply(vr->env.ctx, client->from, &reply);
}

/* Every replica keeps the reply, not the leader alone: after a view change it may have to answer. */
static void execute(struct vr *vr, uint64_t op, const struct log_entry *entry)
{
	const uint8_t *payload = log_payload(&vr->log, entry);
	struct client *client = client_table_obtain(&vr->clients, entry->client_id);

	if (!client) {
		kv_execute(&vr->kv, payload, entry->bytes, vr->scratch);
		return;
	}
	client->reply_bytes =
		kv_execute(&vr->kv, payload, entry->bytes, client_reply(&vr->clients, client));
	client->executed = entry->request;
	client->reply_op = op;
	if (client->request < entry->request)
		client->request = entry->request;
	/* A client that already sent its next request no longer waits for this reply. */
	if (vr_serves(vr) && client->request == entry->request)
		vr_send_reply(vr, client);
}

void vr_commit_through(struct vr *vr, uint64_t op)
{
	assert(op <= vr->log.prefix);
	while (vr->commit < op) {
		const struct log_entry *entry = log_at(&vr->log, vr->commit + 1);

		vr->commit++;
		execute(vr, vr->commit, entry);
		if (vr->env.committed)
			vr->env.committed(vr->env.ctx, vr->commit, entry->client_id, entry->request,
					  log_payload(&vr->log, entry), entry->bytes);
	}
	if (vr->commit_known < vr->commit)
		vr->commit_known = vr->commit;
}

void vr_execute_known(struct vr *vr)
{
	if (vr_unpromised(vr))
		vr_commit_through(vr, vr->commit_known < vr->log.prefix ? vr->commit_known
									: vr->log.prefix);
}

void vr_note_in_progress(struct vr *vr)
{
	client_table_drop_in_progress(&vr->clients);
	if (VR_HOOK_FORGET_IN_PROGRESS)
		return;
	for (uint64_t op = vr->commit + 1; op <= vr->log.prefix; op++) {
		const struct log_entry *entry = log_at(&vr->log, op);
		struct client *client = client_table_obtain(&vr->clients, entry->client_id);

		if (client && client->request < entry->request)
			client->request = entry->request;
	}
}
