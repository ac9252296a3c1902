/* SPDX-License-Identifier: Apache-2.0 */
/* The readable summary at the end of a run by hand, on stderr. */
#ifndef LAB_LATENCY_REPORT_H
#define LAB_LATENCY_REPORT_H

#include "config.h"
#include "load_client.h"

void latency_report_print(const struct client_config *config, const struct load_summary *summary,
			  const char *ended);

#endif
