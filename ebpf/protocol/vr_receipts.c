// SPDX-License-Identifier: Apache-2.0
/* Distinct bcast_seqs that arrived here, per window: the follower's half of the proof of offload. */
#include "vr_internal.h"

#include "vr_hooks.h"

#include <string.h>

static uint64_t *word_of(struct vr_receipts *receipts, uint64_t seq)
{
	return &receipts->seen[seq % VR_RECEIPT_SPAN / 64];
}

static uint64_t bit_of(uint64_t seq)
{
	return 1ull << (seq % 64);
}

/* Makes room for seqs up to `highest`: the bits of those that fall out of the span are taken over. */
static void advance(struct vr_receipts *receipts, uint64_t highest)
{
	if (highest - receipts->highest >= VR_RECEIPT_SPAN) {
		memset(receipts->seen, 0, sizeof(receipts->seen));
	} else {
		for (uint64_t seq = highest; seq != receipts->highest; seq--)
			*word_of(receipts, seq) &= ~bit_of(seq);
	}
	receipts->highest = highest;
}

void vr_note_receipt(struct vr *vr, uint64_t bcast_seq, uint8_t window)
{
	struct vr_receipts *receipts = &vr->receipts;
	uint64_t *word = word_of(receipts, bcast_seq);

	if (bcast_seq > receipts->highest) {
		advance(receipts, bcast_seq);
	} else if (receipts->highest - bcast_seq >= VR_RECEIPT_SPAN) {
		/* Too old to tell from a duplicate: not counted, so that doubt shows as a loss. */
		vr_drop(vr, VR_DROP_out_of_window);
		return;
	} else if ((*word & bit_of(bcast_seq)) && !VR_HOOK_COUNT_DUPLICATE_RECEIPTS) {
		vr->windows[window].duplicates++;
		return;
	}
	*word |= bit_of(bcast_seq);
	vr->windows[window].receipts++;
}
