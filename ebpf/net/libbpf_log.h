/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libbpf and the kernel had to say: kept quiet, and quoted when something
 * fails. One buffer per process, for the one thread that loads programs.
 */
#ifndef LAB_LIBBPF_LOG_H
#define LAB_LIBBPF_LOG_H

/* Takes over libbpf's printing and forgets what was said so far. */
void libbpf_log_begin(void);
/*
 * The end of the warnings since then, without the trailing newline; "" if there
 * were none. Of a verifier log the last lines matter: they name the refused step.
 */
const char *libbpf_log_tail(void);

#endif
