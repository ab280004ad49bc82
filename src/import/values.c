/* SPDX-License-Identifier: MIT */
#include "import/values.h"

#include <math.h>

#include "base/date.h"

static inline unsigned value_digit(char character)
{
	return (unsigned)(unsigned char)character - '0';
}

/* Two digits as a number; 100 or more when one is no digit. */
static inline unsigned value_two(const char *at)
{
	unsigned tens = value_digit(at[0]), ones = value_digit(at[1]);

	return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

bool value_date(struct text text, int32_t *out_days)
{
	const char *at = text.data;
	unsigned century, year, month, day;
	struct date_parts parts;

	if (text.length != 10)
		return false;
	if (at[4] == '-' && at[7] == '-') {
		century = value_two(at), year = value_two(at + 2);
		month = value_two(at + 5), day = value_two(at + 8);
	} else if (at[2] == '/' && at[5] == '/') {
		day = value_two(at), month = value_two(at + 3);
		century = value_two(at + 6), year = value_two(at + 8);
	} else {
		return false;
	}
	if (century > 99 || year > 99)
		return false;
	parts = (struct date_parts){(int)(century * 100 + year), (int)month, (int)day};
	if (!date_is_real(parts))
		return false;
	*out_days = date_from_parts(parts);
	return true;
}

static bool value_is_part(const char *at, size_t digits)
{
	bool known = true, unknown = true;

	for (size_t i = 0; i < digits; i++) {
		known &= value_digit(at[i]) <= 9;
		unknown &= at[i] == 'z' || at[i] == 'Z';
	}
	return known || unknown;
}

bool value_partial_date(struct text text)
{
	const char *at = text.data;
	int32_t days;

	if (text.length == 10 && at[2] == '/' && at[5] == '/')
		return value_is_part(at, 2) && value_is_part(at + 3, 2) && value_is_part(at + 6, 4);
	return value_date(text, &days);
}

bool value_score(struct text text, unsigned most, uint8_t *out_score)
{
	unsigned score = 0;

	for (size_t i = 0; i < text.length; i++) {
		unsigned digit = value_digit(text.data[i]);

		if (digit > 9)
			return false;
		score = score * 10 + digit;
		if (score > most) /* but the rest must be looked at no more: it cannot shrink */
			return false;
	}
	*out_score = (uint8_t)score;
	return text.length > 0;
}

bool value_distance(struct text text, double *out_miles)
{
	static const double powers[] = {
		1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	size_t point = text.length, length = text.length;
	uint64_t digits = 0;

	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '.' && point == text.length && i > 0 && i + 1 < text.length)
			point = i;
		else if (value_digit(text.data[i]) > 9)
			return false;
		else
			digits = digits * 10 + value_digit(text.data[i]);
	}
	if (text_is(text, "999.9")) {
		*out_miles = (double)NAN;
	} else if (length <= 15) {
		/* both exact, so that their quotient is the double nearest to the decimal */
		*out_miles = (double)digits / powers[point == length ? 0 : length - point - 1];
	} else {
		if (length > 60 && point < 40)
			length = 60; /* more decimals than a double can tell apart */
		return text_number((struct text){text.data, length}, out_miles);
	}
	return true;
}

bool value_year(struct text text, int16_t *out_year)
{
	if (text.length != 4 || value_two(text.data) != 20 || value_two(text.data + 2) > 99)
		return false;
	*out_year = (int16_t)(2000 + value_two(text.data + 2));
	return true;
}

bool code_lookup_open(struct code_lookup *out_lookup, struct arena *arena,
	const struct code_set *set, struct error *error)
{
	struct code_lookup lookup = {.set = set, .shift = 63};
	size_t size = 2;

	while (size < set->count * 4) {
		size *= 2;
		lookup.shift--;
	}
	lookup.words = arena_take(arena, size, sizeof *lookup.words);
	lookup.codes = arena_take(arena, size, sizeof *lookup.codes);
	if (!lookup.words || !lookup.codes)
		return error_no_memory(error);
	for (size_t i = 0; i < set->count; i++) {
		struct text code = set->codes[i].code;
		uint64_t word = code.length <= 8 ? hash_word(code) : 0;
		size_t slot = word * UINT64_C(0x9E3779B97F4A7C15) >> lookup.shift;

		if (!word)
			continue;
		while (lookup.words[slot])
			slot = (slot + 1) & (size - 1);
		lookup.words[slot] = word;
		lookup.codes[slot] = (int16_t)i;
	}
	*out_lookup = lookup;
	return true;
}
