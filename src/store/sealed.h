/* SPDX-License-Identifier: MIT */
/*
 * What identifies children, opened for those who build something from the record.
 *
 * The one rule: what is opened is in memory only, in the caller's arena; nothing here writes it
 * anywhere.
 */
#ifndef HEARTH_STORE_SEALED_H
#define HEARTH_STORE_SEALED_H

#include "store/store.h"

/* Dates of birth by the number that load_children gives. */
struct sealed_births {
	int64_t *values; /* ascending */
	int32_t *days;	 /* since 1970 */
	size_t count;
};
bool sealed_births_open(struct sealed_births *out_births, struct arena *arena, struct store *store,
	struct error *error) MUST_CHECK;

/* The day of a number, DATE_MISSING for 0. ERROR_INPUT when the record has no such value. `place`
 * is where the last one was found: 0 at first. */
bool sealed_births_day(const struct sealed_births *births, int64_t value, size_t *place,
	int32_t *out_day, struct error *error) MUST_CHECK;

/* The council's own ids, by ascending number of the child. */
struct sealed_ids {
	int64_t *children;
	struct text *ids;
	size_t count;
};
bool sealed_ids_open(struct sealed_ids *out_ids, struct arena *arena, struct store *store,
	struct error *error) MUST_CHECK;

/* Where the postcode directory knows both postcodes of an episode: metres of the national grid, in
 * order of the row's number. Without a directory there are none, and no postcode is opened. */
struct sealed_points {
	int64_t entry;
	int64_t home_easting, home_northing, placement_easting, placement_northing;
};
bool sealed_points_open(struct sealed_points **out_points, size_t *out_count, struct arena *arena,
	struct store *store, struct error *error) MUST_CHECK;

#endif
