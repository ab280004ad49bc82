/* SPDX-License-Identifier: MIT */
/* Facts about a child in words, and what forms send about them. */
#include "base/money.h"
#include "view/words.h"
#include "web/pages/child_page.h"

const char *text_words(struct arena *arena, struct text text)
{
	const char *words = text.length ? arena_copy(arena, text.data, text.length) : "";

	return words ? words : "";
}

const char *day_words(struct arena *arena, int32_t day)
{
	char out[32];
	const char *words;

	if (day == DATE_MISSING)
		return "";
	words = arena_string(arena, date_words(day, out));
	return words ? words : "";
}

const char *pence_words(struct arena *arena, int64_t pence)
{
	if (pence == MONEY_MISSING)
		return "Not known";
	return words_number(arena, FORMAT_POUNDS, (double)pence / 100.0);
}

const char *home_words(const struct visit *visit, uint32_t child)
{
	const struct history *history = &visit->snapshot->history;
	uint32_t episode = history_episode_on(history, child, visit->today);

	if (episode == HISTORY_NONE)
		return "";
	return visit->schema->groupings[GROUPING_PLACEMENT_KIND]
		.labels[history->episodes.kind[episode]];
}

int child_age(const struct visit *visit, uint32_t child)
{
	int32_t born = visit->snapshot->history.born[child];

	if (born == DATE_MISSING || born > visit->today)
		return -1;
	return date_years_between(born, visit->today);
}

const char *age_words(struct arena *arena, int age)
{
	const char *words = age < 0 ? "Not recorded" : arena_format(arena, "%d", age);

	return words ? words : "";
}

/* Starts of the placements after the first of this period of care: a run of what the history has.
 */
static void find_moves(
	const struct history *history, uint32_t child, uint32_t episode, struct rhythm_child *known)
{
	uint32_t last = history->first_placement[child + 1];
	uint32_t first = last;

	while (first > history->first_placement[child] &&
		history->placements.start[first - 1] > history->episodes.period_start[episode])
		first--;
	known->moves = history->placements.start + first;
	known->move_count = last - first;
}

struct rhythm_due child_due(const struct visit *visit, uint32_t child)
{
	const struct history *history = &visit->snapshot->history;
	uint32_t episode = history_episode_on(history, child, visit->today);
	uint32_t assessed = history->first_assessment[child];
	struct rhythm_child known = {
		.child = history->numbers[child],
		.entered = DATE_MISSING,
		.assessed = history->assessments.assessed_on + assessed,
		.assessed_count = history->first_assessment[child + 1] - assessed,
	};

	if (episode != HISTORY_NONE) {
		known.entered = history->episodes.period_start[episode];
		find_moves(history, child, episode, &known);
	}
	return rhythm_due(visit->rhythm, &known, visit->today);
}

const char *due_words(struct arena *arena, const struct rhythm_due *due)
{
	const char *words = "";

	if (due->state == RHYTHM_OVERDUE)
		words = arena_format(arena, "Overdue since %s", day_words(arena, due->due));
	else if (due->state != RHYTHM_NOT_DUE)
		words = arena_format(arena, "Due by %s", day_words(arena, due->due));
	return words ? words : "";
}

void add_paragraphs(struct model *model, const char *key, struct text text)
{
	struct model *list = model_list(model, key);
	struct text piece;

	while (text_split(&text, '\n', &piece)) {
		piece = text_trim(piece);
		if (piece.length)
			model_text(model_object(list, NULL), "words", piece);
	}
}

struct text form_text(const struct request *request, const char *name)
{
	struct text value = fields_get(&request->form, name);

	return value.data ? text_trim(value) : TEXT("");
}

bool form_day(const struct request *request, const char *name, int32_t *out_day)
{
	struct text value = form_text(request, name);

	*out_day = DATE_MISSING;
	return value.length == 0 || date_parse(value, out_day);
}

struct text day_value(struct arena *arena, int32_t day)
{
	char out[DATE_TEXT_SIZE];

	if (day == DATE_MISSING)
		return TEXT("");
	return text_of(arena_string(arena, date_format(day, out)));
}

void day_field(const struct child_page *page, const char *name, const char *label, const char *hint,
	int32_t day)
{
	struct text typed = form_text(page->request, name);
	int32_t parsed;
	bool odd = typed.length && !date_parse(typed, &parsed);

	part_field(page->page,
		&(struct part_field){.name = name,
			.label = label,
			.hint = hint,
			.type = odd ? NULL : "date",
			.width = "10"},
		odd ? typed : day_value(page->arena, day));
}

bool form_text_fits(const struct child_page *page, const char *name, const char *label, size_t most,
	struct text typed)
{
	struct error error = {0};
	struct text clean;

	if (care_text_clean(page->arena, label, typed, most, &clean, &error))
		return true;
	page_fault(page->page, name, arena_string(page->arena, error.message));
	return false;
}
