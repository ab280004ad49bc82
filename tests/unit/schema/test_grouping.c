/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <limits.h>

#include "schema/schema.h"

static struct schema schema;
static struct arena *arena;

static int open_schema(void **state)
{
	struct error error = {0};

	(void)state;
	arena = arena_open();
	if (!schema_open(&schema, arena, NULL, &error)) {
		print_error("%s\n", error.message);
		return 1;
	}
	return 0;
}

static int close_schema(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static const char *band(enum grouping_id number, int years)
{
	const struct grouping *grouping = &schema.groupings[number];

	return grouping->codes[grouping_of_years(grouping, years)];
}

static int code(const char *set, const char *name)
{
	return name[0] ? code_set_find(schema_code_set(&schema, set), text_of(name)) : -1;
}

static const char *kind(const char *place, const char *provider)
{
	return schema.groupings[GROUPING_PLACEMENT_KIND].codes[schema_placement_kind(
		&schema, code("place", place), code("place_provider", provider))];
}

static const char *group(const char *place, const char *provider)
{
	return schema.groupings[GROUPING_PLACEMENT_GROUP].codes[schema_placement_group(
		&schema, code("place", place), code("place_provider", provider))];
}

static void test_ages_fall_into_their_bands(void **state)
{
	(void)state;
	assert_string_equal(band(GROUPING_AGE_BAND, 0), "0-1");
	assert_string_equal(band(GROUPING_AGE_BAND, 1), "0-1");
	assert_string_equal(band(GROUPING_AGE_BAND, 2), "2-4");
	assert_string_equal(band(GROUPING_AGE_BAND, 11), "5-11");
	assert_string_equal(band(GROUPING_AGE_BAND, 12), "12-16");
	assert_string_equal(band(GROUPING_AGE_BAND, 17), "17+");
	assert_string_equal(band(GROUPING_AGE_BAND, 40), "17+");
	assert_string_equal(band(GROUPING_AGE_BAND, -1), NOT_RECORDED);
	assert_string_equal(band(GROUPING_SEX_AGE_BAND, 11), "<=11");
	assert_string_equal(band(GROUPING_SEX_AGE_BAND, 16), "12-16");
}

static void test_time_in_care_falls_into_its_bands(void **state)
{
	(void)state;
	assert_string_equal(band(GROUPING_TIME_BAND, 0), "under 1 year");
	assert_string_equal(band(GROUPING_TIME_BAND, 1), "1-3");
	assert_string_equal(band(GROUPING_TIME_BAND, 2), "1-3");
	assert_string_equal(band(GROUPING_TIME_BAND, 3), "3 and over");
}

static void test_groups_are_in_their_stated_order(void **state)
{
	const struct grouping *ethnic = &schema.groupings[GROUPING_ETHNIC_GROUP];

	(void)state;
	assert_int_equal(ethnic->count, 5);
	assert_string_equal(ethnic->codes[0], "White");
	assert_string_equal(ethnic->codes[4], "Other");
	assert_string_equal(ethnic->codes[5], NOT_RECORDED);
	assert_int_equal(grouping_find(ethnic, TEXT(NOT_RECORDED)), 5);
	assert_int_equal(grouping_find(ethnic, TEXT("white")), -1);
	assert_int_equal(grouping_number(schema.groupings, TEXT("cost_side")), GROUPING_COST_SIDE);
	assert_int_equal(grouping_number(schema.groupings, TEXT("hair")), -1);
}

static void test_placements_by_place_and_provider(void **state)
{
	(void)state;
	assert_string_equal(kind("U4", "PR1"), "in-house fostering");
	assert_string_equal(kind("U4", ""), "in-house fostering");
	assert_string_equal(kind("U1", "PR5"), "independent fostering agency");
	assert_string_equal(kind("U1", "PR0"), NOT_RECORDED);
	assert_string_equal(group("U1", "PR0"), NOT_RECORDED);
	assert_string_equal(kind("K2", "PR3"), "in-house children's home");
	assert_string_equal(kind("K2", ""), "private children's home");
	assert_string_equal(kind("K2", "PR0"), NOT_RECORDED);
	assert_string_equal(kind("K1", "PR0"), "specialist residential");
	assert_string_equal(group("S1", "PR4"), "residential");
	assert_string_equal(group("P2", ""), "supported");
	assert_string_equal(group("A6", "PR1"), "family");
	assert_string_equal(group("T4", ""), "other");
	assert_string_equal(group("", "PR1"), NOT_RECORDED);
	assert_string_equal(kind("", ""), NOT_RECORDED);
}

static void test_only_temporary_places_are_temporary(void **state)
{
	(void)state;
	assert_true(schema.place_temporary[code("place", "T0")]);
	assert_true(schema.place_temporary[code("place", "T4")]);
	assert_false(schema.place_temporary[code("place", "U4")]);
	assert_false(schema.place_temporary[code("place", "Z1")]);
}

static void test_frameworks_keep_their_own_size(void **state)
{
	const struct framework *thirteen = schema_framework(&schema, TEXT("valuing-care-13"));
	const struct framework *twelve = schema_framework(&schema, TEXT("valuing-care-12"));

	(void)state;
	assert_non_null(thirteen);
	assert_non_null(twelve);
	assert_int_equal(thirteen->domain_count, 13);
	assert_int_equal(thirteen->max_total, 130);
	assert_int_equal(twelve->max_total, 120);
	assert_int_equal(thirteen->severe_from, 7);
	assert_int_equal(thirteen->low_total, 24);
	assert_string_equal(thirteen->bands[1].key, "minor");
	assert_int_equal(framework_domain(thirteen, TEXT("learning")), 12);
	assert_int_equal(framework_domain(twelve, TEXT("identity")), -1);
	for (size_t i = 0; i < thirteen->domain_count; i++)
		for (size_t level = 0; level < thirteen->band_count; level++)
			assert_true(strlen(thirteen->domains[i].anchors[level]) > 20);
	assert_null(schema_framework(&schema, TEXT("valuing-care")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ages_fall_into_their_bands),
		cmocka_unit_test(test_time_in_care_falls_into_its_bands),
		cmocka_unit_test(test_groups_are_in_their_stated_order),
		cmocka_unit_test(test_placements_by_place_and_provider),
		cmocka_unit_test(test_only_temporary_places_are_temporary),
		cmocka_unit_test(test_frameworks_keep_their_own_size),
	};

	return cmocka_run_group_tests(tests, open_schema, close_schema);
}
