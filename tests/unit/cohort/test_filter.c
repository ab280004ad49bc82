/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "cohort/cohort.h"
#include "made_history.h"

static const int32_t day = 17987;

struct setting {
	struct arena *arena;
	struct history history;
	struct filter filter;
	struct error error;
};

static int open_setting(void **state)
{
	static struct setting setting;

	setting = (struct setting){.arena = arena_open()};
	if (!setting.arena)
		return -1;
	make_history(&setting.history, setting.arena, 4000, 9);
	*state = &setting;
	return 0;
}

static int close_setting(void **state)
{
	arena_close(((struct setting *)*state)->arena);
	return 0;
}

static bool parse(struct setting *setting, const char *where)
{
	return filter_parse(&setting->filter, setting->arena, setting->history.schema,
		text_of(where), &setting->error);
}

static const struct cohort *cohort_where(struct setting *setting, const char *where)
{
	struct cohort_options options = {
		.as_at = day, .cap_pence = COHORT_CAP_PENCE, .filter = &setting->filter};
	const struct cohort *cohort = NULL;

	setting->filter.count = 0;
	if (!parse(setting, where) || !cohort_build(&cohort, setting->arena, &setting->history,
					      &options, &setting->error))
		fail_msg("%s", setting->error.message);
	return cohort;
}

static void test_values_may_hold_spaces_and_stand_in_quotes(void **state)
{
	struct setting *setting = *state;
	const struct filter_condition *conditions = setting->filter.conditions;

	assert_true(parse(setting,
		" placement_kind=in-house children's home  time_band='under 1 year' sex=male "));
	assert_int_equal(setting->filter.count, 3);
	assert_true(text_is(conditions[0].name, "placement_kind"));
	assert_true(text_is(conditions[0].value, "in-house children's home"));
	assert_true(text_is(conditions[1].value, "under 1 year"));
	assert_int_equal(conditions[2].groups, 1);
}

static void test_alternatives_and_not_recorded(void **state)
{
	struct setting *setting = *state;
	const struct filter_condition *condition = &setting->filter.conditions[0];

	assert_true(parse(setting, "age_band=0-1|17+ | not recorded"));
	assert_int_equal(condition->groups, 1 | 1 << 4 | 1 << 5);
	assert_true(text_is(condition->value, "0-1|17+ | not recorded"));
	assert_false(parse(setting, "age_band=2-4"));
	assert_non_null(strstr(setting->error.message, "age_band twice"));
	assert_int_equal(setting->filter.count, 1);
	assert_true(parse(setting, "provider=\"Harbour | Sons\"|PR1"));
	assert_int_equal(setting->filter.conditions[1].name_count, 2);
	assert_true(text_is(setting->filter.conditions[1].names[0], "Harbour | Sons"));
}

static void assert_refused(struct setting *setting, const char *where, const char *says)
{
	setting->error = (struct error){ERROR_NONE, ""};
	assert_false(parse(setting, where));
	assert_int_equal(setting->error.code, ERROR_INPUT);
	assert_non_null(strstr(setting->error.message, says));
}

static void test_what_is_not_known_is_refused_with_what_there_is(void **state)
{
	struct setting *setting = *state;

	assert_refused(setting, "age=12", "age_band");
	assert_refused(setting, "cost_side=over", "placement_group");
	assert_refused(setting, "sex=boys", "male, female, not recorded");
	assert_refused(setting, "ehcp=1", "yes, no");
	assert_refused(setting, "sex=", "male");
	assert_refused(setting, "male", "name=value");
	assert_refused(setting, "sex='male", "quote");
	assert_refused(setting, "sex=male|", "male");
	assert_int_equal(setting->filter.count, 0);
}

static void test_conditions_combine(void **state)
{
	struct setting *setting = *state;
	const struct cohort *cohort =
		cohort_where(setting, "sex=female age_band=5-11|12-16 ehcp=yes");
	const struct cohort *everyone = cohort->everyone;
	size_t member = 0, assessed = 0, costed = 0;

	assert_true(everyone != cohort && everyone->count > cohort->count && cohort->count > 0);
	for (size_t i = 0; i < everyone->count; i++) {
		if (everyone->groups[GROUPING_SEX][i] != 1 ||
			everyone->groups[GROUPING_EHCP][i] != 0 || everyone->age[i] < 5 ||
			everyone->age[i] > 16)
			continue;
		assert_int_equal(cohort->child[member], everyone->child[i]);
		assert_int_equal(cohort->total[member], everyone->total[i]);
		assert_true(cohort->pence[member] == everyone->pence[i]);
		assert_memory_equal(cohort->scores[member], everyone->scores[i], DOMAINS_MOST);
		assessed += cohort->assessment[member] != HISTORY_NONE;
		costed += cohort->pence[member] != MONEY_MISSING;
		member++;
	}
	assert_int_equal(cohort->count, member);
	assert_int_equal(cohort->assessed, assessed);
	assert_int_equal(cohort->costed, costed);
}

static void test_authorities_and_providers_go_by_name(void **state)
{
	struct setting *setting = *state;
	size_t everyone = cohort_where(setting, "")->count, sum = 0;

	sum += cohort_where(setting, "authority=Ashdown")->count;
	sum += cohort_where(setting, "authority=Birchmere|Calder")->count;
	sum += cohort_where(setting, "authority=not recorded")->count;
	assert_int_equal(sum, everyone);
	sum = cohort_where(setting, "provider=Harbour Fostering")->count;
	sum += cohort_where(setting, "provider=PR1|not recorded")->count;
	assert_int_equal(sum, everyone);
}

static void test_a_name_that_is_not_in_the_record(void **state)
{
	struct setting *setting = *state;
	struct cohort_options options = {.as_at = day, .filter = &setting->filter};
	const struct cohort *cohort = NULL;

	assert_true(parse(setting, "authority=Nowhere"));
	assert_false(cohort_build(
		&cohort, setting->arena, &setting->history, &options, &setting->error));
	assert_int_equal(setting->error.code, ERROR_INPUT);
	assert_non_null(strstr(setting->error.message, "Ashdown, Birchmere, Calder"));
	assert_null(cohort);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_values_may_hold_spaces_and_stand_in_quotes,
			open_setting, close_setting),
		cmocka_unit_test_setup_teardown(
			test_alternatives_and_not_recorded, open_setting, close_setting),
		cmocka_unit_test_setup_teardown(
			test_what_is_not_known_is_refused_with_what_there_is, open_setting,
			close_setting),
		cmocka_unit_test_setup_teardown(
			test_conditions_combine, open_setting, close_setting),
		cmocka_unit_test_setup_teardown(
			test_authorities_and_providers_go_by_name, open_setting, close_setting),
		cmocka_unit_test_setup_teardown(
			test_a_name_that_is_not_in_the_record, open_setting, close_setting),
	};

	return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
