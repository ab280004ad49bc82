/* SPDX-License-Identifier: MIT */
/* The part of a cohort that passes a filter. */
#include <stdio.h>

#include "base/parallel.h"
#include "cohort/columns.h"

struct subset {
	const struct cohort *everyone;
	const struct filter *filter;
	/* of each condition about authorities or providers: 1 by name, the last for not recorded */
	const uint8_t *wanted[FILTER_CONDITIONS_MOST];
	uint32_t *kept; /* members, a chunk's together */
	struct cohort_columns columns;
	struct cohort_part *parts;
};

static uint32_t authority_of(const struct cohort *cohort, size_t member)
{
	uint16_t authority = cohort->history->authority[cohort->child[member]];

	return authority == UINT16_MAX ? (uint32_t)cohort->history->authority_count : authority;
}

static uint32_t provider_of(const struct cohort *cohort, size_t member)
{
	uint32_t provider = cohort->provider[member];

	return provider == HISTORY_NONE ? (uint32_t)cohort->history->provider_count : provider;
}

static bool subset_passes(const struct subset *subset, size_t member)
{
	const struct cohort *everyone = subset->everyone;

	for (size_t i = 0; i < subset->filter->count; i++) {
		const struct filter_condition *condition = &subset->filter->conditions[i];
		bool passes;

		if (condition->grouping >= 0)
			passes =
				condition->groups >> everyone->groups[condition->grouping][member] &
				1;
		else if (condition->grouping == FILTER_AUTHORITY)
			passes = subset->wanted[i][authority_of(everyone, member)];
		else
			passes = subset->wanted[i][provider_of(everyone, member)];
		if (!passes)
			return false;
	}
	return true;
}

static void subset_choose(void *context, size_t chunk, size_t first, size_t count)
{
	struct subset *subset = context;
	uint32_t *kept = subset->kept + first;
	size_t found = 0;

	for (size_t i = first; i < first + count; i++) {
		kept[found] = (uint32_t)i;
		found += subset_passes(subset, i);
	}
	subset->parts[chunk] = (struct cohort_part){.count = found};
}

static void subset_copy(void *context, size_t chunk, size_t first, size_t count)
{
	const struct subset *subset = context;
	const struct cohort *from = subset->everyone;
	const struct cohort_columns *to = &subset->columns;
	struct cohort_part *part = &subset->parts[chunk];

	(void)count;
	for (size_t i = 0; i < part->count; i++) {
		size_t at = part->first + i, member = subset->kept[first + i];

		to->child[at] = from->child[member];
		to->episode[at] = from->episode[member];
		to->assessment[at] = from->assessment[member];
		to->provider[at] = from->provider[member];
		to->age[at] = from->age[member];
		for (int g = 0; g < GROUPING_COUNT; g++)
			to->groups[g][at] = from->groups[g][member];
		memcpy(to->scores[at], from->scores[member], DOMAINS_MOST);
		to->total[at] = from->total[member];
		to->severe[at] = from->severe[member];
		to->pence[at] = from->pence[member];
		part->assessed += from->assessment[member] != HISTORY_NONE;
		part->costed += from->pence[member] != MONEY_MISSING;
	}
}

/* What there is instead of a name that is not in the record. */
static bool subset_unknown(const struct filter_condition *condition, struct text name,
	const struct text *names, size_t count, struct error *error)
{
	char list[160] = "";
	size_t length = 0;

	for (size_t i = 0; i < count && length < sizeof list; i++)
		length += (size_t)snprintf(list + length, sizeof list - length, "%s%.*s",
			i ? ", " : "", (int)names[i].length, names[i].data);
	return error_set(error, ERROR_INPUT, "the record has no %.*s called %.*s; it has %s%s",
		(int)condition->name.length, condition->name.data,
		name.length < 60 ? (int)name.length : 60, name.data, count ? list : "none",
		length >= sizeof list ? "..." : "");
}

/* Marks the names of a condition in a table by number, NULL and an error for one there is not. */
static const uint8_t *subset_names(struct arena *arena, const struct filter_condition *condition,
	const struct text *names, size_t count, struct error *error)
{
	uint8_t *wanted = arena_take(arena, count + 1, 1);

	if (!wanted) {
		error_no_memory(error);
		return NULL;
	}
	for (size_t i = 0; i < condition->name_count; i++) {
		bool found = text_is(condition->names[i], NOT_RECORDED);

		if (found)
			wanted[count] = 1;
		for (size_t j = 0; j < count; j++) {
			if (text_equal(names[j], condition->names[i]))
				wanted[j] = found = true;
		}
		if (!found) {
			subset_unknown(condition, condition->names[i], names, count, error);
			return NULL;
		}
	}
	return wanted;
}

static bool subset_open(struct subset *subset, struct arena *scratch, struct error *error)
{
	const struct cohort *everyone = subset->everyone;
	const struct history *history = everyone->history;
	size_t chunks = parallel_chunks(everyone->count, COHORT_CHUNK);

	for (size_t i = 0; i < subset->filter->count; i++) {
		const struct filter_condition *condition = &subset->filter->conditions[i];
		bool authority = condition->grouping == FILTER_AUTHORITY;

		if (condition->grouping >= 0)
			continue;
		subset->wanted[i] = subset_names(scratch, condition,
			authority ? history->authorities : history->providers,
			authority ? history->authority_count : history->provider_count, error);
		if (!subset->wanted[i])
			return false;
	}
	subset->kept = arena_take_raw(scratch, everyone->count, sizeof *subset->kept);
	subset->parts = arena_take(scratch, chunks, sizeof *subset->parts);
	return (subset->kept && subset->parts) || error_no_memory(error);
}

bool cohort_subset(struct cohort *out_cohort, struct arena *arena, const struct cohort *everyone,
	const struct filter *filter, struct error *error)
{
	struct subset subset = {.everyone = everyone, .filter = filter};
	struct arena *scratch = arena_open();
	size_t chunks = parallel_chunks(everyone->count, COHORT_CHUNK);
	struct cohort cohort = *everyone;
	bool done = false;

	cohort.filter = filter;
	cohort.assessed = cohort.costed = 0;
	if (!scratch) {
		error_no_memory(error);
		goto done;
	}
	if (!subset_open(&subset, scratch, error))
		goto done;
	parallel_for(everyone->count, COHORT_CHUNK, subset_choose, &subset);
	cohort.count = cohort_parts_place(subset.parts, chunks);
	if (!cohort_columns_take(&subset.columns, arena, cohort.count)) {
		error_no_memory(error);
		goto done;
	}
	parallel_for(everyone->count, COHORT_CHUNK, subset_copy, &subset);
	cohort_columns_give(&cohort, &subset.columns);
	for (size_t i = 0; i < chunks; i++) {
		cohort.assessed += subset.parts[i].assessed;
		cohort.costed += subset.parts[i].costed;
	}
	*out_cohort = cohort;
	done = true;
done:
	arena_close(scratch);
	return done;
}
