/* SPDX-License-Identifier: MIT */
#include "cohort/cohort.h"

#include "base/parallel.h"
#include "cohort/columns.h"
#include "cohort/day.h"
#include "cohort/find.h"

typedef uint8_t sixteen_bytes __attribute__((vector_size(DOMAINS_MOST)));

/* Who is looked after on the day, as found in the first pass; a chunk's members stand together. */
struct cohort_search {
	const struct history *history;
	int32_t as_at;
	uint32_t *child, *episode; /* [children]: chunk c writes from c * COHORT_CHUNK on */
	struct cohort_part *parts;
};

/* The second pass: the facts of those who were found. */
struct cohort_filling {
	const struct history *history;
	const struct cohort_search *search;
	struct cohort_day day;
	int64_t cap_pence;
	struct cohort_columns columns;
	struct cohort_part *parts;
};

bool cohort_columns_take(struct cohort_columns *out_columns, struct arena *arena, size_t count)
{
	struct cohort_columns columns = {
		.child = arena_take_raw(arena, count, sizeof *columns.child),
		.episode = arena_take_raw(arena, count, sizeof *columns.episode),
		.assessment = arena_take_raw(arena, count, sizeof *columns.assessment),
		.provider = arena_take_raw(arena, count, sizeof *columns.provider),
		.age = arena_take_raw(arena, count, sizeof *columns.age),
		.scores = arena_take_raw(arena, count, sizeof *columns.scores),
		.total = arena_take_raw(arena, count, sizeof *columns.total),
		.severe = arena_take_raw(arena, count, sizeof *columns.severe),
		.pence = arena_take_raw(arena, count, sizeof *columns.pence),
	};
	bool done = columns.child && columns.episode && columns.assessment && columns.provider &&
		    columns.age && columns.scores && columns.total && columns.severe &&
		    columns.pence;

	for (int i = 0; i < GROUPING_COUNT; i++) {
		columns.groups[i] = arena_take_raw(arena, count, 1);
		done = done && columns.groups[i];
	}
	*out_columns = columns;
	return done;
}

void cohort_columns_give(struct cohort *cohort, const struct cohort_columns *columns)
{
	cohort->child = columns->child;
	cohort->episode = columns->episode;
	cohort->assessment = columns->assessment;
	cohort->provider = columns->provider;
	cohort->age = columns->age;
	for (int i = 0; i < GROUPING_COUNT; i++)
		cohort->groups[i] = columns->groups[i];
	cohort->scores = (const uint8_t(*)[DOMAINS_MOST])columns->scores;
	cohort->total = columns->total;
	cohort->severe = columns->severe;
	cohort->pence = columns->pence;
}

size_t cohort_parts_place(struct cohort_part *parts, size_t count)
{
	size_t sum = 0;

	for (size_t i = 0; i < count; i++) {
		parts[i].first = sum;
		sum += parts[i].count;
	}
	return sum;
}

static void cohort_find(void *context, size_t chunk, size_t first, size_t count)
{
	struct cohort_search *search = context;
	uint32_t *child = search->child + first, *episode = search->episode + first;
	size_t found = 0;

	for (size_t i = first; i < first + count; i++) {
		uint32_t current = find_episode(search->history, (uint32_t)i, search->as_at);

		child[found] = (uint32_t)i;
		episode[found] = current;
		found += current != HISTORY_NONE;
	}
	search->parts[chunk] = (struct cohort_part){.count = found};
}

static void fill_years(struct cohort_filling *filling, size_t at, uint32_t child, uint32_t episode)
{
	const struct cohort_day *day = &filling->day;
	uint8_t *const *groups = filling->columns.groups;
	int32_t born = filling->history->born[child];
	bool known = born != DATE_MISSING && born <= day->as_at;
	int age = cohort_day_years(day, known ? born : day->as_at);
	int time = cohort_day_years(day, filling->history->episodes.period_start[episode]);

	filling->columns.age[at] = known ? (int16_t)age : -1;
	groups[GROUPING_AGE_BAND][at] = known ? day->age_band[age] : day->no_age_band;
	groups[GROUPING_SEX_AGE_BAND][at] = known ? day->sex_age_band[age] : day->no_sex_age_band;
	groups[GROUPING_TIME_BAND][at] = day->time_band[time];
}

/* to[i] = from[rows[i]] */
static void gather(uint8_t *restrict to, const uint8_t *from, const uint32_t *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] = from[rows[i]];
}

/* What children and episodes have been put into groups by already. */
static void fill_groups(struct cohort_filling *filling, size_t at, const uint32_t *child,
	const uint32_t *episode, size_t count)
{
	const struct history *history = filling->history;
	uint8_t *const *groups = filling->columns.groups;

	for (int g = 0; g < GROUPING_COUNT; g++)
		if (history->groups[g])
			gather(groups[g] + at, history->groups[g], child, count);
	gather(groups[GROUPING_PLACEMENT_GROUP] + at, history->episodes.group, episode, count);
	gather(groups[GROUPING_PLACEMENT_KIND] + at, history->episodes.kind, episode, count);
	for (size_t i = 0; i < count; i++)
		filling->columns.provider[at + i] = history->episodes.provider[episode[i]];
}

/* Domains in the last band, of a row whose scores beyond the framework's domains are zero: all
 * compared at once, then their bytes added up by one multiplication. */
static uint8_t severe_domains(const uint8_t scores[DOMAINS_MOST], uint8_t severe_from)
{
	sixteen_bytes row;
	uint64_t halves[2];

	memcpy(&row, scores, sizeof row);
	row = (sixteen_bytes)(row >= (sixteen_bytes){0} + severe_from) & 1;
	memcpy(halves, &row, sizeof halves);
	return (uint8_t)((halves[0] + halves[1]) * 0x0101010101010101 >> 56);
}

/* Returns whether the child is assessed. */
static bool fill_needs(struct cohort_filling *filling, size_t at, uint32_t child)
{
	const struct history *history = filling->history;
	struct cohort_columns *columns = &filling->columns;
	uint32_t latest = find_assessment(history, child, filling->day.as_at);

	columns->assessment[at] = latest;
	if (latest == HISTORY_NONE) {
		memset(columns->scores[at], 0, DOMAINS_MOST);
		columns->total[at] = TOTAL_MISSING;
		columns->severe[at] = UINT8_MAX;
		columns->groups[GROUPING_TOTAL_BAND][at] = filling->day.no_total_band;
		return false;
	}
	memcpy(columns->scores[at], history->assessments.scores[latest], DOMAINS_MOST);
	columns->total[at] = history->assessments.total[latest];
	columns->severe[at] = severe_domains(
		history->assessments.scores[latest], (uint8_t)history->framework->severe_from);
	columns->groups[GROUPING_TOTAL_BAND][at] = filling->day.total_band[columns->total[at]];
	return true;
}

/* Returns whether the child's cost is known. */
static bool fill_cost(struct cohort_filling *filling, size_t at, uint32_t child)
{
	const struct grouping *sides = &filling->history->schema->groupings[GROUPING_COST_SIDE];
	int64_t pence = find_cost(filling->history, child, filling->day.as_at);

	filling->columns.pence[at] = pence;
	filling->columns.groups[GROUPING_COST_SIDE][at] =
		pence == MONEY_MISSING ? sides->count : pence >= filling->cap_pence;
	return pence != MONEY_MISSING;
}

/* A column or two at a time, so that few streams of memory are open at once. */
static void cohort_fill(void *context, size_t chunk, size_t first, size_t count)
{
	struct cohort_filling *filling = context;
	struct cohort_part *part = &filling->parts[chunk];
	const uint32_t *child = filling->search->child + first;
	const uint32_t *episode = filling->search->episode + first;
	size_t at = part->first, assessed = 0, costed = 0;

	count = part->count;
	memcpy(filling->columns.child + at, child, count * sizeof *child);
	memcpy(filling->columns.episode + at, episode, count * sizeof *episode);
	for (size_t i = 0; i < count; i++)
		fill_years(filling, at + i, child[i], episode[i]);
	fill_groups(filling, at, child, episode, count);
	for (size_t i = 0; i < count; i++)
		assessed += fill_needs(filling, at + i, child[i]);
	for (size_t i = 0; i < count; i++)
		costed += fill_cost(filling, at + i, child[i]);
	part->assessed = assessed;
	part->costed = costed;
}

static bool search_take(struct cohort_search *out_search, struct arena *arena,
	const struct history *history, int32_t as_at)
{
	size_t chunks = parallel_chunks(history->children, COHORT_CHUNK);

	*out_search = (struct cohort_search){
		.history = history,
		.as_at = as_at,
		.child = arena_take_raw(arena, history->children, sizeof *out_search->child),
		.episode = arena_take_raw(arena, history->children, sizeof *out_search->episode),
		.parts = arena_take(arena, chunks, sizeof *out_search->parts),
	};
	return out_search->child && out_search->episode && out_search->parts;
}

/* Everyone who is looked after on the day. `cohort` has its history, day and cap. */
static bool cohort_everyone(struct cohort *cohort, struct arena *arena, struct arena *scratch)
{
	const struct history *history = cohort->history;
	size_t chunks = parallel_chunks(history->children, COHORT_CHUNK);
	struct cohort_filling *filling = arena_take_raw(scratch, 1, sizeof *filling);
	struct cohort_search search;

	if (!filling || !search_take(&search, scratch, history, cohort->as_at))
		return false;
	parallel_for(history->children, COHORT_CHUNK, cohort_find, &search);
	cohort->count = cohort_parts_place(search.parts, chunks);
	filling->history = history;
	filling->search = &search;
	filling->cap_pence = cohort->cap_pence;
	filling->parts = search.parts;
	cohort_day_open(&filling->day, history->schema, history->framework, cohort->as_at);
	if (!cohort_columns_take(&filling->columns, arena, cohort->count))
		return false;
	parallel_for(history->children, COHORT_CHUNK, cohort_fill, filling);
	cohort_columns_give(cohort, &filling->columns);
	for (size_t i = 0; i < chunks; i++) {
		cohort->assessed += search.parts[i].assessed;
		cohort->costed += search.parts[i].costed;
	}
	return true;
}

bool cohort_build(const struct cohort **out_cohort, struct arena *arena,
	const struct history *history, const struct cohort_options *options, struct error *error)
{
	struct arena *scratch = arena_open();
	struct cohort *both = arena_take(arena, 2, sizeof *both);
	const struct filter *none = arena_take(arena, 1, sizeof *none);
	bool filtered = options->filter && options->filter->count > 0, done = false;

	if (!scratch || !both || !none) {
		error_no_memory(error);
		goto done;
	}
	if (options->as_at == DATE_MISSING) {
		error_set(error, ERROR_INPUT, "there is no date to take the figures as at");
		goto done;
	}
	both[0] = (struct cohort){
		.history = history,
		.framework = history->framework,
		.filter = none,
		.everyone = &both[0],
		.as_at = options->as_at,
		.cap_pence = options->cap_pence,
	};
	if (!cohort_everyone(&both[0], arena, scratch)) {
		error_no_memory(error);
		goto done;
	}
	if (filtered && !cohort_subset(&both[1], arena, &both[0], options->filter, error))
		goto done;
	*out_cohort = &both[filtered];
	done = true;
done:
	arena_close(scratch);
	return done;
}
