/* SPDX-License-Identifier: MIT */
#include "analysis/figures.h"

/* In the order of a report. A new figure is one file and one line here. */
const struct analysis *const analysis_registry[] = {
	&figure_summary,
	&figure_need_against_cost,
	&figure_spend_concentration,
	&figure_cost_bands,
	&figure_cost_cap,
	&figure_residential_kinds,
	&figure_need_by_cost,
	&figure_severe_needs,
	&figure_without_severe_need,
	&figure_fostering_kinds,
	&figure_carer_pipeline,
	&figure_prevalence,
	&figure_complexity,
	&figure_need_by_age,
	&figure_need_by_time_in_care,
	&figure_need_by_placement,
	&figure_need_in_residential,
	&figure_need_by_disability,
	&figure_disability_by_placement,
	&figure_need_by_ethnicity,
	&figure_ethnicity_by_age,
	&figure_ethnicity_by_sex,
	&figure_need_by_sex_and_age,
	&figure_need_by_ehcp,
	&figure_need_by_exclusion,
	&figure_adjusted_differences,
	&figure_change_in_need,
	&figure_expected_cost,
	&figure_national_dashboard,
	&figure_needs_over_time,
	&figure_child_story,
};

const size_t analysis_count = sizeof analysis_registry / sizeof *analysis_registry;

const struct analysis *analysis_find(struct text id)
{
	for (size_t i = 0; i < analysis_count; i++)
		if (text_same_letters(id, text_of(analysis_registry[i]->id)))
			return analysis_registry[i];
	return NULL;
}

size_t analysis_list(bool of_child, const struct analysis **out_list)
{
	size_t count = 0;

	for (size_t i = 0; i < analysis_count; i++)
		if (analysis_registry[i]->of_child == of_child)
			out_list[count++] = analysis_registry[i];
	return count;
}
