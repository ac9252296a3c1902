/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzzers and the program that writes their first inputs have in common. */
#ifndef LAB_FUZZ_H
#define LAB_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* "fuzzruns" on the wire. */
#define FUZZ_RUN_ID 0x66757a7a72756e73ull

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

#endif
