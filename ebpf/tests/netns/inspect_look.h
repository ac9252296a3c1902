/* SPDX-License-Identifier: Apache-2.0 */
/* Takes a look into memory, as bpfwatch prints it, and finds parts of it. */
#ifndef NETNS_INSPECT_LOOK_H
#define NETNS_INSPECT_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "watch.h"

/* Opens a watch of these replicas, from `home`, or ends the program. */
void look_open(struct watch *watch, int home, const struct arguments *arguments);
void look_close(struct watch *watch);
void look_add(struct arguments *arguments, const char *name, pid_t pid);
/* One line; ends the program if there is none. */
void look_take(struct watch *watch);

/* What the last look says of one program, replica, or map; empty: nothing. Valid until the next call. */
const char *look_program(uint32_t id);
const char *look_replica(const char *name);
const char *look_map(uint32_t id);
/* Within a begun behaviour: this text holds, or lacks, that one. */
void look_has(const char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void look_lacks(const char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* How often `what` stands in the text. */
unsigned int look_count(const char *text, const char *what);
/* The number behind this key in the text; ends the program if it is not there. */
uint64_t look_number(const char *text, const char *key);

/* The id of the map of this name among a program's, or ends the program. */
uint32_t look_map_id(uint32_t program_id, const char *name);

#endif
