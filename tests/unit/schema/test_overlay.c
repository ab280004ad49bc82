/* SPDX-License-Identifier: MIT */
/* A council's own files stand in place of ours, one by one, and faults in them are named. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/file.h"
#include "schema/schema.h"

struct council {
	struct arena *arena;
	char folder[64];
	struct schema schema;
	struct error error;
};

static int make_council(void **state)
{
	struct council *council = calloc(1, sizeof *council);

	if (!council)
		return 1;
	strcpy(council->folder, "/tmp/hearth-overlay-XXXXXX");
	council->arena = arena_open();
	*state = council;
	return council->arena && mkdtemp(council->folder) ? 0 : 1;
}

static int drop_council(void **state)
{
	struct council *council = *state;
	char *command = arena_format(council->arena, "rm -r '%s'", council->folder);
	int status = command ? system(command) : 1;

	arena_close(council->arena);
	free(council);
	return status;
}

static void put(struct council *council, const char *name, const char *text)
{
	char *path = arena_format(council->arena, "%s/%s", council->folder, name), *end;
	char *folder = arena_string(council->arena, path);

	end = strrchr(folder, '/');
	*end = '\0';
	assert_true(file_make_folder(folder, &council->error));
	assert_true(file_write(path, text_of(text), &council->error));
}

static bool open_schema(struct council *council)
{
	return schema_open(&council->schema, council->arena, council->folder, &council->error);
}

static void assert_fault(struct council *council, const char *words)
{
	assert_false(open_schema(council));
	if (!strstr(council->error.message, words))
		fail_msg("\"%s\" does not say \"%s\"", council->error.message, words);
}

static void test_one_file_is_replaced_and_the_rest_stay(void **state)
{
	struct council *council = *state;
	const struct framework *framework;

	put(council, "frameworks/valuing-care-13/bands.csv",
		"key,label,from,to\nnone,None,0,0\nminor,Low,1,2\nmoderate,Middle,3,8\n"
		"severe,High,9,10\n");
	assert_true(open_schema(council));
	framework = schema_framework(&council->schema, TEXT("valuing-care-13"));
	assert_int_equal(framework->severe_from, 9);
	assert_int_equal(framework->domain_count, 13);
	framework = schema_framework(&council->schema, TEXT("valuing-care-12"));
	assert_int_equal(framework->severe_from, 7);
}

static void test_a_framework_of_its_own(void **state)
{
	struct council *council = *state;
	const struct source_table *table;

	put(council, "frameworks/our-own/framework.csv",
		"key,value\nid,our-own\ntitle,Ours\nversion,1\nstatus,Ours\nscore_min,0\n"
		"score_max,3\nlow_total,1\n");
	put(council, "frameworks/our-own/domains.csv",
		"key,label,short_label,description\nsleep,Sleep,Sleep,How the child sleeps\n");
	put(council, "frameworks/our-own/bands.csv",
		"key,label,from,to\nnone,None,0,0\nsome,Some,1,3\n");
	put(council, "frameworks/our-own/total_bands.csv",
		"key,label,from,to\nnone,None,0,0\nminor,Low,1,1\nmoderate,Middle,2,2\n"
		"severe,High,3,3\n");
	put(council, "frameworks/our-own/anchors.csv",
		"domain,band,anchor\nsleep,none,Sleeps well\nsleep,some,Wakes often\n");
	assert_true(open_schema(council));
	assert_int_equal(council->schema.framework_count, 3);
	assert_int_equal(schema_framework(&council->schema, TEXT("our-own"))->max_total, 3);
	table = schema_table(&council->schema, "assessments");
	assert_string_equal(table->columns[4].name, "emotional_health");
	assert_string_equal(table->columns[17].name, "sleep");
}

static void test_faults_are_named_with_file_and_line(void **state)
{
	struct council *council = *state;

	put(council, "frameworks/valuing-care-13/bands.csv",
		"key,label,from,to\nnone,None,0,0\nminor,Low,2,10\n");
	assert_fault(council, "valuing-care-13/bands.csv line 3: a band must begin");
	put(council, "frameworks/valuing-care-13/bands.csv",
		"key,label,from,to\nnone,None,0,0\nsevere,High,1,9\n");
	assert_fault(council, "the last band must end at 10");
	put(council, "frameworks/valuing-care-13/bands.csv", "key,label,from\nnone,None,0\n");
	assert_fault(council, "line 1: there is no column \"to\"");
}

static void test_code_sets_are_checked(void **state)
{
	struct council *council = *state;

	put(council, "codes/sex.csv",
		"code,label,first_year,last_year,group\nM,Man,,,male\nM,Again,,,male\n");
	assert_fault(council, "codes/sex.csv line 3: the code M stands here a second time");
	put(council, "codes/sex.csv",
		"code,label,first_year,last_year,group\nM,Man,2025,2024,male\n");
	assert_fault(council, "codes/sex.csv line 2: the last year is before the first");
	put(council, "codes/sex.csv", "code,label,first_year,last_year,group\nM,Man,,,man\n");
	assert_fault(council, "the group of M, \"man\"");
}

static void test_the_mapping_is_checked(void **state)
{
	struct council *council = *state;

	put(council, "groupings/placements.csv",
		"places,providers,placement_kind\nU1,any,other\nU2 U1,blank,other\n");
	assert_fault(council, "groupings/placements.csv line 3: the place U1");
	put(council, "groupings/placements.csv",
		"places,providers,placement_kind\nU1 U99,any,other\n");
	assert_fault(council, "line 2: there is no place \"U99\"");
	put(council, "groupings/placements.csv", "places,providers,placement_kind\nU1,any,hotel\n");
	assert_fault(council, "there is no placement_kind \"hotel\"");
}

static void test_tables_are_checked(void **state)
{
	struct council *council = *state;

	put(council, "tables/costs.csv",
		"column,kind,codes,required,role,xml_name\nchild_id,id,,yes,child,\n"
		"from,day,,yes,start,\n");
	assert_fault(council, "tables/costs.csv line 3: there is no kind \"day\"");
	put(council, "tables/costs.csv",
		"column,kind,codes,required,role,xml_name\nchild_id,id,,yes,child,\n"
		"from,date,,yes,start,\nelement,code,colour,no,,\n");
	assert_fault(council, "line 4: there is no code set \"colour\"");
}

static void test_a_folder_that_is_not_there(void **state)
{
	struct council *council = *state;

	assert_false(
		schema_open(&council->schema, council->arena, "/nowhere/at/all", &council->error));
	assert_int_equal(council->error.code, ERROR_MISSING);
}

#define COUNCIL_TEST(name) cmocka_unit_test_setup_teardown(name, make_council, drop_council)

int main(void)
{
	const struct CMUnitTest tests[] = {
		COUNCIL_TEST(test_one_file_is_replaced_and_the_rest_stay),
		COUNCIL_TEST(test_a_framework_of_its_own),
		COUNCIL_TEST(test_faults_are_named_with_file_and_line),
		COUNCIL_TEST(test_code_sets_are_checked),
		COUNCIL_TEST(test_the_mapping_is_checked),
		COUNCIL_TEST(test_tables_are_checked),
		COUNCIL_TEST(test_a_folder_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
