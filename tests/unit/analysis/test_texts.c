/* SPDX-License-Identifier: MIT */
/* Every finding and note has its sentence, and every sentence its values. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "figure_case.h"
#include "text_rows.h"

enum { WORDS_MOST = 26, SEEDS = 60 };

static struct arena *texts_arena;
static const struct text_rows *findings, *notes, *figures;

static int open_texts(void **state)
{
	(void)state;
	texts_arena = arena_open();
	findings = text_rows_read(texts_arena, "data/texts/findings.csv");
	notes = text_rows_read(texts_arena, "data/texts/notes.csv");
	figures = text_rows_read(texts_arena, "data/texts/figures.csv");
	return 0;
}

static int close_texts(void **state)
{
	(void)state;
	arena_close(texts_arena);
	return 0;
}

static bool has_value(const struct statement_of *statement, const char *name, size_t length)
{
	for (size_t i = 0; i < statement->value_count; i++)
		if (strlen(statement->values[i].name) == length &&
			memcmp(statement->values[i].name, name, length) == 0)
			return true;
	return false;
}

static void check_statement(const struct text_rows *rows, const struct statement_of *statement)
{
	const char *const *row = text_rows_find(rows, statement->key);

	if (!row)
		fail_msg("no text for %s", statement->key);
	for (const char *at = strchr(row[1], '{'); at; at = strchr(at + 1, '{')) {
		const char *close = strchr(at, '}');

		assert_non_null(close);
		if (!has_value(statement, at + 1, (size_t)(close - at - 1)))
			fail_msg("%s: no value for %s", statement->key, at);
	}
}

static void check_result(const struct result *result)
{
	check_statement(findings, &result->finding);
	for (size_t i = 0; i < result->note_count; i++)
		check_statement(notes, &result->notes[i]);
}

static void check_all(struct text lines, const char *filter, uint32_t child)
{
	struct figure_case made;

	case_open(&made, lines, "2023-03-31", filter);
	made.input.params.child = child;
	for (size_t i = 0; i < analysis_count; i++)
		if (!analysis_registry[i]->of_child || child < made.history.children)
			check_result(case_run(&made, analysis_registry[i]->id));
	case_close(&made);
}

static void test_whatever_is_found_has_a_sentence(void **state)
{
	static const char *const filters[] = {"", "placement_group=residential", "sex=female",
		"disability=yes", "age_band=17+", "placement_kind=in-house fostering"};

	(void)state;
	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		struct arena *arena = arena_open();
		size_t children = (size_t)(seed * seed / 8);

		check_all(random_lines(arena, children, seed), filters[seed % 6], 0);
		arena_close(arena);
	}
}

static void test_every_sentence_is_of_a_figure_and_short(void **state)
{
	(void)state;
	for (size_t row = 1; row < findings->count; row++) {
		const char *key = findings->cells[row][0], *text = findings->cells[row][1];
		size_t length = (size_t)(strchr(key, '.') - key), words = 1;
		bool found = false;

		for (size_t i = 0; i < analysis_count; i++)
			found |= strlen(analysis_registry[i]->name) == length &&
				 strncmp(analysis_registry[i]->name, key, length) == 0;
		if (!found)
			fail_msg("%s is of no figure", key);
		for (const char *at = text; *at; at++)
			words += *at == ' ';
		if (words > WORDS_MOST || text[strlen(text) - 1] != '.')
			fail_msg("%s: %zu words: %s", key, words, text);
	}
}

static void test_every_figure_says_what_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < analysis_count; i++) {
		const char *const *row = text_rows_find(figures, analysis_registry[i]->name);

		if (!row)
			fail_msg("no texts for %s", analysis_registry[i]->name);
		for (size_t column = 1; column < figures->columns; column++)
			assert_true(strlen(row[column]) > 0);
		assert_int_equal(row[2][strlen(row[2]) - 1], '?');
	}
	assert_int_equal(figures->count, analysis_count + 1);
}

static void test_ids_are_found_and_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < analysis_count; i++)
		assert_ptr_equal(
			analysis_find(text_of(analysis_registry[i]->id)), analysis_registry[i]);
	assert_ptr_equal(analysis_find(TEXT("a1")), analysis_find(TEXT("A1")));
	assert_null(analysis_find(TEXT("22")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whatever_is_found_has_a_sentence),
		cmocka_unit_test(test_every_sentence_is_of_a_figure_and_short),
		cmocka_unit_test(test_every_figure_says_what_it_is),
		cmocka_unit_test(test_ids_are_found_and_told_apart),
	};

	return cmocka_run_group_tests(tests, open_texts, close_texts);
}
