// SPDX-License-Identifier: Apache-2.0
#include "fault_words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool fault_read_number(const char *text, uint64_t most, uint64_t *number)
{
	char *end;
	unsigned long long value;

	/* strtoull would take blanks and signs as well. */
	if (!isdigit((unsigned char)*text))
		return false;
	errno = 0;
	value = strtoull(text, &end, 10);
	if (*end || errno || value > most)
		return false;
	*number = value;
	return true;
}

bool fault_is_name(const char *text)
{
	size_t length = strlen(text);

	if (!length || length >= FAULT_NAME_BYTES)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("._-", text[i]))
			return false;
	return true;
}

size_t fault_split(char *text, char separator, char *parts[], size_t most)
{
	size_t count = 0;

	for (char *part = text; part; count++) {
		char *end = strchr(part, separator);

		if (end)
			*end++ = '\0';
		if (count < most)
			parts[count] = part;
		part = end;
	}
	return count;
}
