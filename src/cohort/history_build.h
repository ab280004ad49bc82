/* SPDX-License-Identifier: MIT */
/*
 * From the record to a history, step by step; private to this folder.
 *
 * The one rule: children come first; every other step reads its rows, decides which of them count
 * and writes its own columns.
 */
#ifndef HEARTH_COHORT_HISTORY_BUILD_H
#define HEARTH_COHORT_HISTORY_BUILD_H

#include "cohort/intern.h"
#include "cohort/rows.h"
#include "store/sealed.h"

struct history_build {
	struct arena *arena;   /* of the history */
	struct arena *kept;    /* until all is built */
	struct arena *scratch; /* until a step is done */
	struct store *store;
	struct history history;
	uint32_t *child_of; /* [numbers]: into history, by the record's number of a child */
	size_t numbers;
	struct unit *imports; /* ascending; import and day */
	size_t import_count;
	int32_t latest_day;
	struct intern providers; /* names as they are recorded */
};

/* The steps, in this order. */
bool build_imports(struct history_build *build, struct error *error) MUST_CHECK;
bool build_children(struct history_build *build, struct error *error) MUST_CHECK;
bool build_episodes(struct history_build *build, struct error *error) MUST_CHECK;
bool build_assessments(struct history_build *build, struct error *error) MUST_CHECK;
bool build_costs(struct history_build *build, struct error *error) MUST_CHECK;
bool build_sdq(struct history_build *build, struct error *error) MUST_CHECK;
bool build_enquiries(struct history_build *build, struct error *error) MUST_CHECK;

/* Finds the ids of the children whom `rows` (of struct row; child: the record's number) name, and
 * gives each child its place. */
bool build_ids(
	struct history_build *build, const struct row_list *rows, struct error *error) MUST_CHECK;

/* The order of texts' bytes: out_order[k] is the place of the k-th. */
bool texts_sort(struct arena *scratch, struct text *texts, size_t count, uint32_t *out_order,
	struct error *error) MUST_CHECK;

/* Into history, HISTORY_NONE when no row names the child. */
static inline uint32_t build_child(const struct history_build *build, int64_t number)
{
	return number >= 0 && (uint64_t)number < build->numbers ? build->child_of[number]
								: HISTORY_NONE;
}

/* The unit with the day of its import. */
struct unit build_unit(const struct history_build *build, int64_t import, int64_t file, int year);

/* A day of an accepted row: the default date of figures is the latest that is not after the day of
 * its import. */
static inline void build_day(struct history_build *build, int32_t day, const struct unit *unit)
{
	if (day > build->latest_day && day <= unit->day)
		build->latest_day = day;
}

/* A code's number in a set as history keeps it: 255 for blank. */
uint8_t build_code(const struct code_set *set, struct text code);

/* The set of that name; ERROR_MISSING when the data dictionary has none. */
bool build_set(const struct history_build *build, const char *name, const struct code_set **out_set,
	struct error *error) MUST_CHECK;

/* A date of the present row, DATE_MISSING for blank. */
int32_t build_date(const struct store_cursor *cursor, int column);

/* Names of providers: what the texts and URNs of episodes stand for. */
struct provider_names {
	struct intern ids, urns;
	struct text *by_id;  /* [ids.count] */
	struct text *by_urn; /* [urns.count] */
};
bool build_provider_names(struct provider_names *out_names, struct history_build *build,
	struct error *error) MUST_CHECK;

/* One episode on its way. */
struct episode_row {
	struct row row; /* key: start, then rank of the unit */
	int32_t start, end;
	int16_t place, place_provider;
	char reason;	  /* RNE's letter, 0 for blank */
	bool short_break; /* V3, V4 */
	uint32_t urn;	  /* of build_episodes' interns; 0 for blank */
	uint32_t provider;
	float distance_miles;
};

struct episode_rows {
	struct row_list list;
	struct units units;
	struct intern urns, providers;
};

/* Reads load_episodes, with distances. */
bool read_episodes(
	struct episode_rows *out_rows, struct history_build *build, struct error *error) MUST_CHECK;

/* Numbers periods of care, placements and homes of the episodes in place. */
bool build_runs(struct history_build *build, const char *reasons, const uint32_t *urns,
	struct error *error) MUST_CHECK;

#endif
