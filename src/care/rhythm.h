/* SPDX-License-Identifier: MIT */
/*
 * When the next assessment is due, by the council's own rhythm (data/rhythm/default.csv).
 *
 * The one rule: a pure function of days. Each step is counted from the one before as it was done,
 * as reviews are by regulation 33 of SI 2010/959: the first from entering care, the second from the
 * first, and so on; a move asks for one of its own unless one was done since.
 */
#ifndef HEARTH_CARE_RHYTHM_H
#define HEARTH_CARE_RHYTHM_H

#include "care/working_day.h"

enum rhythm_unit { RHYTHM_WORKING_DAYS, RHYTHM_DAYS, RHYTHM_MONTHS };
struct rhythm_step {
	int amount; /* 0: nothing is asked for */
	enum rhythm_unit unit;
};

struct rhythm {
	struct rhythm_step entry, second, later, move;
	int soon_days; /* due within so many days is "soon" */
	const struct bank_holidays *holidays;
};

/* Reads data/rhythm/ (the council's `folder` in place of ours, NULL for none). */
bool rhythm_load(struct rhythm *out_rhythm, struct arena *arena, const char *folder,
	struct error *error) MUST_CHECK;

/* What is known of a child on a day. */
struct rhythm_child {
	int64_t child;
	int32_t entered;      /* start of the period of care; DATE_MISSING: not looked after */
	const int32_t *moves; /* starts of later placements in it, ascending */
	size_t move_count;
	const int32_t *assessed; /* days of completed assessments, ascending; those before `entered`
				    do not count */
	size_t assessed_count;
};

enum rhythm_cause { RHYTHM_ENTRY, RHYTHM_SECOND, RHYTHM_LATER, RHYTHM_MOVE };
enum rhythm_state { RHYTHM_NOT_DUE, RHYTHM_LATER_ON, RHYTHM_SOON, RHYTHM_OVERDUE };

struct rhythm_due {
	int64_t child;
	enum rhythm_state state; /* NOT_DUE: not looked after, or the rhythm asks for none */
	enum rhythm_cause cause; /* why; the earlier of two */
	int32_t since;		 /* entry, move or the assessment it is counted from */
	int32_t due;		 /* the last day in time */
	int days;		 /* until then; below 0: overdue */
	int32_t last;		 /* day of the last assessment in this care; DATE_MISSING: none */
};

/* As it stands on `day`: what is dated after it is not known yet. Due on the day is not overdue. */
struct rhythm_due rhythm_due(
	const struct rhythm *rhythm, const struct rhythm_child *child, int32_t day);

struct rhythm_list {
	struct rhythm_due *due; /* the longest overdue first; children NOT_DUE are left out */
	size_t count;
	size_t overdue, soon; /* due[0, overdue), then so many soon */
};

/* The list for me, my team or the authority: the caller chooses the children. */
bool rhythm_list(struct rhythm_list *out_list, struct arena *arena, const struct rhythm *rhythm,
	const struct rhythm_child *children, size_t count, int32_t day,
	struct error *error) MUST_CHECK;

/* "within 20 working days of entering care" */
const char *rhythm_cause_words(const struct rhythm *rhythm, enum rhythm_cause cause, char out[80]);

#endif
