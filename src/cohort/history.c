/* SPDX-License-Identifier: MIT */
#include "cohort/history.h"

#include "base/date.h"
#include "cohort/history_build.h"

static int import_place(const struct unit *imports, size_t count, int64_t import)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (imports[middle].import < import)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && imports[low].import == import ? (int)low : -1;
}

struct unit build_unit(const struct history_build *build, int64_t import, int64_t file, int year)
{
	int place = import_place(build->imports, build->import_count, import);

	return (struct unit){
		.import = import,
		.file = (uint32_t)file,
		.year = year,
		.day = place < 0 ? DATE_MISSING : build->imports[place].day,
	};
}

uint8_t build_code(const struct code_set *set, struct text code)
{
	int number = code.length ? code_set_find(set, code) : -1;

	return number < 0 ? UINT8_MAX : (uint8_t)number;
}

bool build_set(const struct history_build *build, const char *name, const struct code_set **out_set,
	struct error *error)
{
	*out_set = schema_code_set(build->history.schema, name);
	return *out_set ||
	       error_set(error, ERROR_MISSING, "the data dictionary has no codes called %s", name);
}

int32_t build_date(const struct store_cursor *cursor, int column)
{
	return store_is_null(cursor, column) ? DATE_MISSING
					     : (int32_t)store_integer(cursor, column);
}

bool build_imports(struct history_build *build, struct error *error)
{
	struct row_list list = {.arena = build->kept, .size = sizeof(struct unit)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(build->store, "load_import_days", &cursor, error))
		return false;
	while (true) {
		struct unit *import;

		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			break;
		import = row_add(&list);
		if (!import)
			return error_no_memory(error);
		import->import = store_integer(cursor, 0);
		import->day = (int32_t)store_integer(cursor, 1);
	}
	build->imports = (struct unit *)(void *)list.rows;
	build->import_count = list.count;
	return true;
}

bool history_load(struct history *out_history, struct arena *arena, const struct schema *schema,
	const struct framework *framework, struct store *store, struct error *error)
{
	struct history_build build = {
		.arena = arena,
		.kept = arena_open(),
		.scratch = arena_open(),
		.store = store,
		.history = {.schema = schema, .framework = framework},
		.latest_day = DATE_MISSING,
	};
	bool done = false;

	if (!build.kept || !build.scratch) {
		error_no_memory(error);
		goto done;
	}
	if (!build_imports(&build, error) || !build_children(&build, error) ||
		!build_episodes(&build, error) || !build_assessments(&build, error) ||
		!build_costs(&build, error) || !build_sdq(&build, error) ||
		!build_enquiries(&build, error))
		goto done;
	build.history.latest_day = build.latest_day;
	*out_history = build.history;
	done = true;
done:
	arena_close(build.scratch);
	arena_close(build.kept);
	return done;
}
