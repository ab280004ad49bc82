/* SPDX-License-Identifier: MIT */
#include "schema/data_file.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "base/file.h"
#include "schema/data_parse.h"

#define DATA "data/"

enum {
	FILE_MOST = 4 << 20, /* bytes of a data file */
	PATH_SHOWN = 80,     /* bytes of its path in messages */
};

static int path_compare(const void *a, const void *b)
{
	return strcmp(((const struct data_path *)a)->name, ((const struct data_path *)b)->name);
}

static const struct data_path *path_find(const struct data_files *files, const char *name)
{
	struct data_path key = {name, NULL};

	return files->count ? bsearch(&key, files->paths, files->count, sizeof key, path_compare)
			    : NULL;
}

bool data_file_exists(const struct data_files *files, const char *name)
{
	return path_find(files, name) != NULL;
}

/* Puts a council's file in place of ours, or after the `count` there are. */
static size_t path_overlay(
	struct data_path *paths, size_t embedded, size_t count, const char *name, const char *file)
{
	struct data_files ours = {paths, embedded};
	const struct data_path *known = path_find(&ours, name);

	if (known) {
		paths[known - paths].file = file;
		return count;
	}
	paths[count] = (struct data_path){name, file};
	return count + 1;
}

bool data_files_open(
	struct data_files *out_files, struct arena *arena, const char *folder, struct error *error)
{
	const struct embedded_file *first;
	const char *const *found = NULL;
	size_t embedded = embedded_under(DATA, &first), found_count = 0, count = embedded;
	struct data_path *paths;

	if (folder && !file_is_folder(folder))
		return error_set(error, ERROR_MISSING, "%.150s is not a folder", folder);
	if (folder && !file_list(arena, folder, &found, &found_count, error))
		return false;
	paths = arena_take(arena, embedded + found_count, sizeof *paths);
	if (!paths)
		return error_no_memory(error);
	for (size_t i = 0; i < embedded; i++)
		paths[i].name = first[i].path + strlen(DATA);
	for (size_t i = 0; i < found_count; i++) {
		const char *name = found[i] + strlen(folder);

		while (*name == '/')
			name++;
		count = path_overlay(paths, embedded, count, name, found[i]);
	}
	qsort(paths, count, sizeof *paths, path_compare);
	*out_files = (struct data_files){paths, count};
	return true;
}

size_t data_files_under(
	const struct data_files *files, const char *folder, const struct data_path **out_first)
{
	size_t length = strlen(folder), count = 0;

	*out_first = NULL;
	for (size_t i = 0; i < files->count; i++) {
		if (strncmp(files->paths[i].name, folder, length) != 0)
			continue;
		if (!count++)
			*out_first = &files->paths[i];
	}
	return count;
}

/* The bytes of a file, from the council's folder or from the program. */
static bool file_bytes(struct text *out_bytes, struct arena *arena, const struct data_path *path,
	struct error *error)
{
	struct file_map map;
	char *copy;

	if (!path->file) {
		char *name = arena_format(arena, DATA "%s", path->name);

		if (!name)
			return error_no_memory(error);
		*out_bytes = embedded_text(name);
		return true;
	}
	if (!file_map_open(&map, path->file, FILE_MOST, error))
		return false;
	copy = arena_copy(arena, map.bytes.data, map.bytes.length);
	*out_bytes = (struct text){copy, map.bytes.length};
	file_map_close(&map);
	return copy || error_no_memory(error);
}

/* Where each column asked for stands in the header; -1 for one that may be absent and is. */
static bool header_places(int *out_places, const struct data_records *records,
	const char *const *columns, size_t width, const char *path, struct error *error)
{
	for (size_t i = 0; i < width; i++) {
		bool optional = columns[i][0] == '?';
		const char *name = columns[i] + optional;

		out_places[i] = -1;
		for (size_t field = 0; field < records->fields; field++)
			if (strcmp(records->cells[field], name) == 0 && out_places[i] < 0)
				out_places[i] = (int)field;
		if (out_places[i] < 0 && !optional)
			return error_set(error, ERROR_INPUT,
				"%.150s line 1: there is no column \"%s\"", path, name);
	}
	return true;
}

static const char **rows_pick(
	struct arena *arena, const struct data_records *records, const int *places, size_t width)
{
	size_t count = records->count - 1;
	const char **cells = arena_take(arena, count * width, sizeof *cells);

	if (!cells)
		return NULL;
	for (size_t row = 0; row < count; row++)
		for (size_t i = 0; i < width; i++)
			cells[row * width + i] =
				places[i] < 0 ? ""
					      : records->cells[(row + 1) * records->fields +
							       (size_t)places[i]];
	return cells;
}

bool data_file_read(struct data_rows *out_rows, struct arena *arena, const struct data_files *files,
	const char *name, const char *const *columns, size_t width, struct error *error)
{
	const struct data_path *path = path_find(files, name);
	struct data_records records;
	int places[DATA_FIELDS_MOST];
	const char **cells;
	struct text bytes;
	const char *shown;

	if (!path)
		return error_set(error, ERROR_MISSING, "the file data/%s is not there", name);
	shown = path->file ? path->file : arena_format(arena, DATA "%s", name);
	if (!shown)
		return error_no_memory(error);
	if (width > DATA_FIELDS_MOST)
		return error_set(error, ERROR_LIMIT, "%.150s: too many columns", shown);
	if (!file_bytes(&bytes, arena, path, error) ||
		!data_parse(&records, arena, bytes, shown, error) ||
		!header_places(places, &records, columns, width, shown, error))
		return false;
	cells = rows_pick(arena, &records, places, width);
	if (!cells)
		return error_no_memory(error);
	*out_rows = (struct data_rows){shown, records.count - 1, width, cells, records.lines + 1};
	return true;
}

/* The end of a long path says more than its beginning. */
static const char *path_end(const char *path)
{
	size_t length = strlen(path);

	return length > PATH_SHOWN ? path + length - PATH_SHOWN : path;
}

bool data_wrong(
	const struct data_rows *rows, size_t row, struct error *error, const char *format, ...)
{
	const char *path = path_end(rows->path), *cut = path == rows->path ? "" : "…";
	char what[130];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	if (row >= rows->count)
		return error_set(error, ERROR_INPUT, "%s%s: %s", cut, path, what);
	return error_set(error, ERROR_INPUT, "%s%s line %d: %s", cut, path, rows->lines[row], what);
}

bool data_integer(const struct data_rows *rows, size_t row, size_t column, int least, int most,
	int blank, int *out_number, struct error *error)
{
	struct text cell = data_text(rows, row, column);
	int64_t number;

	if (cell.length == 0 && blank != INT_MIN) {
		*out_number = blank;
		return true;
	}
	if (!text_integer(cell, &number) || number < least || number > most)
		return data_wrong(rows, row, error, "\"%.40s\" is not a whole number from %d to %d",
			cell.data, least, most);
	*out_number = (int)number;
	return true;
}

bool data_flag(const struct data_rows *rows, size_t row, size_t column, bool *out_flag,
	struct error *error)
{
	const char *cell = data_cell(rows, row, column);

	if (strcmp(cell, "yes") != 0 && strcmp(cell, "no") != 0)
		return data_wrong(rows, row, error, "\"%.40s\" is neither yes nor no", cell);
	*out_flag = cell[0] == 'y';
	return true;
}
