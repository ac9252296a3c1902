/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines for people on stderr: `LEVEL AREA: text`, e.g. `notice vr: leader of view
 * 0`. Never on the hot path.
 */
#ifndef LAB_SAY_H
#define LAB_SAY_H

#include <stdint.h>

enum say_level { SAY_DEBUG, SAY_NOTICE, SAY_WARN, SAY_ERROR };

void say_open(void);
/* One line; a text that is longer than about a kilobyte is cut. */
void say(enum say_level level, const char *area, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Lines as they are, for a table at the end. */
void say_plain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_flush(void);
void say_close(int timeout_ms);

#endif
