/* SPDX-License-Identifier: MIT */
#include "demo/child.h"

#include "demo/deck.h"

/* Streams of the seed: one for each use, so that changing one leaves the others alone. */
enum { STREAM_HOMES = 11, STREAM_OWNERS = 12 };

static const int band_from[BAND_COUNT + 1] = {0, 12, 17, AGE_COUNT};

static double band_share(const struct kind_parameters *kind, size_t band)
{
	double inside = 0, whole = 0;

	for (int age = 0; age < AGE_COUNT; age++) {
		whole += kind->ages[age];
		if (age >= band_from[band] && age < band_from[band + 1])
			inside += kind->ages[age];
	}
	return inside / whole;
}

static double cell_share(const struct parameters *parameters, size_t cell)
{
	size_t kind = cell / (BAND_COUNT * 4), band = cell / 4 % BAND_COUNT;
	const struct profile_parameters *profile = &parameters->profiles[kind][band];

	return parameters->kinds[kind].children * band_share(&parameters->kinds[kind], band) *
	       (cell / 2 % 2 ? profile->male : 1 - profile->male) *
	       (cell % 2 ? profile->disabled : 1 - profile->disabled);
}

/* Cumulative sums are rounded, so that every run of cells is right to within one child. */
static void cast_cells(struct cast *cast)
{
	double whole = 0, below = 0;

	for (size_t cell = 0; cell < CELL_COUNT; cell++)
		whole += cell_share(cast->parameters, cell);
	for (size_t cell = 0; cell < CELL_COUNT; cell++) {
		below += cell_share(cast->parameters, cell);
		cast->cell_end[cell] =
			(uint64_t)(below / whole * (double)cast->children + 0.5 - 1e-9);
		if ((cell + 1) % (BAND_COUNT * 4) == 0)
			cast->kind_start[cell / (BAND_COUNT * 4) + 1] = cast->cell_end[cell];
	}
	cast->cell_end[CELL_COUNT - 1] = cast->kind_start[KIND_COUNT] = cast->children;
}

/* As many as left in the years: in England about 37 a year for 100 in care. The published figures
 * look at who is there, so the population of five years has only as many as show the files. */
static uint64_t leavers_of(const struct demo_options *options)
{
	uint64_t children = (uint64_t)options->children;

	return options->years == DEMO_YEARS ? children / 2
					    : children * (uint64_t)options->years * 37 / 100;
}

struct cast cast_make(const struct parameters *parameters, const struct demo_options *options)
{
	struct cast cast = {.parameters = parameters, .options = *options};
	int year = date_collection_year(options->as_at);

	cast.children = (uint64_t)options->children;
	cast.leavers = leavers_of(options);
	cast.short_breaks = cast.children / 100;
	cast.first_day = date_from_parts((struct date_parts){year - options->years, 4, 1});
	cast_cells(&cast);
	return cast;
}

uint64_t cast_size(const struct cast *cast)
{
	return cast->children + cast->leavers + cast->short_breaks;
}

uint64_t home_count(const struct cast *cast, enum kind kind)
{
	uint64_t children = cast->kind_start[kind + 1] - cast->kind_start[kind];

	return children / HOME_BLOCK + 1;
}

size_t home_authority(const struct cast *cast, uint64_t home)
{
	double weights[AUTHORITY_COUNT];

	for (size_t i = 0; i < AUTHORITY_COUNT; i++)
		weights[i] = cast->parameters->authorities[i].children;
	return deck_choose(
		weights, AUTHORITY_COUNT, deck_even(cast->options.seed + STREAM_HOMES, 0, home));
}

size_t home_provider(const struct cast *cast, uint64_t home)
{
	return provider_choose(
		cast, KIND_PRIVATE_HOME, deck_even(cast->options.seed + STREAM_OWNERS, 1, home));
}

size_t provider_choose(const struct cast *cast, enum kind kind, double share)
{
	const struct providers *providers = &cast->parameters->providers;
	double whole = 0, below = 0;

	for (size_t i = 0; i < providers->count; i++)
		if (providers->rows[i].kind == kind)
			whole += providers->rows[i].weight;
	for (size_t i = 0; i < providers->count; i++) {
		if (providers->rows[i].kind != kind)
			continue;
		below += providers->rows[i].weight;
		if (share * whole < below)
			return i;
	}
	return providers->count;
}
