/* SPDX-License-Identifier: MIT */
/* Reading goals and their progress. */
#include "care/plan.h"

#include "care/plan_rows.h"

static const struct {
	const char *key, *words;
} states[GOAL_STATES] =
	{
		[GOAL_OPEN] = {"open", "Working on it"},
		[GOAL_ACHIEVED] = {"achieved", "Achieved"},
		[GOAL_CHANGED] = {"changed", "Changed to another goal"},
		[GOAL_STOPPED] = {"stopped", "Stopped"},
},
  courses[COURSES] = {
	  [COURSE_NOT_SAID] = {"", ""},
	  [COURSE_BETTER] = {"better", "Going well"},
	  [COURSE_SAME] = {"same", "About the same"},
	  [COURSE_HARDER] = {"harder", "Harder than hoped"},
};

const char *goal_state_key(enum goal_state state)
{
	return states[state].key;
}

const char *goal_state_words(enum goal_state state)
{
	return states[state].words;
}

enum goal_state goal_state_of(struct text key)
{
	int state = 0;

	while (state < GOAL_STATES && !text_is(key, states[state].key))
		state++;
	return (enum goal_state)state;
}

const char *goal_course_key(enum goal_course course)
{
	return courses[course].key;
}

const char *goal_course_words(enum goal_course course)
{
	return courses[course].words;
}

enum goal_course goal_course_of(struct text key)
{
	int course = 0;

	while (course < COURSES && !text_is(key, courses[course].key))
		course++;
	return (enum goal_course)course;
}

static bool goal_row(struct store *store, struct arena *arena, const struct store_cursor *cursor,
	struct goal *out_goal, struct error *error)
{
	struct text words[GOAL_WORDS];

	if (!care_words_open(store, arena, goal_place(store_integer(cursor, 0)),
		    store_text(cursor, 13), words, GOAL_WORDS, error))
		return false;
	*out_goal = (struct goal){.id = store_integer(cursor, 1),
		.child = store_integer(cursor, 2),
		.version = store_integer(cursor, 3),
		.goal = words[GOAL_WORDS_GOAL],
		.helps = words[GOAL_WORDS_HELPS],
		.who = words[GOAL_WORDS_WHO],
		.why = words[GOAL_WORDS_WHY],
		.by_when = care_day(cursor, 5),
		.state = goal_state_of(store_text(cursor, 6)),
		.progress_count = (size_t)store_integer(cursor, 14),
		.progress_on = care_day(cursor, 15)};
	return care_text_copy(cursor, 4, arena, &out_goal->domain, error) &&
	       care_stamp_read(cursor, 7, arena, &out_goal->saved, error) &&
	       care_stamp_read(cursor, 10, arena, &out_goal->started, error);
}

static bool goals_of(struct store *store, struct arena *arena, struct store_cursor *cursor,
	struct goal **out_goals, size_t *out_count, struct error *error)
{
	struct care_list list = {.arena = arena, .size = sizeof(struct goal)};
	bool row;

	while (store_next(cursor, &row, error)) {
		struct goal *goal;

		if (!row) {
			*out_goals = (struct goal *)(void *)list.rows;
			*out_count = list.count;
			return true;
		}
		goal = care_list_add(&list);
		if (!goal)
			return error_no_memory(error);
		if (!goal_row(store, arena, cursor, goal, error))
			break;
	}
	store_rewind(cursor);
	return false;
}

bool goal_list(struct store *store, struct arena *arena, int64_t child, struct goal **out_goals,
	size_t *out_count, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "care_goals", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, child);
	return goals_of(store, arena, cursor, out_goals, out_count, error);
}

bool goal_versions(struct store *store, struct arena *arena, int64_t child, int64_t goal,
	struct goal **out_versions, size_t *out_count, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "care_goal_versions", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, child);
	store_bind_integer(cursor, 2, goal);
	return goals_of(store, arena, cursor, out_versions, out_count, error);
}

bool goal_read(struct store *store, struct arena *arena, int64_t child, int64_t goal,
	struct goal *out_goal, struct error *error)
{
	struct goal *versions;
	size_t count;

	if (!goal_versions(store, arena, child, goal, &versions, &count, error))
		return false;
	if (!count)
		return error_set(error, ERROR_MISSING, "there is no such goal of this child");
	*out_goal = versions[0];
	return true;
}

static bool progress_row(struct store *store, struct arena *arena,
	const struct store_cursor *cursor, struct goal_progress *out_entry, struct error *error)
{
	*out_entry = (struct goal_progress){.id = store_integer(cursor, 0),
		.goal = store_integer(cursor, 1),
		.on = care_day(cursor, 2),
		.course = goal_course_of(store_text(cursor, 3))};
	return care_stamp_read(cursor, 4, arena, &out_entry->saved, error) &&
	       care_words_open(store, arena, progress_place(out_entry->id), store_text(cursor, 7),
		       &out_entry->note, 1, error);
}

bool goal_progress_list(struct store *store, struct arena *arena, int64_t child, int64_t goal,
	struct goal_progress **out_entries, size_t *out_count, struct error *error)
{
	struct care_list list = {.arena = arena, .size = sizeof(struct goal_progress)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "care_progress_of", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, child);
	store_bind_integer(cursor, 2, goal);
	while (store_next(cursor, &row, error)) {
		struct goal_progress *entry;

		if (!row) {
			*out_entries = (struct goal_progress *)(void *)list.rows;
			*out_count = list.count;
			return true;
		}
		entry = care_list_add(&list);
		if (!entry)
			return error_no_memory(error);
		if (!progress_row(store, arena, cursor, entry, error))
			break;
	}
	store_rewind(cursor);
	return false;
}
