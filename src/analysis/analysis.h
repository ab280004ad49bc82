/* SPDX-License-Identifier: MIT */
/*
 * Figures: a cohort and parameters in, a result out.
 *
 * The one rule: pure. No SQL, HTML, clock, environment or randomness, so that a result can be
 * cached by cohort, id and parameters, and figures can run side by side.
 */
#ifndef HEARTH_ANALYSIS_ANALYSIS_H
#define HEARTH_ANALYSIS_ANALYSIS_H

#include "analysis/result.h"
#include "cohort/tally.h"

struct analysis_params {
	int64_t cap_pounds; /* figures 3a and 5: 5000 by default */
	int64_t national;   /* 3a: children in care in the nation, 83,840 by default */
	int threshold;	/* 9: the high-need box begins at this total; -1 for the mean of residential
			 */
	uint32_t child; /* 1 and 8: into the history; HISTORY_NONE otherwise */
};

/* What a figure may look at. The tallies are of the cohort and of everyone on that day. */
struct analysis_input {
	const struct cohort *cohort;
	const struct tallies *tallies;
	const struct tallies *everyone;
	struct analysis_params params;
};

struct analysis {
	const char *id;	      /* "2a" */
	const char *name;     /* "spend_concentration": texts, chart and file names go by it */
	const char *chart;    /* of charts/, or NULL */
	const char *grouping; /* of a profile; NULL otherwise */
	bool of_child;	      /* figures 1 and 8: for one child, in no report */
	bool (*run)(struct result *result, const struct analysis *analysis,
		const struct analysis_input *input, struct error *error);
};

/* All of them in the order of a report: the one list of figures in the program. */
extern const struct analysis *const analysis_registry[];
extern const size_t analysis_count;

/* NULL when there is none of that id. */
const struct analysis *analysis_find(struct text id);

struct analysis_params analysis_defaults(void);

/* Makes input ready: tallies of the cohort and of everyone, with `under` and `over` of cost_side as
 * the cap of the parameters divides them. */
bool analysis_prepare(struct analysis_input *out_input, struct arena *arena,
	const struct cohort *cohort, const struct analysis_params *params,
	struct error *error) MUST_CHECK;

/* Runs one figure; the result lives in `arena`. */
bool analysis_run(struct result **out_result, struct arena *arena, const struct analysis *analysis,
	const struct analysis_input *input, struct error *error) MUST_CHECK;

/* Many results, each in an arena of its own, so that figures run side by side. */
struct analysis_results {
	size_t count;
	struct result **results; /* in the order of the list */
	struct arena **arenas;	 /* closed by analysis_results_close */
};

/* Runs the listed figures on several threads, with the same results for any number of them; the
 * error is that of the first in the list that failed. After success or failure (then empty) call
 * analysis_results_close. */
bool analysis_run_all(struct analysis_results *out_results, struct arena *arena,
	const struct analysis *const *list, size_t count, const struct analysis_input *input,
	struct error *error) MUST_CHECK;
void analysis_results_close(struct analysis_results *results);

/* The figures of a report (of_child false) or of one child, in order; all of them from the
 * registry. `out_list` has room for analysis_count. Returns how many. */
size_t analysis_list(bool of_child, const struct analysis **out_list);

#endif
