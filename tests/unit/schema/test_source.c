/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "schema/schema.h"

enum { FIELDS_MOST = 40 };

static struct schema schema;
static struct arena *arena;
static int columns[FIELDS_MOST];

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

/* The name of the table that a header ("a,b,c") belongs to; "" for none. */
static const char *recognise(const char *header)
{
	struct text rest = text_of(header), names[FIELDS_MOST];
	const struct source_table *table;
	size_t count = 0;

	while (text_split(&rest, ',', &names[count]))
		count++;
	table = source_recognise(&schema, names, count, columns);
	return table ? table->name : "";
}

static void test_return_tables_are_told_by_their_headers(void **state)
{
	(void)state;
	assert_string_equal(recognise("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"), "header");
	assert_string_equal(recognise("CHILD,SEX,DOB,DUC"), "uasc");
	assert_string_equal(recognise("CHILD,DOB,REVIEW,REVIEW_CODE"), "reviews");
	assert_string_equal(
		recognise("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC"), "episodes_903");
	assert_string_equal(recognise("child,decom,rne,ls"), "episodes_903");
	assert_string_equal(recognise("CHILD,DOB,DOLO_START,DOLO_END"), "dolo");
	assert_string_equal(recognise("LA,YEAR,CHILD,DOB,MISSING,MIS_START,MIS_END"), "missing");
}

static void test_native_tables_are_told_by_their_headers(void **state)
{
	(void)state;
	assert_string_equal(recognise("child_id,from,to,weekly_cost,element,paid_by"), "costs");
	assert_string_equal(recognise("child_id,authority,sex"), "children");
	assert_string_equal(recognise("child_id,started,ended,placement_type"), "episodes");
	assert_string_equal(recognise("home_id,provider_id,kind,learning"), "homes");
	assert_string_equal(recognise("provider_id,name,sector"), "providers");
	assert_string_equal(
		recognise("child_id,assessed_on,emotional_health,learning"), "assessments");
}

static void test_an_id_alone_is_no_table(void **state)
{
	(void)state;
	assert_string_equal(recognise("child_id"), "");
	assert_string_equal(recognise("child_id,colour"), "");
	assert_string_equal(recognise("name,address"), "");
	assert_string_equal(recognise(""), "");
}

static void test_unknown_and_repeated_columns_are_marked(void **state)
{
	(void)state;
	assert_string_equal(recognise("weekly_cost,child_id,colour,from,CHILD_ID"), "costs");
	assert_int_equal(columns[0], 3);
	assert_int_equal(columns[1], 0);
	assert_int_equal(columns[2], -1);
	assert_int_equal(columns[3], 1);
	assert_int_equal(columns[4], -1);
}

static void test_domains_of_all_frameworks_are_columns(void **state)
{
	const struct source_table *table = schema_table(&schema, "assessments");

	(void)state;
	assert_non_null(table);
	assert_int_equal(table->column_count, 4 + 13 + 1);
	assert_string_equal(table->columns[4].name, "emotional_health");
	assert_string_equal(table->columns[16].name, "learning");
	assert_int_equal(table->columns[4].kind, VALUE_SCORE);
	assert_int_equal(table->columns[17].kind, VALUE_FRAMEWORK);
}

static void test_what_a_row_needs(void **state)
{
	const struct source_table *costs = schema_table(&schema, "costs");
	const struct source_table *episodes = schema_table(&schema, "episodes_903");

	(void)state;
	assert_true(costs->columns[0].required && costs->columns[1].required &&
		    costs->columns[3].required);
	assert_false(costs->columns[2].required);
	assert_false(costs->is_return);
	assert_true(episodes->is_return);
	assert_string_equal(episodes->columns[episodes->start_column].name, "DECOM");
	assert_string_equal(episodes->columns[episodes->end_column].name, "DEC");
	assert_string_equal(episodes->columns[5].codes->name, "place");
	assert_int_equal(schema_table(&schema, "homes")->child_column, -1);
	assert_true(schema_table(&schema, "header")->names_children);
	assert_true(schema_table(&schema, "children")->names_children);
	assert_false(episodes->names_children);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_return_tables_are_told_by_their_headers),
		cmocka_unit_test(test_native_tables_are_told_by_their_headers),
		cmocka_unit_test(test_an_id_alone_is_no_table),
		cmocka_unit_test(test_unknown_and_repeated_columns_are_marked),
		cmocka_unit_test(test_domains_of_all_frameworks_are_columns),
		cmocka_unit_test(test_what_a_row_needs),
	};

	return cmocka_run_group_tests(tests, open_schema, close_schema);
}
