/* SPDX-License-Identifier: MIT */
#include "base/money.h"

#include <stdio.h>

bool money_parse(struct text text, int64_t *out_pence)
{
	int64_t pence = 0;
	int decimals = -1; /* digits after the point, -1 before it */

	for (size_t i = 0; i < text.length; i++) {
		int digit = text.data[i] - '0';

		if (text.data[i] == '.' && decimals < 0 && i > 0) {
			decimals = 0;
			continue;
		}
		if (digit < 0 || digit > 9 || decimals == 2 || pence > MONEY_LARGEST_PENCE)
			return false;
		pence = pence * 10 + digit;
		if (decimals >= 0)
			decimals++;
	}
	if (!text.length || decimals == 0)
		return false;
	pence *= decimals < 0 ? 100 : decimals == 1 ? 10 : 1;
	if (pence > MONEY_LARGEST_PENCE)
		return false;
	*out_pence = pence;
	return true;
}

char *money_words(int64_t pence, bool whole, char out[40])
{
	uint64_t amount = pence < 0 ? 0 - (uint64_t)pence : (uint64_t)pence;
	uint64_t pounds = whole ? (amount + 50) / 100 : amount / 100;
	char digits[24];
	size_t used = 0;
	int length;

	out[0] = '\0';
	if (pence == MONEY_MISSING)
		return out;
	length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)pounds);
	used += (size_t)snprintf(out, 40, "%s£", pence < 0 ? "-" : "");
	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			out[used++] = ',';
		out[used++] = digits[i];
	}
	out[used] = '\0';
	if (!whole)
		snprintf(out + used, 40 - used, ".%02u", (unsigned)(amount % 100));
	return out;
}
