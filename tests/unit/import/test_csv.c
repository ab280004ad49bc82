/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "import/csv.h"

/* The records of `text` as "line[a|b|c]" one after another. */
static const char *records(struct arena *arena, struct text text)
{
	struct csv_record *record = arena_take(arena, 1, sizeof *record);
	struct csv_reader reader = csv_open(text, ',', arena);
	struct buffer out = buffer_in(arena);

	assert_non_null(record);
	while (csv_next(&reader, record)) {
		buffer_format(&out, "%u[", record->line + 1);
		for (size_t i = 0; i < record->count; i++) {
			if (i)
				buffer_char(&out, '|');
			buffer_text(&out, record->fields[i]);
		}
		buffer_string(&out, record->open ? "..." : "]");
	}
	return buffer_cstring(&out);
}

static void assert_records(const char *text, const char *expected)
{
	struct arena *arena = arena_open();

	assert_non_null(arena);
	assert_string_equal(records(arena, text_of(text)), expected);
	arena_close(arena);
}

static void test_plain_fields_and_every_line_end(void **state)
{
	(void)state;
	assert_records("", "");
	assert_records("a,b\nc,d\r\ne,f\rg,h", "1[a|b]2[c|d]3[e|f]4[g|h]");
	assert_records("a,b\n\n  \n\r\nc,", "1[a|b]5[c|]");
	assert_records(",\n,,", "1[|]2[||]");
	assert_records("a\n\rb", "1[a]3[b]");
}

static void test_fields_are_trimmed(void **state)
{
	(void)state;
	assert_records(" a ,\tb\xC2\xA0,\" c \"", "1[a|b|c]");
}

static void test_quotes_as_python_reads_them(void **state)
{
	(void)state;
	assert_records("\"a,b\",\"c\"\"d\"", "1[a,b|c\"d]");
	assert_records("\"two\nlines\",x\ny,z", "1[two\nlines|x]3[y|z]");
	assert_records("\"cr\rlf\r\nend\",x\ny", "1[cr\rlf\r\nend|x]4[y]");
	assert_records("a\"b\",\"c\"d\"e\",f", "1[a\"b\"|cd\"e\"|f]");
	assert_records(" \"a,b\"", "1[\"a|b\"]");
	assert_records("\"\",\"\"\"\"\n\"\"\nx", "1[|\"]3[x]");
}

static void test_a_quote_that_is_never_closed_reaches_to_the_end(void **state)
{
	(void)state;
	assert_records("a,\"b\nc,d\n", "1[a|b\nc,d...");
	assert_records("a,\"b\"\"", "1[a|b\"...");
	assert_records("a,\"", "1[a|...");
}

static void test_fields_beyond_the_most_are_counted(void **state)
{
	struct arena *arena = arena_open();
	struct csv_record *record = arena_take(arena, 1, sizeof *record);
	char text[3000];
	struct csv_reader reader;

	(void)state;
	memset(text, ',', sizeof text);
	reader = csv_open((struct text){text, sizeof text}, ',', arena);
	assert_true(csv_next(&reader, record));
	assert_int_equal(record->count, sizeof text + 1);
	assert_false(csv_next(&reader, record));
	arena_close(arena);
}

/* Joined again, pieces of every size give the records of the whole. */
static void test_pieces_begin_at_records(void **state)
{
	const struct text text =
		TEXT("a,\"b\nb\",c\r\nd,e\"\n\"f\"\n\n\"g\",\"h\"\"\n\"\"\"x,i\rj,k,\"l");
	struct arena *arena = arena_open();
	struct csv_record *one = arena_take(arena, 1, sizeof *one);
	struct csv_record *two = arena_take(arena, 1, sizeof *two);
	struct error error;

	(void)state;
	for (size_t size = 1; size < 40; size++) {
		struct csv_reader whole = csv_open(text, ',', arena);
		const size_t *cuts;
		size_t count;

		assert_true(csv_cut(arena, text, size, true, ',', &cuts, &count, &error));
		for (size_t i = 0; i < count; i++) {
			struct csv_reader piece =
				csv_open((struct text){text.data + cuts[i], cuts[i + 1] - cuts[i]},
					',', arena);

			assert_true(i == 0 || cuts[i] > cuts[i - 1]);
			while (csv_next(&piece, one)) {
				assert_true(csv_next(&whole, two));
				assert_ptr_equal(one->start, two->start);
				assert_int_equal(one->count, two->count);
			}
		}
		assert_false(csv_next(&whole, two));
	}
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_fields_and_every_line_end),
		cmocka_unit_test(test_fields_are_trimmed),
		cmocka_unit_test(test_quotes_as_python_reads_them),
		cmocka_unit_test(test_a_quote_that_is_never_closed_reaches_to_the_end),
		cmocka_unit_test(test_fields_beyond_the_most_are_counted),
		cmocka_unit_test(test_pieces_begin_at_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
