// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <linux/neighbour.h>
#include <stdio.h>

#include "net_view.h"

static void write_mac(struct json *json, const uint8_t mac[6])
{
	json_key(json, "mac");
	json_mac(json, mac);
}

/* null for no address. */
static void write_ip(struct json *json, uint32_t ip)
{
	char text[INET_ADDRSTRLEN];

	json_maybe_text_field(json, "ip", ip ? inet_ntop(AF_INET, &ip, text, sizeof(text)) : NULL);
}

static const char *state_name(uint16_t state)
{
	static const struct {
		uint16_t bit;
		const char *name;
	} names[] = {
		{NUD_PERMANENT, "PERMANENT"},	{NUD_REACHABLE, "REACHABLE"},
		{NUD_STALE, "STALE"},		{NUD_DELAY, "DELAY"},
		{NUD_PROBE, "PROBE"},		{NUD_FAILED, "FAILED"},
		{NUD_INCOMPLETE, "INCOMPLETE"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (state & names[i].bit)
			return names[i].name;
	return "UNKNOWN";
}

/* tcx and XDP have neither priority nor handle. */
static void write_place(struct json *json, const struct net_attachment *attachment)
{
	char handle[16];

	json_key(json, "priority");
	if (attachment->priority)
		json_number(json, attachment->priority);
	else
		json_null(json);
	snprintf(handle, sizeof(handle), "0x%x", attachment->handle);
	json_maybe_text_field(json, "handle", attachment->handle ? handle : NULL);
}

static void write_attachment(struct json *json, const struct net_view *view,
			     const struct net_attachment *attachment)
{
	const struct net_link *link = &view->links[attachment->link];

	json_open(json, '{');
	json_text_field(json, "kind", attachment->kind);
	json_text_field(json, "ifname", link->ifname);
	json_number_field(json, "ifindex", link->ifindex);
	json_text_field(json, "hook", attachment->hook);
	json_number_field(json, "programId", attachment->program_id);
	json_text_field(json, "programName",
			attachment->program_name ? attachment->program_name : "");
	write_place(json, attachment);
	json_close(json, '}');
}

static void write_interfaces(struct json *json, const struct net_view *view)
{
	json_key(json, "interfaces");
	json_open(json, '[');
	for (size_t i = 0; i < view->link_count; i++) {
		const struct net_link *link = &view->links[i];

		if (link->loopback)
			continue;
		json_open(json, '{');
		json_text_field(json, "ifname", link->ifname);
		json_number_field(json, "ifindex", link->ifindex);
		write_mac(json, link->mac);
		write_ip(json, link->ip);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_neighbours(struct json *json, const struct net_view *view)
{
	json_key(json, "neighbours");
	json_open(json, '[');
	for (size_t i = 0; i < view->neighbour_count; i++) {
		const struct net_neighbour *neighbour = &view->neighbours[i];

		json_open(json, '{');
		write_ip(json, neighbour->ip);
		write_mac(json, neighbour->mac);
		json_text_field(json, "state", state_name(neighbour->state));
		json_close(json, '}');
	}
	json_close(json, ']');
}

void net_view_write(struct json *json, const struct net_view *view)
{
	json_key(json, "attachments");
	json_open(json, '[');
	for (size_t i = 0; i < view->attachment_count; i++)
		write_attachment(json, view, &view->attachments[i]);
	json_close(json, ']');
	write_interfaces(json, view);
	write_neighbours(json, view);
}
