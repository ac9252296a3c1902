// SPDX-License-Identifier: Apache-2.0
#include "transcript.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const TYPE_NAMES[WIRE_TYPE_END] = {
	[WIRE_HELLO] = "HELLO",		  [WIRE_HELLO_OK] = "HELLO_OK", [WIRE_PROBE] = "PROBE",
	[WIRE_PROBE_OK] = "PROBE_OK",	  [WIRE_REQUEST] = "REQUEST",	[WIRE_PREPARE] = "PREPARE",
	[WIRE_PREPARE_OK] = "PREPARE_OK", [WIRE_COMMIT] = "COMMIT",	[WIRE_REPLY] = "REPLY",
	[WIRE_FETCH] = "FETCH",		  [WIRE_MARK] = "MARK",		[WIRE_MARK_OK] = "MARK_OK",
};

static void print_node(uint8_t node)
{
	if (node)
		printf("replica%u", node);
	else
		printf("client  ");
}

static void print_line(uint64_t now_ns, uint8_t source, const char *verb, uint8_t target,
		       const struct vr_msg *msg)
{
	printf("%12.6f ms  ", (double)now_ns / 1e6);
	print_node(source);
	printf(" %s ", verb);
	print_node(target);
	printf("  %-10s op=%" PRIu64 " commit=%" PRIu64 " life=%u", TYPE_NAMES[msg->type], msg->op,
	       msg->commit, msg->incarnation);
	if (msg->client_id)
		printf(" client=%u", msg->client_id);
	if (msg->request)
		printf(" request=%" PRIu64, msg->request);
	if (msg->bcast_seq)
		printf(" bcast_seq=%" PRIu64, msg->bcast_seq);
	if (msg->window)
		printf(" window=%u", msg->window);
	if (msg->flags & WIRE_F_RESEND)
		printf(" resend");
	if (msg->flags & WIRE_F_LOG_FULL)
		printf(" log_full");
	if (msg->flags & WIRE_F_READY)
		printf(" ready");
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

void transcript_note(uint64_t now_ns, uint8_t node, const char *what)
{
	printf("%12.6f ms  ", (double)now_ns / 1e6);
	print_node(node);
	printf(" %s\n", what);
}
