/* SPDX-License-Identifier: MIT */
#include "sample.h"

#include "numeric/random.h"

enum { DAY = 19447 }; /* 31 March 2023 */

struct maker {
	struct arena *arena;
	struct random random;
	struct history *history;
	size_t children;
	bool failed;
};

static void *take(struct maker *maker, size_t count, size_t size)
{
	void *memory = arena_take(maker->arena, count + 1, size);

	if (!memory)
		maker->failed = true;
	return memory;
}

static int between(struct maker *maker, int from, int to)
{
	return (int)random_between(&maker->random, from, to);
}

/* `per_child` rows of each child. */
static uint32_t *first_rows(struct maker *maker, uint32_t per_child)
{
	uint32_t *first = take(maker, maker->children + 1, sizeof *first);

	for (size_t i = 0; first && i <= maker->children; i++)
		first[i] = (uint32_t)i * per_child;
	return first;
}

static void make_children(struct maker *maker)
{
	static const enum grouping_id facts[] = {GROUPING_SEX, GROUPING_ETHNIC_GROUP,
		GROUPING_DISABILITY, GROUPING_EHCP, GROUPING_EXCLUDED};
	struct history *history = maker->history;
	struct text *ids = take(maker, maker->children, sizeof *ids);
	int32_t *born = take(maker, maker->children, sizeof *born);
	uint16_t *authority = take(maker, maker->children, sizeof *authority);

	if (maker->failed)
		return;
	for (size_t i = 0; i < maker->children; i++) {
		ids[i] = text_of(arena_format(maker->arena, "C%06zu", i));
		born[i] = DAY - between(maker, 200, 6500);
	}
	if (maker->children)
		ids[0] = TEXT(SAMPLE_CHILD);
	for (size_t f = 0; f < sizeof facts / sizeof *facts; f++) {
		uint8_t *groups = take(maker, maker->children, 1);
		int count = history->schema->groupings[facts[f]].count;

		for (size_t i = 0; groups && i < maker->children; i++) {
			int group = between(maker, 0, 99);

			groups[i] = (uint8_t)(group < 3	   ? count
					      : group < 60 ? count - 1
							   : group % count);
		}
		history->groups[facts[f]] = groups;
	}
	history->ids = ids;
	history->born = born;
	history->authority = authority;
}

/* Kinds of homes as often as in the published report: mostly fostering. */
static uint8_t make_kind(struct maker *maker)
{
	static const uint8_t limits[] = {45, 68, 71, 81, 83, 92, 98};
	int chance = between(maker, 0, 99);
	uint8_t kind = 0;

	while (kind < sizeof limits && chance >= limits[kind])
		kind++;
	return kind;
}

static void make_stays(struct maker *maker)
{
	struct history *history = maker->history;
	size_t n = maker->children * 2;
	int32_t *start = take(maker, n, sizeof *start), *end = take(maker, n, sizeof *end);
	int32_t *period = take(maker, n, sizeof *period);
	uint32_t *placement = take(maker, n, sizeof *placement), *row = take(maker, n, sizeof *row);
	uint32_t *provider = take(maker, n, sizeof *provider);
	int16_t *place = take(maker, n, sizeof *place), *by = take(maker, n, sizeof *by);
	uint8_t *group = take(maker, n, 1), *kind = take(maker, n, 1);
	float *miles = take(maker, n, sizeof *miles);

	for (size_t i = 0; !maker->failed && i < n; i++) {
		bool second = i % 2 == 1;

		start[i] = second ? DAY - between(maker, 10, 900) : DAY - between(maker, 901, 3000);
		end[i] = second ? DATE_MISSING : 0;
		if (second)
			end[i - 1] = start[i];
		period[i] = second ? start[i - 1] : start[i];
		placement[i] = row[i] = (uint32_t)i;
		kind[i] = make_kind(maker);
		group[i] = history->schema->groupings[GROUPING_PLACEMENT_KIND].parent[kind[i]];
		provider[i] = (uint32_t)between(maker, 0, 3);
		place[i] = (int16_t)between(maker, 0, 5);
		miles[i] = (float)between(maker, 1, 40);
	}
	history->first_episode = history->first_placement = first_rows(maker, 2);
	history->episodes = (struct history_episodes){
		start, end, period, placement, place, by, group, kind, provider, row, miles};
	history->placements = (struct history_placements){start, end, row, row};
}

/* Two assessments a child; needs are higher in residential care. */
static void make_assessments(struct maker *maker)
{
	struct history *history = maker->history;
	size_t n = maker->children * 2;
	int32_t *on = take(maker, n, sizeof *on);
	uint8_t(*scores)[DOMAINS_MOST] = take(maker, n, sizeof *scores);
	uint16_t *total = take(maker, n, sizeof *total);

	for (size_t i = 0; !maker->failed && i < n; i++) {
		int more = history->episodes.group[i] == 1 ? 2 : 0;
		int level = between(maker, 0, 4);

		on[i] = i % 2 ? DAY - between(maker, 1, 300) : DAY - between(maker, 301, 900);
		for (size_t d = 0; d < history->framework->domain_count; d++) {
			int score = between(maker, -2, 2) + level + more;

			scores[i][d] = (uint8_t)(score < 0 ? 0 : score > 10 ? 10 : score);
			total[i] = (uint16_t)(total[i] + scores[i][d]);
		}
	}
	history->first_assessment = first_rows(maker, 2);
	history->assessments =
		(struct history_assessments){on, (const uint8_t(*)[DOMAINS_MOST])scores, total};
}

static void make_costs(struct maker *maker)
{
	static const int pounds[] = {460, 1200, 3300, 5400, 1400, 1400, 120, 300};
	struct history *history = maker->history;
	size_t n = maker->children;
	int32_t *from = take(maker, n, sizeof *from), *to = take(maker, n, sizeof *to);
	int64_t *pence = take(maker, n, sizeof *pence);
	uint8_t *element = take(maker, n, 1);

	for (size_t i = 0; !maker->failed && i < n; i++) {
		from[i] = history->episodes.start[2 * i + 1];
		to[i] = i % 50 == 7 ? from[i] + 1 : DATE_MISSING;
		pence[i] = (int64_t)pounds[history->episodes.kind[2 * i + 1]] *
			   between(maker, 50, i % 40 == 3 ? 500 : 150);
	}
	history->first_cost = first_rows(maker, 1);
	history->costs = (struct history_costs){from, to, pence, element};
}

static bool make_history(struct maker *maker, struct error *error)
{
	static const struct text authorities[] = {{"Ashdown", 7}};
	static const struct text providers[] = {{SAMPLE_PROVIDER, sizeof SAMPLE_PROVIDER - 1},
		{"Harbour Fostering", 17}, {"Maple Homes", 11}, {"PR1", 3}};
	struct schema *schema = take(maker, 1, sizeof *schema);
	struct history *history = maker->history = take(maker, 1, sizeof *history);

	if (maker->failed)
		return error_no_memory(error);
	if (!schema_open(schema, maker->arena, NULL, error))
		return false;
	*history = (struct history){.schema = schema,
		.children = maker->children,
		.framework = schema_framework(schema, TEXT("valuing-care-13")),
		.authorities = authorities,
		.authority_count = 1,
		.providers = providers,
		.provider_count = 4,
		.latest_day = DAY};
	make_children(maker);
	make_stays(maker);
	make_assessments(maker);
	make_costs(maker);
	history->first_sdq = first_rows(maker, 0);
	history->sdq_year = take(maker, 1, sizeof *history->sdq_year);
	history->sdq_score = take(maker, 1, 1);
	return maker->failed ? error_no_memory(error) : true;
}

static bool run_figures(
	struct view_report *report, struct arena *arena, bool of_child, struct error *error)
{
	const struct analysis **list = arena_take(arena, analysis_count, sizeof *list);
	struct result **results = arena_take(arena, analysis_count, sizeof *results);
	struct analysis_input *input = arena_take(arena, 1, sizeof *input);
	struct analysis_params params = analysis_defaults();

	if (!list || !results || !input)
		return error_no_memory(error);
	params.child = of_child ? 0 : HISTORY_NONE;
	report->result_count = analysis_list(of_child, list);
	report->results = (const struct result *const *)results;
	if (!analysis_prepare(input, arena, report->cohort, &params, error))
		return false;
	for (size_t i = 0; i < report->result_count; i++) {
		if (!analysis_run(&results[i], arena, list[i], input, error))
			return false;
	}
	return true;
}

bool sample_report(struct view_report *out_report, struct arena *arena, size_t children,
	bool of_child, struct error *error)
{
	struct maker maker = {.arena = arena, .children = children};
	struct cohort_options options = {.as_at = DAY, .cap_pence = COHORT_CAP_PENCE};
	struct view_report report = {.made_at = INT64_C(1680528300),
		.synthetic = true,
		.place = TEXT("Ashdown & <b>District</b>")};

	random_seed(&maker.random, 7);
	if (!make_history(&maker, error) ||
		!cohort_build(&report.cohort, arena, maker.history, &options, error))
		return false;
	report.schema = maker.history->schema;
	if (of_child)
		report.child = maker.history->ids[0];
	if (!run_figures(&report, arena, of_child, error))
		return false;
	*out_report = report;
	return true;
}
