/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest parts of commands and arguments. */
#ifndef FAULT_WORDS_H
#define FAULT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAULT_NAME_BYTES 64

/* A whole decimal number up to `most`. */
bool fault_read_number(const char *text, uint64_t most, uint64_t *number);
/* A service name as Compose allows it, and short enough for FAULT_NAME_BYTES. */
bool fault_is_name(const char *text);
/*
 * Cuts the text at each of this separator, in place. How many parts there are; of
 * those beyond `most` only the number.
 */
size_t fault_split(char *text, char separator, char *parts[], size_t most);

#endif
