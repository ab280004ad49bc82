/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

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

static const struct code *find(const char *set_name, const char *code)
{
	const struct code_set *set = schema_code_set(&schema, set_name);
	int index;

	assert_non_null(set);
	index = code_set_find(set, text_of(code));
	return index < 0 ? NULL : &set->codes[index];
}

static void test_every_code_of_every_set_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < schema.code_set_count; i++) {
		const struct code_set *set = &schema.code_sets[i];

		for (size_t code = 0; code < set->count; code++)
			assert_int_equal(code_set_find(set, set->codes[code].code), code);
		assert_int_equal(code_set_find(set, TEXT("")), -1);
		assert_int_equal(code_set_find(set, TEXT("no such code")), -1);
	}
}

static void test_codes_are_spelled_exactly(void **state)
{
	(void)state;
	assert_non_null(find("place", "U4"));
	assert_null(find("place", "u4"));
	assert_null(find("place", "U"));
	assert_null(find("element", "Total"));
}

static void test_codes_have_their_years(void **state)
{
	(void)state;
	assert_true(code_valid_in(find("place", "H5"), 2024));
	assert_false(code_valid_in(find("place", "H5"), 2025));
	assert_false(code_valid_in(find("place", "K3"), 2023));
	assert_true(code_valid_in(find("place", "K3"), 2024));
	assert_true(code_valid_in(find("sex", "1"), 2024));
	assert_false(code_valid_in(find("sex", "M"), 2024));
	assert_true(code_valid_in(find("sex", "M"), 0));
	assert_true(code_valid_in(find("legal_status", "C2"), 1999));
}

static void test_codes_map_to_the_groups_of_the_figures(void **state)
{
	(void)state;
	assert_true(text_is(find("sex", "2")->group, "female"));
	assert_true(text_is(find("sex", "U")->group, NOT_RECORDED));
	assert_true(text_is(find("ethnicity", "CHNE")->group, "Asian"));
	assert_true(text_is(find("ethnicity", "REFU")->group, NOT_RECORDED));
	assert_true(text_is(find("flag", "1")->group, "yes"));
	assert_true(text_is(find("legal_status", "V3")->group, "short breaks"));
}

static void test_no_label_shows_where_we_looked(void **state)
{
	(void)state;
	for (size_t i = 0; i < schema.code_set_count; i++)
		for (size_t code = 0; code < schema.code_sets[i].count; code++) {
			const char *label = schema.code_sets[i].codes[code].label.data;

			assert_null(strstr(label, "NOT FOUND"));
			assert_null(strstr(label, "inferred"));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_code_of_every_set_is_found),
		cmocka_unit_test(test_codes_are_spelled_exactly),
		cmocka_unit_test(test_codes_have_their_years),
		cmocka_unit_test(test_codes_map_to_the_groups_of_the_figures),
		cmocka_unit_test(test_no_label_shows_where_we_looked),
	};

	return cmocka_run_group_tests(tests, open_schema, close_schema);
}
