/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include "view/grid.h"

static void test_width_is_of_what_is_seen(void **state)
{
	(void)state;
	assert_int_equal(grid_text_width(TEXT("abc")), 3);
	assert_int_equal(grid_text_width(TEXT("£1,400")), 6);
	assert_int_equal(grid_text_width(TEXT("Zoë")), 3);
	assert_int_equal(grid_text_width(TEXT("e\xCC\x81")), 1); /* e and a combining accent */
	assert_int_equal(grid_text_width(TEXT("日本")), 4);
	assert_int_equal(grid_text_width(TEXT("\xFF\xFE")), 2); /* not UTF-8 */
}

static void test_nothing_moves_the_cursor(void **state)
{
	struct buffer out = buffer_in(*state);

	grid_add_text(&out, TEXT("a\x1b[31mb\r\nc\xC2\x9B"));
	assert_string_equal(buffer_cstring(&out), "a?[31mb??c?");
}

static void test_columns_are_aligned(void **state)
{
	const char *cells[] = {"Kind", "n", "Zoë", "5", "Longer", "1,234"};
	bool right[] = {false, true};
	struct grid grid = {3, 2, cells, right, 1};
	struct buffer out = buffer_in(*state);

	grid_add(&out, *state, &grid, 80, 2);
	assert_string_equal(buffer_cstring(&out), "  Kind        n\n"
						  "  Zoë         5\n"
						  "  Longer  1,234\n");
}

static void test_wide_tables_are_turned(void **state)
{
	const char *cells[] = {
		"Age", "Health", "Education", "Identity", "0 to 1", "1.0", "2.0", "3.0"};
	bool right[] = {false, true, true, true};
	struct grid grid = {2, 4, cells, right, 1};
	struct buffer out = buffer_in(*state);

	grid_add(&out, *state, &grid, 30, 0);
	assert_string_equal(buffer_cstring(&out), "Age        0 to 1\n"
						  "Health        1.0\n"
						  "Education     2.0\n"
						  "Identity      3.0\n");
}

static void test_words_are_wrapped(void **state)
{
	struct buffer out = buffer_in(*state);

	grid_add_wrapped(&out, "one two three four", 10, 2, 4);
	assert_string_equal(buffer_cstring(&out), "  one two\n    three\n    four\n");
}

static void test_lines_fit_the_terminal(void **state)
{
	const struct view_options options = {.width = 72};
	struct text rest = text_of(checks_report(*state, "table", 40, false, &options, NULL)), line;

	while (text_split(&rest, '\n', &line))
		assert_true(grid_text_width(line) <= 72);
}

static void test_colours_only_when_asked_for(void **state)
{
	struct view_options options = {.width = 80};

	assert_null(strchr(checks_report(*state, "table", 20, false, &options, NULL), '\x1b'));
	options.colour = true;
	assert_non_null(
		strchr(checks_report(*state, "findings", 20, false, &options, NULL), '\x1b'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_width_is_of_what_is_seen),
		CHECKS(test_nothing_moves_the_cursor),
		CHECKS(test_columns_are_aligned),
		CHECKS(test_wide_tables_are_turned),
		CHECKS(test_words_are_wrapped),
		CHECKS(test_lines_fit_the_terminal),
		CHECKS(test_colours_only_when_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
