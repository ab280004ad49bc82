/* SPDX-License-Identifier: MIT */
#include "web/pages/needs_words.h"

#include <stdlib.h>

struct needs_pair needs_pair(const struct visit *visit, uint32_t child)
{
	const struct history *history = &visit->snapshot->history;
	struct needs_pair pair = {
		history_assessment_on(history, child, visit->today), HISTORY_NONE};

	if (pair.now != HISTORY_NONE && pair.now > history->first_assessment[child])
		pair.before = pair.now - 1;
	return pair;
}

size_t band_of(const struct framework *framework, int score)
{
	size_t band = 0;

	while (band + 1 < framework->band_count && score > framework->bands[band].to)
		band++;
	return band;
}

const char *total_band_words(const struct framework *framework, int total)
{
	for (size_t i = 0; i < framework->total_band_count; i++)
		if (total >= framework->total_bands[i].from &&
			total <= framework->total_bands[i].to)
			return framework->total_bands[i].label;
	return "";
}

struct change {
	size_t domain;
	int from, to;
};

/* Falls in need first, the greatest first; then rises, the greatest first. */
static int change_compare(const void *a, const void *b)
{
	const struct change *one = a, *other = b;
	int first = one->to - one->from, second = other->to - other->from;

	if ((first < 0) != (second < 0))
		return first < 0 ? -1 : 1;
	if (abs(first) != abs(second))
		return abs(second) - abs(first);
	return (one->domain > other->domain) - (one->domain < other->domain);
}

static size_t find_changes(const struct framework *framework, const uint8_t *now,
	const uint8_t *before, struct change changes[DOMAINS_MOST])
{
	size_t count = 0;

	for (size_t d = 0; d < framework->domain_count; d++)
		if (now[d] != before[d])
			changes[count++] = (struct change){d, before[d], now[d]};
	if (count > 1)
		qsort(changes, count, sizeof *changes, change_compare);
	return count;
}

static const char *change_words(
	struct arena *arena, const struct framework *framework, const struct change *change)
{
	const char *from = framework->bands[band_of(framework, change->from)].label;
	const char *to = framework->bands[band_of(framework, change->to)].label;
	const char *label = framework->domains[change->domain].label;
	const char *way = change->to < change->from ? "less need" : "more need";

	if (strcmp(from, to) == 0)
		return arena_format(
			arena, "%s: %s, from %d to %d.", label, way, change->from, change->to);
	return arena_format(arena, "%s: %s, from %d (%s) to %d (%s).", label, way, change->from,
		from, change->to, to);
}

static void add_changes(const struct child_page *page, struct model *needs, struct needs_pair pair)
{
	const struct history *history = &page->visit->snapshot->history;
	const struct framework *framework = page->visit->framework;
	struct model *list = model_list(needs, "changes");
	struct change changes[DOMAINS_MOST];
	size_t count = 0, same;

	if (pair.before != HISTORY_NONE)
		count = find_changes(framework, history->assessments.scores[pair.now],
			history->assessments.scores[pair.before], changes);
	for (size_t i = 0; i < count; i++)
		model_string(list, NULL, change_words(page->arena, framework, &changes[i]));
	same = framework->domain_count - count;
	model_flag(needs, "changed", count > 0);
	model_string(needs, "same",
		arena_format(page->arena, "%s %zu area%s.",
			count ? "The same as before in the other" : "The same as before in all",
			same, same == 1 ? "" : "s"));
}

static void add_domains(const struct child_page *page, struct model *needs, struct needs_pair pair)
{
	const struct history *history = &page->visit->snapshot->history;
	const struct framework *framework = page->visit->framework;
	const uint8_t *now = history->assessments.scores[pair.now];
	struct model *list = model_list(needs, "domains");

	for (size_t d = 0; d < framework->domain_count; d++) {
		struct model *row = model_object(list, NULL);
		size_t band = band_of(framework, now[d]);

		model_string(row, "label", framework->domains[d].label);
		model_string(row, "score", arena_format(page->arena, "%d", now[d]));
		model_string(row, "band", framework->bands[band].label);
		model_string(row, "band_key", framework->bands[band].key);
		model_string(row, "before",
			pair.before == HISTORY_NONE
				? ""
				: arena_format(page->arena, "%d",
					  history->assessments.scores[pair.before][d]));
	}
}

static int severe_count(const struct framework *framework, const uint8_t *scores)
{
	int count = 0;

	for (size_t d = 0; d < framework->domain_count; d++)
		count += scores[d] >= framework->severe_from;
	return count;
}

static void add_totals(const struct child_page *page, struct model *needs, struct needs_pair pair)
{
	const struct history_assessments *all = &page->visit->snapshot->history.assessments;
	const struct framework *framework = page->visit->framework;
	struct arena *arena = page->arena;
	int severe = severe_count(framework, all->scores[pair.now]);

	model_string(needs, "assessed", day_words(arena, all->assessed_on[pair.now]));
	model_string(needs, "total", arena_format(arena, "%d", all->total[pair.now]));
	model_string(needs, "max", arena_format(arena, "%d", framework->max_total));
	model_string(needs, "total_band", total_band_words(framework, all->total[pair.now]));
	model_string(needs, "severe",
		severe == 0 ? ""
			    : arena_format(arena, "%d area%s", severe, severe == 1 ? "" : "s"));
	model_string(needs, "severe_label", framework->bands[framework->band_count - 1].label);
	model_flag(needs, "has_before", pair.before != HISTORY_NONE);
	model_string(needs, "before_on",
		pair.before == HISTORY_NONE ? "" : day_words(arena, all->assessed_on[pair.before]));
	model_string(needs, "before_total",
		pair.before == HISTORY_NONE ? ""
					    : arena_format(arena, "%d", all->total[pair.before]));
}

void add_needs(const struct child_page *page, struct model *model)
{
	struct needs_pair pair = needs_pair(page->visit, page->child.index);
	struct model *needs;

	if (pair.now == HISTORY_NONE) {
		model_flag(model, "needs", false);
		return;
	}
	needs = model_object(model, "needs");
	add_totals(page, needs, pair);
	add_domains(page, needs, pair);
	add_changes(page, needs, pair);
}
