/* SPDX-License-Identifier: MIT */
#include "text_rows.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/embedded.h"

/* One field; *at moves behind it. */
static const char *read_field(struct arena *arena, struct text csv, size_t *at)
{
	struct buffer field = buffer_in(arena);
	bool quoted = csv.data[*at] == '"';

	*at += quoted;
	for (; *at < csv.length; (*at)++) {
		char character = csv.data[*at];

		if (quoted && character == '"') {
			if (*at + 1 >= csv.length || csv.data[*at + 1] != '"')
				break;
			(*at)++;
		} else if (!quoted && (character == ',' || character == '\n')) {
			break;
		}
		buffer_char(&field, character);
	}
	*at += quoted;
	return buffer_cstring(&field);
}

const struct text_rows *text_rows_read(struct arena *arena, const char *path)
{
	struct text_rows *rows = arena_take(arena, 1, sizeof *rows);
	struct text csv = embedded_text(path);
	size_t at = 0;

	assert_non_null(rows);
	assert_non_null(csv.data);
	while (at < csv.length) {
		size_t column = 0;

		assert_true(rows->count < TEXT_ROWS_MOST);
		do {
			assert_true(column < TEXT_COLUMNS_MOST);
			rows->cells[rows->count][column++] = read_field(arena, csv, &at);
		} while (at < csv.length && csv.data[at++] == ',');
		if (rows->count == 0)
			rows->columns = column;
		assert_int_equal(column, rows->columns);
		rows->count++;
	}
	return rows;
}

const char *const *text_rows_find(const struct text_rows *rows, const char *key)
{
	for (size_t row = 1; row < rows->count; row++)
		if (strcmp(rows->cells[row][0], key) == 0)
			return rows->cells[row];
	return NULL;
}
