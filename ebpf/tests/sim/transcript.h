/* SPDX-License-Identifier: Apache-2.0 */
/* One line per thing that happens, for reading a failure. */
#ifndef LAB_SIM_TRANSCRIPT_H
#define LAB_SIM_TRANSCRIPT_H

#include <stdarg.h>

#include "vr.h"

void transcript_send(uint64_t now_ns, uint8_t source, uint8_t target, const struct vr_msg *msg,
		     bool lost);
void transcript_receive(uint64_t now_ns, uint8_t source, uint8_t target, const struct vr_msg *msg);
void transcript_note(uint64_t now_ns, uint8_t node, const char *format, va_list arguments);

#endif
