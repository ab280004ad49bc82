/* SPDX-License-Identifier: MIT */
/* Which of several rows counts: figures.md, "Terms" and "Rows that are not clean". */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "base/file.h"
#include "base/money.h"
#include "told_record.h"

#define EPISODES                                                                                   \
	"child_id,started,ended,placement_type,placement_provider,reason_started,legal_status\n"
#define EPISODES_903 "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
#define SCORES                                                                                     \
	"child_id,assessed_on,emotional_health,managing_emotions,attachments,"                     \
	"family_relationships,education,life_story,identity,expressing,safe_decisions,"            \
	"community,self_care,physical_health,learning\n"

static int32_t on(const char *day)
{
	int32_t days = DATE_MISSING;

	assert_true(date_parse(text_of(day), &days));
	return days;
}

static const char *group_of(const struct told *told, const char *child, enum grouping_id grouping)
{
	return told->schema.groupings[grouping]
		.codes[told->history.groups[grouping][told_child(told, child)]];
}

static uint32_t episodes_of(const struct told *told, const char *child)
{
	uint32_t index = told_child(told, child);

	return told->history.first_episode[index + 1] - told->history.first_episode[index];
}

/* PLACE of the child's n-th episode. */
static struct text place_of(const struct told *told, const char *child, uint32_t n)
{
	uint32_t episode = told->history.first_episode[told_child(told, child)] + n;
	int16_t place = told->history.episodes.place[episode];

	assert_true(n < episodes_of(told, child));
	return place < 0 ? TEXT("") : schema_code_set(&told->schema, "place")->codes[place].code;
}

static struct text provider_of(const struct told *told, const char *child, uint32_t n)
{
	uint32_t episode = told->history.first_episode[told_child(told, child)] + n;
	uint32_t provider = told->history.episodes.provider[episode];

	return provider == HISTORY_NONE ? TEXT("none") : told->history.providers[provider];
}

static void test_children_are_in_the_order_of_their_ids(void **state)
{
	struct told *told = *state;
	const struct history *history;

	tell(told, "children.csv",
		"child_id,sex\nchild-10,1\nchild-9,1\nZ,2\nchild-100,1\na long id of one child,1\n"
		"a long id of one Child,1\n");
	told_import(told);
	history = told_history(told);
	assert_int_equal(history->children, 6);
	for (size_t i = 1; i < history->children; i++)
		assert_true(text_compare(history->ids[i - 1], history->ids[i]) < 0);
	assert_int_equal(history_child(history, TEXT("nobody")), HISTORY_NONE);
	assert_int_equal(history->latest_day, DATE_MISSING);
}

static void test_an_empty_record(void **state)
{
	struct told *told = *state;
	const struct history *history = told_history(told);

	assert_int_equal(history->children, 0);
	assert_int_equal(history->first_episode[0], 0);
	assert_int_equal(history->enquiries.count, 0);
}

static void test_facts_of_a_child(void **state)
{
	struct told *told = *state;

	tell(told, "2022/header.csv", "CHILD,SEX,DOB,ETHNIC\nA,1,01/02/2010,WBRI\nB,2,,REFU\n");
	tell(told, "children.csv", "child_id,authority,sex,ethnicity,ehcp\nA,Calder,,BCRB,1\n");
	told_import(told);
	told_history(told);
	assert_string_equal(group_of(told, "A", GROUPING_SEX), "male");
	assert_string_equal(group_of(told, "A", GROUPING_ETHNIC_GROUP), "Black");
	assert_string_equal(group_of(told, "A", GROUPING_EHCP), "yes");
	assert_string_equal(group_of(told, "A", GROUPING_DISABILITY), NOT_RECORDED);
	assert_string_equal(group_of(told, "B", GROUPING_ETHNIC_GROUP), NOT_RECORDED);
	assert_int_equal(told->history.born[told_child(told, "A")], on("2010-02-01"));
	assert_int_equal(told->history.born[told_child(told, "B")], DATE_MISSING);
	assert_true(
		text_is(told->history.authorities[told->history.authority[told_child(told, "A")]],
			"Calder"));
	assert_int_equal(told->history.authority[told_child(told, "B")], UINT16_MAX);

	/* a later row of one source replaces the whole row: the plan is not recorded any more */
	tell(told, "children.csv", "child_id,disability\nA,0\n");
	told_import(told);
	told_history(told);
	assert_string_equal(group_of(told, "A", GROUPING_EHCP), NOT_RECORDED);
	assert_string_equal(group_of(told, "A", GROUPING_DISABILITY), "no");
	assert_string_equal(group_of(told, "A", GROUPING_ETHNIC_GROUP), "White");
	assert_string_equal(group_of(told, "A", GROUPING_SEX), "male");
}

static void test_a_later_file_replaces_an_episode(void **state)
{
	struct told *told = *state;

	tell(told, "children.csv", "child_id,sex\nA,1\nB,1\n");
	tell(told, "episodes.csv",
		EPISODES "A,2020-01-01,2020-06-01,U1,PR1,S,C2\nA,2020-06-01,,R1,PR4,P,C2\n"
			 "B,2020-01-01,,U1,PR1,S,C2\nB,2020-01-01,,U4,PR4,S,C2\n");
	told_import(told);
	tell(told, "episodes.csv", EPISODES "A,2020-06-01,2021-01-01,K2,PR4,P,C2\n");
	told_import(told);
	told_history(told);
	assert_int_equal(episodes_of(told, "A"), 2);
	assert_true(text_is(place_of(told, "A", 0), "U1"));
	assert_true(text_is(place_of(told, "A", 1), "K2"));
	/* within one file both stand */
	assert_int_equal(episodes_of(told, "B"), 2);
	assert_true(text_is(place_of(told, "B", 1), "U4"));
}

static void test_returns_count_by_year_and_then_by_import(void **state)
{
	struct told *told = *state;

	tell(told, "children.csv", "child_id,sex\nA,1\n");
	tell(told, "return 2023/episodes.csv", EPISODES_903 "A,01/02/2021,S,C2,N1,R1,PR4,,\n");
	told_import(told);
	tell(told, "return 2022/episodes.csv", EPISODES_903 "A,01/02/2021,S,C2,N1,U1,PR1,,\n");
	told_import(told);
	told_history(told);
	assert_int_equal(episodes_of(told, "A"), 1);
	assert_true(text_is(place_of(told, "A", 0), "R1"));
	tell(told, "return 2023/episodes.csv", EPISODES_903 "A,01/02/2021,S,C2,N1,K2,PR4,,\n");
	told_import(told);
	told_history(told);
	assert_true(text_is(place_of(told, "A", 0), "K2"));
	tell(told, "episodes.csv", EPISODES "A,2021-02-01,,P2,PR4,S,C2\n");
	told_import(told);
	told_history(told);
	assert_true(text_is(place_of(told, "A", 0), "P2"));
}

static void test_short_breaks_are_left_out_after_replacing(void **state)
{
	struct told *told = *state;

	tell(told, "children.csv", "child_id,sex\nA,1\n");
	tell(told, "episodes.csv", EPISODES "A,2020-01-01,,U1,PR1,S,C2\nA,2021-01-01,,U1,PR1,S,\n");
	told_import(told);
	tell(told, "episodes.csv", EPISODES "A,2020-01-01,2020-01-09,U1,PR1,S,V4\n");
	told_import(told);
	told_history(told);
	assert_int_equal(episodes_of(told, "A"), 1);
	assert_int_equal(told->history.short_break_episodes, 1);
	assert_int_equal(told->history.episodes.start[0], on("2021-01-01"));
}

static void test_placements_and_periods_of_care(void **state)
{
	struct told *told = *state;
	const struct history *history;
	/* which placement of the child, and the period of care, of each episode */
	static const uint32_t placements[] = {0, 0, 1, 1, 2, 3, 4};
	static const char *const periods[] = {"2019-01-01", "2019-01-01", "2019-01-01",
		"2019-01-01", "2019-01-01", "2020-02-01", "2020-03-02"};

	tell(told, "children.csv", "child_id,sex\nA,1\n");
	tell(told, "episodes.csv",
		EPISODES "A,2019-01-01,2019-02-01,U1,PR1,S,C2\n"
			 "A,2019-02-01,2019-03-01,U1,PR1,L,C1\n"
			 "A,2019-03-01,2019-04-01,R1,PR4,P,C1\n"
			 "A,2019-04-01,2019-05-01,R1,PR4,,C1\n"
			 "A,2019-05-01,2020-02-01,K2,PR4,,C1\n"
			 "A,2020-02-01,2020-03-01,K2,PR4,S,C1\n"
			 "A,2020-03-02,,K2,PR4,L,C1\n");
	told_import(told);
	history = told_history(told);
	assert_int_equal(episodes_of(told, "A"), 7);
	assert_int_equal(history->first_placement[1], 5);
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(history->episodes.placement[i], placements[i]);
		assert_int_equal(history->episodes.period_start[i], on(periods[i]));
	}
	assert_int_equal(history->placements.start[1], on("2019-03-01"));
	assert_int_equal(history->placements.end[1], on("2019-05-01"));
	assert_int_equal(history->placements.first_episode[1], 2);
	assert_int_equal(history->placements.last_episode[1], 3);
	assert_int_equal(history->placements.end[4], DATE_MISSING);
	assert_true(history->episodes.home[3] == history->episodes.home[2]);
	assert_true(history->episodes.home[4] != history->episodes.home[3]);
}

static void test_which_assessments_count(void **state)
{
	struct told *told = *state;
	const struct history *history;

	tell(told, "children.csv", "child_id,sex\nA,1\n");
	tell(told, "assessments.csv",
		SCORES
		"A,2021-05-05,1,1,1,1,1,1,1,1,1,1,1,1,1\nA,2020-05-05,2,2,2,2,2,2,2,2,2,2,2,2,2\n"
		"A,2021-05-05,3,3,3,3,3,3,3,3,3,3,3,3,3\nA,2022-01-01,3,3,3,3,3,3,,3,3,3,3,3,3\n");
	told_import(told);
	history = told_history(told);
	assert_int_equal(history->first_assessment[1], 3);
	assert_int_equal(history->partial_assessments, 1);
	assert_int_equal(history->assessments.total[0], 26);
	assert_int_equal(history->assessments.total[2], 39);
	/* once more in a later import: the same assessments, and this row the later of its day */
	tell(told, "assessments.csv",
		SCORES "A,2021-05-05,1,1,1,1,1,1,1,1,1,1,1,1,1\n"
		       "A,2022-01-01,3,3,3,3,3,3,,3,3,3,3,3,3\n");
	told_import(told);
	history = told_history(told);
	assert_int_equal(history->first_assessment[1], 3);
	assert_int_equal(history->assessments.total[2], 13);
	assert_int_equal(history->partial_assessments, 1);
}

/* More rows of one child than are sorted the simple way. */
static void test_many_rows_of_one_child(void **state)
{
	struct told *told = *state;
	const struct history *history;
	char file[8192];
	int length = snprintf(file, sizeof file, "%s", SCORES);

	for (int i = 0; i < 60; i++)
		length += snprintf(file + length, sizeof file - (size_t)length,
			"A,2021-%02d-%02d,%d,0,0,0,0,0,0,0,0,0,0,0,0\n", 12 - i % 12,
			1 + i / 12 % 2, i % 11);
	tell(told, "children.csv", "child_id,sex\nA,1\n");
	tell(told, "assessments.csv", file);
	told_import(told);
	history = told_history(told);
	assert_int_equal(history->first_assessment[1], 60);
	for (uint32_t i = 1; i < 60; i++)
		assert_true(history->assessments.assessed_on[i - 1] <=
			    history->assessments.assessed_on[i]);
	/* of 1 January: rows 11, 35 and 59 of the file, in that order */
	assert_int_equal(history->assessments.total[0], 0);
	assert_int_equal(history->assessments.total[1], 35 % 11);
	assert_int_equal(history->assessments.total[2], 59 % 11);
}

static void test_which_cost_lines_count(void **state)
{
	struct told *told = *state;
	const char *header = "child_id,from,to,weekly_cost,element,paid_by\n";
	char file[256];

	tell(told, "children.csv", "child_id,sex\nA,1\n");
	snprintf(file, sizeof file, "%sA,2021-01-01,,100.00,care,health\n", header);
	tell(told, "one/costs.csv", file);
	tell(told, "two/costs.csv", file);
	told_import(told);
	told_history(told);
	/* of one import all lines add up, across its files */
	assert_int_equal(history_cost_on(&told->history, 0, on("2021-06-01")), 20000);
	snprintf(file, sizeof file, "%sA,2021-01-01,,100,care,health\nA,2021-01-01,,100,care,\n",
		header);
	tell(told, "costs.csv", file);
	told_import(told);
	told_history(told);
	/* the first line is the one of before, the second another */
	assert_int_equal(history_cost_on(&told->history, 0, on("2021-06-01")), 30000);
	assert_true(history_cost_on(&told->history, 0, on("2020-06-01")) == MONEY_MISSING);
}

static void test_names_of_providers(void **state)
{
	struct told *told = *state;

	tell(told, "children.csv", "child_id,sex\nA,1\n");
	tell(told, "providers.csv",
		"provider_id,name,urn\nP1,Harbour,SC1\nP2,Old Mill,\nP2,New Mill,\n");
	tell(told, "homes.csv", "home_id,provider_id,urn\nH1,P2,SC2\nH2,P2,SC1\n");
	tell(told, "episodes.csv",
		"child_id,started,ended,placement_type,placement_provider,urn,provider\n"
		"A,2020-01-01,2020-02-01,U1,PR4,,P2\nA,2020-02-01,2020-03-01,U1,PR4,,Corner House\n"
		"A,2020-03-01,2020-04-01,K2,PR4,SC1,\nA,2020-04-01,2020-05-01,K2,PR4,SC2,\n"
		"A,2020-05-01,2020-06-01,K2,PR4,SC9,\nA,2020-06-01,,K2,,,\n");
	told_import(told);
	told_history(told);
	assert_true(text_is(provider_of(told, "A", 0), "New Mill"));
	assert_true(text_is(provider_of(told, "A", 1), "Corner House"));
	assert_true(text_is(provider_of(told, "A", 2), "Harbour"));
	assert_true(text_is(provider_of(told, "A", 3), "New Mill"));
	assert_true(text_is(provider_of(told, "A", 4), "PR4"));
	assert_true(text_is(provider_of(told, "A", 5), "none"));
	assert_int_equal(told->history.provider_count, 4);
}

static void test_distances(void **state)
{
	struct told *told = *state;
	struct store_options options = {.by = TEXT("a test"), .now = told->now};
	struct error error = {ERROR_NONE, ""};
	const float *miles;
	int64_t count;
	char path[96];

	tell(told, "children.csv", "child_id,sex\nA,1\n");
	tell(told, "episodes.csv",
		"child_id,started,ended,home_postcode,placement_postcode,distance_miles\n"
		"A,2020-01-01,2020-02-01,,,12.5\nA,2020-02-01,2020-03-01,,,999.9\n"
		"A,2020-03-01,2020-04-01,AB1 2CD,ab12ce,\nA,2020-04-01,2020-05-01,AB1 2CD,,\n"
		"A,2020-05-01,,AB1 2CD,AB1 2CE,3.1\n");
	told_import(told);
	snprintf(path, sizeof path, "%s/postcodes.csv", told->folder);
	if (!file_write(path,
		    TEXT("pcds,oseast1m,osnrth1m\nAB1 2CD,400000,300000\n"
			 "AB1 2CE,430000,340000\n"),
		    &error) ||
		!store_import_postcodes(told->store, told->arena, path, &options, &count, &error))
		fail_msg("%s", error.message);
	miles = told_history(told)->episodes.distance_miles;
	assert_true(fabsf(miles[0] - 12.5f) < 1e-6f);
	assert_true(isnan(miles[1]));
	assert_true(fabsf(miles[2] - 31.1f) < 1e-5f); /* 50 km / 1.6093 = 31.07 */
	assert_true(isnan(miles[3]));
	assert_true(fabsf(miles[4] - 3.1f) < 1e-6f);
}

static void test_strengths_and_difficulties_by_year(void **state)
{
	struct told *told = *state;
	const struct history *history;

	tell(told, "return 2023/oc2.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON\nA,,20,\nB,,,SDQ1\n");
	tell(told, "return 2022/oc2.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON\nA,,11,\n");
	tell(told, "children.csv", "child_id,sex\nA,1\nB,1\n");
	told_import(told);
	tell(told, "return 2022/oc2.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON\nA,,14,\n");
	told_import(told);
	history = told_history(told);
	assert_int_equal(history->first_sdq[1], 2);
	assert_int_equal(history->first_sdq[2], 2);
	assert_int_equal(history->sdq_year[0], 2022);
	assert_int_equal(history->sdq_score[0], 14);
	assert_int_equal(history->sdq_score[1], 20);
}

static void test_enquiries_that_are_sent_again_count_once(void **state)
{
	struct told *told = *state;
	const struct history *history;

	tell(told, "carer_enquiries.csv",
		"enquiry_id,stage,entered,left,outcome,outcome_reason\n"
		"1,enquiry,2022-01-01,2022-01-09,withdrew,moved away\n");
	told_import(told);
	tell(told, "carer_enquiries.csv",
		"enquiry_id,stage,entered,left,outcome,outcome_reason\n"
		"1,enquiry,2022-01-01,2022-01-09,withdrew,moved away\n2,panel,2022-01-01,,,\n");
	told_import(told);
	history = told_history(told);
	assert_int_equal(history->enquiries.count, 2);
	assert_true(text_is(history->enquiries.reason[0], "moved away"));
	assert_int_equal(history->enquiries.outcome[1], 255);
	assert_int_equal(history->enquiries.left[1], DATE_MISSING);
}

static void test_the_latest_day_is_not_after_the_import(void **state)
{
	struct told *told = *state;

	tell(told, "children.csv", "child_id,sex\nA,1\n");
	tell(told, "episodes.csv",
		EPISODES "A,2023-05-01,,U1,PR1,S,C2\nA,2023-06-02,,U1,PR1,P,C2\n");
	tell(told, "costs.csv", "child_id,from,weekly_cost\nA,2023-05-30,100\n");
	told_import(told);
	assert_int_equal(told_history(told)->latest_day, on("2023-05-01"));
	tell(told, "assessments.csv", SCORES "A,2023-06-01,1,1,1,1,1,1,1,1,1,1,1,1,\n");
	told_import(told);
	assert_int_equal(told_history(told)->latest_day, on("2023-06-01"));
}

static void test_undoing_an_import_brings_back_what_was(void **state)
{
	struct told *told = *state;
	struct error error = {ERROR_NONE, ""};
	int64_t named, replaced;

	tell(told, "children.csv", "child_id,sex\nA,1\nB,2\n");
	named = told_import(told);
	tell(told, "children.csv", "child_id,sex\nB,1\n");
	tell(told, "episodes.csv",
		EPISODES "A,2020-01-01,,U1,PR1,S,C2\nB,2020-01-01,,U1,PR1,S,C2\n");
	replaced = told_import(told);
	told_history(told);
	assert_string_equal(group_of(told, "B", GROUPING_SEX), "male");
	assert_true(store_undo(told->store, named, TEXT("a test"), told->now, &error));
	/* nobody names A any more: the episode of that child does not count */
	assert_int_equal(told_history(told)->children, 1);
	assert_int_equal(episodes_of(told, "B"), 1);
	assert_true(store_undo(told->store, replaced, TEXT("a test"), told->now, &error));
	assert_int_equal(told_history(told)->children, 0);
}

#define TOLD(test) cmocka_unit_test_setup_teardown(test, told_open, told_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOLD(test_children_are_in_the_order_of_their_ids),
		TOLD(test_an_empty_record),
		TOLD(test_facts_of_a_child),
		TOLD(test_a_later_file_replaces_an_episode),
		TOLD(test_returns_count_by_year_and_then_by_import),
		TOLD(test_short_breaks_are_left_out_after_replacing),
		TOLD(test_placements_and_periods_of_care),
		TOLD(test_which_assessments_count),
		TOLD(test_many_rows_of_one_child),
		TOLD(test_which_cost_lines_count),
		TOLD(test_names_of_providers),
		TOLD(test_distances),
		TOLD(test_strengths_and_difficulties_by_year),
		TOLD(test_enquiries_that_are_sent_again_count_once),
		TOLD(test_the_latest_day_is_not_after_the_import),
		TOLD(test_undoing_an_import_brings_back_what_was),
	};

	return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
