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

#ifndef VR_HOOK_CLIENT_TABLE_OFF
#define VR_HOOK_CLIENT_TABLE_OFF 0
#endif
#ifndef VR_HOOK_QUORUM_FOLLOWERS
#define VR_HOOK_QUORUM_FOLLOWERS(f) (f)
#endif
#ifndef VR_HOOK_ACK_OP
#define VR_HOOK_ACK_OP(prefix, highest) (prefix)
#endif
#ifndef VR_HOOK_KEEP_ACKS_OF_EARLIER_LIFE
#define VR_HOOK_KEEP_ACKS_OF_EARLIER_LIFE 0
#endif
#ifndef VR_HOOK_SERVE_WITHOUT_MEMORY
#define VR_HOOK_SERVE_WITHOUT_MEMORY 0
#endif
#ifndef VR_HOOK_COUNT_DUPLICATE_RECEIPTS
#define VR_HOOK_COUNT_DUPLICATE_RECEIPTS 0
#endif

#endif
