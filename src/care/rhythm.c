/* SPDX-License-Identifier: MIT */
#include "care/rhythm.h"

#include <stdio.h>
#include <stdlib.h>

static const struct rhythm_step *step_of(const struct rhythm *rhythm, enum rhythm_cause cause)
{
	const struct rhythm_step *steps[] = {[RHYTHM_ENTRY] = &rhythm->entry,
		[RHYTHM_SECOND] = &rhythm->second,
		[RHYTHM_LATER] = &rhythm->later,
		[RHYTHM_MOVE] = &rhythm->move};

	return steps[cause];
}

/* The last day in time; DATE_MISSING where the rhythm asks for none. */
static int32_t last_day(const struct rhythm *rhythm, enum rhythm_cause cause, int32_t since)
{
	const struct rhythm_step *step = step_of(rhythm, cause);

	if (!step->amount)
		return DATE_MISSING;
	switch (step->unit) {
	case RHYTHM_WORKING_DAYS:
		return working_days_after(rhythm->holidays, since, step->amount);
	case RHYTHM_DAYS:
		return since + step->amount;
	case RHYTHM_MONTHS:
		return months_after(since, step->amount);
	}
	return DATE_MISSING;
}

/* How many assessments of this care are known on the day, and the last of them. */
static size_t assessments_until(const struct rhythm_child *child, int32_t day, int32_t *out_last)
{
	size_t count = 0;

	*out_last = DATE_MISSING;
	for (size_t i = 0; i < child->assessed_count; i++) {
		int32_t assessed = child->assessed[i];

		if (assessed < child->entered || assessed > day)
			continue;
		count += assessed != *out_last; /* two of one day are one */
		*out_last = assessed;
	}
	return count;
}

static void take_earlier(
	struct rhythm_due *due, const struct rhythm *rhythm, enum rhythm_cause cause, int32_t since)
{
	int32_t last = last_day(rhythm, cause, since);

	if (last == DATE_MISSING || (due->due != DATE_MISSING && due->due <= last))
		return;
	due->cause = cause;
	due->since = since;
	due->due = last;
}

/* Moves of which no assessment was made since; one that was made on the day of the move counts. */
static void take_moves(struct rhythm_due *due, const struct rhythm *rhythm,
	const struct rhythm_child *child, int32_t day)
{
	for (size_t i = 0; i < child->move_count; i++) {
		int32_t moved = child->moves[i];

		if (moved > child->entered && moved <= day &&
			(due->last == DATE_MISSING || due->last < moved))
			take_earlier(due, rhythm, RHYTHM_MOVE, moved);
	}
}

struct rhythm_due rhythm_due(
	const struct rhythm *rhythm, const struct rhythm_child *child, int32_t day)
{
	struct rhythm_due due = {.child = child->child,
		.state = RHYTHM_NOT_DUE,
		.since = DATE_MISSING,
		.due = DATE_MISSING,
		.last = DATE_MISSING};
	size_t count;

	if (child->entered == DATE_MISSING || child->entered > day)
		return due;
	count = assessments_until(child, day, &due.last);
	if (count == 0)
		take_earlier(&due, rhythm, RHYTHM_ENTRY, child->entered);
	else
		take_earlier(&due, rhythm, count == 1 ? RHYTHM_SECOND : RHYTHM_LATER, due.last);
	take_moves(&due, rhythm, child, day);
	if (due.due == DATE_MISSING)
		return due;
	due.days = due.due - day;
	due.state = due.days < 0		    ? RHYTHM_OVERDUE
		    : due.days <= rhythm->soon_days ? RHYTHM_SOON
						    : RHYTHM_LATER_ON;
	return due;
}

static int due_first(const void *a, const void *b)
{
	const struct rhythm_due *one = a, *other = b;

	if (one->due != other->due)
		return one->due < other->due ? -1 : 1;
	return one->child < other->child ? -1 : one->child > other->child;
}

bool rhythm_list(struct rhythm_list *out_list, struct arena *arena, const struct rhythm *rhythm,
	const struct rhythm_child *children, size_t count, int32_t day, struct error *error)
{
	struct rhythm_list list = {.due = arena_take(arena, count, sizeof *list.due)};

	if (!list.due)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		struct rhythm_due due = rhythm_due(rhythm, &children[i], day);

		if (due.state == RHYTHM_NOT_DUE)
			continue;
		list.overdue += due.state == RHYTHM_OVERDUE;
		list.soon += due.state == RHYTHM_SOON;
		list.due[list.count++] = due;
	}
	if (list.count)
		qsort(list.due, list.count, sizeof *list.due, due_first);
	*out_list = list;
	return true;
}

const char *rhythm_cause_words(const struct rhythm *rhythm, enum rhythm_cause cause, char out[80])
{
	static const char *const units[][2] = {
		{"working day", "working days"}, {"day", "days"}, {"month", "months"}};
	static const char *const from[] = {[RHYTHM_ENTRY] = "entering care",
		[RHYTHM_SECOND] = "the first assessment",
		[RHYTHM_LATER] = "the last assessment",
		[RHYTHM_MOVE] = "a move"};
	const struct rhythm_step *step = step_of(rhythm, cause);

	snprintf(out, 80, "within %d %s of %s", step->amount, units[step->unit][step->amount != 1],
		from[cause]);
	return out;
}
