/* SPDX-License-Identifier: MIT */
#include "told_history.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "base/date.h"

enum { FIELDS_MOST = 10 };

/* Where the next row of each kind goes; the counts once all are told. */
struct teller {
	struct history *history;
	struct arena *arena;
	size_t children, episodes, placements, assessments, costs, sdq, enquiries;
	struct text fields[FIELDS_MOST];
	size_t field_count;
	/* columns to be written */
	struct text *ids, *reasons;
	int32_t *born, *start, *end, *period, *placement_start, *placement_end, *assessed_on, *from,
		*to, *entered, *left;
	uint8_t *groups[GROUPING_COUNT], *group, *kind, *element, *sdq_score, *stage, *outcome;
	int16_t *place, *place_provider, *sdq_year;
	uint32_t *placement, *provider, *home, *first_episode, *last_episode;
	uint32_t *child_episode, *child_placement, *child_assessment, *child_cost, *child_sdq;
	float *miles;
	uint8_t (*scores)[DOMAINS_MOST];
	uint16_t *total;
	int64_t *pence;
	struct text *providers;
	size_t provider_count;
};

static const enum grouping_id facts[] = {
	GROUPING_SEX, GROUPING_ETHNIC_GROUP, GROUPING_DISABILITY, GROUPING_EHCP, GROUPING_EXCLUDED};
enum { FACTS = sizeof facts / sizeof *facts };

static void *take(struct arena *arena, size_t count, size_t size)
{
	void *memory = arena_take(arena, count, size);

	assert_non_null(memory);
	return memory;
}

static bool next_line(struct teller *teller, struct text *rest)
{
	struct text line;

	while (text_split(rest, '\n', &line)) {
		teller->field_count = 0;
		memset(teller->fields, 0, sizeof teller->fields);
		if (line.length == 0 || line.data[0] == '#')
			continue;
		while (teller->field_count < FIELDS_MOST &&
			text_split(&line, '|', &teller->fields[teller->field_count]))
			teller->field_count++;
		return true;
	}
	return false;
}

static bool is(const struct teller *teller, const char *what)
{
	return text_is(teller->fields[0], what);
}

static int32_t date_field(const struct teller *teller, size_t field)
{
	int32_t day = DATE_MISSING;

	if (teller->fields[field].length > 0 && !date_parse(teller->fields[field], &day))
		fail_msg("no date: %.*s", (int)teller->fields[field].length,
			teller->fields[field].data);
	return day;
}

static int64_t number_field(const struct teller *teller, size_t field, int64_t blank)
{
	int64_t number = blank;

	if (teller->fields[field].length > 0)
		assert_true(text_integer(teller->fields[field], &number));
	return number;
}

static int code_field(const struct teller *teller, size_t field, const char *set)
{
	if (teller->fields[field].length == 0)
		return -1;
	return code_set_find(schema_code_set(teller->history->schema, set), teller->fields[field]);
}

static int text_order(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* The first reading: how many rows of each kind, and the providers. */
static void count_rows(struct teller *teller, struct text rest)
{
	size_t kept = 0, most = 0;

	for (size_t i = 0; i < rest.length; i++)
		most += rest.data[i] == '\n';
	teller->providers = take(teller->arena, most + 1, sizeof *teller->providers);
	while (next_line(teller, &rest)) {
		teller->children += is(teller, "child");
		teller->episodes += is(teller, "episode");
		teller->assessments += is(teller, "assessment");
		teller->costs += is(teller, "cost");
		teller->sdq += is(teller, "sdq");
		teller->enquiries += is(teller, "enquiry");
		if (is(teller, "episode") && teller->fields[5].length > 0)
			teller->providers[teller->provider_count++] = teller->fields[5];
	}
	if (teller->provider_count > 0)
		qsort(teller->providers, teller->provider_count, sizeof(struct text), text_order);
	for (size_t i = 0; i < teller->provider_count; i++)
		if (kept == 0 || !text_equal(teller->providers[kept - 1], teller->providers[i]))
			teller->providers[kept++] = teller->providers[i];
	teller->provider_count = kept;
}

#define COLUMN(name, count) (teller->name = take(teller->arena, (count) + 1, sizeof *teller->name))

static void take_columns(struct teller *teller)
{
	size_t children = teller->children, episodes = teller->episodes;

	COLUMN(ids, children);
	COLUMN(born, children);
	for (size_t f = 0; f < FACTS; f++)
		COLUMN(groups[facts[f]], children);
	COLUMN(child_episode, children);
	COLUMN(child_placement, children);
	COLUMN(child_assessment, children);
	COLUMN(child_cost, children);
	COLUMN(child_sdq, children);
	COLUMN(start, episodes);
	COLUMN(end, episodes);
	COLUMN(period, episodes);
	COLUMN(group, episodes);
	COLUMN(kind, episodes);
	COLUMN(place, episodes);
	COLUMN(place_provider, episodes);
	COLUMN(placement, episodes);
	COLUMN(provider, episodes);
	COLUMN(home, episodes);
	COLUMN(miles, episodes);
	COLUMN(placement_start, episodes);
	COLUMN(placement_end, episodes);
	COLUMN(first_episode, episodes);
	COLUMN(last_episode, episodes);
	COLUMN(assessed_on, teller->assessments);
	COLUMN(scores, teller->assessments);
	COLUMN(total, teller->assessments);
	COLUMN(from, teller->costs);
	COLUMN(to, teller->costs);
	COLUMN(pence, teller->costs);
	COLUMN(element, teller->costs);
	COLUMN(sdq_year, teller->sdq);
	COLUMN(sdq_score, teller->sdq);
	COLUMN(stage, teller->enquiries);
	COLUMN(outcome, teller->enquiries);
	COLUMN(entered, teller->enquiries);
	COLUMN(left, teller->enquiries);
	COLUMN(reasons, teller->enquiries);
	teller->children = teller->episodes = teller->assessments = 0;
	teller->costs = teller->sdq = teller->enquiries = 0;
}

static void child_ends(struct teller *teller)
{
	teller->child_episode[teller->children] = (uint32_t)teller->episodes;
	teller->child_placement[teller->children] = (uint32_t)teller->placements;
	teller->child_assessment[teller->children] = (uint32_t)teller->assessments;
	teller->child_cost[teller->children] = (uint32_t)teller->costs;
	teller->child_sdq[teller->children] = (uint32_t)teller->sdq;
}

static void tell_child(struct teller *teller)
{
	size_t child = teller->children;

	child_ends(teller);
	teller->ids[child] = teller->fields[1];
	teller->born[child] = date_field(teller, 2);
	for (size_t f = 0; f < FACTS; f++) {
		const struct grouping *grouping = &teller->history->schema->groupings[facts[f]];
		int found = teller->fields[3 + f].length == 0
				    ? grouping->count
				    : grouping_find(grouping, teller->fields[3 + f]);

		assert_true(found >= 0);
		teller->groups[facts[f]][child] = (uint8_t)found;
	}
	teller->children++;
}

static uint32_t provider_field(const struct teller *teller, size_t field)
{
	const struct text *found;

	if (teller->fields[field].length == 0)
		return HISTORY_NONE;
	found = bsearch(&teller->fields[field], teller->providers, teller->provider_count,
		sizeof *found, text_order);
	return (uint32_t)(found - teller->providers);
}

static void tell_placement(struct teller *teller, uint32_t episode)
{
	uint32_t first = teller->child_placement[teller->children - 1];
	uint32_t placement = first + (uint32_t)number_field(teller, 8, 0);

	if (placement == teller->placements) {
		teller->placement_start[placement] = teller->start[episode];
		teller->first_episode[placement] = episode;
		teller->placements++;
	}
	assert_true(placement + 1 == teller->placements);
	teller->placement_end[placement] = teller->end[episode];
	teller->last_episode[placement] = episode;
	teller->placement[episode] = placement;
}

static void tell_episode(struct teller *teller)
{
	const struct schema *schema = teller->history->schema;
	uint32_t episode = (uint32_t)teller->episodes++;
	double miles = (double)NAN;

	teller->start[episode] = date_field(teller, 1);
	teller->end[episode] = date_field(teller, 2);
	teller->place[episode] = (int16_t)code_field(teller, 3, "place");
	teller->place_provider[episode] = (int16_t)code_field(teller, 4, "place_provider");
	teller->provider[episode] = provider_field(teller, 5);
	if (teller->fields[6].length > 0)
		assert_true(text_number(teller->fields[6], &miles));
	teller->miles[episode] = (float)miles;
	teller->period[episode] =
		teller->fields[7].length ? date_field(teller, 7) : teller->start[episode];
	teller->home[episode] = (uint32_t)number_field(teller, 9, episode);
	teller->group[episode] = schema_placement_group(
		schema, teller->place[episode], teller->place_provider[episode]);
	teller->kind[episode] = schema_placement_kind(
		schema, teller->place[episode], teller->place_provider[episode]);
	tell_placement(teller, episode);
}

static void tell_assessment(struct teller *teller)
{
	size_t row = teller->assessments++, domain = 0;
	struct text rest = teller->fields[2], piece;

	teller->assessed_on[row] = date_field(teller, 1);
	while (text_split(&rest, ' ', &piece)) {
		int64_t score;

		if (piece.length == 0)
			continue;
		assert_true(text_integer(piece, &score) && domain < DOMAINS_MOST);
		teller->scores[row][domain++] = (uint8_t)score;
		teller->total[row] = (uint16_t)(teller->total[row] + score);
	}
}

static void tell_cost(struct teller *teller)
{
	size_t row = teller->costs++;

	teller->from[row] = date_field(teller, 1);
	teller->to[row] = date_field(teller, 2);
	teller->pence[row] = number_field(teller, 3, 0);
	teller->element[row] = (uint8_t)code_field(teller, 4, "element");
}

static void tell_enquiry(struct teller *teller)
{
	size_t row = teller->enquiries++;

	teller->stage[row] = (uint8_t)code_field(teller, 1, "stage");
	teller->outcome[row] = (uint8_t)code_field(teller, 2, "outcome");
	teller->reasons[row] = teller->fields[3];
	teller->entered[row] = date_field(teller, 4);
	teller->left[row] = date_field(teller, 5);
}

static void tell_row(struct teller *teller)
{
	if (is(teller, "child")) {
		tell_child(teller);
	} else if (is(teller, "episode")) {
		tell_episode(teller);
	} else if (is(teller, "assessment")) {
		tell_assessment(teller);
	} else if (is(teller, "cost")) {
		tell_cost(teller);
	} else if (is(teller, "sdq")) {
		teller->sdq_year[teller->sdq] = (int16_t)number_field(teller, 1, 0);
		teller->sdq_score[teller->sdq++] = (uint8_t)number_field(teller, 2, 0);
	} else if (is(teller, "enquiry")) {
		tell_enquiry(teller);
	} else if (is(teller, "framework")) {
		teller->history->framework =
			schema_framework(teller->history->schema, teller->fields[1]);
		assert_non_null(teller->history->framework);
	} else {
		fail_msg(
			"no such row: %.*s", (int)teller->fields[0].length, teller->fields[0].data);
	}
}

static void give_columns(const struct teller *teller)
{
	struct history *history = teller->history;

	history->children = teller->children;
	history->ids = teller->ids;
	history->born = teller->born;
	for (size_t f = 0; f < FACTS; f++)
		history->groups[facts[f]] = teller->groups[facts[f]];
	history->providers = teller->providers;
	history->provider_count = teller->provider_count;
	history->first_episode = teller->child_episode;
	history->first_placement = teller->child_placement;
	history->first_assessment = teller->child_assessment;
	history->first_cost = teller->child_cost;
	history->first_sdq = teller->child_sdq;
	history->episodes = (struct history_episodes){teller->start, teller->end, teller->period,
		teller->placement, teller->place, teller->place_provider, teller->group,
		teller->kind, teller->provider, teller->home, teller->miles};
	history->placements = (struct history_placements){teller->placement_start,
		teller->placement_end, teller->first_episode, teller->last_episode};
	history->assessments = (struct history_assessments){
		teller->assessed_on, (const uint8_t(*)[DOMAINS_MOST])teller->scores, teller->total};
	history->costs =
		(struct history_costs){teller->from, teller->to, teller->pence, teller->element};
	history->sdq_year = teller->sdq_year;
	history->sdq_score = teller->sdq_score;
	history->enquiries = (struct history_enquiries){teller->enquiries, teller->stage,
		teller->outcome, teller->entered, teller->left, teller->reasons};
}

void tell_history(struct history *out_history, struct arena *arena, struct text lines)
{
	struct schema *schema = take(arena, 1, sizeof *schema);
	struct teller teller = {.history = out_history, .arena = arena};
	struct text rest = lines;
	struct error error = {ERROR_NONE, ""};
	uint16_t *authority;

	if (!schema_open(schema, arena, NULL, &error))
		fail_msg("%s", error.message);
	*out_history = (struct history){
		.schema = schema, .framework = schema_framework(schema, TEXT("valuing-care-13"))};
	assert_non_null(out_history->framework);
	count_rows(&teller, lines);
	take_columns(&teller);
	while (next_line(&teller, &rest))
		tell_row(&teller);
	child_ends(&teller);
	authority = take(arena, teller.children + 1, sizeof *authority);
	memset(authority, 0xFF, (teller.children + 1) * sizeof *authority);
	out_history->authority = authority;
	give_columns(&teller);
}
