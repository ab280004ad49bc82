/* SPDX-License-Identifier: MIT */
/*
 * Periods of care, placements and homes, as runs of a child's episodes (figures: "Terms").
 */
#include "base/date.h"
#include "cohort/history_build.h"

struct runs {
	const struct history *history;
	const char *reasons;
	const uint32_t *homes;
	int32_t *period_start;
	uint32_t *placement;
	/* placements, at most as many as episodes */
	int32_t *start, *end;
	uint32_t *first_episode, *last_episode;
	size_t placements;
};

/* Equal numbers for the same PLACE, PLACE_PROVIDER and URN; two blanks are the same. */
static bool homes_number(
	struct history_build *build, const uint32_t *urns, uint32_t *out_homes, struct error *error)
{
	const struct history_episodes *episodes = &build->history.episodes;
	struct intern homes = intern_in(build->scratch);
	size_t count = build->history.first_episode[build->history.children];

	for (size_t i = 0; i < count; i++) {
		struct {
			int16_t place, provider;
			uint32_t urn;
		} home = {episodes->place[i], episodes->place_provider[i], urns[i]};

		out_homes[i] =
			intern_number(&homes, (struct text){(const char *)&home, sizeof home});
	}
	return !homes.failed || error_no_memory(error);
}

static void placement_open(struct runs *runs, uint32_t episode)
{
	size_t placement = runs->placements++;

	runs->start[placement] = runs->history->episodes.start[episode];
	runs->first_episode[placement] = episode;
}

/* Whether an episode that follows the one before it at once is still the same placement: the same
 * home or carer by its reason, or by what is recorded of the home where it gives no reason. */
static bool same_placement(const struct runs *runs, uint32_t episode)
{
	char reason = runs->reasons[episode];

	if (reason == 0)
		return runs->homes[episode] == runs->homes[episode - 1];
	return reason == 'L' || reason == 'T' || reason == 'U';
}

static void runs_of_child(struct runs *runs, uint32_t first, uint32_t last)
{
	const struct history_episodes *episodes = &runs->history->episodes;

	for (uint32_t i = first; i < last; i++) {
		/* an end that is missing is no day that an episode can start on */
		bool follows = i > first && episodes->end[i - 1] == episodes->start[i];
		size_t placement;

		if (follows && runs->reasons[i] != 'S')
			runs->period_start[i] = runs->period_start[i - 1];
		else
			runs->period_start[i] = episodes->start[i];
		if (!follows || !same_placement(runs, i))
			placement_open(runs, i);
		placement = runs->placements - 1;
		runs->placement[i] = (uint32_t)placement;
		runs->end[placement] = episodes->end[i];
		runs->last_episode[placement] = i;
	}
}

static bool runs_take(struct runs *runs, struct history_build *build, size_t count,
	uint32_t **out_homes, uint32_t **out_first)
{
	struct arena *arena = build->arena;

	*out_homes = arena_take_raw(arena, count, sizeof **out_homes);
	*out_first = arena_take(arena, build->history.children + 1, sizeof **out_first);
	runs->period_start = arena_take_raw(arena, count, sizeof *runs->period_start);
	runs->placement = arena_take_raw(arena, count, sizeof *runs->placement);
	runs->start = arena_take_raw(arena, count, sizeof *runs->start);
	runs->end = arena_take_raw(arena, count, sizeof *runs->end);
	runs->first_episode = arena_take_raw(arena, count, sizeof *runs->first_episode);
	runs->last_episode = arena_take_raw(arena, count, sizeof *runs->last_episode);
	return *out_homes && *out_first && runs->period_start && runs->placement && runs->start &&
	       runs->end && runs->first_episode && runs->last_episode;
}

bool build_runs(
	struct history_build *build, const char *reasons, const uint32_t *urns, struct error *error)
{
	struct history *history = &build->history;
	const uint32_t *first_episode = history->first_episode;
	struct runs runs = {.history = history, .reasons = reasons};
	uint32_t *homes, *first;

	if (!runs_take(&runs, build, first_episode[history->children], &homes, &first))
		return error_no_memory(error);
	if (!homes_number(build, urns, homes, error))
		return false;
	runs.homes = homes;
	for (size_t c = 0; c < history->children; c++) {
		runs_of_child(&runs, first_episode[c], first_episode[c + 1]);
		first[c + 1] = (uint32_t)runs.placements;
	}
	history->episodes.period_start = runs.period_start;
	history->episodes.placement = runs.placement;
	history->episodes.home = homes;
	history->first_placement = first;
	history->placements = (struct history_placements){
		runs.start, runs.end, runs.first_episode, runs.last_episode};
	return true;
}
