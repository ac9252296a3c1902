/* SPDX-License-Identifier: Apache-2.0 */
/* Faults planted into the core, one per build; the checkers must catch each of them. */
#ifndef LAB_MUTANTS_H
#define LAB_MUTANTS_H

#ifdef MUTANT_ack_beyond_gap
#define VR_HOOK_ACK_OP(prefix, highest) (highest)
#endif
#ifdef MUTANT_quorum_one_less
/* f - 1 followers; with three replicas there is no smaller quorum that needs anyone at all. */
#define VR_HOOK_QUORUM_FOLLOWERS(f) ((f) > 1 ? (f)-1 : (f))
#endif
#ifdef MUTANT_client_table_off
#define VR_HOOK_CLIENT_TABLE_OFF 1
#endif
#ifdef MUTANT_acks_of_earlier_life
#define VR_HOOK_KEEP_ACKS_OF_EARLIER_LIFE 1
#endif
#ifdef MUTANT_serves_without_memory
#define VR_HOOK_SERVE_WITHOUT_MEMORY 1
#endif
#ifdef MUTANT_duplicate_receipts
#define VR_HOOK_COUNT_DUPLICATE_RECEIPTS 1
#endif

#endif
