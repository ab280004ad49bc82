/* SPDX-License-Identifier: MIT */
/* Reading episodes, with the distance from home to placement. */
#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "cohort/history_build.h"

/* A distance worked out from the postcodes of an episode. */
struct distance {
	int64_t entry;
	double miles;
};

static const double not_computable = 999.9; /* the DfE's mark in this column */

static int distance_compare(const void *a, const void *b)
{
	const struct distance *one = a, *other = b;

	return one->entry < other->entry ? -1 : one->entry > other->entry;
}

/* Straight line on the national grid, to a tenth of a mile: the DfE's formula (domain of SSDA903,
 * PL_DISTANCE): sqrt(dE^2 + dN^2) / 1000 / 1.6093. */
static double grid_miles(double east, double north)
{
	double miles = sqrt(east * east + north * north) / 1000 / 1.6093;

	return rint(miles * 10) / 10;
}

static bool distances_read(
	struct row_list *out_distances, struct history_build *build, struct error *error)
{
	struct row_list list = {.arena = build->scratch, .size = sizeof(struct distance)};
	struct sealed_points *points;
	size_t count;

	if (!sealed_points_open(&points, &count, build->scratch, build->store, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct distance *distance = row_add(&list);

		if (!distance)
			return error_no_memory(error);
		distance->entry = points[i].entry;
		distance->miles =
			grid_miles((double)(points[i].home_easting - points[i].placement_easting),
				(double)(points[i].home_northing - points[i].placement_northing));
	}
	*out_distances = list;
	return true;
}

/* As recorded, else from postcodes, else not known. */
static float episode_distance(const struct store_cursor *cursor, const struct row_list *distances)
{
	struct distance wanted = {.entry = store_integer(cursor, 0)}, *found = NULL;

	if (!store_is_null(cursor, 15)) {
		double miles = store_number(cursor, 15);

		return fabs(miles - not_computable) < 0.05 ? NAN : (float)miles;
	}
	if (distances->count > 0)
		found = bsearch(&wanted, distances->rows, distances->count, distances->size,
			distance_compare);
	return found ? (float)found->miles : NAN;
}

/* The letter of a reason for a new episode, 0 for blank, ? for one the rules do not speak of. */
static char reason_letter(struct text reason)
{
	if (reason.length == 0)
		return 0;
	return reason.length == 1 ? reason.data[0] : '?';
}

static int16_t place_code(const struct code_set *set, struct text code)
{
	return code.length ? (int16_t)code_set_find(set, code) : -1;
}

struct episode_sets {
	const struct code_set *place, *place_provider;
};

static bool episode_read(struct episode_rows *rows, struct history_build *build,
	const struct store_cursor *cursor, const struct episode_sets *sets,
	const struct row_list *distances, struct error *error)
{
	struct episode_row *episode = row_add(&rows->list);
	int year = store_integer(cursor, 2) ? (int)store_integer(cursor, 6) : UNIT_NATIVE;
	struct unit unit =
		build_unit(build, store_integer(cursor, 3), store_integer(cursor, 4), year);
	struct text legal_status = store_text(cursor, 10);

	if (!episode)
		return error_no_memory(error);
	episode->row.child = build_child(build, store_integer(cursor, 1));
	episode->row.unit = unit_number(&rows->units, &unit);
	episode->start = build_date(cursor, 7);
	episode->end = build_date(cursor, 8);
	episode->reason = reason_letter(store_text(cursor, 9));
	episode->short_break = text_is(legal_status, "V3") || text_is(legal_status, "V4");
	episode->place = place_code(sets->place, store_text(cursor, 11));
	episode->place_provider = place_code(sets->place_provider, store_text(cursor, 12));
	episode->urn = intern_number(&rows->urns, store_text(cursor, 13));
	episode->provider = intern_number(&rows->providers, store_text(cursor, 14));
	episode->distance_miles = episode_distance(cursor, distances);
	if (episode->row.child != HISTORY_NONE)
		build_day(build, episode->start, &unit);
	return episode->row.unit != UINT32_MAX || error_no_memory(error);
}

bool read_episodes(struct episode_rows *out_rows, struct history_build *build, struct error *error)
{
	struct episode_rows rows = {
		.list = {.arena = build->scratch, .size = sizeof(struct episode_row)},
		.units = {.arena = build->scratch},
		.urns = intern_in(build->scratch),
		.providers = intern_in(build->scratch),
	};
	struct row_list distances = {.count = 0};
	struct store_cursor *cursor;
	struct episode_sets sets;
	bool row;

	if (!build_set(build, "place", &sets.place, error) ||
		!build_set(build, "place_provider", &sets.place_provider, error) ||
		!distances_read(&distances, build, error) ||
		!store_query(build->store, "load_episodes", &cursor, error))
		return false;
	while (true) {
		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			break;
		if (!episode_read(&rows, build, cursor, &sets, &distances, error))
			return false;
	}
	if (rows.urns.failed || rows.providers.failed)
		return error_no_memory(error);
	*out_rows = rows;
	return units_rank(&rows.units, error);
}
