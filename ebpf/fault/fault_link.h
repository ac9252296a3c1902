/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attachments that last as long as their descriptor: the kernel takes them away
 * when it is closed, and a process that is killed closes all it has.
 * To be called in the interface's network namespace.
 */
#ifndef FAULT_LINK_H
#define FAULT_LINK_H

#include <stdint.h>

/* XDP in generic mode. A descriptor; -EBUSY or -EEXIST: the hook is somebody else's; other -errno. */
int fault_link_xdp(int prog_fd, uint32_t ifindex);
/* Whose: the id of the program on the XDP hook in any mode, 0 if there is none or it cannot be told. */
uint32_t fault_link_xdp_occupant(uint32_t ifindex);
/* TC ingress, ahead of what is there. A descriptor; -EINVAL: a kernel without tcx; other -errno. */
int fault_link_tcx(int prog_fd, uint32_t ifindex);

#endif
