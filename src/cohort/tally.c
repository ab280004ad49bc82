/* SPDX-License-Identifier: MIT */
#include "cohort/tally.h"

#include "base/parallel.h"
#include "cohort/tally_cells.h"

enum { TALLY_STRIPES = 8, SEX_NOT_RECORDED = 2 };

struct tally_run {
	struct tally_layout layout;
	struct tally_stripe stripes[TALLY_STRIPES];
};

static void tally_stripe_run(void *context, size_t chunk, size_t first, size_t count)
{
	struct tally_run *run = context;

	tally_stripe_add(&run->stripes[chunk], &run->layout, first, count);
}

/* Adds the cells of one family to the groupings that span it. */
static void unfold(struct tallies *tallies, const struct tally_layout *layout, int family,
	const struct tally *cells)
{
	const enum grouping_id *axes = tally_axes[family];

	for (size_t i = 0; i < layout->sizes[family]; i++) {
		size_t a = i / layout->steps[family][0];
		size_t b = i % layout->steps[family][0] / layout->steps[family][1];
		size_t c = i % layout->steps[family][1];

		if (cells[i].members == 0)
			continue;
		tally_merge(&tallies->by[axes[0]].groups[a], &cells[i]);
		tally_merge(&tallies->by[axes[1]].groups[b], &cells[i]);
		tally_merge(&tallies->by[axes[2]].groups[c], &cells[i]);
		if (axes[2] == GROUPING_SEX) {
			size_t sex = c < SEX_NOT_RECORDED ? c : SEX_NOT_RECORDED;

			tally_merge(&tallies->all, &cells[i]);
			tally_merge(&tallies->sex_within_age_band[a][sex], &cells[i]);
			tally_merge(&tallies->sex_within_age[b][sex], &cells[i]);
		}
	}
}

/* Children with each score; who is assessed and has no other score has 0. */
static void unfold_scores(struct tallies *tallies, const struct tally_run *run, size_t stripes)
{
	const struct framework *framework = run->layout.cohort->framework;

	for (size_t d = 0; d < framework->domain_count; d++) {
		int64_t rest = tallies->all.assessed;

		for (int score = 1; score <= framework->score_max; score++) {
			int64_t count = 0;

			for (size_t s = 0; s < stripes; s++)
				count += run->stripes[s].score_counts[score][d];
			tallies->score_counts[d][score] = count;
			rest -= count;
		}
		tallies->score_counts[d][0] = rest;
	}
}

static bool tally_run_open(
	struct tally_run *run, struct arena *arena, const struct cohort *cohort, size_t stripes)
{
	tally_layout_open(&run->layout, cohort);
	for (size_t s = 0; s < stripes; s++)
		if (!tally_stripe_take(&run->stripes[s], arena, &run->layout))
			return false;
	return true;
}

bool tally_cohort(struct tallies **out_tallies, struct arena *arena, const struct cohort *cohort,
	struct error *error)
{
	size_t size = parallel_chunks(cohort->count, TALLY_STRIPES);
	size_t stripes = size ? parallel_chunks(cohort->count, size) : 0;
	struct tallies *tallies = arena_take(arena, 1, sizeof *tallies);
	struct arena *scratch = arena_open();
	struct tally_run run;
	bool done = false;

	if (!tallies || !scratch || !tally_run_open(&run, scratch, cohort, stripes)) {
		error_no_memory(error);
		goto done;
	}
	if (stripes > 0)
		parallel_for(cohort->count, size, tally_stripe_run, &run);
	for (size_t s = 1; s < stripes; s++)
		for (size_t i = 0; i < run.layout.cells; i++)
			if (run.stripes[s].sums[i].members)
				tally_merge(&run.stripes[0].sums[i], &run.stripes[s].sums[i]);
	for (int f = 0; f < TALLY_FAMILIES && stripes > 0; f++)
		unfold(tallies, &run.layout, f, run.stripes[0].sums + run.layout.first[f]);
	unfold_scores(tallies, &run, stripes);
	*out_tallies = tallies;
	done = true;
done:
	arena_close(scratch);
	return done;
}

void tally_part(struct tally_group *out_group, const struct cohort *cohort, const uint8_t *keep,
	enum grouping_id grouping)
{
	const uint8_t *groups = cohort->groups[grouping];

	*out_group = (struct tally_group){.groups = {{.members = 0}}};
	for (size_t i = 0; i < cohort->count; i++)
		if (!keep || keep[i])
			tally_member(&out_group->groups[groups[i]], cohort, i);
}
