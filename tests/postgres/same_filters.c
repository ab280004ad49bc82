/* SPDX-License-Identifier: MIT */
/*
 * same_filters PLACE PLACE COUNT SEED: the report of random cohorts (a day, conditions on
 * groupings, authorities and providers) from two records, to the last byte. Both records are read
 * again every 100 filters.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "cohort/filter.h"
#include "numeric/random.h"
#include "view/view.h"

enum { READ_AGAIN = 100, DAYS = 3650 };

struct side {
	const char *place;
	struct arena *arena;
	struct history history;
};

static bool read_side(struct side *side, const struct schema *schema, struct error *error)
{
	struct store *store = NULL;
	bool done;

	arena_close(side->arena);
	side->arena = arena_open();
	if (!side->arena)
		return error_no_memory(error);
	done = store_open(&store, side->place, DATABASE_READ, error) &&
	       history_load(&side->history, side->arena, schema,
		       schema_framework(schema, TEXT("valuing-care-13")), store, error);
	store_close(store);
	return done;
}

static uint64_t pick(struct random *random, uint64_t count)
{
	return random_below(random, count);
}

/* " name=one|other" of a grouping, an authority or a provider. */
static void add_condition(struct buffer *out, struct random *random, const struct schema *schema,
	const struct history *history, size_t which)
{
	const struct grouping *grouping = &schema->groupings[which];
	int values = 1 + (int)pick(random, 3);

	if (which == GROUPING_COUNT && history->authority_count)
		buffer_format(out, " authority=%.*s", (int)history->authorities[0].length,
			history->authorities[0].data);
	if (which >= GROUPING_COUNT || which == GROUPING_COST_SIDE)
		return;
	buffer_format(out, " %s=", grouping->name);
	for (int i = 0; i < values; i++)
		buffer_format(out, "%s%s", i ? "|" : "",
			grouping->codes[pick(random, grouping->count + 1)]);
}

static bool write_report(struct buffer *out, struct arena *arena, const struct side *side,
	const struct schema *schema, int32_t day, struct text words, struct error *error)
{
	struct filter filter = {.count = 0};
	struct cohort_options options = {
		.as_at = day, .cap_pence = COHORT_CAP_PENCE, .filter = &filter};
	struct analysis_params params = analysis_defaults();
	const struct analysis *list[64];
	struct analysis_results results = {0};
	struct analysis_input input;
	struct view_report report = {.schema = schema, .place = TEXT("one place")};
	struct view_options view = {.colour = false};
	bool done;

	report.result_count = analysis_list(false, list);
	done = filter_parse(&filter, arena, schema, words, error) &&
	       cohort_build(&report.cohort, arena, &side->history, &options, error) &&
	       analysis_prepare(&input, arena, report.cohort, &params, error) &&
	       analysis_run_all(&results, arena, list, report.result_count, &input, error);
	report.results = (const struct result *const *)results.results;
	done = done &&
	       view_format_find(TEXT("json"))->write(out, NULL, arena, &report, &view, error);
	analysis_results_close(&results);
	return done && (!out->failed || error_no_memory(error));
}

/* The same from both, or the same refusal. */
static bool is_same(const struct side *sides, const struct schema *schema, struct random *random)
{
	struct arena *arena = arena_open();
	struct buffer words = buffer_in(arena), reports[2] = {buffer_in(arena), buffer_in(arena)};
	struct error errors[2] = {{0}, {0}};
	int32_t day = sides[0].history.latest_day - (int32_t)pick(random, DAYS);
	bool done[2], same;

	for (uint64_t i = pick(random, 5); i > 0; i--)
		add_condition(&words, random, schema, &sides[0].history,
			pick(random, GROUPING_COUNT + 1));
	for (int i = 0; i < 2; i++)
		done[i] = write_report(&reports[i], arena, &sides[i], schema, day,
			(struct text){words.data, words.length}, &errors[i]);
	same = done[0] == done[1] && strcmp(errors[0].message, errors[1].message) == 0 &&
	       text_equal((struct text){reports[0].data, reports[0].length},
		       (struct text){reports[1].data, reports[1].length});
	if (!same)
		fprintf(stderr, "day %d, '%.*s': %s / %s\n", day, (int)words.length, words.data,
			errors[0].message, errors[1].message);
	arena_close(arena);
	return same;
}

int main(int argc, char **argv)
{
	static struct schema schema;
	struct arena *arena = arena_open();
	struct side sides[2] = {{0}, {0}};
	struct error error = {0};
	struct random random;
	int same = 0, count;

	if (argc != 5 || !arena) {
		fprintf(stderr, "usage: same_filters PLACE PLACE COUNT SEED\n");
		return 2;
	}
	count = atoi(argv[3]);
	random_seed(&random, (uint64_t)atoll(argv[4]));
	if (!schema_open(&schema, arena, NULL, &error))
		goto failed;
	for (int i = 0; i < count; i++) {
		for (int s = 0; s < 2 && i % READ_AGAIN == 0; s++) {
			sides[s].place = argv[s + 1];
			if (!read_side(&sides[s], &schema, &error))
				goto failed;
		}
		same += is_same(sides, &schema, &random);
	}
	printf("%d of %d filters give the same report from both\n", same, count);
	arena_close(sides[0].arena);
	arena_close(sides[1].arena);
	arena_close(arena);
	return same == count ? 0 : 1;
failed:
	fprintf(stderr, "same_filters: %s\n", error.message);
	return 1;
}
