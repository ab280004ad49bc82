/* SPDX-License-Identifier: MIT */
/* Figures 1 and 8: one child over time, as known on the day. */
#include <stdlib.h>

#include "analysis/figures.h"
#include "analysis/measures.h"

static const struct shape placements_shape = {"placements",
	{{"from", COLUMN_DATE, NULL}, {"to", COLUMN_DATE, NULL},
		{"placement_type", COLUMN_CODE, NULL}, {"placement_group", COLUMN_CODE, NULL},
		{"placement_kind", COLUMN_CODE, NULL}, {"temporary", COLUMN_CODE, NULL}}};

static const struct shape costs_shape = {
	"costs", {{"from", COLUMN_DATE, NULL}, {"weekly_cost", COLUMN_NUMBER, "pounds a week"}}};

static const struct shape moves_shape = {"moves",
	{{"on", COLUMN_DATE, NULL}, {"from_kind", COLUMN_CODE, NULL},
		{"to_kind", COLUMN_CODE, NULL}, {"cost_before", COLUMN_NUMBER, "pounds a week"},
		{"cost_after", COLUMN_NUMBER, "pounds a week"}}};

/* Whose story, as known on which day. */
struct story {
	const struct history *history;
	const struct framework *framework;
	const struct grouping *groups, *kinds;
	const struct code_set *places;
	uint32_t child;
	int32_t day;
};

/* ---- assessments ---------------------------------------------------------------------------- */

static void assessment_columns(struct table *table, const struct framework *framework)
{
	table_column(table, "assessed_on", COLUMN_DATE, NULL);
	for (size_t d = 0; d < framework->domain_count; d++)
		table_column(table, framework->domains[d].key, COLUMN_INTEGER, "points");
	table_column(table, "total", COLUMN_INTEGER, "points");
	for (size_t b = 0; b < framework->band_count; b++)
		table_column(table, framework->bands[b].key, COLUMN_INTEGER, "domains");
}

static int64_t domains_in_band(
	const uint8_t *scores, const struct framework *framework, const struct band *band)
{
	int64_t count = 0;

	for (size_t d = 0; d < framework->domain_count; d++)
		count += scores[d] >= band->from && scores[d] <= band->to;
	return count;
}

static void assessment_row(struct table *table, const struct story *story, uint32_t assessment)
{
	const struct history_assessments *all = &story->history->assessments;
	const struct framework *framework = story->framework;
	size_t domains = framework->domain_count;

	table_row(table);
	table_set_date(table, 0, all->assessed_on[assessment]);
	for (size_t d = 0; d < domains; d++)
		table_set_integer(table, 1 + d, all->scores[assessment][d]);
	table_set_integer(table, 1 + domains, all->total[assessment]);
	for (size_t b = 0; b < framework->band_count; b++)
		table_set_integer(table, 2 + domains + b,
			domains_in_band(all->scores[assessment], framework, &framework->bands[b]));
}

/* Every completed one by the day; returns how many. */
static int64_t assessment_rows(struct result *result, const struct story *story)
{
	const struct history *history = story->history;
	struct table *table = result_table(result, "assessments");

	assessment_columns(table, story->framework);
	for (uint32_t a = history->first_assessment[story->child];
		a < history->first_assessment[story->child + 1] &&
		history->assessments.assessed_on[a] <= story->day;
		a++)
		assessment_row(table, story, a);
	return (int64_t)table->rows;
}

/* ---- placements ----------------------------------------------------------------------------- */

/* The last episode of a placement begun by the day; HISTORY_NONE when there is none. */
static uint32_t last_begun(const struct story *story, uint32_t placement)
{
	const struct history_placements *placements = &story->history->placements;
	uint32_t found = HISTORY_NONE;

	for (uint32_t e = placements->first_episode[placement];
		e <= placements->last_episode[placement]; e++)
		if (story->history->episodes.start[e] <= story->day)
			found = e;
	return found;
}

static bool is_temporary(const struct story *story, uint32_t placement)
{
	const struct history_placements *placements = &story->history->placements;

	for (uint32_t e = placements->first_episode[placement];
		e <= placements->last_episode[placement]; e++) {
		int16_t place = story->history->episodes.place[e];

		if (place < 0 || !story->history->schema->place_temporary[place])
			return false;
	}
	return true;
}

static void placement_row(
	struct table *table, const struct story *story, uint32_t placement, uint32_t episode)
{
	const struct history_episodes *episodes = &story->history->episodes;
	int32_t end = story->history->placements.end[placement];

	table_row(table);
	table_set_date(table, 0, story->history->placements.start[placement]);
	if (end <= story->day)
		table_set_date(table, 1, end); /* one after the day is not known on it */
	if (episodes->place[episode] >= 0)
		table_set_text(table, 2, story->places->codes[episodes->place[episode]].code);
	table_set_string(table, 3, story->groups->codes[episodes->group[episode]]);
	table_set_string(table, 4, story->kinds->codes[episodes->kind[episode]]);
	table_set_string(table, 5, is_temporary(story, placement) ? "yes" : "no");
}

static void placement_rows(struct result *result, const struct story *story)
{
	const struct history *history = story->history;
	struct table *table = shape_table(result, &placements_shape);

	for (uint32_t p = history->first_placement[story->child];
		p < history->first_placement[story->child + 1]; p++) {
		uint32_t episode = last_begun(story, p);

		if (episode != HISTORY_NONE)
			placement_row(table, story, p, episode);
	}
}

/* ---- costs ---------------------------------------------------------------------------------- */

static int day_compare(const void *a, const void *b)
{
	int32_t one = *(const int32_t *)a, other = *(const int32_t *)b;

	return (one > other) - (one < other);
}

/* The days by the day of the story on which a cost line begins or ends, ascending. */
static size_t turning_days(const struct story *story, int32_t *days)
{
	const struct history *history = story->history;
	size_t count = 0;

	for (uint32_t c = history->first_cost[story->child];
		c < history->first_cost[story->child + 1]; c++) {
		if (history->costs.from[c] <= story->day)
			days[count++] = history->costs.from[c];
		if (history->costs.to[c] != DATE_MISSING && history->costs.to[c] <= story->day)
			days[count++] = history->costs.to[c];
	}
	if (count > 1)
		qsort(days, count, sizeof *days, day_compare);
	return count;
}

/* A row for each change of the weekly cost, to unknown too. */
static bool cost_rows(struct result *result, const struct story *story)
{
	const struct history *history = story->history;
	size_t lines = history->first_cost[story->child + 1] - history->first_cost[story->child];
	int32_t *days = arena_take_raw(result->arena, 2 * lines, sizeof *days);
	struct table *table = shape_table(result, &costs_shape);
	int64_t before = MONEY_MISSING;
	size_t count;

	if (!days)
		return false;
	count = turning_days(story, days);
	for (size_t i = 0; i < count; i++) {
		int64_t now = history_cost_on(history, story->child, days[i]);

		if (now == before)
			continue;
		table_row(table);
		table_set_date(table, 0, days[i]);
		table_set_number(table, 1, pounds(now));
		before = now;
	}
	return true;
}

/* ---- moves ---------------------------------------------------------------------------------- */

static void move_row(
	struct table *table, const struct story *story, uint32_t before, uint32_t first)
{
	const struct history_episodes *episodes = &story->history->episodes;
	int32_t on = episodes->start[first];

	table_row(table);
	table_set_date(table, 0, on);
	table_set_string(table, 1, story->kinds->codes[episodes->kind[before]]);
	table_set_string(table, 2, story->kinds->codes[episodes->kind[first]]);
	table_set_number(table, 3, pounds(history_cost_on(story->history, story->child, on - 1)));
	table_set_number(table, 4, pounds(history_cost_on(story->history, story->child, on)));
}

/* Whether two episodes are of one period of care. Periods that overlap may begin on one day: one
 * that starts with the episode before it, and not at its end, begins a period of its own. */
static bool same_period(const struct history_episodes *episodes, uint32_t one, uint32_t other)
{
	for (uint32_t e = one + 1; e <= other; e++)
		if (episodes->period_start[e] != episodes->period_start[one] ||
			(episodes->start[e] == episodes->start[e - 1] &&
				episodes->end[e - 1] != episodes->start[e]))
			return false;
	return true;
}

/*
 * A move is the start of a placement that is not temporary after another such of the same period of
 * care. Temporary ones between are passed over; coming back from one to the same home is no move.
 */
static int64_t move_rows(struct result *result, const struct story *story)
{
	const struct history *history = story->history;
	const struct history_episodes *episodes = &history->episodes;
	struct table *table = shape_table(result, &moves_shape);
	uint32_t before = HISTORY_NONE;
	bool away = false;

	for (uint32_t p = history->first_placement[story->child];
		p < history->first_placement[story->child + 1]; p++) {
		uint32_t first = history->placements.first_episode[p];
		uint32_t last = last_begun(story, p);

		if (last == HISTORY_NONE ||
			history->placements.end[p] == history->placements.start[p])
			continue;
		if (is_temporary(story, p)) {
			away = true;
			continue;
		}
		if (before != HISTORY_NONE && same_period(episodes, before, first) &&
			!(away && episodes->home[before] == episodes->home[first]))
			move_row(table, story, before, first);
		before = last;
		away = false;
	}
	return (int64_t)table->rows;
}

/* ---- the figures ---------------------------------------------------------------------------- */

/* From the first assessment to the latest. */
static struct statement_of *story_finding(struct result *result, const struct story *story)
{
	const struct table *table = result_find(result, "assessments");
	const struct column *totals = table ? table_find(table, "total") : NULL;
	int64_t first = 0, last = 0;
	const char *variant = "none";
	struct statement_of *finding;

	if (totals && table->rows > 0) {
		first = totals->integers[0];
		last = totals->integers[table->rows - 1];
		variant = first < last ? "rose" : first > last ? "fell" : "same";
		if (table->rows == 1)
			variant = "one";
	}
	finding = result_finding(result, variant);
	statement_number(finding, "first", FORMAT_COUNT, (double)first);
	statement_number(finding, "last", FORMAT_COUNT, (double)last);
	statement_number(finding, "highest", FORMAT_COUNT, story->framework->max_total);
	statement_number(finding, "assessments", FORMAT_COUNT, (double)result->n);
	return finding;
}

static bool story_of(
	struct story *out_story, const struct analysis_input *input, struct error *error)
{
	const struct cohort *cohort = input->cohort;

	if (input->params.child >= cohort->history->children)
		return error_set(error, ERROR_INPUT, "This figure is about one child: say which.");
	*out_story = (struct story){
		.history = cohort->history,
		.framework = cohort->framework,
		.groups = input_grouping(input, GROUPING_PLACEMENT_GROUP),
		.kinds = input_grouping(input, GROUPING_PLACEMENT_KIND),
		.places = schema_code_set(cohort->history->schema, "place"),
		.child = input->params.child,
		.day = cohort->as_at,
	};
	return true;
}

static bool over_time_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct story story;

	(void)analysis;
	if (!story_of(&story, input, error))
		return false;
	result->n = assessment_rows(result, &story);
	placement_rows(result, &story);
	if (!cost_rows(result, &story))
		return error_no_memory(error);
	if (!result_failed(result))
		story_finding(result, &story);
	return true;
}

static const char *moves_words(int64_t moves)
{
	if (moves == 0)
		return "no_moves";
	return moves == 1 ? "one_move" : "moves";
}

static bool child_story_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct story story;
	int64_t moves;

	if (!over_time_run(result, analysis, input, error) || !story_of(&story, input, error))
		return false;
	moves = move_rows(result, &story);
	statement_number(
		result_finding(result, moves_words(moves)), "moves", FORMAT_COUNT, (double)moves);
	statement_number(&result->finding, "assessments", FORMAT_COUNT, (double)result->n);
	return true;
}

const struct analysis figure_needs_over_time = {
	.id = "1",
	.name = "needs_over_time",
	.chart = "needs_over_time",
	.of_child = true,
	.run = over_time_run,
};

const struct analysis figure_child_story = {
	.id = "8",
	.name = "child_story",
	.chart = "child_story",
	.of_child = true,
	.run = child_story_run,
};
