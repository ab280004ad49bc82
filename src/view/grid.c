/* SPDX-License-Identifier: MIT */
#include "view/grid.h"

enum { GAP = 2, TURN_ROWS = 12 };

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

void grid_add_wrapped(
	struct buffer *out, const char *words, size_t width, size_t indent, size_t hanging)
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
			indent = hanging;
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

/* The width of the column's widest text, or of its widest word. */
static size_t column_width(const struct grid *grid, size_t column, bool words, size_t from)
{
	size_t most = 0;

	for (size_t row = from; row < grid->rows; row++) {
		struct text rest = text_of(cell(grid, row, column)), word;

		while (text_split(&rest, words ? ' ' : '\n', &word)) {
			size_t width = grid_text_width(word);

			most = width > most ? width : most;
		}
	}
	return most;
}

static size_t whole_width(const struct grid *grid)
{
	size_t width = 0;

	for (size_t i = 0; i < grid->columns; i++)
		width += column_width(grid, i, false, 0) + GAP;
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

/* The length of the beginning that is at most `width` wide. */
static size_t fitting(struct text text, size_t width)
{
	size_t at = 0, used = 0;

	while (at < text.length) {
		size_t start = at;
		uint32_t character = next_character(text, &at);

		used += is_control(character) ? 1 : character_width(character);
		if (used > width)
			return start;
	}
	return text.length;
}

/* Cuts the next line off the front: at a space where there is one that fits. */
static struct text next_line(struct text *rest, size_t width)
{
	size_t end = fitting(*rest, width), cut = end;
	struct text line;

	if (end < rest->length && rest->data[end] != ' ') {
		while (cut && rest->data[cut - 1] != ' ')
			cut--;
	}
	if (!cut)
		cut = end ? end : rest->length;
	line = text_trim((struct text){rest->data, cut});
	*rest = text_trim((struct text){rest->data + cut, rest->length - cut});
	return line;
}

static void add_padded(struct buffer *out, struct text text, size_t width, bool right)
{
	size_t needed = grid_text_width(text), space = width > needed ? width - needed : 0;

	if (right)
		add_spaces(out, space);
	grid_add_text(out, text);
	if (!right)
		add_spaces(out, space);
	add_spaces(out, GAP);
}

static void trim_line(struct buffer *out)
{
	while (out->length && out->data[out->length - 1] == ' ')
		out->length--;
	buffer_char(out, '\n');
}

/* A grid with the widths of its columns; rests is room for what is left of the cells of a row. */
struct layout {
	struct grid grid;
	size_t *widths;
	struct text *rests;
	size_t indent;
};

static bool is_shown(const struct layout *layout, size_t column, size_t from)
{
	return column < layout->grid.keys || column >= from;
}

/* One row over as many lines as its longest cell needs. */
static void add_row(
	struct buffer *out, const struct layout *layout, size_t row, size_t from, size_t to)
{
	bool more = true;

	for (size_t i = 0; i < to; i++)
		layout->rests[i] = text_of(cell(&layout->grid, row, i));
	while (more) {
		more = false;
		add_spaces(out, layout->indent);
		for (size_t i = 0; i < to; i++) {
			if (!is_shown(layout, i, from))
				continue;
			add_padded(out, next_line(&layout->rests[i], layout->widths[i]),
				layout->widths[i], layout->grid.right && layout->grid.right[i]);
			more |= layout->rests[i].length > 0;
		}
		trim_line(out);
	}
}

static size_t total_width(const struct layout *layout)
{
	size_t width = layout->indent;

	for (size_t i = 0; i < layout->grid.columns; i++)
		width += layout->widths[i] + GAP;
	return width - GAP;
}

/* The widths as they are, or headings and keys over several lines. */
static void set_widths(struct layout *layout, bool narrow, size_t width)
{
	const struct grid *grid = &layout->grid;
	size_t keys_most = grid->keys ? width / 2 / grid->keys : 0;

	for (size_t i = 0; i < grid->columns; i++) {
		size_t heading = column_width(
			&(struct grid){1, grid->columns, grid->cells, NULL, 0}, i, narrow, 0);
		size_t body = column_width(grid, i, false, 1);

		if (narrow && i < grid->keys && body > keys_most)
			body = keys_most;
		layout->widths[i] = heading > body ? heading : body;
	}
}

static void add_parts(struct buffer *out, const struct layout *layout, size_t width)
{
	const struct grid *grid = &layout->grid;
	size_t keys = layout->indent, from = grid->keys, to;

	for (size_t i = 0; i < grid->keys; i++)
		keys += layout->widths[i] + GAP;
	do {
		size_t used = keys;

		for (to = from;
			to < grid->columns && (to == from || used + layout->widths[to] <= width);
			to++)
			used += layout->widths[to] + GAP;
		if (from > grid->keys)
			buffer_char(out, '\n');
		for (size_t row = 0; row < grid->rows; row++)
			add_row(out, layout, row, from, to);
		from = to;
	} while (to < grid->columns);
}

void grid_add(struct buffer *out, struct arena *arena, const struct grid *grid, size_t width,
	size_t indent)
{
	struct layout layout = {.grid = *grid, .indent = indent};
	size_t most = grid->rows > grid->columns ? grid->rows : grid->columns;
	struct grid other;

	layout.widths = arena_take(arena, most + 1, sizeof *layout.widths);
	layout.rests = arena_take(arena, most + 1, sizeof *layout.rests);
	if (!layout.widths || !layout.rests) {
		out->failed = true;
		return;
	}
	set_widths(&layout, false, width);
	if (total_width(&layout) > width)
		set_widths(&layout, true, width);
	if (total_width(&layout) > width && grid->rows <= TURN_ROWS) {
		other = turned(arena, grid);
		if (other.cells && other.right && whole_width(&other) < total_width(&layout)) {
			layout.grid = other;
			set_widths(&layout, indent + whole_width(&other) > width + GAP, width);
		}
	}
	add_parts(out, &layout, width);
}
