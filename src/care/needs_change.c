/* SPDX-License-Identifier: MIT */
#include "care/needs_change.h"

size_t needs_band(const struct framework *framework, int score)
{
	size_t band = 0;

	while (band < framework->band_count &&
		(score < framework->bands[band].from || score > framework->bands[band].to))
		band++;
	return band;
}

/* Falls in need before rises, the greater before the smaller. */
static bool comes_before(const struct needs_change *one, const struct needs_change *other)
{
	int a = one->to - one->from, b = other->to - other->from;

	if ((a < 0) != (b < 0))
		return a < 0;
	return a < 0 ? a < b : a > b;
}

static void insert(struct needs_changes *changes, struct needs_change change)
{
	size_t at = changes->count++;

	for (; at > 0 && comes_before(&change, &changes->changes[at - 1]); at--)
		changes->changes[at] = changes->changes[at - 1];
	changes->changes[at] = change;
	if (change.to < change.from)
		changes->first_rise++;
}

void needs_changes(const struct assessment *assessment, struct needs_changes *out_changes)
{
	const struct framework *framework = assessment->head.framework;

	*out_changes = (struct needs_changes){0};
	for (size_t i = 0; i < framework->domain_count; i++) {
		const struct assessment_domain *domain = &assessment->domains[i];
		int from = domain->before.score, to = domain->score;

		if (from == SCORE_BLANK || to == SCORE_BLANK)
			continue;
		out_changes->compared++;
		if (from == to)
			out_changes->same++;
		else
			insert(out_changes,
				(struct needs_change){i, from, to, needs_band(framework, from),
					needs_band(framework, to), domain->before.assessed_on});
	}
}
