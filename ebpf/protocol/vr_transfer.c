// SPDX-License-Identifier: Apache-2.0
/* State transfer by checkpoint, VR Revisited 5.2: its pieces out, and in, one after another. */
#include "vr_internal.h"

#include <endian.h>
#include <string.h>

#include "checkpoint.h"

#define PIECE_BYTES (WIRE_PAYLOAD_MAX - sizeof(struct wire_state_piece))
/* Pieces sent for one request: 22 kB, which any socket's buffer holds. */
#define PIECES_AT_ONCE 16u

static void send_piece(struct vr *vr, uint8_t to, uint32_t offset)
{
	const struct vr_transfer *transfer = &vr->transfer;
	uint8_t payload[WIRE_PAYLOAD_MAX];
	struct wire_state_piece piece = {.hash = htobe64(transfer->hash),
					 .total_bytes = htobe32(transfer->bytes)};
	struct vr_msg message = vr_message(vr, WIRE_STATE);
	uint32_t bytes = transfer->bytes - offset;

	if (bytes > PIECE_BYTES)
		bytes = PIECE_BYTES;
	memcpy(payload, &piece, sizeof(piece));
	memcpy(payload + sizeof(piece), transfer->buffer + offset, bytes);
	message.op = transfer->op;
	message.request = offset;
	message.payload = payload;
	message.payload_bytes = (uint16_t)(sizeof(piece) + bytes);
	vr_send(vr, to, &message);
}

static void send_pieces(struct vr *vr, uint8_t to, uint32_t offset)
{
	for (unsigned i = 0; i < PIECES_AT_ONCE && offset < vr->transfer.bytes; i++) {
		send_piece(vr, to, offset);
		offset += PIECE_BYTES;
	}
}

static void take_checkpoint(struct vr *vr)
{
	struct vr_transfer *transfer = &vr->transfer;

	transfer->bytes = (uint32_t)checkpoint_write(transfer->buffer, &vr->kv, &vr->clients);
	transfer->op = vr->commit;
	transfer->hash = 0;
	log_hash_at(&vr->log, vr->commit, &transfer->hash);
	transfer->taken = true;
	transfer->taken_count++;
}

/* The log must reach on from it until the receiver has it all: with half of the log behind it, it will. */
static bool is_recent(const struct vr *vr)
{
	uint64_t middle = (vr->log.first + vr->log.prefix) / 2;

	return vr->transfer.taken && vr->transfer.op >= middle;
}

void vr_offer_state(struct vr *vr, uint8_t to)
{
	if (vr->transfer.receiving)
		return;
	if (!is_recent(vr))
		take_checkpoint(vr);
	send_pieces(vr, to, 0);
}

void vr_get_state_receive(struct vr *vr, const struct vr_msg *msg)
{
	const struct vr_transfer *transfer = &vr->transfer;

	if (vr->adoption.active || transfer->receiving) {
		vr_drop(vr, VR_DROP_not_normal);
		return;
	}
	if (transfer->taken && transfer->op == msg->op && msg->request < transfer->bytes)
		send_pieces(vr, msg->sender, (uint32_t)msg->request);
	else
		vr_offer_state(vr, msg->sender);
}

static void ask_on(struct vr *vr)
{
	struct vr_msg ask = vr_message(vr, WIRE_GET_STATE);

	ask.op = vr->transfer.op;
	ask.request = vr->transfer.received;
	vr_send(vr, vr->transfer.source, &ask);
	vr->transfer.again_at = vr->now + vr->config.resend_ticks;
}

/* Whose state would be of use here: the leader's, or that of the log which is being taken over. */
static bool takes_state_of(const struct vr *vr, uint8_t id)
{
	if (vr->adoption.active)
		return id == vr->adoption.source;
	return vr->health == VR_NORMAL && id == vr->leader;
}

/*
 * A state that our log leads to is executed, not replaced: ops behind it stay. Any other is beyond our
 * log, or our log turned off before it, where nothing was ever committed.
 */
static void install(struct vr *vr)
{
	struct vr_transfer *transfer = &vr->transfer;
	uint64_t hash;

	transfer->receiving = false;
	if (log_hash_at(&vr->log, transfer->op, &hash) && hash == transfer->hash) {
		vr_commit_through(vr, transfer->op);
	} else if (checkpoint_read(transfer->buffer, transfer->bytes, &vr->kv, &vr->clients)) {
		log_begin_at(&vr->log, transfer->op, transfer->hash);
		vr->commit = transfer->op;
		transfer->installed_count++;
		if (vr->env.restored)
			vr->env.restored(vr->env.ctx, transfer->op, transfer->hash);
	} else {
		vr_drop(vr, VR_DROP_bad_payload);
		return;
	}
	if (vr->commit_known < vr->commit)
		vr->commit_known = vr->commit;
	if (vr->highest < vr->commit)
		vr->highest = vr->commit;
	if (vr->adoption.active)
		vr_adopt_go_on(vr);
	else
		vr->ack_due = true;
}

/* False if the piece begins nothing. */
static bool begin_receiving(struct vr *vr, const struct vr_msg *msg,
			    const struct wire_state_piece *piece)
{
	struct vr_transfer *transfer = &vr->transfer;

	if (transfer->receiving && transfer->source == msg->sender && transfer->op == msg->op &&
	    transfer->hash == be64toh(piece->hash) &&
	    transfer->bytes == be32toh(piece->total_bytes))
		return true;
	if (msg->request != 0)
		return false;
	transfer->taken = false;
	transfer->receiving = true;
	transfer->source = msg->sender;
	transfer->op = msg->op;
	transfer->hash = be64toh(piece->hash);
	transfer->bytes = be32toh(piece->total_bytes);
	transfer->received = 0;
	return true;
}

void vr_state_receive(struct vr *vr, const struct vr_msg *msg)
{
	struct vr_transfer *transfer = &vr->transfer;
	struct wire_state_piece piece;
	uint32_t bytes;

	if (!takes_state_of(vr, msg->sender) || msg->op <= vr->commit) {
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	}
	if (msg->payload_bytes <= sizeof(piece)) {
		vr_drop(vr, VR_DROP_bad_payload);
		return;
	}
	memcpy(&piece, msg->payload, sizeof(piece));
	bytes = msg->payload_bytes - (uint32_t)sizeof(piece);
	if (be32toh(piece.total_bytes) > transfer->capacity || bytes > be32toh(piece.total_bytes)) {
		vr_drop(vr, VR_DROP_bad_payload);
		return;
	}
	if (!begin_receiving(vr, msg, &piece) || msg->request != transfer->received ||
	    bytes > transfer->bytes - transfer->received)
		return;
	memcpy(transfer->buffer + transfer->received, msg->payload + sizeof(piece), bytes);
	transfer->received += bytes;
	transfer->again_at = vr->now + vr->config.resend_ticks;
	vr->wanted_at = vr->now;
	if (transfer->received == transfer->bytes)
		install(vr);
	else if (transfer->received % (PIECES_AT_ONCE * PIECE_BYTES) == 0)
		ask_on(vr);
}

void vr_transfer_tick(struct vr *vr)
{
	struct vr_transfer *transfer = &vr->transfer;

	if (!transfer->receiving)
		return;
	if (!takes_state_of(vr, transfer->source) || transfer->op <= vr->commit)
		transfer->receiving = false;
	else if (vr->now >= transfer->again_at)
		ask_on(vr);
}
