// SPDX-License-Identifier: Apache-2.0
/* Which broadcasts each core must have begun or counted: the proof of offload, from outside. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "checker.h"

static struct view_book *find_book(const struct life *life, uint32_t view, uint32_t incarnation)
{
	struct view_book *book = life->books;

	while (book && (book->view != view || book->leader_incarnation != incarnation))
		book = book->next;
	return book;
}

static struct view_book *obtain_book(struct life *life, uint32_t view, uint32_t incarnation)
{
	struct view_book *book = find_book(life, view, incarnation);

	if (book)
		return book;
	book = calloc(1, sizeof(*book));
	assert(book);
	*book = (struct view_book){
		.next = life->books, .view = view, .leader_incarnation = incarnation};
	life->books = book;
	return book;
}

static bool take_bit(uint8_t *bits, uint64_t at)
{
	bool was_set = bits[at / 8] & (1u << (at % 8));

	bits[at / 8] |= (uint8_t)(1u << (at % 8));
	return !was_set;
}

void checker_handed(struct checker *checker, uint8_t replica, const struct vr_msg *msg,
		    bool follows)
{
	struct view_book *book;
	struct window_book *window;

	if (msg->bcast_seq == 0)
		return;
	if (msg->flags & WIRE_F_RESEND)
		checker_fail(checker, "a resend carries bcast_seq %" PRIu64, msg->bcast_seq);
	assert(msg->bcast_seq < CHECKER_SEQS_MAX && msg->window < WIRE_WINDOWS);
	book = obtain_book(&checker->lives[replica], msg->view, msg->incarnation);
	window = &book->windows[msg->window];
	window->most++;
	window->most_distinct += take_bit(book->seen, msg->bcast_seq);
	if (!follows)
		return;
	window->least++;
	window->least_distinct += take_bit(book->surely_seen, msg->bcast_seq);
}

void checker_broadcast(struct checker *checker, uint8_t replica, const struct vr_msg *msg,
		       unsigned sends)
{
	struct view_book *book = obtain_book(&checker->lives[replica], msg->view, msg->incarnation);

	book->windows[msg->window].broadcasts++;
	book->windows[msg->window].sends += sends;
}

static void compare(struct checker *checker, uint8_t replica, const char *what, uint64_t core,
		    uint64_t least, uint64_t most)
{
	if (core < least || core > most)
		checker_fail(checker,
			     "replica%u counts %" PRIu64 " %s, but there were %" PRIu64
			     " to %" PRIu64,
			     replica, core, what, least, most);
}

void checker_counts(struct checker *checker, uint8_t replica, const struct vr_view_counts *counts)
{
	static const struct view_book none;
	const struct life *life = &checker->lives[replica];
	const struct view_book *book = find_book(life, counts->view, counts->leader_incarnation);

	if (!book)
		book = &none;
	for (unsigned at = 0; at < WIRE_WINDOWS; at++) {
		const struct window_book *window = &book->windows[at];
		const struct vr_window_counters *core = &counts->windows[at];

		compare(checker, replica, "broadcasts", core->broadcasts, window->broadcasts,
			window->broadcasts);
		compare(checker, replica, "sends", core->sent, window->sends, window->sends);
		compare(checker, replica, "receipts", core->receipts, window->least_distinct,
			window->most_distinct);
		compare(checker, replica, "receipts and duplicates",
			core->receipts + core->duplicates, window->least, window->most);
		checker->duplicate_receipts += core->duplicates;
	}
}
