/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The commands, a line each:
 *   target NAME PID ID                          add it, or replace its process
 *   rules SEQ NAME:FROM:LOSS_PPM:DUP_PPM ...    the complete set from now on
 *   pause SEQ NAME ...                          the complete set of those that stand still
 *   alive                                       the sender still lives
 * SEQ comes back in the answer. `target` is answered only if it fails, with seq 0.
 */
#ifndef FAULT_COMMAND_H
#define FAULT_COMMAND_H

#include "fault_holder.h"

/* Does and answers one line; NULL: one that was too long. 0, or -errno once no answer can be written. */
int fault_command(struct fault_holder *holder, char *line);

#endif
