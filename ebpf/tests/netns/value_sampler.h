/* SPDX-License-Identifier: Apache-2.0 */
/* A program with maps of many kinds and of many C types, each filled with values whose text is known. */
#ifndef NETNS_VALUE_SAMPLER_H
#define NETNS_VALUE_SAMPLER_H

#include <stdint.h>

#define SAMPLER_NAME "a_sampler_of_all_values"
/* How its entry in `samples` must read. */
#define SAMPLER_KEY "{\"a\":7,\"b\":8}"
#define SAMPLER_VALUE                                                 \
	"{\"big\":\"9007199254740993\",\"fits\":9007199254740992,"    \
	"\"below\":-5,\"colour\":\"BLUE\",\"yes\":true,"              \
	"\"text\":\"a\\u0022\\u000ab\\u00e9\",\"bytes\":[1,2,255],"   \
	"\"both\":{\"word\":65537,\"half\":1},\"low\":5,\"high\":-3," \
	"\"inner\":513,\"later\":77}"
#define SAMPLER_ENUMS "\"enums\":{\"colour\":{\"0\":\"RED\",\"1\":\"GREEN\",\"7\":\"BLUE\"}}"
/* Entries of `many`. */
#define SAMPLER_MANY 300

/* Loads it, leaves its descriptors open. Its id, or ends the program. */
uint32_t value_sampler_load(void);

#endif
