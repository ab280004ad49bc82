/* SPDX-License-Identifier: MIT */
#include "demo/story.h"

/* A flag that nobody has noted yet for some; never for those it is known to be true of. */
static void row_noted(struct row *row, struct child *child, bool flag, double not_noted)
{
	if (!flag && random_chance(&child->random, not_noted))
		row_blank(row);
	else
		row_flag(row, flag);
}

static void child_write(struct files *files, struct child *child)
{
	struct row row = {.length = 0};

	row_string(&row, child->id);
	row_text(&row, files->cast->parameters->authorities[child->authority].name);
	row_string(&row, child->male ? "M" : "F");
	row_day(&row, child->born);
	row_text(&row, child->ethnicity->first);
	row_noted(&row, child, child->disabled, 0.008);
	row_noted(&row, child, child->ehcp, 0.012);
	row_noted(&row, child, child->excluded, 0.016);
	row_flag(&row, child->unaccompanied);
	files_native(files, &row, NATIVE_CHILDREN);
}

static void assessment_write(
	struct files *files, const struct child *child, const struct assessment *assessment)
{
	struct row row = {.length = 0};
	char assessor[ID_SIZE];

	snprintf(assessor, sizeof assessor, "DEMO-SW-%zu%02d", child->authority + 1,
		assessment->assessor);
	row_string(&row, child->id);
	row_day(&row, assessment->on);
	row_string(&row, assessment->reason);
	row_string(&row, assessor);
	for (size_t i = 0; i < DOMAIN_COUNT; i++)
		if (assessment->partial && i >= DOMAIN_COUNT - 3)
			row_blank(&row);
		else
			row_number(&row, assessment->scores[i]);
	row_string(&row, "valuing-care-13");
	files_native(files, &row, NATIVE_ASSESSMENTS);
}

static void cost_write(struct files *files, const struct child *child, const struct cost_line *line)
{
	struct row row = {.length = 0};

	row_string(&row, child->id);
	row_day(&row, line->from);
	row_day(&row, line->to);
	row_pounds(&row, line->pence);
	row_text(&row, line->element);
	row_text(&row, line->paid_by);
	files_native(files, &row, NATIVE_COSTS);
}

void natives_write(struct files *files, struct story_of_child *story)
{
	child_write(files, &story->child);
	for (size_t i = 0; i < story->assessments.count; i++)
		assessment_write(files, &story->child, &story->assessments.rows[i]);
	for (size_t i = 0; i < story->costs.count; i++)
		cost_write(files, &story->child, &story->costs.rows[i]);
}
