/* SPDX-License-Identifier: MIT */
/* Radix sort: by digits of 11 bits, lowest first; a digit that is the same everywhere is left out.
 */
#include "numeric/rank.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, INDEX_BITS = 32 };

/* Whole numbers counted from the least of them, so that few bits matter. */
struct range {
	int64_t least;
	uint64_t width;
};

static struct range range_of(const int64_t *values, size_t n)
{
	int64_t least = values[0];
	int64_t most = values[0];

	for (size_t i = 1; i < n; i++) {
		least = values[i] < least ? values[i] : least;
		most = values[i] > most ? values[i] : most;
	}
	return (struct range){least, (uint64_t)most - (uint64_t)least};
}

static uint64_t above_least(struct range range, int64_t value)
{
	return (uint64_t)value - (uint64_t)range.least;
}

/* One pass: from `from` to `to`, in the order of the digit at `shift`. */
static bool sort_by_digit(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	size_t places[DIGITS] = {0};
	size_t next = 0;

	for (size_t i = 0; i < n; i++)
		places[from[i] >> shift & (DIGITS - 1)]++;
	if (places[from[0] >> shift & (DIGITS - 1)] == n)
		return false;
	for (size_t digit = 0; digit < DIGITS; digit++) {
		size_t count = places[digit];
		places[digit] = next;
		next += count;
	}
	for (size_t i = 0; i < n; i++)
		to[places[from[i] >> shift & (DIGITS - 1)]++] = from[i];
	return true;
}

/* Sorts keys[n] by the bits from `shift` on that a number up to `width << shift` has, equal ones as
 * they stood. keys[n] to keys[2n - 1] is scratch; the result is in the half that is returned. */
static uint64_t *sort_keys(uint64_t *keys, size_t n, unsigned shift, uint64_t width)
{
	uint64_t *from = keys;
	uint64_t *to = keys + n;

	for (; width > 0 && n > 0; width >>= DIGIT_BITS, shift += DIGIT_BITS) {
		if (!sort_by_digit(from, to, n, shift))
			continue;
		uint64_t *kept = from;
		from = to;
		to = kept;
	}
	return from;
}

bool sort_int64(struct arena *arena, int64_t *values, size_t n, struct error *error)
{
	struct arena_mark mark = arena_mark(arena);
	uint64_t *keys = arena_take_raw(arena, n, 2 * sizeof *keys);

	if (!keys)
		return error_no_memory(error);
	struct range range = n > 0 ? range_of(values, n) : (struct range){0};
	for (size_t i = 0; i < n; i++)
		keys[i] = above_least(range, values[i]);
	const uint64_t *sorted = sort_keys(keys, n, 0, range.width);
	for (size_t i = 0; i < n; i++)
		values[i] = (int64_t)(sorted[i] + (uint64_t)range.least);
	arena_release(arena, mark);
	return true;
}

/* Sorts by the low 32 bits, then, where there are more, by the high ones: a key holds 32 bits of
 * the number above 32 bits of its place. */
static void order_by_keys(const int64_t *values, size_t n, uint64_t *keys, uint32_t *out)
{
	struct range range = range_of(values, n);
	uint64_t low = range.width > UINT32_MAX ? UINT32_MAX : range.width;

	for (size_t i = 0; i < n; i++)
		keys[i] = above_least(range, values[i]) << INDEX_BITS | i;
	const uint64_t *sorted = sort_keys(keys, n, INDEX_BITS, low);
	for (size_t i = 0; i < n; i++)
		out[i] = (uint32_t)sorted[i];
	if (range.width <= UINT32_MAX)
		return;
	for (size_t i = 0; i < n; i++)
		keys[i] = (above_least(range, values[out[i]]) >> INDEX_BITS << INDEX_BITS) | out[i];
	sorted = sort_keys(keys, n, INDEX_BITS, range.width >> INDEX_BITS);
	for (size_t i = 0; i < n; i++)
		out[i] = (uint32_t)sorted[i];
}

bool sorted_order(
	struct arena *arena, const int64_t *values, size_t n, uint32_t *out, struct error *error)
{
	struct arena_mark mark = arena_mark(arena);

	if (n > UINT32_MAX)
		return error_set(
			error, ERROR_LIMIT, "More than %u values cannot be ranked.", UINT32_MAX);
	uint64_t *keys = arena_take_raw(arena, n, 2 * sizeof *keys);
	if (!keys)
		return error_no_memory(error);
	if (n > 0)
		order_by_keys(values, n, keys, out);
	arena_release(arena, mark);
	return true;
}

/* Values at the sorted places first to last (from 0) have the mean rank (first + last) / 2 + 1. */
static void ranks_of_order(const int64_t *values, size_t n, const uint32_t *order, int64_t *out)
{
	for (size_t first = 0, end = 0; first < n; first = end) {
		int64_t value = values[order[first]];
		for (end = first + 1; end < n && values[order[end]] == value;)
			end++;
		for (size_t i = first; i < end; i++)
			out[order[i]] = (int64_t)(first + end + 1);
	}
}

static bool ranks_by_sorting(
	struct arena *arena, const int64_t *values, size_t n, int64_t *out, struct error *error)
{
	uint32_t *order = arena_take_raw(arena, n, sizeof *order);

	if (!order)
		return error_no_memory(error);
	if (!sorted_order(arena, values, n, order, error))
		return false;
	ranks_of_order(values, n, order, out);
	return true;
}

/* For a narrow range: how often each value occurs says its rank. */
static bool ranks_by_counting(struct arena *arena, const int64_t *values, size_t n,
	struct range range, int64_t *out, struct error *error)
{
	int64_t *ranks = arena_take(arena, range.width + 1, sizeof *ranks);
	int64_t before = 0;

	if (!ranks)
		return error_no_memory(error);
	for (size_t i = 0; i < n; i++)
		ranks[above_least(range, values[i])]++;
	for (size_t i = 0; i <= range.width; i++) {
		int64_t count = ranks[i];
		ranks[i] = 2 * before + count + 1;
		before += count;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = ranks[above_least(range, values[i])];
	return true;
}

bool doubled_ranks(
	struct arena *arena, const int64_t *values, size_t n, int64_t *out, struct error *error)
{
	struct arena_mark mark = arena_mark(arena);

	if (n == 0)
		return true;
	struct range range = range_of(values, n);
	bool ok = range.width <= n ? ranks_by_counting(arena, values, n, range, out, error)
				   : ranks_by_sorting(arena, values, n, out, error);
	arena_release(arena, mark);
	return ok;
}
