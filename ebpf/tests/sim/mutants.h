/* SPDX-License-Identifier: Apache-2.0 */
/* Faults planted into the core, one per build; the checkers must catch each of them. */
#ifndef LAB_MUTANTS_H
#define LAB_MUTANTS_H

#ifdef MUTANT_client_table_off
#define VR_HOOK_CLIENT_TABLE_OFF 1
#endif
#ifdef MUTANT_quorum_one_less
/* With three replicas there is no smaller quorum that needs anyone at all. */
#define VR_HOOK_QUORUM_FOLLOWERS(f) ((f) > 1 ? (f)-1 : (f))
#endif
#ifdef MUTANT_commit_at_once
#define VR_HOOK_COMMIT_AT_ONCE 1
#endif
#ifdef MUTANT_ack_beyond_gap
#define VR_HOOK_ACK_OP(prefix, highest) (highest)
#endif
#ifdef MUTANT_stale_acks
#define VR_HOOK_COUNT_STALE_ACKS 1
#endif
#ifdef MUTANT_duplicate_receipts
#define VR_HOOK_COUNT_DUPLICATE_RECEIPTS 1
#endif

#ifdef MUTANT_view_change_one_less
#define VR_HOOK_DO_VIEW_CHANGES(f) (f)
#endif
#ifdef MUTANT_longest_log_wins
#define VR_HOOK_LONGEST_LOG_WINS 1
#endif
#ifdef MUTANT_accept_after_promise
#define VR_HOOK_ACCEPT_AFTER_PROMISE 1
#endif
#ifdef MUTANT_keep_own_log
#define VR_HOOK_KEEP_OWN_LOG 1
#endif
#ifdef MUTANT_forget_in_progress
#define VR_HOOK_FORGET_IN_PROGRESS 1
#endif

#ifdef MUTANT_recovery_one_less
#define VR_HOOK_RECOVERY_RESPONSES(f) (f)
#endif
#ifdef MUTANT_recover_early
#define VR_HOOK_RECOVER_EARLY 1
#endif
#ifdef MUTANT_found_without_all
#define VR_HOOK_FOUND_WITHOUT_ALL 1
#endif
#ifdef MUTANT_checkpoint_without_clients
#define VR_HOOK_CHECKPOINT_WITHOUT_CLIENTS 1
#endif

#endif
