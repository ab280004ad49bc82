/* SPDX-License-Identifier: MIT */
/*
 * Every table of the small cohort, to the last digit, against golden.txt: the same for every
 * compiler and number of threads. When a change of a figure is meant, run the test with
 * HEARTH_GOLDEN=write and read the difference before it is committed. A3 is left out: its exp() is
 * the machine's.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/json.h"
#include "figure_case.h"
#include "small_lines.h"

static void dump_cell(struct buffer *out, const struct column *column, size_t row)
{
	char words[JSON_NUMBER_SIZE];

	if (column_missing(column, row))
		return;
	if (column->type == COLUMN_NUMBER)
		buffer_string(out, json_number_text(column->numbers[row], words));
	else if (column->type == COLUMN_INTEGER)
		buffer_format(out, "%lld", (long long)column->integers[row]);
	else if (column->type == COLUMN_DATE)
		buffer_string(out, date_format(column->dates[row], words));
	else
		buffer_text(out, column->texts[row]);
}

static void dump_table(struct buffer *out, const struct table *table)
{
	static const char *const types[] = {"integer", "number", "date", "code", "text"};

	buffer_format(out, "\t%s", table->name);
	for (size_t c = 0; c < table->column_count; c++)
		buffer_format(out, "%s%s %s (%s)", c ? " | " : ": ", table->columns[c].name,
			types[table->columns[c].type],
			table->columns[c].unit ? table->columns[c].unit : "");
	for (size_t row = 0; row < table->rows; row++) {
		buffer_string(out, "\n\t\t");
		for (size_t c = 0; c < table->column_count; c++) {
			buffer_string(out, c ? " | " : "");
			dump_cell(out, &table->columns[c], row);
		}
	}
	buffer_char(out, '\n');
}

static void dump_result(struct buffer *out, const struct result *result)
{
	buffer_format(out, "%s: n %lld, missing %lld %lld %lld, %s", result->id,
		(long long)result->n, (long long)result->missing_assessment,
		(long long)result->missing_cost, (long long)result->missing_group,
		result->finding.key);
	for (size_t i = 0; i < result->note_count; i++)
		buffer_format(out, ", %s", result->notes[i].key);
	buffer_char(out, '\n');
	for (size_t t = 0; t < result->table_count; t++)
		dump_table(out, result->tables[t]);
}

static struct text dump_all(struct figure_case *made)
{
	struct buffer out = buffer_in(made->arena);
	const char *text;

	made->input.params.child = history_child(&made->history, TEXT("C2"));
	for (size_t i = 0; i < analysis_count; i++)
		if (strcmp(analysis_registry[i]->id, "A3") != 0)
			dump_result(&out, case_run(made, analysis_registry[i]->id));
	text = buffer_cstring(&out);
	assert_false(out.failed);
	return text_of(text);
}

static void compare_lines(struct text found, struct text expected)
{
	struct text one, other;
	size_t line = 1;

	for (; text_split(&expected, '\n', &other); line++) {
		if (!text_split(&found, '\n', &one) || !text_equal(one, other))
			fail_msg("golden.txt line %zu: %.*s\ninstead of %.*s", line,
				(int)one.length, one.data, (int)other.length, other.data);
	}
	assert_int_equal(found.length, 0);
}

static void test_the_small_cohort_to_the_last_digit(void **state)
{
	const char *root = getenv("HEARTH_ROOT"), *write = getenv("HEARTH_GOLDEN");
	struct error error = {ERROR_NONE, ""};
	struct figure_case made;
	struct file_map golden;
	const char *path;
	struct text found;

	(void)state;
	case_open(&made, text_of(small_lines), "2023-03-31", "");
	path = arena_format(made.arena, "%s/tests/unit/analysis/golden.txt", root ? root : ".");
	found = dump_all(&made);
	if (write && strcmp(write, "write") == 0)
		assert_true(file_write(path, found, &error));
	if (!file_map_open(&golden, path, 1 << 20, &error))
		fail_msg("%s", error.message);
	compare_lines(found, golden.bytes);
	file_map_close(&golden);
	case_close(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_small_cohort_to_the_last_digit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
