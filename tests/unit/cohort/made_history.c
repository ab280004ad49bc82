/* SPDX-License-Identifier: MIT */
#include "made_history.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/date.h"
#include "numeric/random.h"

enum { ROWS_MOST = 5, DAY_FIRST = 14610, DAY_LAST = 20089 }; /* 2010 to 2024 */

static const enum grouping_id facts[] = {
	GROUPING_SEX, GROUPING_ETHNIC_GROUP, GROUPING_DISABILITY, GROUPING_EHCP, GROUPING_EXCLUDED};

static void *take(struct arena *arena, size_t count, size_t size)
{
	void *memory = arena_take(arena, count, size);

	assert_non_null(memory);
	return memory;
}

static void make_children(struct history *history, struct arena *arena, struct random *random)
{
	size_t n = history->children;
	struct text *ids = take(arena, n, sizeof *ids), *names = take(arena, 3, sizeof *names);
	int32_t *born = take(arena, n, sizeof *born);
	uint16_t *authority = take(arena, n, sizeof *authority);

	names[0] = TEXT("Ashdown");
	names[1] = TEXT("Birchmere");
	names[2] = TEXT("Calder");
	for (size_t i = 0; i < n; i++) {
		ids[i] = text_of(arena_format(arena, "C%07zu", i));
		assert_non_null(ids[i].data);
		born[i] = random_chance(random, 0.05) ? DATE_MISSING
						      : (int32_t)random_between(random,
								DAY_FIRST - 7000, DAY_LAST + 200);
		authority[i] = random_chance(random, 0.05) ? UINT16_MAX
							   : (uint16_t)random_below(random, 3);
	}
	for (size_t f = 0; f < sizeof facts / sizeof *facts; f++) {
		uint8_t *groups = take(arena, n, 1);
		uint8_t count = history->schema->groupings[facts[f]].count;

		for (size_t i = 0; i < n; i++)
			groups[i] = random_chance(random, 0.05)
					    ? count
					    : (uint8_t)random_below(random, count);
		history->groups[facts[f]] = groups;
	}
	history->ids = ids;
	history->born = born;
	history->authority = authority;
	history->authorities = names;
	history->authority_count = 3;
}

/* Rows of each child, 0 to ROWS_MOST. */
static uint32_t *make_first(struct arena *arena, struct random *random, size_t children)
{
	uint32_t *first = take(arena, children + 1, sizeof *first);

	for (size_t i = 0; i < children; i++)
		first[i + 1] = first[i] + (uint32_t)random_below(random, ROWS_MOST + 1);
	return first;
}

static int32_t make_end(struct random *random, int32_t start)
{
	return random_chance(random, 0.4) ? DATE_MISSING
					  : start + (int32_t)random_below(random, 900);
}

static void make_episodes(struct history *history, struct arena *arena, struct random *random)
{
	uint32_t *first = make_first(arena, random, history->children);
	size_t n = first[history->children];
	int32_t *start = take(arena, n, sizeof *start), *end = take(arena, n, sizeof *end);
	int32_t *period = take(arena, n, sizeof *period);
	uint8_t *group = take(arena, n, 1), *kind = take(arena, n, 1);
	uint32_t *provider = take(arena, n, sizeof *provider);
	struct text *names = take(arena, 2, sizeof *names);
	const struct grouping *kinds = &history->schema->groupings[GROUPING_PLACEMENT_KIND];

	names[0] = TEXT("Harbour Fostering");
	names[1] = TEXT("PR1");
	for (size_t c = 0; c < history->children; c++) {
		int32_t day = (int32_t)random_between(random, DAY_FIRST, DAY_LAST - 2000);

		for (uint32_t i = first[c]; i < first[c + 1]; i++) {
			start[i] = day;
			end[i] = make_end(random, day);
			period[i] = day - (int32_t)random_below(random, 1500);
			kind[i] = (uint8_t)random_below(random, kinds->count + 1u);
			group[i] = kind[i] < kinds->count
					   ? kinds->parent[kind[i]]
					   : history->schema->groupings[GROUPING_PLACEMENT_GROUP]
						     .count;
			provider[i] = random_chance(random, 0.1)
					      ? HISTORY_NONE
					      : (uint32_t)random_below(random, 2);
			day += (int32_t)random_below(random, 700);
		}
	}
	history->first_episode = first;
	history->episodes = (struct history_episodes){.start = start,
		.end = end,
		.period_start = period,
		.group = group,
		.kind = kind,
		.provider = provider};
	history->providers = names;
	history->provider_count = 2;
}

static void make_assessments(struct history *history, struct arena *arena, struct random *random)
{
	uint32_t *first = make_first(arena, random, history->children);
	size_t n = first[history->children];
	int32_t *on = take(arena, n, sizeof *on);
	uint8_t(*scores)[DOMAINS_MOST] = take(arena, n, sizeof *scores);
	uint16_t *total = take(arena, n, sizeof *total);

	for (size_t c = 0; c < history->children; c++) {
		int32_t day = (int32_t)random_between(random, DAY_FIRST, DAY_LAST - 1500);

		for (uint32_t i = first[c]; i < first[c + 1]; i++) {
			on[i] = day += (int32_t)random_below(random, 400);
			for (size_t d = 0; d < history->framework->domain_count; d++) {
				scores[i][d] = (uint8_t)random_below(
					random, (uint64_t)history->framework->score_max + 1);
				total[i] = (uint16_t)(total[i] + scores[i][d]);
			}
		}
	}
	history->first_assessment = first;
	history->assessments =
		(struct history_assessments){on, (const uint8_t(*)[DOMAINS_MOST])scores, total};
}

static void make_costs(struct history *history, struct arena *arena, struct random *random)
{
	uint32_t *first = make_first(arena, random, history->children);
	size_t n = first[history->children];
	int32_t *from = take(arena, n, sizeof *from), *to = take(arena, n, sizeof *to);
	int64_t *pence = take(arena, n, sizeof *pence);

	for (size_t i = 0; i < n; i++) {
		from[i] = (int32_t)random_between(random, DAY_FIRST, DAY_LAST);
		to[i] = make_end(random, from[i]);
		/* some far beyond any real cost: sums must hold all the same */
		pence[i] = random_between(
			random, 0, random_chance(random, 0.02) ? 1000000000 : 900000);
	}
	history->first_cost = first;
	history->costs = (struct history_costs){.from = from, .to = to, .pence = pence};
}

void make_history(struct history *out_history, struct arena *arena, size_t children, uint64_t seed)
{
	struct schema *schema = take(arena, 1, sizeof *schema);
	struct error error = {ERROR_NONE, ""};
	struct random random;

	random_seed(&random, seed);
	if (!schema_open(schema, arena, NULL, &error))
		fail_msg("%s", error.message);
	*out_history = (struct history){.schema = schema,
		.framework = schema_framework(schema, TEXT("valuing-care-13")),
		.children = children};
	assert_non_null(out_history->framework);
	make_children(out_history, arena, &random);
	make_episodes(out_history, arena, &random);
	make_assessments(out_history, arena, &random);
	make_costs(out_history, arena, &random);
}
