/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * What labfault and programs/fault.bpf.c share: the globals of the program's .bss,
 * which the kernel maps into labfault's memory, so that a change of rules is a store
 * and a look at the counts a load.
 *
 * `rules`   one struct fault_rule per sender, index = replica id, 0 = the client.
 * `counts`  one struct fault_count per sender, likewise; only ever added to.
 */
#ifndef LAB_FAULT_H
#define LAB_FAULT_H

#include "counters.h"

#define FAULT_SENDERS (WIRE_MAX_REPLICAS + 1)
#define FAULT_PPM_ALWAYS 1000000u

/* Chances per datagram in parts per million, independent of each other. */
struct fault_rule {
	map_u32 loss_ppm;
	map_u32 duplicate_ppm; /* of those that were not lost */
};

struct fault_count {
	map_u64 lost;
	map_u64 doubled;
};

#endif
