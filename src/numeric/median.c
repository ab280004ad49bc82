/* SPDX-License-Identifier: MIT */
/* The median by counting digits: each round keeps one of 1,024 equal parts of the range. */
#include "numeric/moments.h"
#include "numeric/undefined.h"

enum { PARTS_BITS = 10, PARTS = 1 << PARTS_BITS, FEW = 24 };

/* Places [first, end) of an array. */
struct span {
	size_t first;
	size_t end;
};

/* The range of values in a span, cut in PARTS parts. */
struct cut {
	int64_t least;
	unsigned shift;
};

static void swap(int64_t *a, int64_t *b)
{
	int64_t kept = *a;

	*a = *b;
	*b = kept;
}

static void sort_few(int64_t *values, struct span span)
{
	for (size_t i = span.first + 1; i < span.end; i++)
		for (size_t j = i; j > span.first && values[j - 1] > values[j]; j--)
			swap(&values[j - 1], &values[j]);
}

static size_t part_of(struct cut cut, int64_t value)
{
	return (size_t)(((uint64_t)value - (uint64_t)cut.least) >> cut.shift);
}

/* False where all values are the same. */
static bool cut_span(const int64_t *values, struct span span, struct cut *out)
{
	int64_t least = values[span.first];
	int64_t most = least;

	for (size_t i = span.first; i < span.end; i++) {
		least = values[i] < least ? values[i] : least;
		most = values[i] > most ? values[i] : most;
	}
	uint64_t range = (uint64_t)most - (uint64_t)least;
	*out = (struct cut){.least = least};
	while (range >> out->shift >= PARTS)
		out->shift++;
	return range != 0;
}

/* The part that holds the place `wanted` once the span is sorted. */
static size_t part_at(const int64_t *values, struct span span, struct cut cut, size_t wanted)
{
	size_t counts[PARTS] = {0};
	size_t part = 0;

	for (size_t i = span.first; i < span.end; i++)
		counts[part_of(cut, values[i])]++;
	for (size_t passed = span.first + counts[0]; passed <= wanted; passed += counts[part])
		part++;
	return part;
}

/* Moves what is below the part to the front and what is above it to the back; the part's places. */
static struct span gather(int64_t *values, struct span span, struct cut cut, size_t part)
{
	struct span kept = span;

	for (size_t i = span.first; i < kept.end;) {
		size_t here = part_of(cut, values[i]);
		if (here > part)
			swap(&values[i], &values[--kept.end]);
		else if (here < part)
			swap(&values[i++], &values[kept.first++]);
		else
			i++;
	}
	return kept;
}

/* Reorders so that values[wanted] is what it were if all were sorted, nothing before it larger. */
static void place(int64_t *values, size_t n, size_t wanted)
{
	struct span span = {0, n};
	struct cut cut;

	while (span.end - span.first > FEW) {
		if (!cut_span(values, span, &cut))
			return;
		span = gather(values, span, cut, part_at(values, span, cut, wanted));
	}
	sort_few(values, span);
}

double median_of(int64_t *values, size_t n, int64_t scale)
{
	size_t half = n / 2;

	if (n == 0)
		return UNDEFINED;
	place(values, n, half);
	if (n % 2 == 1)
		return ratio(values[half], scale);
	int64_t before = values[0];
	for (size_t i = 1; i < half; i++)
		before = values[i] > before ? values[i] : before;
	return ratio((numeric_wide)before + values[half], (numeric_wide)2 * scale);
}
