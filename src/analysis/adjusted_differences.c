/* SPDX-License-Identifier: MIT */
/*
 * A1: which differences remain at equal age, sex and placement.
 *
 * Least squares of the total on columns of 0 and 1. Equal rows are counted first, as cells of
 * (grouping, and those it is adjusted for), so that the sums are exact and the fit is small.
 */
#include "analysis/figures.h"
#include "analysis/measures.h"
#include "numeric/least_squares.h"

enum { BASE_SIDES = 3, SIDES_MOST = BASE_SIDES + 1, REFERENCE = -1, ABSENT = -2 };

#define BASE_NONE UINT16_MAX

struct combination {
	int64_t n, sum, squares;
};

/* What all are adjusted for, in one number for each member: BASE_NONE for a child who is not
 * assessed or whose age, sex or placement is not recorded. */
struct base {
	const struct grouping *by[BASE_SIDES];
	uint16_t *of;
	size_t count;
};

/* A grouping and those it is adjusted for, and the children in every combination of their groups.
 */
struct cells {
	const struct base *base;
	size_t sides;
	const struct grouping *by[SIDES_MOST]; /* the grouping itself first */
	size_t base_side[SIDES_MOST];	       /* of the others: which of the base */
	struct combination *cells;	       /* [base][group] */
	size_t count;
	int64_t n[SIDES_MOST][GROUPS_MOST];  /* children used, by side and group */
	int column[SIDES_MOST][GROUPS_MOST]; /* of the fit; REFERENCE or ABSENT */
	size_t columns;
	int reference; /* group of side 0; -1 for none */
};

static const enum grouping_id base_groupings[BASE_SIDES] = {
	GROUPING_AGE_BAND, GROUPING_SEX, GROUPING_PLACEMENT_GROUP};

static const enum grouping_id adjusted_groupings[] = {GROUPING_AGE_BAND, GROUPING_TIME_BAND,
	GROUPING_PLACEMENT_GROUP, GROUPING_PLACEMENT_KIND, GROUPING_DISABILITY,
	GROUPING_ETHNIC_GROUP, GROUPING_EHCP, GROUPING_EXCLUDED};
enum { ADJUSTED_COUNT = sizeof adjusted_groupings / sizeof *adjusted_groupings };

static const struct shape adjusted_shape = {
	"adjusted", {{"grouping", COLUMN_CODE, NULL}, {"group", COLUMN_CODE, NULL},
			    {"reference", COLUMN_CODE, NULL}, {"n", COLUMN_INTEGER, "children"},
			    {"difference", COLUMN_NUMBER, "points"},
			    {"low", COLUMN_NUMBER, "points"}, {"high", COLUMN_NUMBER, "points"}}};

static bool within_residential(enum grouping_id id)
{
	return id == GROUPING_PLACEMENT_KIND;
}

static bool base_fill(struct base *base, struct arena *arena, const struct analysis_input *input)
{
	const struct cohort *cohort = input->cohort;
	const uint8_t *groups[BASE_SIDES];

	base->of = arena_take_raw(arena, cohort->count, sizeof *base->of);
	if (!base->of)
		return false;
	base->count = 1;
	for (size_t s = 0; s < BASE_SIDES; s++) {
		base->by[s] = input_grouping(input, base_groupings[s]);
		base->count *= base->by[s]->count;
		groups[s] = cohort->groups[base_groupings[s]];
	}
	for (size_t i = 0; i < cohort->count; i++) {
		bool used = cohort->total[i] != TOTAL_MISSING;
		size_t number = 0;

		for (size_t s = 0; s < BASE_SIDES; s++) {
			used = used && groups[s][i] < base->by[s]->count;
			number = number * base->by[s]->count + groups[s][i];
		}
		base->of[i] = used ? (uint16_t)number : BASE_NONE;
	}
	return true;
}

static void cells_sides(struct cells *cells, const struct base *base,
	const struct analysis_input *input, enum grouping_id id)
{
	*cells = (struct cells){.base = base, .sides = 1, .columns = 1, .reference = -1};
	cells->by[0] = input_grouping(input, id);
	cells->count = base->count * cells->by[0]->count;
	for (size_t s = 0; s < BASE_SIDES; s++) {
		bool one_home =
			base_groupings[s] == GROUPING_PLACEMENT_GROUP && within_residential(id);

		if (base_groupings[s] == id || one_home)
			continue;
		cells->base_side[cells->sides] = s;
		cells->by[cells->sides++] = base->by[s];
	}
}

/* `homes`: of a group's parent, or -1 for every group. */
static bool cells_fill(struct cells *cells, struct arena *arena, const struct cohort *cohort,
	enum grouping_id id, int homes)
{
	const struct grouping *grouping = cells->by[0];
	const uint8_t *group = cohort->groups[id];
	const uint16_t *base = cells->base->of;

	cells->cells = arena_take(arena, cells->count, sizeof *cells->cells);
	if (!cells->cells)
		return false;
	for (size_t i = 0; i < cohort->count; i++) {
		int64_t total = cohort->total[i];
		struct combination *cell;

		if (base[i] == BASE_NONE || group[i] >= grouping->count ||
			(homes >= 0 && grouping->parent[group[i]] != homes))
			continue;
		cell = &cells->cells[base[i] * (size_t)grouping->count + group[i]];
		cell->n++;
		cell->sum += total;
		cell->squares += total * total;
	}
	return true;
}

/* The groups of a cell, by side. */
static void cell_groups(const struct cells *cells, size_t cell, size_t groups[SIDES_MOST])
{
	size_t base = cell / cells->by[0]->count, parts[BASE_SIDES];

	for (size_t s = BASE_SIDES; s-- > 0;) {
		parts[s] = base % cells->base->by[s]->count;
		base /= cells->base->by[s]->count;
	}
	groups[0] = cell % cells->by[0]->count;
	for (size_t s = 1; s < cells->sides; s++)
		groups[s] = parts[cells->base_side[s]];
}

static void cells_count(struct cells *cells)
{
	size_t groups[SIDES_MOST];

	for (size_t c = 0; c < cells->count; c++) {
		cell_groups(cells, c, groups);
		for (size_t s = 0; s < cells->sides; s++)
			cells->n[s][groups[s]] += cells->cells[c].n;
	}
}

/* The first that occurs stands for the side, "no" for a flag; every other one has a column. */
static void cells_columns(struct cells *cells)
{
	int no = grouping_find(cells->by[0], TEXT("no"));

	for (size_t s = 0; s < cells->sides; s++) {
		bool stood = false;

		for (int g = 0; g < cells->by[s]->count; g++) {
			bool flag = s == 0 && no >= 0;
			bool stands = flag ? g == no : !stood && cells->n[s][g] > 0;

			if (stands && s == 0)
				cells->reference = g;
			stood = stood || stands;
			if (cells->n[s][g] == 0)
				cells->column[s][g] = ABSENT;
			else
				cells->column[s][g] = stands ? REFERENCE : (int)cells->columns++;
		}
	}
}

static void cells_fit(const struct cells *cells, struct gram *gram, struct least_squares *fit)
{
	size_t groups[SIDES_MOST];

	gram_open(gram, cells->columns);
	for (size_t c = 0; c < cells->count; c++) {
		const struct combination *cell = &cells->cells[c];
		struct moments y = {cell->n, cell->sum, cell->squares};
		int64_t row[LEAST_SQUARES_COLUMNS] = {1};

		if (cell->n == 0)
			continue;
		cell_groups(cells, c, groups);
		for (size_t s = 0; s < cells->sides; s++)
			if (cells->column[s][groups[s]] > 0)
				row[cells->column[s][groups[s]]] = 1;
		gram_add_cell(gram, row, &y);
	}
	least_squares_whole(gram, fit);
}

/* What is told at the end: how many differences there are, and the largest that is clear. */
struct told {
	int64_t all, clear;
	struct estimate largest;
	const struct grouping *grouping;
	size_t group, reference;
};

static void told_of(
	struct told *told, const struct cells *cells, size_t group, const struct estimate *found)
{
	if (isnan(found->low))
		return;
	told->all++;
	if (found->low <= 0 && found->high >= 0)
		return;
	told->clear++;
	if (told->clear > 1 && fabs(found->value) <= fabs(told->largest.value))
		return;
	told->largest = *found;
	told->grouping = cells->by[0];
	told->group = group;
	told->reference = (size_t)cells->reference;
}

static void adjusted_row(
	struct table *table, const struct cells *cells, size_t group, const struct estimate *found)
{
	table_row(table);
	table_set_string(table, 0, cells->by[0]->name);
	table_set_string(table, 1, cells->by[0]->codes[group]);
	if (cells->reference >= 0)
		table_set_string(table, 2, cells->by[0]->codes[cells->reference]);
	table_set_integer(table, 3, cells->n[0][group]);
	table_set_number(table, 4, found->value);
	table_set_number(table, 5, found->low);
	table_set_number(table, 6, found->high);
}

/* Each stated group but the reference; null where nobody is in it or nobody stands against it. */
static void adjusted_rows(struct table *table, const struct cells *cells,
	const struct least_squares *fit, int homes, struct told *told)
{
	bool fitted = cells->reference >= 0 && cells->n[0][cells->reference] > 0 &&
		      cells->columns <= LEAST_SQUARES_COLUMNS;

	for (size_t g = 0; g < cells->by[0]->count; g++) {
		struct estimate found = {(double)NAN, (double)NAN, (double)NAN};
		int column = cells->column[0][g];

		if ((int)g == cells->reference || (homes >= 0 && cells->by[0]->parent[g] != homes))
			continue;
		if (fitted && column > 0)
			found = (struct estimate){
				fit->coefficient[column], fit->low[column], fit->high[column]};
		adjusted_row(table, cells, g, &found);
		told_of(told, cells, g, &found);
	}
}

/* Children with any of the groupings, or sex, not recorded. */
static int64_t not_recorded(const struct analysis_input *input)
{
	const struct cohort *cohort = input->cohort;
	int64_t count = 0;

	for (size_t i = 0; i < cohort->count; i++) {
		bool missing = cohort->groups[GROUPING_SEX][i] ==
			       input_grouping(input, GROUPING_SEX)->count;

		for (size_t g = 0; g < ADJUSTED_COUNT && !missing; g++)
			missing = cohort->groups[adjusted_groupings[g]][i] ==
				  input_grouping(input, adjusted_groupings[g])->count;
		count += missing;
	}
	return count;
}

static void adjusted_finding(struct result *result, const struct told *told)
{
	const char *variant = "nobody";
	struct statement_of *finding;

	if (result->n > 0)
		variant = told->all == 0 ? "few" : "none";
	if (told->clear > 0)
		variant = told->clear == 1 ? "one" : "several";
	finding = result_finding(result, variant);
	statement_number(finding, "clear", FORMAT_COUNT, (double)told->clear);
	statement_number(finding, "all", FORMAT_COUNT, (double)told->all);
	if (told->grouping) {
		const struct grouping *grouping = told->grouping;

		statement_text(finding, "grouping", text_of(grouping->label));
		statement_code(finding, "group", grouping->name, grouping->codes[told->group]);
		statement_code(
			finding, "reference", grouping->name, grouping->codes[told->reference]);
	}
	statement_estimate(finding, &told->largest, FORMAT_ONE);
	statement_number(finding, "n", FORMAT_COUNT, (double)result->n);
}

static bool adjusted_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	struct gram *gram = arena_take_raw(result->arena, 1, sizeof *gram);
	struct least_squares *fit = arena_take_raw(result->arena, 1, sizeof *fit);
	int residential = input_group(input, GROUPING_PLACEMENT_GROUP, "residential");
	struct table *table = shape_table(result, &adjusted_shape);
	struct told told = {0};
	struct base base;

	(void)analysis;
	if (!gram || !fit || !base_fill(&base, result->arena, input))
		return error_no_memory(error);
	for (size_t g = 0; g < ADJUSTED_COUNT; g++) {
		int homes = within_residential(adjusted_groupings[g]) ? residential : -1;
		struct cells cells;

		cells_sides(&cells, &base, input, adjusted_groupings[g]);
		if (!cells_fill(&cells, result->arena, input->cohort, adjusted_groupings[g], homes))
			return error_no_memory(error);
		cells_count(&cells);
		cells_columns(&cells);
		if (cells.columns <= LEAST_SQUARES_COLUMNS)
			cells_fit(&cells, gram, fit);
		adjusted_rows(table, &cells, fit, homes, &told);
	}
	result->n = input->tallies->all.assessed;
	missing_of(result, USES_ASSESSMENT, &input->tallies->all, not_recorded(input));
	adjusted_finding(result, &told);
	result_note(result, "adjusted_leaves_out");
	statement_number(
		result_note(result, "many_comparisons"), "all", FORMAT_COUNT, (double)told.all);
	return true;
}

const struct analysis figure_adjusted_differences = {
	.id = "A1",
	.name = "adjusted_differences",
	.chart = "adjusted_differences",
	.run = adjusted_run,
};
