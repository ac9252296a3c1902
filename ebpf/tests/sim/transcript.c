// SPDX-License-Identifier: Apache-2.0
#include "transcript.h"

#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* As in VR Revisited, where it has the message. */
static const char *const TYPE_NAMES[WIRE_TYPE_END] = {
	[WIRE_PROBE] = "PROBE",
	[WIRE_PROBE_OK] = "PROBE-OK",
	[WIRE_REQUEST] = "REQUEST",
	[WIRE_REPLY] = "REPLY",
	[WIRE_PREPARE] = "PREPARE",
	[WIRE_PREPARE_OK] = "PREPARE-OK",
	[WIRE_COMMIT] = "COMMIT",
	[WIRE_MARK] = "MARK",
	[WIRE_MARK_OK] = "MARK-OK",
	[WIRE_START_VIEW_CHANGE] = "START-VIEW-CHANGE",
	[WIRE_DO_VIEW_CHANGE] = "DO-VIEW-CHANGE",
	[WIRE_START_VIEW] = "START-VIEW",
	[WIRE_GET_VIEW] = "GET-VIEW",
	[WIRE_RECOVERY] = "RECOVERY",
	[WIRE_RECOVERY_RESPONSE] = "RECOVERY-RESPONSE",
	[WIRE_FETCH] = "FETCH",
	[WIRE_ENTRY] = "ENTRY",
	[WIRE_GET_STATE] = "GET-STATE",
	[WIRE_STATE] = "STATE",
};

static void print_node(uint8_t node)
{
	if (node)
		printf("replica%u", node);
	else
		printf("clients ");
}

static void print_flags(uint16_t flags)
{
	static const struct {
		uint16_t flag;
		const char *name;
	} names[] = {
		{WIRE_F_RESEND, "resend"},	     {WIRE_F_READY, "ready"},
		{WIRE_F_MEMORY_LOST, "memory_lost"}, {WIRE_F_FRESH, "fresh"},
		{WIRE_F_FOUNDER, "founder"},	     {WIRE_F_ADOPT, "adopt"},
	};

	for (unsigned at = 0; at < sizeof(names) / sizeof(names[0]); at++)
		if (flags & names[at].flag)
			printf(" %s", names[at].name);
}

static void print_payload(const struct vr_msg *msg)
{
	struct wire_log_summary log;
	struct wire_state_piece piece;

	if ((msg->type == WIRE_DO_VIEW_CHANGE || msg->type == WIRE_START_VIEW ||
	     msg->type == WIRE_RECOVERY_RESPONSE) &&
	    msg->payload_bytes >= sizeof(log)) {
		memcpy(&log, msg->payload, sizeof(log));
		printf(" last_normal=%u hash=%016" PRIx64, be32toh(log.last_normal),
		       be64toh(log.hash));
	} else if (msg->type == WIRE_STATE && msg->payload_bytes >= sizeof(piece)) {
		memcpy(&piece, msg->payload, sizeof(piece));
		printf(" bytes=%zu of %u hash=%016" PRIx64, msg->payload_bytes - sizeof(piece),
		       be32toh(piece.total_bytes), be64toh(piece.hash));
	}
}

static void print_line(uint64_t now_ns, uint8_t source, const char *verb, uint8_t target,
		       const struct vr_msg *msg)
{
	printf("%12.6f ms  ", (double)now_ns / 1e6);
	print_node(source);
	printf(" %s ", verb);
	print_node(target);
	printf("  %-17s", TYPE_NAMES[msg->type]);
	if (msg->sender)
		printf(" view=%u life=%u commit=%" PRIu64, msg->view, msg->incarnation,
		       msg->commit);
	if (msg->op)
		printf(" op=%" PRIu64, msg->op);
	if (msg->client_id)
		printf(" client=%u", msg->client_id);
	if (msg->request)
		printf(" request=%" PRIu64, msg->request);
	if (msg->bcast_seq)
		printf(" bcast_seq=%" PRIu64, msg->bcast_seq);
	if (msg->window)
		printf(" window=%u", msg->window);
	print_flags(msg->flags);
	print_payload(msg);
	printf("\n");
}

void transcript_send(uint64_t now_ns, uint8_t source, uint8_t target, const struct vr_msg *msg,
		     bool lost)
{
	print_line(now_ns, source, lost ? "-x" : "->", target, msg);
}

void transcript_receive(uint64_t now_ns, uint8_t source, uint8_t target, const struct vr_msg *msg)
{
	print_line(now_ns, target, "<-", source, msg);
}

void transcript_note(uint64_t now_ns, uint8_t node, const char *format, va_list arguments)
{
	printf("%12.6f ms  ", (double)now_ns / 1e6);
	if (node)
		print_node(node);
	else
		printf("        ");
	printf(" ** ");
	vprintf(format, arguments);
	printf("\n");
}
