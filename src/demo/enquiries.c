/* SPDX-License-Identifier: MIT */
#include "demo/story.h"

#include "demo/deck.h"

enum {
	STREAM_ENQUIRIES = 41,
	ENQUIRY_PER_CHILDREN = 8,
	LOOK_BACK_DAYS = 1000,
	HUDDLES_SINCE_DAYS = 420, /* before then there were no huddles */
};

/* How one stage of one enquiry went. */
struct step {
	int32_t entered, left;
	const char *outcome;
	struct text reason;
	int32_t huddle_on;
	struct text note;
};

/* Between half and double the stage's median, more often near it. */
static int32_t step_days(struct random *random, double median)
{
	double spread = (random_uniform(random) + random_uniform(random)) / 2;

	return (int32_t)(median * (0.5 + spread * 1.2)) + 1;
}

/* A huddle lets some assessments go on that would have ended early. */
static double go_on_chance(const struct stage *stage, bool huddle)
{
	return huddle ? stage->go_on + (1 - stage->go_on) * 0.5 : stage->go_on;
}

static struct text stop_reason(
	const struct parameters *parameters, struct random *random, const char *outcome)
{
	double weights[16];
	size_t count = parameters->stops.count < 16 ? parameters->stops.count : 16;

	for (size_t i = 0; i < count; i++)
		weights[i] = text_is(parameters->stops.rows[i].second, outcome)
				     ? parameters->stops.rows[i].weight
				     : 0;
	return parameters->stops.rows[random_weighted(random, weights, count)].first;
}

/* Fills the step; true when the enquiry goes on to the next stage. */
static bool step_make(
	struct step *step, const struct cast *cast, size_t number, struct random *random)
{
	const struct parameters *parameters = cast->parameters;
	const struct stage *stage = &parameters->stages[number];
	bool huddle = step->entered > cast->options.as_at - HUDDLES_SINCE_DAYS &&
		      random_chance(random, stage->huddle);
	bool go_on = random_chance(random, go_on_chance(stage, huddle));
	int32_t days = step_days(random, stage->days * (huddle ? 0.85 : 1));

	step->left = step->entered + days;
	step->outcome = go_on					 ? "continued"
			: random_chance(random, stage->withdraw) ? "withdrew"
								 : "ended_by_service";
	step->reason = go_on ? TEXT("") : stop_reason(parameters, random, step->outcome);
	step->huddle_on = huddle ? step->entered + days / 2 : DATE_MISSING;
	step->note =
		huddle ? parameters->notes.rows[random_below(random, parameters->notes.count)].first
		       : TEXT("");
	return go_on;
}

/* What had not happened on the day as at is not in the files. */
static void step_as_at(struct step *step, int32_t day, bool last_stage)
{
	if (last_stage) {
		step->left = DATE_MISSING;
		step->outcome = "approved";
	} else if (step->left > day) {
		step->left = DATE_MISSING;
		step->outcome = "";
		step->reason = TEXT("");
	}
	if (step->huddle_on > day) {
		step->huddle_on = DATE_MISSING;
		step->note = TEXT("");
	}
}

static void step_write(
	struct files *files, uint64_t enquiry, const struct step *step, struct text stage)
{
	struct row row = {.length = 0};
	char id[ID_SIZE];

	snprintf(id, sizeof id, "DEMO-E%06llu", (unsigned long long)enquiry + 1);
	row_string(&row, id);
	row_text(&row, stage);
	row_day(&row, step->entered);
	row_day(&row, step->left);
	row_string(&row, step->outcome);
	row_text(&row, step->reason);
	row_day(&row, step->huddle_on);
	row_text(&row, step->note);
	files_native(files, &row, NATIVE_ENQUIRIES);
}

static void enquiry_write(struct files *files, uint64_t number)
{
	const struct cast *cast = files->cast;
	struct random random;
	int32_t entered;
	bool goes_on = true;

	random_seed_item(&random, deck_mix(cast->options.seed + STREAM_ENQUIRIES), number);
	entered = cast->options.as_at - (int32_t)random_below(&random, LOOK_BACK_DAYS);
	for (size_t stage = 0; stage < STAGE_COUNT && goes_on; stage++) {
		struct step step = {.entered = entered, .huddle_on = DATE_MISSING};

		goes_on = step_make(&step, cast, stage, &random);
		entered = step.left;
		goes_on = goes_on && entered <= cast->options.as_at;
		step_as_at(&step, cast->options.as_at, stage + 1 == STAGE_COUNT);
		step_write(files, number, &step, cast->parameters->stages[stage].name);
	}
}

void enquiries_write(struct files *files)
{
	for (uint64_t i = 0; i < files->cast->children / ENQUIRY_PER_CHILDREN; i++)
		enquiry_write(files, i);
}
