/* SPDX-License-Identifier: Apache-2.0 */
/* What the kernel says of one open program. Used by programs.c alone. */
#ifndef INSPECT_PROGRAM_FACTS_H
#define INSPECT_PROGRAM_FACTS_H

#include "programs.h"

/* known: the same program at the last look, or NULL. 0 or -errno. */
int program_read_facts(struct program *program, const struct program *known, int fd,
		       struct btf_cache *btfs);

#endif
