/* SPDX-License-Identifier: MIT */
/* Codes of RFC 6238 and base32. The door of liboath. */
#include <liboath/oath.h>
#include <stdlib.h>

#include "people/second_factor.h"

bool one_time_code(const unsigned char *secret, size_t length, int64_t step, int digits,
	char *out_code, struct error *error)
{
	/* a step of one second, so that the number of the step is the time */
	int code = oath_totp_generate2(
		(const char *)secret, length, (time_t)step, 1, 0, (unsigned)digits, 0, out_code);

	return code == OATH_OK ||
	       error_set(error, ERROR_SYSTEM, "no code could be made: %s", oath_strerror(code));
}

bool one_time_base32(struct arena *arena, const unsigned char *bytes, size_t length,
	const char **out_text, struct error *error)
{
	char *text = NULL;
	size_t size = 0;
	int code = oath_base32_encode((const char *)bytes, length, &text, &size);

	if (code != OATH_OK)
		return error_no_memory(error);
	*out_text = arena_copy(arena, text, size);
	free(text);
	return *out_text || error_no_memory(error);
}
