/* SPDX-License-Identifier: MIT */
#include "view/grid.h"

enum { GAP = 2 };

struct range {
	uint32_t from, to;
};

static bool in_ranges(uint32_t character, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (character >= ranges[i].from && character <= ranges[i].to)
			return true;
	}
	return false;
}

/* By Unicode's East Asian Width and combining classes, the ranges that occur in names. */
static size_t character_width(uint32_t character)
{
	static const struct range none[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},
		{0x064B, 0x065F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},
		{0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
	static const struct range wide[] = {{0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3},
		{0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
		{0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};

	if (in_ranges(character, none, sizeof none / sizeof *none))
		return 0;
	return in_ranges(character, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

/* The next character; a byte that is no UTF-8 counts as one. */
static uint32_t next_character(struct text text, size_t *at)
{
	unsigned char first = (unsigned char)text.data[(*at)++];
	int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
	uint32_t character = more ? first & (0x3Fu >> more) : first;

	while (more-- > 0 && *at < text.length && ((unsigned char)text.data[*at] & 0xC0) == 0x80)
		character = character << 6 | ((unsigned char)text.data[(*at)++] & 0x3F);
	return character;
}

static bool is_control(uint32_t character)
{
	return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
	       (character >= 0x202A && character <= 0x202E) ||
	       (character >= 0x2066 && character <= 0x2069);
}

size_t grid_text_width(struct text text)
{
	size_t width = 0;

	for (size_t at = 0; at < text.length;) {
		uint32_t character = next_character(text, &at);

		width += is_control(character) ? 1 : character_width(character);
	}
	return width;
}

void grid_add_text(struct buffer *out, struct text text)
{
	for (size_t at = 0; at < text.length;) {
		size_t start = at;

		if (is_control(next_character(text, &at)))
			buffer_char(out, '?');
		else
			buffer_add(out, text.data + start, at - start);
	}
}

static void add_spaces(struct buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_char(out, ' ');
}

void grid_add_wrapped(struct buffer *out, const char *words, size_t width, size_t indent)
{
	struct text rest = text_of(words), word;
	size_t used = 0;

	while (text_split(&rest, ' ', &word)) {
		size_t needed = grid_text_width(word);

		if (!word.length)
			continue;
		if (used && indent + used + 1 + needed > width) {
			buffer_char(out, '\n');
			used = 0;
		}
		if (used)
			buffer_char(out, ' ');
		else
			add_spaces(out, indent);
		grid_add_text(out, word);
		used += needed + (used ? 1 : 0);
	}
	buffer_char(out, '\n');
}

static const char *cell(const struct grid *grid, size_t row, size_t column)
{
	return grid->cells[row * grid->columns + column];
}

static size_t column_width(const struct grid *grid, size_t column)
{
	size_t most = 0;

	for (size_t row = 0; row < grid->rows; row++) {
		size_t width = grid_text_width(text_of(cell(grid, row, column)));

		if (width > most)
			most = width;
	}
	return most;
}

static size_t whole_width(const struct grid *grid)
{
	size_t width = 0;

	for (size_t i = 0; i < grid->columns; i++)
		width += column_width(grid, i) + GAP;
	return width;
}

/* Rows become columns: for a few rows of many measures. Fails to NULL cells. */
static struct grid turned(struct arena *arena, const struct grid *grid)
{
	size_t columns = grid->rows, rows = grid->columns;
	const char **cells = arena_take(arena, rows * columns, sizeof *cells);
	bool *right = arena_take(arena, columns, sizeof *right);

	for (size_t row = 0; cells && row < rows; row++) {
		for (size_t column = 0; column < columns; column++)
			cells[row * columns + column] = cell(grid, column, row);
	}
	for (size_t column = 1; right && column < columns; column++)
		right[column] = true;
	return (struct grid){rows, columns, cells, right, 1};
}

static void add_cell(
	struct buffer *out, const struct grid *grid, size_t row, size_t column, size_t width)
{
	struct text text = text_of(cell(grid, row, column));
	size_t space = width - grid_text_width(text);
	bool right = grid->right && grid->right[column];

	if (right)
		add_spaces(out, space);
	grid_add_text(out, text);
	if (!right)
		add_spaces(out, space);
}

static void trim_line(struct buffer *out)
{
	while (out->length && out->data[out->length - 1] == ' ')
		out->length--;
	buffer_char(out, '\n');
}

/* The key columns and the columns [from, to). */
static void add_part(struct buffer *out, const struct grid *grid, const size_t *widths, size_t from,
	size_t to, size_t indent)
{
	for (size_t row = 0; row < grid->rows; row++) {
		add_spaces(out, indent);
		for (size_t i = 0; i < to; i++) {
			if (i >= grid->keys && i < from)
				continue;
			add_cell(out, grid, row, i, widths[i]);
			add_spaces(out, GAP);
		}
		trim_line(out);
	}
}

void grid_add(struct buffer *out, struct arena *arena, const struct grid *grid, size_t width,
	size_t indent)
{
	struct grid shown = *grid, other;
	size_t *widths, keys = 0, from, to, used;

	if (indent + whole_width(grid) > width + GAP && grid->rows <= 12) {
		other = turned(arena, grid);
		if (other.cells && other.right && whole_width(&other) < whole_width(grid))
			shown = other;
	}
	widths = arena_take(arena, shown.columns + 1, sizeof *widths);
	if (!widths) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < shown.columns; i++) {
		widths[i] = column_width(&shown, i);
		keys += i < shown.keys ? widths[i] + GAP : 0;
	}
	for (from = shown.keys; from < shown.columns || from == shown.keys; from = to) {
		used = indent + keys;
		for (to = from; to < shown.columns && (to == from || used + widths[to] <= width);
			to++)
			used += widths[to] + GAP;
		if (from > shown.keys)
			buffer_char(out, '\n');
		add_part(out, &shown, widths, from, to, indent);
		if (to == from)
			break;
	}
}
