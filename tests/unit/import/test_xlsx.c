/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "import/xlsx_book.h"
#include "workbook.h"

struct outcome {
	struct arena *arena;
	struct sheet *sheets;
	size_t count;
	struct sheet_fault fault;
	struct error error;
};

static int begin(void **state)
{
	struct arena *arena = arena_open();
	struct outcome *outcome = arena ? arena_take(arena, 1, sizeof *outcome) : NULL;

	if (!outcome)
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

static void read_bytes(struct outcome *outcome, struct text bytes)
{
	assert_true(xlsx_read(outcome->arena, bytes, &outcome->sheets, &outcome->count,
		&outcome->fault, &outcome->error));
}

static void read_workbook(struct outcome *outcome, const struct workbook *workbook)
{
	read_bytes(outcome, workbook_make(outcome->arena, workbook));
	assert_string_equal(outcome->fault.problem ? outcome->fault.problem : "", "");
}

/* The record as "line: a|b|c". */
static const char *record(const struct outcome *outcome, size_t sheet, size_t number)
{
	const struct sheet *from = &outcome->sheets[sheet];
	struct buffer out = buffer_in(outcome->arena);

	assert_true(sheet < outcome->count);
	assert_true(number < from->records);
	buffer_format(&out, "%u: ", from->lines[number]);
	for (uint32_t i = from->first_field[number]; i < from->first_field[number + 1]; i++) {
		if (i > from->first_field[number])
			buffer_char(&out, '|');
		buffer_text(&out, from->fields[i]);
	}
	return buffer_cstring(&out);
}

static void assert_fault(struct outcome *outcome, const struct workbook *workbook, const char *key)
{
	read_bytes(outcome, workbook_make(outcome->arena, workbook));
	assert_non_null(outcome->fault.problem);
	assert_string_equal(outcome->fault.problem, key);
	assert_int_equal(outcome->count, 0);
}

static void test_texts_of_every_kind(void **state)
{
	struct outcome *outcome = *state;
	struct workbook workbook = {
		.strings = "<si><t>child_id</t></si>"
			   "<si><r><t>we</t></r><r><rPr><b/></rPr><t>ekly</t></r></si>"
			   "<si><t>kanji</t><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si>"
			   "<si><t xml:space=\"preserve\">  a_x000D_\nb &amp; &#163;_x005F_x0041_ "
			   "</t></si><si/>",
		.sheets = {
			"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v>"
			"</c><c r=\"C1\" t=\"s\"><v>2</v></c></row>"
			"<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line"
			"</t></r></is></c><c r=\"B2\" t=\"str\"><f>A1&amp;\"x\"</f><v>made</v></c>"
			"<c r=\"C2\" t=\"s\"><v>3</v></c></row>"
			"<row r=\"3\"><c r=\"A3\" t=\"e\"><v>#N/A</v></c><c r=\"B3\" "
			"t=\"s\"><v>4</v>"
			"</c><c r=\"C3\" t=\"inlineStr\"><is><t>x</t></is></c></row>"}};

	read_workbook(outcome, &workbook);
	assert_string_equal(record(outcome, 0, 0), "1: child_id|weekly|kanji");
	assert_string_equal(record(outcome, 0, 1), "2: inline|made|a\r\nb & £_x0041_");
	assert_string_equal(record(outcome, 0, 2), "3: #N/A||x");
}

static const char *number(struct outcome *outcome, const char *value)
{
	char out[XLSX_NUMBER_SIZE];
	struct text text = xlsx_number_text(text_of(value), out);

	return arena_copy(outcome->arena, text.data, text.length);
}

static void test_numbers_are_as_a_spreadsheet_shows_them(void **state)
{
	struct outcome *outcome = *state;

	assert_string_equal(number(outcome, "1234.5"), "1234.5");
	assert_string_equal(number(outcome, "1234.5599999999999"), "1234.56");
	assert_string_equal(number(outcome, "0.10000000000000001"), "0.1");
	assert_string_equal(number(outcome, "5.0"), "5");
	assert_string_equal(number(outcome, "-0"), "0");
	assert_string_equal(number(outcome, "-0.50"), "-0.5");
	assert_string_equal(number(outcome, "1E-3"), "0.001");
	assert_string_equal(number(outcome, "1.5E-7"), "0.00000015");
	assert_string_equal(number(outcome, "-2.5e-10"), "-0.00000000025");
	assert_string_equal(number(outcome, "1.2345678901234E+15"), "1234567890123400");
	assert_string_equal(number(outcome, "1.5E+20"), "150000000000000000000");
	assert_string_equal(number(outcome, "123456789012345678"), "123456789012345678");
	assert_string_equal(number(outcome, "1234.3000000000002"), "1234.3");
	assert_string_equal(number(outcome, "0.30000000000000004"), "0.3");
	assert_string_equal(number(outcome, "1E+15"), "1000000000000000");
	assert_string_equal(number(outcome, "007"), "7");
}

static void test_what_is_no_number_stays_as_it_is(void **state)
{
	struct outcome *outcome = *state;

	assert_string_equal(number(outcome, "1E+999"), "1E+999");
	assert_string_equal(number(outcome, "1E+200"), "1E+200");
	assert_string_equal(number(outcome, "nan"), "nan");
	assert_string_equal(number(outcome, "0x10"), "0x10");
	assert_string_equal(number(outcome, "1.2.3"), "1.2.3");
	assert_string_equal(number(outcome, "."), ".");
	assert_string_equal(number(outcome, "-"), "-");
}

static const char *date(struct outcome *outcome, const char *value, bool from_1904)
{
	char out[XLSX_NUMBER_SIZE];
	struct text text = xlsx_date_text(text_of(value), from_1904, out);

	return arena_copy(outcome->arena, text.data, text.length);
}

static void test_days_of_both_systems(void **state)
{
	struct outcome *outcome = *state;

	assert_string_equal(date(outcome, "1", false), "1900-01-01");
	assert_string_equal(date(outcome, "59", false), "1900-02-28");
	assert_string_equal(date(outcome, "60", false), "1900-02-29");
	assert_string_equal(date(outcome, "61", false), "1900-03-01");
	assert_string_equal(date(outcome, "45016", false), "2023-03-31");
	assert_string_equal(date(outcome, "45016.75", false), "2023-03-31");
	assert_string_equal(date(outcome, "2958465", false), "9999-12-31");
	assert_string_equal(date(outcome, "0", true), "1904-01-01");
	assert_string_equal(date(outcome, "43554", true), "2023-03-31");
	assert_string_equal(date(outcome, "2957003", true), "9999-12-31");
	/* no day: the number stays and the checks refuse it */
	assert_string_equal(date(outcome, "0.5", false), "0.5");
	assert_string_equal(date(outcome, "-1", false), "-1");
	assert_string_equal(date(outcome, "2958466", false), "2958466");
	assert_string_equal(date(outcome, "2957004", true), "2957004");
	assert_string_equal(date(outcome, "soon", false), "soon");
}

static void test_formats_that_show_a_day(void **state)
{
	(void)state;
	assert_true(xlsx_format_is_date("dd/mm/yyyy"));
	assert_true(xlsx_format_is_date("[$-809]dd mmmm yyyy;@"));
	assert_true(xlsx_format_is_date("yyyy\\-mm\\-dd"));
	assert_true(xlsx_format_is_date("MMM-YY"));
	assert_true(xlsx_format_is_date("[h]:mm"));
	assert_true(xlsx_format_is_date("\"on \"d"));
	assert_false(xlsx_format_is_date("General"));
	assert_false(xlsx_format_is_date("0.00"));
	assert_false(xlsx_format_is_date("[Red]0.00;[Blue]0.00"));
	assert_false(xlsx_format_is_date("0 \"days\""));
	assert_false(xlsx_format_is_date("#,##0\\d"));
	assert_false(xlsx_format_is_date("[$£-809]#,##0.00"));
	assert_false(xlsx_format_is_date("0_d"));
	assert_false(xlsx_format_is_date("@"));
	assert_false(xlsx_format_is_date("\"open"));
	assert_false(xlsx_format_is_date(""));
}

static void test_cells_with_a_date_format_are_dates(void **state)
{
	struct outcome *outcome = *state;
	struct workbook workbook = {
		.formats =
			"<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"
			"<numFmt numFmtId=\"165\" formatCode=\"0 &quot;days&quot;\"/></numFmts>"
			"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
			"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
			"<xf numFmtId=\"165\"/></cellXfs>",
		.sheets = {
			"<row r=\"1\"><c r=\"A1\" s=\"0\"><v>45016</v></c><c r=\"B1\" "
			"s=\"1\"><v>45016"
			"</v></c><c r=\"C1\" s=\"2\"><v>45016</v></c><c r=\"D1\" "
			"s=\"3\"><v>45016</v>"
			"</c><c r=\"E1\" t=\"d\"><v>2023-03-31T00:00:00</v></c><c r=\"F1\" s=\"1\" "
			"t=\"str\"><v>31/03/2023</v></c><c r=\"G1\" s=\"99\"><v>45016</v></c>"
			"<c r=\"H1\" t=\"b\"><v>1</v></c><c r=\"I1\" t=\"b\"><v>0</v></c></row>"}};

	read_workbook(outcome, &workbook);
	assert_string_equal(record(outcome, 0, 0),
		"1: 45016|2023-03-31|2023-03-31|45016|2023-03-31|31/03/2023|45016|1|0");
	workbook.properties = "date1904=\"1\"";
	read_workbook(outcome, &workbook);
	assert_string_equal(record(outcome, 0, 0),
		"1: 45016|2027-04-01|2027-04-01|45016|2023-03-31|31/03/2023|45016|1|0");
}

static void test_gaps_merged_cells_and_empty_ends(void **state)
{
	struct outcome *outcome = *state;
	struct workbook workbook = {
		.sheets = {"<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\"><v>2</v></c><c "
			   "r=\"C3\"><v>3"
			   "</v></c><c r=\"D3\" s=\"0\"/><c r=\"E3\" t=\"str\"><v> </v></c></row>"
			   "<row r=\"5\"><c r=\"B5\"><v>5</v></c></row>"
			   "<row r=\"6\"><c r=\"A6\" s=\"0\"/></row>"
			   "<row><c><v>7</v></c><c><v>8</v></c></row>"
			   "<row r=\"9\"><c r=\"A9\"><v>9</v></c><c r=\"E9\"><v>10</v></c></row>"
			   "<row r=\"1000\"/>"},
		.after = "<mergeCells count=\"1\"><mergeCell ref=\"A5:B6\"/></mergeCells>"};

	read_workbook(outcome, &workbook);
	assert_int_equal(outcome->sheets[0].records, 4);
	assert_string_equal(record(outcome, 0, 0), "3: 1|2|3");
	assert_string_equal(record(outcome, 0, 1), "5: |5|");
	assert_string_equal(record(outcome, 0, 2), "7: 7|8|");
	assert_string_equal(record(outcome, 0, 3), "9: 9||||10");
}

static void test_sheets_that_hold_nothing_are_left_out(void **state)
{
	struct outcome *outcome = *state;
	struct workbook workbook = {.sheets = {"", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
					    "<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>"}};

	read_workbook(outcome, &workbook);
	assert_int_equal(outcome->count, 1);
	assert_string_equal(outcome->sheets[0].name, "Sheet2");
}

static void test_strict_namespaces_and_prefixes(void **state)
{
	struct outcome *outcome = *state;
	const struct workbook_part parts[] = {
		{"_rels/.rels",
			"<Relationships><Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/"
			"officeDocument/relationships/officeDocument\" Target=\"/Book/Main.xml\"/>"
			"</Relationships>"},
		{"book/main.xml",
			"<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" "
			"xmlns:q=\"http://purl.oclc.org/ooxml/officeDocument/relationships\">"
			"<x:sheets><x:sheet name=\"Costs &amp; care\" sheetId=\"7\" "
			"state=\"veryHidden\" q:id=\"s\"/><x:sheet name=\"Chart\" sheetId=\"8\" "
			"q:id=\"c\"/></x:sheets></x:workbook>"},
		{"book/_rels/main.xml.rels",
			"<Relationships><Relationship Id=\"s\" Type=\"http://purl.oclc.org/ooxml/"
			"officeDocument/relationships/worksheet\" "
			"Target=\"../one.xml\"/><Relationship "
			"Id=\"c\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/"
			"chartsheet\" Target=\"../two.xml\"/></Relationships>"},
		{"one.xml",
			"<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\">"
			"<x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>4</x:v></x:c></x:row>"
			"</x:sheetData></x:worksheet>"},
		{"two.xml", "<chartsheet/>"},
	};

	read_bytes(outcome, workbook_zip(outcome->arena, parts, 5));
	assert_null(outcome->fault.problem);
	assert_int_equal(outcome->count, 1);
	assert_string_equal(outcome->sheets[0].name, "Costs & care");
	assert_string_equal(record(outcome, 0, 0), "1: 4");
}

static void test_sheets_out_of_bounds_are_refused(void **state)
{
	struct outcome *outcome = *state;
	struct workbook workbook = {0};

	workbook.sheets[0] = "<row r=\"1048577\"><c><v>1</v></c></row>";
	assert_fault(outcome, &workbook, "xlsx_rows");
	workbook.sheets[0] = "<row r=\"0\"><c><v>1</v></c></row>";
	assert_fault(outcome, &workbook, "xlsx_rows");
	workbook.sheets[0] = "<row r=\"1\"><c r=\"AMK1\"><v>1</v></c></row>";
	assert_fault(outcome, &workbook, "xlsx_columns");
	workbook.sheets[0] = "<row r=\"1\"><c r=\"1\"><v>1</v></c></row>";
	assert_fault(outcome, &workbook, "xlsx_damaged");
	workbook.sheets[0] = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
	assert_fault(outcome, &workbook, "xlsx_damaged");
	workbook.sheets[0] = "<row r=\"1\"><c r=\"A1\"><v>1</v></row>";
	assert_fault(outcome, &workbook, "xlsx_damaged");
	/* the last column that is accepted, and an empty cell beyond it */
	workbook.sheets[0] =
		"<row r=\"1048576\"><c r=\"AMJ1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/></row>";
	read_workbook(outcome, &workbook);
	assert_int_equal(outcome->sheets[0].first_field[1], 1024);
}

static void test_every_cut_of_a_workbook_is_refused(void **state)
{
	struct outcome *outcome = *state;
	struct workbook workbook = {.sheets = {"<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"}};
	struct text bytes = workbook_make(outcome->arena, &workbook);

	for (size_t length = 0; length < bytes.length; length++) {
		read_bytes(outcome, (struct text){bytes.data, length});
		assert_string_equal(outcome->fault.problem, "xlsx_damaged");
		assert_int_equal(outcome->fault.line, 1);
	}
}

static void test_other_kinds_of_files_are_told(void **state)
{
	struct outcome *outcome = *state;
	const struct workbook_part document = {"word/document.xml", "<document/>"};

	read_bytes(outcome, workbook_zip(outcome->arena, &document, 1));
	assert_string_equal(outcome->fault.problem, "xlsx_other");
	read_bytes(outcome, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Workbook"));
	assert_string_equal(outcome->fault.problem, "file_old_workbook");
	read_bytes(outcome, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 "
				 "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"));
	assert_string_equal(outcome->fault.problem, "xlsx_encrypted");
	read_bytes(outcome, TEXT("child_id,sex\n"));
	assert_string_equal(outcome->fault.problem, "xlsx_damaged");
}

#define XLSX_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		XLSX_TEST(test_texts_of_every_kind),
		XLSX_TEST(test_numbers_are_as_a_spreadsheet_shows_them),
		XLSX_TEST(test_what_is_no_number_stays_as_it_is),
		XLSX_TEST(test_days_of_both_systems),
		XLSX_TEST(test_formats_that_show_a_day),
		XLSX_TEST(test_cells_with_a_date_format_are_dates),
		XLSX_TEST(test_gaps_merged_cells_and_empty_ends),
		XLSX_TEST(test_sheets_that_hold_nothing_are_left_out),
		XLSX_TEST(test_strict_namespaces_and_prefixes),
		XLSX_TEST(test_sheets_out_of_bounds_are_refused),
		XLSX_TEST(test_every_cut_of_a_workbook_is_refused),
		XLSX_TEST(test_other_kinds_of_files_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
