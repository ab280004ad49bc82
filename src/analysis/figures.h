/* SPDX-License-Identifier: MIT */
/* Every figure, by the name of its file or of its declaration in profile.c; see registry.c. */
#ifndef HEARTH_ANALYSIS_FIGURES_H
#define HEARTH_ANALYSIS_FIGURES_H

#include "analysis/analysis.h"

extern const struct analysis figure_summary;
extern const struct analysis figure_need_against_cost;
extern const struct analysis figure_spend_concentration;
extern const struct analysis figure_cost_bands;
extern const struct analysis figure_cost_cap;
extern const struct analysis figure_residential_kinds;
extern const struct analysis figure_need_by_cost;
extern const struct analysis figure_severe_needs;
extern const struct analysis figure_without_severe_need;
extern const struct analysis figure_fostering_kinds;
extern const struct analysis figure_carer_pipeline;
extern const struct analysis figure_prevalence;
extern const struct analysis figure_complexity;
extern const struct analysis figure_need_by_age;
extern const struct analysis figure_need_by_time_in_care;
extern const struct analysis figure_need_by_placement;
extern const struct analysis figure_need_in_residential;
extern const struct analysis figure_need_by_disability;
extern const struct analysis figure_disability_by_placement;
extern const struct analysis figure_need_by_ethnicity;
extern const struct analysis figure_ethnicity_by_age;
extern const struct analysis figure_ethnicity_by_sex;
extern const struct analysis figure_need_by_sex_and_age;
extern const struct analysis figure_need_by_ehcp;
extern const struct analysis figure_need_by_exclusion;
extern const struct analysis figure_adjusted_differences;
extern const struct analysis figure_change_in_need;
extern const struct analysis figure_expected_cost;
extern const struct analysis figure_national_dashboard;
extern const struct analysis figure_needs_over_time;
extern const struct analysis figure_child_story;

#endif
