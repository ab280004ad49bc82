/* SPDX-License-Identifier: MIT */
/*
 * Goals and the support plan: what helps, who does it, by when, and how it goes.
 *
 * The one rule: a goal keeps all its versions; progress is added, never changed.
 */
#ifndef HEARTH_CARE_PLAN_H
#define HEARTH_CARE_PLAN_H

#include "care/care.h"

enum goal_state { GOAL_OPEN, GOAL_ACHIEVED, GOAL_CHANGED, GOAL_STOPPED, GOAL_STATES };
const char *goal_state_key(enum goal_state state);   /* "achieved" */
const char *goal_state_words(enum goal_state state); /* "Achieved" */
enum goal_state goal_state_of(struct text key);	     /* GOAL_STATES when it is none */

struct goal {
	int64_t id; /* 0: a new one */
	int64_t child;
	int64_t version;    /* the newest; of a form, the one the writer saw */
	struct text domain; /* key of a domain; empty: about no one need */
	struct text goal;   /* what the child wants to reach */
	struct text helps;  /* what helps */
	struct text who;    /* who does it: a line */
	int32_t by_when;    /* DATE_MISSING: no day */
	enum goal_state state;
	struct text why; /* of a goal that is changed or stopped: why */
	struct care_stamp started, saved;
	size_t progress_count; /* entries */
	int32_t progress_on;   /* day of the last one, DATE_MISSING for none */
};

enum goal_course { COURSE_NOT_SAID, COURSE_BETTER, COURSE_SAME, COURSE_HARDER, COURSES };
const char *goal_course_key(enum goal_course course);	/* "better", "" */
const char *goal_course_words(enum goal_course course); /* "Going well" */
enum goal_course goal_course_of(struct text key);	/* COURSES when it is none */

struct goal_progress {
	int64_t id, goal;
	int32_t on;
	enum goal_course course;
	struct text note;
	struct care_stamp saved;
};

/* All goals of a child: open ones by day (those without a day last), then the others, the last
 * closed first. */
bool goal_list(struct store *store, struct arena *arena, int64_t child, struct goal **out_goals,
	size_t *out_count, struct error *error) MUST_CHECK;

/* One goal; ERROR_MISSING when the child has none of that number. */
bool goal_read(struct store *store, struct arena *arena, int64_t child, int64_t goal,
	struct goal *out_goal, struct error *error) MUST_CHECK;

/* Every version of it, newest first; progress counts are 0. */
bool goal_versions(struct store *store, struct arena *arena, int64_t child, int64_t goal,
	struct goal **out_versions, size_t *out_count, struct error *error) MUST_CHECK;

/* Its progress, newest first. */
bool goal_progress_list(struct store *store, struct arena *arena, int64_t child, int64_t goal,
	struct goal_progress **out_entries, size_t *out_count, struct error *error) MUST_CHECK;

/* Adds a goal (id 0) or a version of one: text, day and state. ERROR_INPUT without a goal's text
 * or, for changed and stopped, without why; ERROR_CONFLICT when a newer version stands. */
bool goal_save(const struct care_writing *writing, struct arena *arena, const struct goal *goal,
	int64_t *out_goal, int64_t *out_version, struct care_conflict *out_conflict,
	struct error *error) MUST_CHECK;

/* Adds an entry: goal, day, course and note are the form's. */
bool goal_add_progress(const struct care_writing *writing, struct arena *arena,
	const struct goal_progress *progress, int64_t *out_entry, struct error *error) MUST_CHECK;

#endif
