/* SPDX-License-Identifier: MIT */
#include "demo/demo.h"

#include "demo/story.h"

/* Collection years of the day as at: the code sets of the five returns up to it are known. */
enum { FIRST_YEAR = 2023, LAST_YEAR = 2090 };

struct demo_options demo_defaults(void)
{
	return (struct demo_options){.seed = 1,
		.children = 3528,
		.as_at = date_from_parts((struct date_parts){2023, 3, 31}),
		.years = DEMO_YEARS};
}

static bool options_fit(const struct demo_options *options, struct error *error)
{
	if (!options->folder || !*options->folder)
		return error_set(error, ERROR_INPUT, "name the folder to write to");
	if (options->children < 0 || options->children > DEMO_CHILDREN_MOST)
		return error_set(error, ERROR_INPUT, "the number of children is 0 to %d",
			DEMO_CHILDREN_MOST);
	if (options->years < DEMO_YEARS || options->years > DEMO_YEARS_MOST)
		return error_set(error, ERROR_INPUT, "the number of years is %d to %d", DEMO_YEARS,
			DEMO_YEARS_MOST);
	if (options->as_at < date_from_parts((struct date_parts){FIRST_YEAR - 1, 4, 1}) ||
		options->as_at > date_from_parts((struct date_parts){LAST_YEAR, 3, 31}))
		return error_set(error, ERROR_INPUT,
			"the day as at lies from 1 April %d to 31 March %d", FIRST_YEAR - 1,
			LAST_YEAR);
	return true;
}

static void children_write(struct files *files)
{
	struct story_of_child story;

	for (uint64_t number = 0; number < cast_size(files->cast) && !files->failed; number++) {
		child_make(&story.child, files->cast, number);
		stays_make(&story.stays, &story.child, files->cast);
		episodes_make(&story.episodes, &story.stays, &story.child, files->cast);
		assessments_make(&story.assessments, &story.stays, &story.child, files->cast);
		costs_make(&story.costs, &story.stays, &story.child, files->cast);
		natives_write(files, &story);
		returns_write(files, &story);
	}
}

static bool population_write(const struct parameters *parameters,
	const struct demo_options *options, struct error *error)
{
	struct cast cast = cast_make(parameters, options);
	struct files files;

	if (!files_open(&files, &cast, error))
		return false;
	providers_write(&files);
	homes_write(&files);
	enquiries_write(&files);
	children_write(&files);
	return files_close(&files);
}

bool demo_write(const struct demo_options *options, struct error *error)
{
	struct parameters parameters;
	struct arena *arena;
	bool done;

	if (!options_fit(options, error))
		return false;
	arena = arena_open();
	if (!arena)
		return error_no_memory(error);
	done = parameters_read(arena, &parameters, error) &&
	       population_write(&parameters, options, error);
	arena_close(arena);
	return done;
}
