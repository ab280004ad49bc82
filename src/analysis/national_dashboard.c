/* SPDX-License-Identifier: MIT */
/*
 * A4: the DfE's indicators from a council's own return, at the last 31 March on or before the day:
 * the children looked after then who pass the same filter.
 */
#include "analysis/figures.h"
#include "analysis/measures.h"

enum {
	MOVES_MANY = 3,
	STABLE_MONTHS = 30, /* in care for so long */
	STABLE_YEARS = 2,
	STABLE_BELOW_AGE = 16,
	MILES_FAR = 20,
	SDQ_CONCERN = 17,
};

static const struct shape indicators_shape = {
	"indicators", {{"indicator", COLUMN_CODE, NULL}, {"numerator", COLUMN_INTEGER, NULL},
			      {"denominator", COLUMN_INTEGER, "children"},
			      {"value", COLUMN_NUMBER, NULL}, {"unit", COLUMN_TEXT, NULL}}};

/* What a place code means to the indicators, as bits. */
enum place_bits {
	PLACE_FOSTERING = 1,
	PLACE_KINSHIP = 2,
	PLACE_SECURE_OR_HOME = 4,
	PLACE_SUPPORTED = 8,
	PLACE_ADOPTION = 16,
	PLACE_SAME_CARER = 32, /* placed for adoption with the foster carer the child was with */
	PLACE_TEMPORARY = 64,
};

struct count {
	int64_t numerator, denominator;
};

struct dashboard {
	const struct cohort *then;
	int32_t day, year_start;
	int32_t long_in_care, long_in_home; /* since this day or earlier */
	uint8_t *places;		    /* bits by code of the set "place" */
	struct count moves, stable, far, fostering, kinship, homes, supported, sdq, concern;
};

static const struct {
	const char *codes;
	enum place_bits bit;
} place_lists[] = {
	{"U1 U2 U3 U4 U5 U6", PLACE_FOSTERING},
	{"U1 U2 U3", PLACE_KINSHIP},
	{"K1 K2", PLACE_SECURE_OR_HOME},
	{"A3 A4 A5 A6", PLACE_ADOPTION},
	{"A3 A5", PLACE_SAME_CARER},
};

static void mark_places(uint8_t *places, const struct code_set *set, const char *codes, uint8_t bit)
{
	struct text rest = text_of(codes), code;

	while (text_split(&rest, ' ', &code)) {
		int found = code_set_find(set, code);

		if (found >= 0)
			places[found] |= bit;
	}
}

/* Supported is the placement_group of that name, whoever provides; the others are lists of codes.
 */
static bool dashboard_places(
	struct dashboard *dashboard, struct arena *arena, const struct analysis_input *input)
{
	const struct schema *schema = input->cohort->history->schema;
	const struct code_set *set = schema_code_set(schema, "place");
	int supported =
		grouping_find(input_grouping(input, GROUPING_PLACEMENT_GROUP), TEXT("supported"));

	dashboard->places = arena_take(arena, schema->place_count, 1);
	if (!dashboard->places)
		return false;
	for (size_t i = 0; i < sizeof place_lists / sizeof *place_lists; i++)
		mark_places(
			dashboard->places, set, place_lists[i].codes, (uint8_t)place_lists[i].bit);
	for (size_t p = 0; p < schema->place_count; p++) {
		if (schema->place_temporary[p])
			dashboard->places[p] |= PLACE_TEMPORARY;
		if (schema_placement_group(schema, (int)p, -1) == supported)
			dashboard->places[p] |= PLACE_SUPPORTED;
	}
	return true;
}

static int place_bits(const struct dashboard *dashboard, uint32_t episode)
{
	int16_t place = dashboard->then->history->episodes.place[episode];

	return place < 0 ? 0 : dashboard->places[place];
}

/* Whether any episode of the placement begun by the day is neither temporary nor a change of status
 * with the same carer. */
static bool counts_as_placement(const struct dashboard *dashboard, uint32_t placement)
{
	const struct history *history = dashboard->then->history;
	uint32_t last = history->placements.last_episode[placement];

	for (uint32_t e = history->placements.first_episode[placement]; e <= last; e++)
		if (history->episodes.start[e] <= dashboard->day &&
			!(place_bits(dashboard, e) & (PLACE_TEMPORARY | PLACE_SAME_CARER)))
			return true;
	return false;
}

/* Placements of at least a day that were open on 1 April or started in the year. */
static int placements_of_year(const struct dashboard *dashboard, uint32_t child)
{
	const struct history *history = dashboard->then->history;
	int count = 0;

	for (uint32_t p = history->first_placement[child]; p < history->first_placement[child + 1];
		p++) {
		int32_t start = history->placements.start[p], end = history->placements.end[p];

		if (start > dashboard->day || end == start)
			continue;
		if (end != DATE_MISSING && end <= dashboard->year_start &&
			start < dashboard->year_start)
			continue;
		count += counts_as_placement(dashboard, p);
	}
	return count;
}

/* The same day of the month so many months on; a day that month lacks is the 1st of the next. */
static int32_t months_on(int32_t day, int months)
{
	struct date_parts parts = date_parts(day);
	int month = parts.month - 1 + months;

	parts.year += month / 12;
	parts.month = month % 12 + 1;
	if (!date_is_real(parts)) {
		parts.month++; /* never December, which has 31 days */
		parts.day = 1;
	}
	return date_from_parts(parts);
}

/* The last day that is at least so many months before `day`. */
static int32_t months_before(int32_t day, int months)
{
	int32_t since = day - 28 * months;

	while (months_on(since, months) > day)
		since--;
	return since;
}

/* The start of the placement; of one for adoption, of the placement it followed without a gap. */
static int32_t settled_since(const struct dashboard *dashboard, uint32_t child, uint32_t episode)
{
	const struct history *history = dashboard->then->history;
	const struct history_placements *placements = &history->placements;
	const int32_t *period = history->episodes.period_start;
	uint32_t now = history->episodes.placement[episode], before = now - 1;
	int32_t start = placements->start[now];

	if (!(place_bits(dashboard, episode) & PLACE_ADOPTION) ||
		now == history->first_placement[child])
		return start;
	if (placements->end[before] == start &&
		period[placements->last_episode[before]] == period[placements->first_episode[now]])
		return placements->start[before];
	return start;
}

static void count_stable(struct dashboard *dashboard, size_t member)
{
	const struct cohort *then = dashboard->then;
	uint32_t episode = then->episode[member];
	int32_t since = then->history->episodes.period_start[episode];

	if (then->age[member] < 0 || then->age[member] >= STABLE_BELOW_AGE ||
		since > dashboard->long_in_care)
		return;
	dashboard->stable.denominator++;
	since = settled_since(dashboard, then->child[member], episode);
	dashboard->stable.numerator += since <= dashboard->long_in_home;
}

static void count_sdq(struct dashboard *dashboard, uint32_t child)
{
	const struct history *history = dashboard->then->history;
	int year = date_collection_year(dashboard->day);

	for (uint32_t s = history->first_sdq[child]; s < history->first_sdq[child + 1]; s++) {
		if (history->sdq_year[s] != year)
			continue;
		dashboard->sdq.denominator++;
		dashboard->sdq.numerator += history->sdq_score[s];
		dashboard->concern.numerator += history->sdq_score[s] >= SDQ_CONCERN;
	}
	dashboard->concern.denominator = dashboard->sdq.denominator;
}

static void count_places(struct dashboard *dashboard, uint32_t episode)
{
	float miles = dashboard->then->history->episodes.distance_miles[episode];
	int bits = place_bits(dashboard, episode);

	dashboard->fostering.numerator += (bits & PLACE_FOSTERING) != 0;
	dashboard->kinship.numerator += (bits & PLACE_KINSHIP) != 0;
	dashboard->homes.numerator += (bits & PLACE_SECURE_OR_HOME) != 0;
	dashboard->supported.numerator += (bits & PLACE_SUPPORTED) != 0;
	if (!isnan(miles)) {
		dashboard->far.denominator++;
		dashboard->far.numerator += miles > MILES_FAR;
	}
}

static void dashboard_count(struct dashboard *dashboard)
{
	int64_t children = (int64_t)dashboard->then->count;

	for (size_t i = 0; i < dashboard->then->count; i++) {
		uint32_t child = dashboard->then->child[i];

		dashboard->moves.numerator += placements_of_year(dashboard, child) >= MOVES_MANY;
		count_stable(dashboard, i);
		count_places(dashboard, dashboard->then->episode[i]);
		count_sdq(dashboard, child);
	}
	dashboard->moves.denominator = children;
	dashboard->fostering.denominator = children;
	dashboard->kinship.denominator = children;
	dashboard->homes.denominator = children;
	dashboard->supported.denominator = children;
}

static void indicator_row(struct table *table, const char *indicator, const struct count *count)
{
	table_row(table);
	table_set_string(table, 0, indicator);
	table_set_integer(table, 1, count->numerator);
	table_set_integer(table, 2, count->denominator);
	table_set_number(table, 3, percent(count->numerator, count->denominator));
	table_set_string(table, 4, "percent");
}

static void dashboard_table(struct result *result, const struct dashboard *dashboard)
{
	struct table *table = shape_table(result, &indicators_shape);

	indicator_row(table, "placements_3plus", &dashboard->moves);
	indicator_row(table, "stable_2_years", &dashboard->stable);
	indicator_row(table, "over_20_miles", &dashboard->far);
	indicator_row(table, "foster_care", &dashboard->fostering);
	indicator_row(table, "kinship", &dashboard->kinship);
	indicator_row(table, "secure_and_childrens_homes", &dashboard->homes);
	indicator_row(table, "supported", &dashboard->supported);
	indicator_row(table, "sdq_mean", &dashboard->sdq);
	table_set_number(table, 3, ratio(dashboard->sdq.numerator, dashboard->sdq.denominator));
	table_set_string(table, 4, "points");
	indicator_row(table, "sdq_concern", &dashboard->concern);
}

static void dashboard_finding(struct result *result, const struct dashboard *dashboard)
{
	const char *variant = dashboard->stable.denominator ? "known" : "without_stable";
	char words[32];
	char *day = arena_string(result->arena, date_words(dashboard->day, words));
	struct statement_of *finding;

	if (!day)
		result->failed = true;
	finding = result_finding(result, dashboard->then->count ? variant : "nobody");
	statement_text(finding, "day", text_of(day));
	statement_number(finding, "moves", FORMAT_PERCENT,
		percent(dashboard->moves.numerator, dashboard->moves.denominator));
	statement_number(finding, "stable", FORMAT_PERCENT,
		percent(dashboard->stable.numerator, dashboard->stable.denominator));
	statement_number(finding, "children", FORMAT_COUNT, (double)dashboard->then->count);
	statement_text(result_note(result, "as_at_31_march"), "day", text_of(day));
}

/* The cohort of that 31 March: this one, when it is as at that day. */
static bool cohort_then(const struct cohort **out_then, struct arena *arena,
	const struct cohort *cohort, int32_t day, struct error *error)
{
	struct cohort_options options = {
		.as_at = day, .cap_pence = cohort->cap_pence, .filter = cohort->filter};

	*out_then = cohort;
	if (cohort->as_at == day)
		return true;
	return cohort_build(out_then, arena, cohort->history, &options, error);
}

static bool dashboard_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct dashboard dashboard = {.day = date_last_31_march(input->cohort->as_at)};

	(void)analysis;
	dashboard.year_start = date_add_years(dashboard.day, -1) + 1;
	dashboard.long_in_care = months_before(dashboard.day, STABLE_MONTHS);
	dashboard.long_in_home = months_before(dashboard.day, 12 * STABLE_YEARS);
	if (!cohort_then(&dashboard.then, result->arena, input->cohort, dashboard.day, error))
		return false;
	if (!dashboard_places(&dashboard, result->arena, input))
		return error_no_memory(error);
	dashboard_count(&dashboard);
	dashboard_table(result, &dashboard);
	result->n = input->tallies->all.assessed;
	dashboard_finding(result, &dashboard);
	return true;
}

const struct analysis figure_national_dashboard = {
	.id = "A4",
	.name = "national_dashboard",
	.chart = "national_dashboard",
	.run = dashboard_run,
};
