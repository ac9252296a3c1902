// SPDX-License-Identifier: Apache-2.0
#include "fault_problem.h"

#include <stdarg.h>
#include <stdio.h>

int fault_refuse(struct fault_problem *problem, int failed, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	vsnprintf(problem->text, sizeof(problem->text), format, values);
	va_end(values);
	return failed;
}
