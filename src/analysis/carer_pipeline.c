/* SPDX-License-Identifier: MIT */
/*
 * Figure 10: how enquiries to foster fare, as at the day.
 *
 * A row of the pipeline is one stage of one enquiry. It counts from the day it was entered; days
 * and outcomes count from the day it was left.
 */
#include <stdlib.h>

#include "analysis/figures.h"
#include "analysis/measures.h"

static const struct shape stages_shape = {"stages",
	{{"stage", COLUMN_CODE, NULL}, {"reached", COLUMN_INTEGER, "enquiries"},
		{"now", COLUMN_INTEGER, "enquiries"}, {"median_days", COLUMN_NUMBER, "days"}}};

static const struct shape outcomes_shape = {
	"outcomes", {{"stage", COLUMN_CODE, NULL}, {"outcome", COLUMN_CODE, NULL},
			    {"reason", COLUMN_TEXT, NULL}, {"n", COLUMN_INTEGER, "enquiries"}}};

/* One ended stage of an enquiry, and in the end how many like it. */
struct outcome {
	uint8_t stage, outcome;
	struct text reason;
	int64_t n;
};

static bool has_begun(
	const struct history_enquiries *rows, size_t i, const struct code_set *stages, int32_t day)
{
	return rows->stage[i] < stages->count && rows->entered[i] != DATE_MISSING &&
	       rows->entered[i] <= day;
}

static bool has_left(const struct history_enquiries *rows, size_t i, int32_t day)
{
	return rows->left[i] != DATE_MISSING && rows->left[i] <= day;
}

static int64_t stage_row(struct table *table, const struct history_enquiries *rows,
	const struct code_set *stages, size_t stage, int32_t day, int64_t *days)
{
	int64_t reached = 0;
	size_t left = 0;

	for (size_t i = 0; i < rows->count; i++) {
		if (!has_begun(rows, i, stages, day) || rows->stage[i] != stage)
			continue;
		reached++;
		if (has_left(rows, i, day))
			days[left++] = (int64_t)rows->left[i] - rows->entered[i];
	}
	table_row(table);
	table_set_text(table, 0, stages->codes[stage].code);
	table_set_integer(table, 1, reached);
	table_set_integer(table, 2, reached - (int64_t)left);
	table_set_number(table, 3, median_of(days, left, 1));
	return reached;
}

/* By stage, outcome and reason; no reason comes last. */
static int outcome_compare(const void *a, const void *b)
{
	const struct outcome *one = a, *other = b;

	if (one->stage != other->stage)
		return one->stage < other->stage ? -1 : 1;
	if (one->outcome != other->outcome)
		return one->outcome < other->outcome ? -1 : 1;
	if ((one->reason.length == 0) != (other->reason.length == 0))
		return one->reason.length ? -1 : 1;
	return text_compare(one->reason, other->reason);
}

static size_t list_outcomes(struct outcome *list, const struct history_enquiries *rows,
	const struct code_set *stages, const struct code_set *outcomes, int32_t day)
{
	size_t count = 0, kinds = 0;

	for (size_t i = 0; i < rows->count; i++)
		if (has_begun(rows, i, stages, day) && rows->outcome[i] < outcomes->count &&
			(rows->left[i] == DATE_MISSING || rows->left[i] <= day))
			list[count++] = (struct outcome){
				rows->stage[i], rows->outcome[i], rows->reason[i], 1};
	if (count > 1)
		qsort(list, count, sizeof *list, outcome_compare);
	for (size_t i = 0; i < count; i++) {
		if (kinds > 0 && outcome_compare(&list[kinds - 1], &list[i]) == 0)
			list[kinds - 1].n++;
		else
			list[kinds++] = list[i];
	}
	return kinds;
}

static void outcome_rows(struct table *table, const struct outcome *list, size_t count,
	const struct code_set *stages, const struct code_set *outcomes)
{
	for (size_t i = 0; i < count; i++) {
		table_row(table);
		table_set_text(table, 0, stages->codes[list[i].stage].code);
		table_set_text(table, 1, outcomes->codes[list[i].outcome].code);
		if (list[i].reason.length > 0)
			table_set_text(table, 2, list[i].reason);
		table_set_integer(table, 3, list[i].n);
	}
}

static void pipeline_finding(struct result *result, int64_t enquiries, int64_t approved)
{
	struct statement_of *finding =
		result_finding(result, enquiries == 0 && approved == 0 ? "nobody" : "known");

	statement_number(finding, "enquiries", FORMAT_COUNT, (double)enquiries);
	statement_number(finding, "approved", FORMAT_COUNT, (double)approved);
	statement_number(finding, "percent", FORMAT_PERCENT, percent(approved, enquiries));
}

static bool pipeline_run(struct result *result, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error)
{
	const struct history *history = input->cohort->history;
	const struct history_enquiries *rows = &history->enquiries;
	const struct code_set *stages = schema_code_set(history->schema, "stage");
	const struct code_set *outcomes = schema_code_set(history->schema, "outcome");
	struct table *stage_table = shape_table(result, &stages_shape);
	struct table *outcome_table = shape_table(result, &outcomes_shape);
	struct outcome *list = arena_take_raw(result->arena, rows->count, sizeof *list);
	int64_t *days = arena_take_raw(result->arena, rows->count, sizeof *days);
	int64_t reached = 0, first = 0;
	size_t kinds;

	(void)analysis;
	if (!list || !days)
		return error_no_memory(error);
	for (size_t stage = 0; stage < stages->count; stage++) {
		reached = stage_row(stage_table, rows, stages, stage, input->cohort->as_at, days);
		if (stage == 0)
			first = reached;
	}
	kinds = list_outcomes(list, rows, stages, outcomes, input->cohort->as_at);
	outcome_rows(outcome_table, list, kinds, stages, outcomes);
	result->n = input->tallies->all.assessed;
	pipeline_finding(result, first, reached);
	result_note(result, "not_of_children");
	return true;
}

const struct analysis figure_carer_pipeline = {
	.id = "10",
	.name = "carer_pipeline",
	.chart = "carer_pipeline",
	.run = pipeline_run,
};
