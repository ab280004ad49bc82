/* SPDX-License-Identifier: MIT */
#include "demo/assessments.h"

#include <math.h>

enum {
	FIRST_WEEKS = 24,  /* days until most children who just came are assessed */
	ENTRY_WITHIN = 45, /* days: an assessment so soon after coming is the first one */
	AFTER_A_MOVE = 35, /* days: so soon after a move it is about the move */
	ASSESSORS = 24,
	PARTIAL_DOMAINS = 3,
	A_FEW = 12, /* assessments in five years */
};

/* Spread of a year's change: what all domains share, and each by itself. */
static const double change_together = 0.45, change_alone = 0.55;

static void assessment_add(struct assessments *out, int32_t on, const char *reason)
{
	if (out->count < out->most)
		out->rows[out->count++] = (struct assessment){.on = on, .reason = reason};
}

/* The framework came in over the second year of the returns, child by child. */
static int32_t earliest_assessment(struct child *child, const struct cast *cast)
{
	int32_t introduced = cast->first_day + (int32_t)random_between(&child->random, 250, 640);

	return child->entered > introduced ? child->entered : introduced;
}

/* The day of the latest one, or a day before the earliest for a child who has none yet. */
static int32_t latest_assessment(struct child *child, int32_t earliest, int32_t end)
{
	int32_t since = end - child->entered;

	if (since < FIRST_WEEKS && random_chance(&child->random, 0.6))
		return earliest - 1;
	if (since < 60)
		return end - 1 - (int32_t)random_below(&child->random, (uint64_t)(since + 1) / 2);
	return end - 1 - (int32_t)random_between(&child->random, 3, since < 300 ? since / 2 : 270);
}

static bool near_a_move(const struct stays *stays, int32_t on)
{
	for (size_t i = 1; i < stays->count; i++)
		if (!stays->rows[i].temporary && !stays->rows[i].returning &&
			!stays->rows[i].same_carer && on >= stays->rows[i].from &&
			on < stays->rows[i].from + AFTER_A_MOVE)
			return true;
	return false;
}

static const char *reason_of(const struct child *child, const struct stays *stays, int32_t on)
{
	if (on < child->entered + ENTRY_WITHIN)
		return "entry";
	return near_a_move(stays, on) ? "placement_change" : "review";
}

/* Back from the latest in steps of about a year (of a quarter where there are many), to the
 * first weeks in care where that was after the framework came in. */
static void assessments_yearly(struct assessments *out, const struct stays *stays,
	struct child *child, int32_t earliest, int32_t latest)
{
	bool often = out->most > A_FEW;
	int32_t on = latest;

	while (on >= earliest && out->count < out->most - 2) {
		assessment_add(out, on, reason_of(child, stays, on));
		on -= (int32_t)random_between(&child->random, often ? 70 : 270, often ? 115 : 420);
	}
	if (child->entered == earliest && out->count &&
		out->rows[out->count - 1].on > earliest + 75)
		assessment_add(
			out, earliest + (int32_t)random_between(&child->random, 10, 40), "entry");
}

/* After a move that no yearly one is near: the team looks again. */
static void assessments_of_moves(struct assessments *out, const struct stays *stays,
	struct child *child, int32_t earliest, int32_t latest)
{
	for (size_t i = 1; i < stays->count; i++) {
		const struct stay *stay = &stays->rows[i];
		int32_t on = stay->from + (int32_t)random_between(&child->random, 7, 28);
		bool close = stay->temporary || stay->returning || stay->same_carer;

		for (size_t j = 0; j < out->count && !close; j++)
			close = on > out->rows[j].on - 90 && on < out->rows[j].on + 90;
		if (!close && on >= earliest && on < latest)
			assessment_add(out, on, "placement_change");
	}
}

static void assessments_sort(struct assessments *out)
{
	for (size_t i = 1; i < out->count; i++)
		for (size_t j = i; j > 0 && out->rows[j].on < out->rows[j - 1].on; j--) {
			struct assessment row = out->rows[j];

			out->rows[j] = out->rows[j - 1];
			out->rows[j - 1] = row;
		}
}

static const struct stay *stay_on(const struct stays *stays, int32_t day)
{
	size_t i = stays->count - 1;

	while (i > 0 && stays->rows[i].from > day)
		i--;
	return &stays->rows[i];
}

/* One step back in time: less of the kind's yearly change, and what else may have been different.
 */
static void points_before(double points[DOMAIN_COUNT], struct child *child, const struct cast *cast,
	const struct stay *stay, double years)
{
	double root = sqrt(years), together = change_together * random_normal(&child->random);
	double change = cast->parameters->kinds[stay->kind].change * years;

	for (size_t i = 0; i < DOMAIN_COUNT; i++)
		points[i] +=
			root * (together + change_alone * random_normal(&child->random)) - change;
}

/* A move stirs things up for a while, feelings above all; the latest one is left as it was dealt.
 */
static double stirred(const struct assessment *assessment, size_t domain)
{
	if (assessment->reason[0] != 'p')
		return 0;
	return domain < 3 ? 0.8 : 0.3;
}

/* A baby shows less of what an older child needs. */
static double grown(const struct child *child, int32_t on)
{
	int32_t days = on - child->born;

	return days >= 1000 ? 0 : -0.9 * (double)(1000 - days) / 1000;
}

static void assessments_score(struct assessments *out, const struct stays *stays,
	struct child *child, const struct cast *cast)
{
	double points[DOMAIN_COUNT], latest_grown = 0;

	for (size_t i = 0; i < DOMAIN_COUNT; i++)
		points[i] = child->points[i];
	for (size_t i = out->count; i-- > 0;) {
		struct assessment *row = &out->rows[i];
		bool latest = i + 1 == out->count;

		if (latest)
			latest_grown = grown(child, row->on);
		else
			points_before(points, child, cast, stay_on(stays, row->on),
				(double)(row[1].on - row->on) / 365.25);
		for (size_t domain = 0; domain < DOMAIN_COUNT; domain++)
			row->scores[domain] = (uint8_t)score_of(
				points[domain] +
				(latest ? 0
					: stirred(row, domain) + grown(child, row->on) -
							latest_grown));
		row->assessor = (int)random_below(&child->random, ASSESSORS);
	}
}

/* One begun after the latest and not finished: kept, and in no figure. */
static void assessment_begun(struct assessments *out, struct child *child, int32_t end)
{
	struct assessment *row;

	if (out->count == 0 || out->count == out->most || !random_chance(&child->random, 0.004) ||
		out->rows[out->count - 1].on >= end - 30)
		return;
	row = &out->rows[out->count];
	*row = out->rows[out->count - 1];
	row->on = end - (int32_t)random_between(&child->random, 1, 20);
	row->reason = "review";
	row->partial = true;
	out->count++;
}

void assessments_make(struct assessments *out_assessments, const struct stays *stays,
	struct child *child, const struct cast *cast)
{
	int32_t end = child->left == DATE_MISSING ? cast->options.as_at + 1 : child->left;
	int32_t earliest = earliest_assessment(child, cast);
	int32_t latest = latest_assessment(child, earliest, end);

	out_assessments->count = 0;
	out_assessments->most = cast->options.years > DEMO_YEARS ? ASSESSMENTS_MOST : A_FEW;
	if (child->story == STORY_SHORT_BREAKS)
		return;
	assessments_yearly(out_assessments, stays, child, earliest, latest);
	assessments_of_moves(out_assessments, stays, child, earliest, latest);
	assessments_sort(out_assessments);
	assessments_score(out_assessments, stays, child, cast);
	assessment_begun(out_assessments, child, end);
}
