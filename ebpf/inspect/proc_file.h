/* SPDX-License-Identifier: Apache-2.0 */
/* Small files and links under /proc. */
#ifndef INSPECT_PROC_FILE_H
#define INSPECT_PROC_FILE_H

#include <stdint.h>
#include <sys/types.h>

#define PROC_FILE_BYTES 4096

/* Reads the beginning as NUL-ended text. `folder`: an open folder, or -1 for a whole path. Bytes or -errno. */
ssize_t proc_file_read(int folder, const char *path, char text[PROC_FILE_BYTES]);
/* The inode in a link such as `net:[4026531840]`. 0 or -errno. */
int proc_namespace(int folder, const char *path, uint64_t *inode);

#endif
