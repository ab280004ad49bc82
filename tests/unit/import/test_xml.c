/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/file.h"
#include "import/csv.h"
#include "import/sheet.h"
#include "schema/schema.h"

struct outcome {
	struct arena *arena;
	struct schema schema;
	struct sheet *sheets;
	size_t count;
	struct sheet_fault fault;
	struct error error;
};

static int begin(void **state)
{
	struct arena *arena = arena_open();
	struct outcome *outcome = arena ? arena_take(arena, 1, sizeof *outcome) : NULL;

	if (!outcome || !schema_open(&outcome->schema, arena, NULL, &outcome->error))
		return 1;
	outcome->arena = arena;
	*state = outcome;
	return 0;
}

static int end(void **state)
{
	arena_close(((struct outcome *)*state)->arena);
	return 0;
}

static void read_xml(struct outcome *outcome, struct text bytes)
{
	assert_true(xml_read(outcome->arena, bytes, &outcome->schema, &outcome->sheets,
		&outcome->count, &outcome->fault, &outcome->error));
}

static void read_good(struct outcome *outcome, const char *xml)
{
	read_xml(outcome, text_of(xml));
	assert_string_equal(outcome->fault.problem ? outcome->fault.problem : "", "");
}

/* An empty one where there is none of that name. */
static const struct sheet *sheet(const struct outcome *outcome, const char *name)
{
	static const struct sheet none = {0};

	for (size_t i = 0; i < outcome->count; i++)
		if (strcmp(outcome->sheets[i].name, name) == 0)
			return &outcome->sheets[i];
	return &none;
}

/* The record as "line: a|b|c". */
static const char *record(const struct outcome *outcome, const char *name, size_t number)
{
	const struct sheet *from = sheet(outcome, name);
	struct buffer out = buffer_in(outcome->arena);

	assert_true(number < from->records);
	buffer_format(&out, "%u: ", from->lines[number]);
	for (uint32_t i = from->first_field[number]; i < from->first_field[number + 1]; i++) {
		if (i > from->first_field[number])
			buffer_char(&out, '|');
		buffer_text(&out, from->fields[i]);
	}
	return buffer_cstring(&out);
}

static void assert_fault(struct outcome *outcome, struct text xml, const char *key)
{
	read_xml(outcome, xml);
	assert_non_null(outcome->fault.problem);
	assert_string_equal(outcome->fault.problem, key);
	assert_int_equal(outcome->count, 0);
}

static void test_one_child_makes_rows_of_every_table(void **state)
{
	struct outcome *outcome = *state;

	read_good(outcome,
		"<?xml version='1.0'?>\n<EXPSSDA903>\n<CHILD>\n<HEADER>\n<CHILDID>7</CHILDID>"
		"<SEX>2</SEX><DOB>01/02/2010</DOB><ETHNIC> WBRI </ETHNIC><UASC>1</UASC>\n"
		"<AREVIEW><REVIEW>03/04/2022</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>\n"
		"<AREVIEW><REVIEW>05/06/2022</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>\n"
		"<OC2><SDQ_SCORE>9</SDQ_SCORE></OC2><IN_TOUCH>YES</IN_TOUCH></HEADER>\n"
		"<EPISODE><DECOM>01/01/2022</DECOM><PL>U4</PL><DEC/></EPISODE>\n"
		"<EPISODE><DECOM>02/02/2022</DECOM><PL>K2</PL></EPISODE>\n</CHILD>\n</EXPSSDA903>");
	assert_int_equal(outcome->count, 6);
	assert_string_equal(record(outcome, "header", 0), "1: CHILD|SEX|DOB|ETHNIC");
	assert_string_equal(record(outcome, "header", 1), "4: 7|2|01/02/2010|WBRI");
	assert_string_equal(record(outcome, "reviews", 1), "6: 7|01/02/2010|03/04/2022|PN1");
	assert_string_equal(record(outcome, "reviews", 2), "7: 7|01/02/2010|05/06/2022|PN2");
	assert_string_equal(record(outcome, "episodes_903", 0), "1: CHILD|DECOM|RNE|LS|CIN|PLACE|"
								"PLACE_PROVIDER|DEC");
	assert_string_equal(record(outcome, "episodes_903", 2), "10: 7|02/02/2022||||K2||");
	assert_string_equal(record(outcome, "uasc", 1), "4: 7|2|01/02/2010|");
	assert_string_equal(record(outcome, "oc2", 1), "8: 7|01/02/2010|9");
	assert_string_equal(record(outcome, "oc3", 1), "4: 7|01/02/2010|YES");
}

static void test_what_the_header_says_later_still_counts(void **state)
{
	struct outcome *outcome = *state;

	read_good(outcome,
		"<R><CHILD><EPISODE><DECOM>1</DECOM></EPISODE><HEADER><AREVIEW><REVIEW>2"
		"</REVIEW></AREVIEW><DOB>3</DOB><CHILDID>4</CHILDID></HEADER></CHILD></R>");
	assert_string_equal(record(outcome, "episodes_903", 1), "1: 4|1");
	assert_string_equal(record(outcome, "reviews", 1), "1: 4|3|2");
}

static void test_flags_of_no_make_no_row(void **state)
{
	struct outcome *outcome = *state;

	read_good(outcome, "<R><CHILD><HEADER><CHILDID>4</CHILDID><UASC>0</UASC><IN_TOUCH/>"
			   "<OC2><SDQ_SCORE/></OC2></HEADER></CHILD></R>");
	assert_int_equal(outcome->count, 1);
	assert_string_equal(record(outcome, "header", 0), "1: CHILD|SEX|DOB");
	assert_string_equal(record(outcome, "header", 1), "1: 4||");
}

static void test_attributes_are_columns_as_well(void **state)
{
	struct outcome *outcome = *state;

	read_good(outcome,
		"<R xmlns:i='x' i:place='y' YEAR='2023'><CHILD><HEADER CHILDID='4' SEX='1' "
		"DOB='5'/><EPISODE DECOM='6' RNE='S'/></CHILD></R>");
	assert_string_equal(
		record(outcome, "header", 0), "1: CHILD|SEX|DOB|ETHNIC|UPN|MOTHER|MC_DOB|LA|YEAR");
	assert_string_equal(record(outcome, "header", 1), "1: 4|1|5||||||2023");
	assert_true(strstr(record(outcome, "episodes_903", 1), "1: 4|6|S|") != NULL);
	assert_true(strstr(record(outcome, "episodes_903", 1), "|2023") != NULL);
}

static void test_nothing_unknown_is_dropped_in_silence(void **state)
{
	struct outcome *outcome = *state;

	read_good(outcome,
		"<R><CHILD><SHOE>1</SHOE><HEADER><CHILDID>4</CHILDID><DOB>5</DOB><DOB>6</DOB>"
		"<HAIR>red</HAIR><PETS><CAT>7</CAT></PETS></HEADER><EPISODE><DECOM>8</DECOM>"
		"<COLOUR>9</COLOUR></EPISODE></CHILD></R>");
	assert_string_equal(record(outcome, "header", 0), "1: CHILD|SEX|DOB|DOB|HAIR|PETS|SHOE");
	assert_string_equal(record(outcome, "header", 1), "1: 4||5|6|red||");
	assert_string_equal(record(outcome, "episodes_903", 0), "1: CHILD|DECOM|COLOUR");
	assert_string_equal(record(outcome, "episodes_903", 1), "1: 4|8|9");
}

static void test_groups_of_an_unknown_name_are_told_by_their_keys(void **state)
{
	struct outcome *outcome = *state;

	read_good(outcome,
		"<R><CHILD><HEADER><CHILDID>4</CHILDID><DOB>5</DOB></HEADER><WORKERS><WORKER>"
		"<SW_ID>6</SW_ID><SW_DECOM>7</SW_DECOM></WORKER></WORKERS></CHILD></R>");
	assert_string_equal(record(outcome, "sw_episodes", 1), "1: 4|5|6|7");
	assert_string_equal(record(outcome, "header", 0), "1: CHILD|SEX|DOB");
}

static void test_other_encodings(void **state)
{
	struct outcome *outcome = *state;

	read_good(outcome,
		"<?xml version='1.0' encoding='windows-1252'?><R><CHILD><HEADER><CHILDID>"
		"\x80\xE9</CHILDID></HEADER></CHILD></R>");
	assert_string_equal(record(outcome, "header", 1), "1: €é||");
	read_good(outcome, "<?xml version='1.0' encoding='UTF-8'?><R><CHILD><HEADER><CHILDID>\x80"
			   "</CHILDID></HEADER></CHILD></R>");
	assert_string_equal(record(outcome, "header", 1), "1: €||");
	read_good(
		outcome, "\xEF\xBB\xBF<R><CHILD><HEADER><CHILDID>é</CHILDID></HEADER></CHILD></R>");
	assert_string_equal(record(outcome, "header", 1), "1: é||");
}

static void test_a_declaration_cut_short_is_no_encoding(void **state)
{
	struct outcome *outcome = *state;
	struct buffer xml = buffer_in(outcome->arena);

	/* where the reader stops looking for the encoding, nothing follows "encoding=" */
	buffer_string(&xml, "<!--");
	while (xml.length < 190)
		buffer_char(&xml, 'x');
	buffer_string(&xml, "encoding=-->\x80");
	assert_fault(outcome, (struct text){xml.data, xml.length}, "xml_damaged");
}

static void test_entities_are_off(void **state)
{
	struct outcome *outcome = *state;

	assert_fault(outcome, TEXT("<!DOCTYPE R [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><R>&b;</R>"),
		"xml_doctype");
	assert_fault(outcome, TEXT("<!DOCTYPE R SYSTEM 'file:///etc/passwd'><R/>"), "xml_doctype");
	assert_fault(outcome, TEXT("<R><CHILD>&b;</CHILD></R>"), "xml_damaged");
}

static void test_what_is_not_a_return_is_refused(void **state)
{
	struct outcome *outcome = *state;

	assert_fault(outcome, TEXT(""), "xml_damaged");
	assert_fault(outcome, TEXT("child_id,sex"), "xml_damaged");
	assert_fault(outcome, TEXT("<R><CHILD>"), "xml_damaged");
	assert_fault(outcome, TEXT("<html><body><p>Sign in</p></body></html>"), "xml_other");
	assert_fault(outcome, TEXT("<R/>"), "xml_other");
	assert_fault(outcome, TEXT("<R>\n<CHILD>\nstray<HEADER/></CHILD></R>"), "xml_damaged");
	assert_int_equal(outcome->fault.line, 3);
}

static void test_depth_and_sizes_are_bounded(void **state)
{
	struct outcome *outcome = *state;
	struct buffer deep = buffer_in(outcome->arena), longest = buffer_in(outcome->arena);
	struct buffer wide = buffer_in(outcome->arena);

	for (int i = 0; i < 1000; i++)
		buffer_string(&deep, "<A>");
	assert_fault(outcome, (struct text){deep.data, deep.length}, "xml_deep");
	buffer_string(&longest, "<R><CHILD><HEADER><CHILDID>");
	for (int i = 0; i < 5000; i++)
		buffer_char(&longest, 'x');
	assert_fault(outcome, (struct text){longest.data, longest.length}, "xml_long");
	buffer_string(&wide, "<R><CHILD><HEADER>");
	for (int i = 0; i < 40; i++)
		buffer_format(&wide, "<X%d>1</X%d>", i, i);
	buffer_string(&wide, "</HEADER></CHILD></R>");
	assert_fault(outcome, (struct text){wide.data, wide.length}, "xml_columns");
}

/* The field of a record by the name of its column; "" where there is none. */
static struct text field(const struct sheet *from, size_t number, struct text column)
{
	for (uint32_t i = 0; i < from->first_field[1]; i++)
		if (text_equal(from->fields[i], column))
			return from->fields[from->first_field[number] + i];
	return TEXT("");
}

/* Compares a table with what another program made of the same return. */
static void compare(
	struct outcome *outcome, const char *name, struct text golden, const char *leave_out)
{
	struct csv_reader reader = csv_open(golden, ',', outcome->arena);
	struct csv_record *header = arena_take(outcome->arena, 2, sizeof *header);
	struct csv_record *row = header + 1;
	const struct sheet *ours = sheet(outcome, name);
	size_t number = 0;

	assert_true(csv_next(&reader, header));
	while (csv_next(&reader, row)) {
		assert_true(++number < ours->records);
		for (size_t i = 0; i < header->count; i++) {
			struct text value = field(ours, number, header->fields[i]);

			if (!text_is(header->fields[i], leave_out) &&
				!text_equal(value, row->fields[i]))
				fail_msg("%s row %zu: \"%.*s\" is not \"%.*s\"", name, number,
					(int)value.length, value.data, (int)row->fields[i].length,
					row->fields[i].data);
		}
	}
	assert_int_equal(number + 1, ours->records);
}

static void test_a_return_gives_the_tables_its_peer_gives(void **state)
{
	static const char *const tables[][2] = {{"Header", "header"}, {"Episodes", "episodes_903"},
		{"Reviews", "reviews"}, {"UASC", "uasc"}, {"OC2", "oc2"}, {"OC3", "oc3"},
		{"AD1", "ad1"}, {"PlacedAdoption", "placed_adoption"},
		{"PrevPerm", "previous_permanence"}, {"Missing", "missing"}};
	struct outcome *outcome = *state;
	const char *shared = getenv("HEARTH_SHARED"), *root = getenv("HEARTH_ROOT");
	char *folder = shared ? arena_format(outcome->arena, "%s", shared)
			      : arena_format(outcome->arena, "%s/../shared", root ? root : ".");
	struct file_map map;

	folder = arena_format(
		outcome->arena, "%s/golden/csc-validator-be-903/xml_to_tables", folder);
	if (!file_is_folder(folder)) {
		print_message("skipped: the golden tables are not here\n");
		skip();
	}
	assert_true(file_map_open(&map, arena_format(outcome->arena, "%s/fake_903.xml", folder),
		1 << 24, &outcome->error));
	read_xml(outcome, map.bytes);
	file_map_close(&map);
	assert_int_equal(outcome->count, 10);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		char *path = arena_format(outcome->arena, "%s/%s.csv", folder, tables[i][0]);

		assert_true(file_map_open(&map, path, 1 << 24, &outcome->error));
		/* the flag UASC is no column of our header: a 1 makes a row of uasc */
		compare(outcome, tables[i][1], map.bytes, "UASC");
		file_map_close(&map);
	}
}

#define XML_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		XML_TEST(test_one_child_makes_rows_of_every_table),
		XML_TEST(test_what_the_header_says_later_still_counts),
		XML_TEST(test_flags_of_no_make_no_row),
		XML_TEST(test_attributes_are_columns_as_well),
		XML_TEST(test_nothing_unknown_is_dropped_in_silence),
		XML_TEST(test_groups_of_an_unknown_name_are_told_by_their_keys),
		XML_TEST(test_other_encodings),
		XML_TEST(test_a_declaration_cut_short_is_no_encoding),
		XML_TEST(test_entities_are_off),
		XML_TEST(test_what_is_not_a_return_is_refused),
		XML_TEST(test_depth_and_sizes_are_bounded),
		XML_TEST(test_a_return_gives_the_tables_its_peer_gives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
