/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places where the simulator plants faults into the core, to prove that its
 * checkers would notice them. Only the simulator's mutants define
 * VR_HOOKS_HEADER; everywhere else the hooks are constants and cost nothing.
 */
#ifndef LAB_VR_HOOKS_H
#define LAB_VR_HOOKS_H

#ifdef VR_HOOKS_HEADER
#include VR_HOOKS_HEADER
#endif

/* Normal operation. */
#ifndef VR_HOOK_CLIENT_TABLE_OFF /* 1: every request is new */
#define VR_HOOK_CLIENT_TABLE_OFF 0
#endif
#ifndef VR_HOOK_QUORUM_FOLLOWERS /* followers that must hold an op */
#define VR_HOOK_QUORUM_FOLLOWERS(f) (f)
#endif
#ifndef VR_HOOK_COMMIT_AT_ONCE /* 1: the leader commits what it prepares */
#define VR_HOOK_COMMIT_AT_ONCE 0
#endif
#ifndef VR_HOOK_ACK_OP
#define VR_HOOK_ACK_OP(prefix, highest) (prefix)
#endif
#ifndef VR_HOOK_COUNT_STALE_ACKS /* 1: what was held in an earlier view is acknowledged, and counted, in this one */
#define VR_HOOK_COUNT_STALE_ACKS 0
#endif
#ifndef VR_HOOK_COUNT_DUPLICATE_RECEIPTS
#define VR_HOOK_COUNT_DUPLICATE_RECEIPTS 0
#endif
/* View change. */
#ifndef VR_HOOK_DO_VIEW_CHANGES /* that a new leader waits for, its own among them */
#define VR_HOOK_DO_VIEW_CHANGES(f) ((f) + 1)
#endif
#ifndef VR_HOOK_LONGEST_LOG_WINS /* 1: whatever view it is from */
#define VR_HOOK_LONGEST_LOG_WINS 0
#endif
#ifndef VR_HOOK_ACCEPT_AFTER_PROMISE /* 1: PREPAREs of the old view are still acknowledged */
#define VR_HOOK_ACCEPT_AFTER_PROMISE 0
#endif
#ifndef VR_HOOK_KEEP_OWN_LOG /* 1: START_VIEW changes the view, not the log */
#define VR_HOOK_KEEP_OWN_LOG 0
#endif
#ifndef VR_HOOK_FORGET_IN_PROGRESS /* 1: a new leader doesn't know which requests its log holds uncommitted */
#define VR_HOOK_FORGET_IN_PROGRESS 0
#endif
/* Recovery and state transfer. */
#ifndef VR_HOOK_RECOVERY_RESPONSES
#define VR_HOOK_RECOVERY_RESPONSES(f) ((f) + 1)
#endif
#ifndef VR_HOOK_RECOVER_EARLY /* 1: normal as soon as the responses are there, without the log */
#define VR_HOOK_RECOVER_EARLY 0
#endif
#ifndef VR_HOOK_FOUND_WITHOUT_ALL /* 1: a majority without memory begins anew */
#define VR_HOOK_FOUND_WITHOUT_ALL 0
#endif
#ifndef VR_HOOK_CHECKPOINT_WITHOUT_CLIENTS /* 1: the client table isn't transferred */
#define VR_HOOK_CHECKPOINT_WITHOUT_CLIENTS 0
#endif

#endif
