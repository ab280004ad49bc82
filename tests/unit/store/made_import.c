/* SPDX-License-Identifier: MIT */
#include "made_import.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/money.h"
#include "base/sha256.h"
#include "../server_place.h"

struct made_import {
	struct bench *bench;
	const struct made_file *files;
	size_t count;
	struct text named[4096]; /* children named by this import */
	size_t named_count;
};

enum { ROWS_MOST = 4096 };

bool bench_is_on_server(const struct bench *bench)
{
	return database_of(bench->place) == &database_postgres;
}

void bench_reopen(struct bench *bench, enum database_mode mode)
{
	struct error error = {0};

	store_close(bench->store);
	bench->store = NULL;
	if (!store_open(&bench->store, bench->place, mode, &error))
		fail_msg("%s", error.message);
}

void bench_open(struct bench *bench)
{
	struct error error = {0};

	*bench = (struct bench){.arena = arena_open(), .now = 1700000000};
	/* in memory where there is such a place: most tests wait for no disk */
	snprintf(bench->folder, sizeof bench->folder, "%s/hearth-store-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(bench->folder));
	snprintf(bench->place, sizeof bench->place, "%s/hearth.db", bench->folder);
	server_take(bench->folder, bench->place);
	if (!schema_open(&bench->schema, bench->arena, NULL, &error))
		fail_msg("%s", error.message);
	bench_reopen(bench, DATABASE_WRITE);
}

void bench_close(struct bench *bench)
{
	char beside[300];

	store_close(bench->store);
	server_leave(bench->folder);
	snprintf(beside, sizeof beside, "%s-journal", bench->place);
	unlink(beside);
	snprintf(beside, sizeof beside, "%s.key", bench->place);
	unlink(beside);
	unlink(bench->place);
	assert_int_equal(rmdir(bench->folder), 0);
	arena_close(bench->arena);
}

int bench_setup(void **state)
{
	static struct bench bench;

	bench_open(&bench);
	*state = &bench;
	return 0;
}

int bench_teardown(void **state)
{
	bench_close(*state);
	return 0;
}

static void set_cell(const struct source_column *source, struct import_column *column, size_t row,
	struct text cell)
{
	double number;

	switch (source->kind) {
	case VALUE_ID:
	case VALUE_TEXT:
	case VALUE_PARTIAL_DATE:
	case VALUE_FRAMEWORK:
		column->texts[row] = cell;
		break;
	case VALUE_DATE:
	case VALUE_BIRTH:
		if (!date_parse(cell, &column->dates[row]))
			column->dates[row] = DATE_MISSING;
		break;
	case VALUE_AMOUNT:
		if (!money_parse(cell, &column->pence[row]))
			column->pence[row] = MONEY_MISSING;
		break;
	case VALUE_SCORE:
	case VALUE_SDQ:
		column->scores[row] = text_number(cell, &number) ? (uint8_t)number : SCORE_BLANK;
		break;
	case VALUE_CODE:
		column->codes[row] = (int16_t)code_set_find(source->codes, cell);
		break;
	case VALUE_YEAR:
		column->codes[row] = text_number(cell, &number) ? (int16_t)number : 0;
		break;
	case VALUE_DISTANCE:
		column->numbers[row] = text_number(cell, &number) ? number : (double)NAN;
		break;
	}
}

static size_t column_named(const struct source_table *table, struct text name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (text_same_letters(text_of(table->columns[i].name), name))
			return i;
	fail_msg("no column %.*s", (int)name.length, name.data);
	return 0;
}

static bool is_named(struct made_import *made, const struct import_sink *sink, struct text id)
{
	for (size_t i = 0; i < made->named_count; i++)
		if (text_equal(made->named[i], id))
			return true;
	return sink->knows_child(sink->context, id);
}

/* One file to rows; a row of a child nobody names is refused. */
static void make_rows(struct made_import *made, const struct made_file *file,
	const struct import_sink *sink, struct import_file *record, struct import_rows *rows)
{
	struct arena *arena = made->bench->arena;
	const struct source_table *table = record->table;
	struct import_column *columns = arena_take(arena, table->column_count, sizeof *columns);
	uint32_t *lines = arena_take(arena, ROWS_MOST, sizeof *lines);
	uint16_t *years = arena_take(arena, ROWS_MOST, sizeof *years);
	size_t places[SOURCE_COLUMNS_MOST], fields = 0;
	struct text header = text_of(file->header), rest = text_of(file->rows), line, cell;

	while (text_split(&header, ',', &cell)) {
		places[fields] = column_named(table, cell);
		columns[places[fields++]].any = arena_take(arena, ROWS_MOST, 16);
	}
	while (text_split(&rest, '\n', &line) && line.length) {
		struct text child = {0};

		for (size_t i = 0; i < fields && text_split(&line, ',', &cell); i++) {
			set_cell(
				&table->columns[places[i]], &columns[places[i]], rows->count, cell);
			if ((int)places[i] == table->child_column)
				child = cell;
		}
		record->rows_read++;
		if (table->names_children)
			made->named[made->named_count++] = child;
		if (table->child_column >= 0 && !is_named(made, sink, child)) {
			record->rows_refused++;
			continue;
		}
		record->rows_accepted++;
		years[rows->count] = (uint16_t)file->year;
		lines[rows->count++] = 1 + (file->line_step ? (uint32_t)record->rows_read : 1);
	}
	rows->source = record;
	rows->table = table;
	rows->lines = lines;
	rows->years = years;
	rows->columns = columns;
}

static void describe(
	const struct bench *bench, const struct made_file *file, struct import_file *record)
{
	struct buffer bytes = buffer_in(bench->arena);

	buffer_string(&bytes, file->header);
	buffer_string(&bytes, file->rows);
	sha256_text((struct text){bytes.data, bytes.length}, record->sha256);
	record->path = record->shown = file->shown;
	record->sheet = file->sheet;
	record->bytes = bytes.length;
	record->collection_year = file->year;
	record->table = schema_table(&bench->schema, file->table);
	assert_non_null(record->table);
}

/* As import_run: tables that name children first. */
static bool run_made(void *context, struct import *out_import, const struct import_sink *sink,
	struct error *error)
{
	struct made_import *made = context;
	struct arena *arena = made->bench->arena;
	struct import import = {.file_count = made->count};

	import.files = arena_take(arena, made->count, sizeof *import.files);
	import.problems = arena_take(arena, made->count, sizeof *import.problems);
	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < made->count; i++) {
			struct import_rows rows = {.file = (uint32_t)i};
			struct import_file *record = &import.files[i];

			if (!pass)
				describe(made->bench, &made->files[i], record);
			if (record->table->names_children != (pass == 0) ||
				sink->has_file(sink->context, record))
				continue;
			make_rows(made, &made->files[i], sink, record, &rows);
			import.refused += record->rows_refused;
			if (record->rows_refused)
				import.problems[import.problem_count++] =
					(struct problem){(uint32_t)i, 2, TEXT("child_id"),
						TEXT("someone"), "nobody names this child",
						"a child of children.csv", SEVERITY_ERROR};
			if (rows.count && !sink->take(sink->context, &rows, error))
				return false;
		}
	*out_import = import;
	return true;
}

bool bench_try_import(struct bench *bench, const struct made_file *files, size_t count,
	bool dry_run, struct import *out_import, struct store_import *out_record,
	struct error *error)
{
	struct made_import *made = arena_take(bench->arena, 1, sizeof *made);
	struct row_source source = {run_made, made};
	struct store_options options = {
		.by = TEXT("analyst"), .now = bench->now, .dry_run = dry_run};

	made->bench = bench;
	made->files = files;
	made->count = count;
	return record_import_from(
		bench->store, &bench->schema, &source, &options, out_import, out_record, error);
}

struct store_import bench_import(
	struct bench *bench, const struct made_file *files, size_t count, bool dry_run)
{
	struct store_import record;
	struct import import;
	struct error error = {0};

	if (!bench_try_import(bench, files, count, dry_run, &import, &record, &error))
		fail_msg("%s", error.message);
	return record;
}

void bench_undo(struct bench *bench, int64_t id)
{
	struct error error = {0};

	if (!store_undo(bench->store, id, TEXT("analyst"), bench->now, &error))
		fail_msg("%s", error.message);
}

/* Every cell of a query, in the order of its rows. */
static void add_query(struct bench *bench, const char *query, int columns, struct buffer *out)
{
	struct store_cursor *cursor;
	struct error error = {0};
	bool row = false;

	if (!store_query(bench->store, query, &cursor, &error) || !store_next(cursor, &row, &error))
		fail_msg("%s: %s", query, error.message);
	buffer_string(out, query);
	while (row) {
		for (int i = 0; i < columns; i++) {
			buffer_char(out, store_is_null(cursor, i) ? '-' : '=');
			buffer_text(out, store_text(cursor, i));
			buffer_char(out, '\t');
		}
		buffer_char(out, '\n');
		if (!store_next(cursor, &row, &error))
			fail_msg("%s: %s", query, error.message);
	}
}

const char *bench_hash(struct bench *bench)
{
	static const struct {
		const char *query;
		int columns;
	} queries[] = {{"load_identities", 2}, {"load_children", 14}, {"load_assessments", 7},
		{"load_costs", 9}, {"load_sdq", 6}, {"load_enquiries", 7}, {"load_providers", 4},
		{"load_homes", 5}, {"load_import_days", 2}};
	struct buffer out = buffer_in(bench->arena);
	char *hash = arena_take(bench->arena, SHA256_TEXT_SIZE, 1);

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		add_query(bench, queries[i].query, queries[i].columns, &out);
	return sha256_text((struct text){out.data, out.length}, hash);
}

bool file_holds(const char *place, const char *bytes)
{
	struct file_map map;
	struct error error;
	bool found;

	assert_true(file_map_open(&map, place, SIZE_MAX / 2, &error));
	found = memmem(map.bytes.data, map.bytes.length, bytes, strlen(bytes));
	file_map_close(&map);
	return found;
}

size_t bench_count(struct bench *bench, const char *query)
{
	struct store_cursor *cursor;
	struct error error = {0};
	size_t count = 0;
	bool row;

	if (!store_query(bench->store, query, &cursor, &error))
		fail_msg("%s", error.message);
	do {
		if (!store_next(cursor, &row, &error))
			fail_msg("%s", error.message);
		count += row;
	} while (row);
	return count;
}
