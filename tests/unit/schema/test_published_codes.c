/* SPDX-License-Identifier: MIT */
/* Our code sets hold exactly the published codes and years. Needs ../shared; skips without it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/file.h"
#include "schema/data_parse.h"
#include "schema/schema.h"

struct published {
	const char *file; /* below spec/codes, without ssda903_ and .csv */
	const char *set;
	const char *field; /* where one file holds the sets of several fields */
};

static const struct published published[] = {
	{"category_of_need", "category_of_need", NULL},
	{"ethnicity", "ethnicity", NULL},
	{"legal_status", "legal_status", NULL},
	{"missing", "missing", NULL},
	{"mother", "flag", NULL},
	{"oc3_accommodation", "oc3_accommodation", NULL},
	{"oc3_activity", "oc3_activity", NULL},
	{"oc3_in_touch", "oc3_in_touch", NULL},
	{"place", "place", NULL},
	{"place_provider", "place_provider", NULL},
	{"prev_perm", "prev_perm", NULL},
	{"reason_episode_ceased", "reason_episode_ceased", NULL},
	{"reason_new_episode", "reason_new_episode", NULL},
	{"reason_place_change", "reason_place_change", NULL},
	{"reason_placed_ceased", "placed_ceased", NULL},
	{"review_code", "review_code", NULL},
	{"sdq_reason", "sdq_reason", NULL},
	{"sex", "sex", NULL},
	{"sw_reason", "sw_reason", NULL},
	{"uasc", "flag", NULL},
	{"ad1_codes", "ad1_number", "NB_ADOPTR"},
	{"ad1_codes", "ad1_sex", "SEX_ADOPTR"},
	{"ad1_codes", "ad1_legal", "LS_ADOPTR"},
	{"ad1_codes", "flag", "FOSTER_CARE"},
};

static const char *shared_folder(struct arena *arena)
{
	const char *shared = getenv("HEARTH_SHARED"), *root = getenv("HEARTH_ROOT");
	const char *path = shared ? shared : arena_format(arena, "%s/../shared", root ? root : ".");

	return path && file_is_folder(path) ? path : NULL;
}

static const char *cell(const struct data_records *records, size_t record, const char *column)
{
	for (size_t i = 0; i < records->fields; i++)
		if (strcmp(records->cells[i], column) == 0)
			return records->cells[record * records->fields + i];
	return "";
}

static void assert_year(const struct code *code, const char *given, int ours)
{
	if (atoi(given) != ours)
		fail_msg("%s: the published year is \"%s\", ours %d", code->code.data, given, ours);
}

static void compare(const struct published *item, const struct code_set *set,
	const struct data_records *records)
{
	size_t seen = 0;

	for (size_t record = 1; record < records->count; record++) {
		const char *code = cell(records, record, "code");
		int index;

		if (item->field && strcmp(item->field, cell(records, record, "field")) != 0)
			continue;
		index = code_set_find(set, text_of(code));
		if (index < 0)
			fail_msg("%s lacks the published code %s", item->set, code);
		assert_year(&set->codes[index], cell(records, record, "first_year"),
			set->codes[index].first_year);
		assert_year(&set->codes[index], cell(records, record, "last_year"),
			set->codes[index].last_year);
		seen++;
	}
	if (seen != set->count)
		fail_msg("%s has %zu codes, published are %zu", item->set, set->count, seen);
}

static void test_codes_and_years_are_the_published_ones(void **state)
{
	struct arena *arena = arena_open();
	struct error error = {0};
	struct schema schema;
	const char *shared;

	(void)state;
	assert_non_null(arena);
	shared = shared_folder(arena);
	if (!shared) {
		print_message("skipped: the published code lists are not here\n");
		arena_close(arena);
		skip();
	}
	assert_true(schema_open(&schema, arena, NULL, &error));
	for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
		char *path = arena_format(
			arena, "%s/spec/codes/ssda903_%s.csv", shared, published[i].file);
		struct data_records records;
		struct file_map map;

		assert_true(file_map_open(&map, path, 1 << 20, &error));
		assert_true(data_parse(&records, arena, map.bytes, path, &error));
		compare(&published[i], schema_code_set(&schema, published[i].set), &records);
		file_map_close(&map);
	}
	arena_close(arena);
}

static void test_columns_are_the_published_ones(void **state)
{
	static const char *const tables[][2] = {{"Header", "header"}, {"Episodes", "episodes_903"},
		{"Reviews", "reviews"}, {"UASC", "uasc"}, {"OC2", "oc2"}, {"OC3", "oc3"},
		{"AD1", "ad1"}, {"PlacedAdoption", "placed_adoption"},
		{"PrevPerm", "previous_permanence"}, {"Missing", "missing"},
		{"SWEpisodes", "sw_episodes"}, {"DoLo", "dolo"}};
	struct arena *arena = arena_open();
	struct data_records records;
	struct error error = {0};
	struct file_map map;
	struct schema schema;
	const char *shared;
	char *path;

	(void)state;
	shared = shared_folder(arena);
	if (!shared) {
		arena_close(arena);
		skip();
	}
	assert_true(schema_open(&schema, arena, NULL, &error));
	path = arena_format(arena, "%s/spec/codes/ssda903_tables.csv", shared);
	assert_true(file_map_open(&map, path, 1 << 20, &error));
	assert_true(data_parse(&records, arena, map.bytes, path, &error));
	for (size_t record = 1; record < records.count; record++) {
		const struct source_table *table = NULL;
		size_t position = (size_t)atoi(cell(&records, record, "position")) - 1;

		for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
			if (strcmp(tables[i][0], cell(&records, record, "table")) == 0)
				table = schema_table(&schema, tables[i][1]);
		assert_non_null(table);
		assert_true(position < table->column_count);
		assert_string_equal(
			table->columns[position].name, cell(&records, record, "column"));
	}
	file_map_close(&map);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes_and_years_are_the_published_ones),
		cmocka_unit_test(test_columns_are_the_published_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
