/* SPDX-License-Identifier: MIT */
#include "analysis/measures.h"

#include <assert.h>

#include "numeric/proportion.h"

struct table *shape_table(struct result *result, const struct shape *shape)
{
	struct table *table = result_table(result, shape->name);

	for (size_t i = 0; i < SHAPE_COLUMNS_MOST && shape->columns[i].name && !table->failed; i++)
		table_column(table, shape->columns[i].name, shape->columns[i].type,
			shape->columns[i].unit);
	return table;
}

const struct grouping *input_grouping(const struct analysis_input *input, enum grouping_id id)
{
	return &input->cohort->history->schema->groupings[id];
}

uint8_t input_group(const struct analysis_input *input, enum grouping_id id, const char *code)
{
	int found = grouping_find(input_grouping(input, id), text_of(code));

	assert(found >= 0); /* schema_open saw to it */
	return (uint8_t)found;
}

double percent_against(int64_t sum, int64_t n, int64_t other_sum, int64_t other_n)
{
	numeric_wide base = (numeric_wide)other_sum * n;

	if (n == 0 || other_n == 0)
		return (double)NAN;
	return ratio(((numeric_wide)sum * other_n - base) * 100, base);
}

void missing_of(struct result *result, int uses, const struct tally *base, int64_t group)
{
	if (uses & USES_ASSESSMENT)
		result->missing_assessment = base->members - base->assessed;
	if (uses & USES_COST)
		result->missing_cost = base->members - base->costed;
	result->missing_group = group;
}

void profile_columns(struct result *result, struct table *table, const struct framework *framework)
{
	table_column(table, "n", COLUMN_INTEGER, "children");
	table_column(table, "mean_total", COLUMN_NUMBER, "points");
	for (size_t d = 0; d < framework->domain_count && !table->failed; d++) {
		const char *name =
			arena_format(result->arena, "mean_%s", framework->domains[d].key);

		if (!name)
			result->failed = true;
		table_column(table, name ? name : "", COLUMN_NUMBER, "points");
	}
	table_column(table, "n_costed", COLUMN_INTEGER, "children");
	table_column(table, "mean_weekly_cost", COLUMN_NUMBER, "pounds a week");
}

void profile_cells(struct table *table, size_t first, const struct tally *tally,
	const struct framework *framework)
{
	size_t after = first + 2 + framework->domain_count;

	table_set_integer(table, first, tally->assessed);
	table_set_number(table, first + 1, tally_mean_total(tally));
	for (size_t d = 0; d < framework->domain_count; d++)
		table_set_number(table, first + 2 + d, ratio(tally->scores[d], tally->assessed));
	table_set_integer(table, after, tally->costed);
	table_set_number(table, after + 1, tally_mean_cost(tally));
}

const char *direction(const struct estimate *difference)
{
	if (isnan(difference->low) || isnan(difference->high))
		return "few";
	if (difference->low > 0)
		return "higher";
	return difference->high < 0 ? "lower" : "unclear";
}

struct estimate estimate_turned(const struct estimate *estimate)
{
	return (struct estimate){-estimate->value, -estimate->high, -estimate->low};
}

void statement_estimate(
	struct statement_of *statement, const struct estimate *estimate, enum value_format format)
{
	bool below = estimate->value < 0;

	statement_number(statement, "difference", format, estimate->value);
	statement_number(statement, "low", format, estimate->low);
	statement_number(statement, "high", format, estimate->high);
	statement_number(statement, "size", format, fabs(estimate->value));
	statement_number(statement, "size_low", format, below ? -estimate->high : estimate->low);
	statement_number(statement, "size_high", format, below ? -estimate->low : estimate->high);
}

struct estimate difference_of_percents(int64_t count, int64_t n, int64_t other, int64_t other_n)
{
	struct estimate a = wilson(count, n), b = wilson(other, other_n);
	double value = a.value - b.value;

	return (struct estimate){value, value - hypot(a.value - a.low, b.high - b.value),
		value + hypot(a.high - a.value, b.value - b.low)};
}
