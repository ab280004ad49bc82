/* SPDX-License-Identifier: MIT */
#include "demo/episodes.h"

/* From which day on which legal status holds. */
struct legal {
	int32_t from[LEGAL_MOST];
	struct text status[LEGAL_MOST];
	size_t count;
};

static void legal_add(struct legal *legal, int32_t from, struct text status)
{
	if (legal->count == LEGAL_MOST || (legal->count && from <= legal->from[legal->count - 1]))
		return;
	legal->from[legal->count] = from;
	legal->status[legal->count++] = status;
}

static int32_t days_later(struct child *child, int32_t from, int32_t least, int32_t most)
{
	return from + (int32_t)random_between(&child->random, least, most);
}

/* Care proceedings: an interim order, and a full one when they end, in about 26 to 50 weeks. */
static void legal_proceedings(struct legal *legal, struct child *child, int32_t from)
{
	legal_add(legal, from, TEXT("C1"));
	legal_add(legal, days_later(child, from, 170, 350), TEXT("C2"));
}

/* Most come by proceedings, by agreement, or by agreement and then proceedings; a few by police
 * protection or an emergency order. */
static void legal_path(struct legal *legal, struct child *child)
{
	double share = random_uniform(&child->random);
	double agreed = child->age >= 14 ? 0.34 : 0.1;

	if (child->unaccompanied || share < agreed) {
		legal_add(legal, child->entered, TEXT("V2"));
	} else if (share < agreed + 0.25) {
		legal_add(legal, child->entered, TEXT("V2"));
		legal_proceedings(legal, child, days_later(child, child->entered, 30, 160));
	} else if (share < agreed + 0.32) {
		legal_add(legal, child->entered, share < agreed + 0.28 ? TEXT("L1") : TEXT("L2"));
		legal_proceedings(legal, child, days_later(child, child->entered, 2, 7));
	} else {
		legal_proceedings(legal, child, child->entered);
	}
}

/* Some stays need an order by the time they begin: parents a care order, adopters a
 * placement order, a young offender institution a remand. */
static void legal_for_stays(struct legal *legal, const struct stays *stays, struct child *child)
{
	const struct stay *last = &stays->rows[stays->count - 1];
	bool adoption = last->place.data[0] == 'A', parents = false;

	for (size_t i = 0; i < stays->count; i++)
		parents = parents || text_is(stays->rows[i].place, "P1");
	if (text_is(last->place, "R5")) {
		while (legal->count && legal->from[legal->count - 1] >= last->from)
			legal->count--;
		legal_add(legal, last->from, TEXT("J1"));
	} else if (adoption || parents) {
		legal->count = 0;
		legal_proceedings(legal, child, child->entered);
	}
	if (adoption) {
		while (legal->count && legal->from[legal->count - 1] >= last->from)
			legal->count--;
		legal_add(legal, legal->count == 0 ? last->from : last->from - 25, TEXT("E1"));
		if (!text_is(legal->status[legal->count - 1], "E1"))
			legal->status[legal->count - 1] = TEXT("E1");
	}
}

static struct text need_of(struct child *child, const struct cast *cast)
{
	const struct choice *need = choice_take(
		&cast->parameters->needs, child->kind, child->age, random_uniform(&child->random));

	if (child->unaccompanied)
		return TEXT("N8");
	if (child->story == STORY_SHORT_BREAKS ||
		(child->disabled && random_chance(&child->random, 0.25)))
		return TEXT("N2");
	return need ? need->first : TEXT("N1");
}

static const char *reason_started(bool first, bool moved, bool same_carer, bool legal)
{
	if (first)
		return "S";
	if (!moved)
		return "L";
	if (legal)
		return same_carer ? "U" : "B";
	return same_carer ? "T" : "P";
}

/* Walks stays and legal statuses side by side; each day on which either changes begins one. */
static void episodes_merge(
	struct episodes *out, const struct stays *stays, const struct legal *legal, int32_t end)
{
	size_t stay = 0, status = 0;
	int32_t day = stays->rows[0].from;
	bool moved = true, changed = true;

	while (out->count < EPISODES_MOST) {
		int32_t next_stay = stay + 1 < stays->count ? stays->rows[stay + 1].from : end;
		int32_t next_status = status + 1 < legal->count ? legal->from[status + 1] : end;
		int32_t next = next_stay < next_status ? next_stay : next_status;
		bool last = next >= end;

		out->rows[out->count++] = (struct episode){.from = day,
			.to = last ? DATE_MISSING : next,
			.reason_started = reason_started(day == stays->rows[0].from, moved,
				stays->rows[stay].same_carer, changed),
			.legal_status = legal->status[status],
			.reason_ended = last ? TEXT("") : TEXT("X1"),
			.reason_moved = !last && next == next_stay ? stays->rows[stay].reason_moved
								   : TEXT(""),
			.stay = &stays->rows[stay]};
		if (last)
			return;
		moved = next == next_stay;
		changed = next == next_status;
		stay += moved;
		status += changed;
		day = next;
	}
}

/* One agreement on a series of short breaks, no placement of its own. */
static void episodes_of_short_breaks(
	struct episodes *out, const struct stays *stays, const struct child *child)
{
	out->rows[out->count++] = (struct episode){.from = child->entered,
		.to = DATE_MISSING,
		.reason_started = "S",
		.legal_status = TEXT("V4"),
		.stay = &stays->rows[stays->count - 1]};
}

void episodes_make(struct episodes *out_episodes, const struct stays *stays, struct child *child,
	const struct cast *cast)
{
	struct legal legal = {0};
	int32_t end = child->left == DATE_MISSING ? cast->options.as_at + 1 : child->left;

	*out_episodes = (struct episodes){.need = need_of(child, cast)};
	if (!child->unaccompanied)
		postcode_of(out_episodes->home_postcode, cast, child->authority,
			random_next(&child->random));
	if (child->story == STORY_SHORT_BREAKS) {
		episodes_of_short_breaks(out_episodes, stays, child);
		return;
	}
	legal_path(&legal, child);
	legal_for_stays(&legal, stays, child);
	episodes_merge(out_episodes, stays, &legal, end);
	if (child->left != DATE_MISSING) {
		out_episodes->rows[out_episodes->count - 1].to = child->left;
		out_episodes->rows[out_episodes->count - 1].reason_ended = child->reason_left;
	}
}
