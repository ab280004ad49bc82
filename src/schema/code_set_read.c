/* SPDX-License-Identifier: MIT */
#include <limits.h>

#include "schema/read.h"

enum { CODES_MOST = 255, YEAR_FIRST = 1990, YEAR_LAST = 2199 };

static const char *const columns[] = {"code", "label", "first_year", "last_year", "?group"};

/* The sets that C names; a council may add others, not take these away. */
static const char *const needed[] = {"category_of_need", "ethnicity", "flag", "legal_status",
	"outcome", "place", "place_provider", "reason_episode_ceased", "reason_new_episode", "sex",
	"stage"};

static bool code_read(
	struct code *out_code, const struct data_rows *rows, size_t row, struct error *error)
{
	struct code code = {
		.code = data_text(rows, row, 0),
		.label = data_text(rows, row, 1),
		.group = data_text(rows, row, 4),
	};

	if (code.code.length == 0 || code.label.length == 0)
		return data_wrong(rows, row, error, "the code or its label is blank");
	if (!data_integer(rows, row, 2, YEAR_FIRST, YEAR_LAST, 0, &code.first_year, error) ||
		!data_integer(rows, row, 3, YEAR_FIRST, YEAR_LAST, 0, &code.last_year, error))
		return false;
	if (code.first_year && code.last_year && code.first_year > code.last_year)
		return data_wrong(rows, row, error, "the last year is before the first");
	*out_code = code;
	return true;
}

static bool set_read(struct code_set *out_set, struct arena *arena, const struct data_files *files,
	const char *name, struct error *error)
{
	struct code_set set = {0};
	struct data_rows rows;
	struct code *codes;
	size_t again, length = strlen(name) - strlen("codes/") - strlen(".csv");

	if (!data_file_read(&rows, arena, files, name, columns, 5, error))
		return false;
	if (rows.count == 0 || rows.count > CODES_MOST)
		return data_wrong(&rows, rows.count, error, "not from 1 to %d codes", CODES_MOST);
	codes = arena_take(arena, rows.count, sizeof *codes);
	set.name = arena_copy(arena, name + strlen("codes/"), length);
	if (!codes || !set.name)
		return error_no_memory(error);
	for (size_t row = 0; row < rows.count; row++)
		if (!code_read(&codes[row], &rows, row, error))
			return false;
	set.codes = codes;
	set.count = rows.count;
	if (!code_set_index(&set, arena, &again, error))
		return false;
	if (again < set.count)
		return data_wrong(&rows, again, error, "the code %s stands here a second time",
			codes[again].code.data);
	*out_set = set;
	return true;
}

static bool is_csv(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && strcmp(name + length - 4, ".csv") == 0;
}

bool code_sets_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error)
{
	const struct data_path *paths;
	size_t count = data_files_under(files, "codes/", &paths), sets = 0;
	struct code_set *code_sets = arena_take(arena, count, sizeof *code_sets);

	if (!code_sets)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++)
		if (is_csv(paths[i].name) &&
			!set_read(&code_sets[sets++], arena, files, paths[i].name, error))
			return false;
	schema->code_sets = code_sets;
	schema->code_set_count = sets;
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!schema_code_set(schema, needed[i]))
			return error_set(error, ERROR_MISSING,
				"the file data/codes/%s.csv is not there", needed[i]);
	return true;
}
