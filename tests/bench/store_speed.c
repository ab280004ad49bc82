/* SPDX-License-Identifier: MIT */
/*
 * How fast rows go into the record and come out of it.
 *
 * Usage: store_speed FOLDER CHILDREN. Writes the rows as CSV files into FOLDER (for the sqlite3
 * shell, see store.sh), stores them in FOLDER/hearth.db from memory, reads them back as
 * cohort/history.c does, undoes the import, imports the files, and prints seconds.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "store/record.h"

enum { PER_CHILD = 3 };

struct made_table {
	const char *name;
	const char *columns; /* of the table, a comma between */
	size_t per_child;
};

static const struct made_table tables[] = {
	{"children", "child_id,authority,sex,date_of_birth,ethnicity,disability,ehcp,excluded,uasc",
		1},
	{"episodes",
		"child_id,started,ended,placement_type,placement_provider,reason_started,reason_"
		"ended,"
		"legal_status,category_of_need,urn,provider,reason_place_change,home_postcode,"
		"placement_postcode,distance_miles",
		PER_CHILD},
	{"assessments",
		"child_id,assessed_on,reason,assessor,emotional_health,managing_emotions,"
		"attachments,"
		"family_relationships,education,life_story,identity,expressing,safe_decisions,"
		"community,self_care,physical_health,learning,framework",
		PER_CHILD},
	{"costs", "child_id,from,to,weekly_cost,element,paid_by", PER_CHILD},
};

enum { TABLES = sizeof tables / sizeof *tables };

struct speed {
	struct arena *arena;
	struct schema schema;
	size_t children;
	struct import_rows rows[TABLES];
	struct import_file files[TABLES];
};

/* Of the clock, and of this process's own work: the second is what a busy machine does not spoil.
 */
struct moment {
	double clock, work;
};

static double seconds_of(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct moment moment(void)
{
	return (struct moment){seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_PROCESS_CPUTIME_ID)};
}

static void print_since(struct moment start, const char *what, size_t rows)
{
	struct moment now = moment();

	printf("%-18s %8zu rows %6.3f s, %6.3f s of work\n", what, rows, now.clock - start.clock,
		now.work - start.work);
}

static void stop(const struct error *error)
{
	fprintf(stderr, "%s\n", error->message);
	exit(1);
}

/* A cell that is plausible in length and the same in every run. */
static void fill_cell(struct speed *speed, const struct source_table *table, size_t column,
	struct import_column *out, size_t row, size_t child)
{
	const struct source_column *source = &table->columns[column];
	uint32_t chance = (uint32_t)(row * 2654435761u + column * 40503u) >> 8;

	switch (source->kind) {
	case VALUE_ID:
		out->texts[row] = text_of(arena_format(speed->arena, "C%07zu", child));
		break;
	case VALUE_TEXT:
	case VALUE_PARTIAL_DATE:
		out->texts[row] =
			text_of(strstr(source->name, "postcode")
					? arena_format(speed->arena, "AB%u %uCD", chance % 90 + 1,
						  chance % 9)
					: arena_format(speed->arena, "SC%06u", chance % 1000));
		break;
	case VALUE_FRAMEWORK:
		out->texts[row] = TEXT("valuing-care-13");
		break;
	case VALUE_DATE:
	case VALUE_BIRTH:
		out->dates[row] = column + 1 == (size_t)table->end_column + 1 && chance % 3 == 0
					  ? DATE_MISSING
					  : 15000 + (int32_t)(chance % 4000);
		break;
	case VALUE_AMOUNT:
		out->pence[row] = 50000 + chance % 900000;
		break;
	case VALUE_SCORE:
	case VALUE_SDQ:
		out->scores[row] = (uint8_t)(chance % 11);
		break;
	case VALUE_CODE:
		out->codes[row] = (int16_t)(chance % source->codes->count);
		break;
	case VALUE_YEAR:
		out->codes[row] = 2022;
		break;
	case VALUE_DISTANCE:
		out->numbers[row] = chance % 100 / 10.0;
		break;
	}
}

static void make_rows(struct speed *speed, size_t number)
{
	const struct made_table *made = &tables[number];
	const struct source_table *table = schema_table(&speed->schema, made->name);
	struct import_rows *rows = &speed->rows[number];
	struct import_column *columns =
		arena_take(speed->arena, table->column_count, sizeof *columns);
	size_t count = speed->children * made->per_child;
	uint32_t *lines = arena_take(speed->arena, count, sizeof *lines);
	struct text rest = text_of(made->columns), name;

	while (text_split(&rest, ',', &name))
		for (size_t c = 0; c < table->column_count; c++)
			if (text_is(name, table->columns[c].name))
				columns[c].any = arena_take(speed->arena, count, 16);
	for (size_t i = 0; i < count; i++) {
		lines[i] = (uint32_t)i + 2;
		for (size_t c = 0; c < table->column_count; c++)
			if (columns[c].any)
				fill_cell(speed, table, c, &columns[c], i, i / made->per_child);
	}
	*rows = (struct import_rows){.file = (uint32_t)number,
		.source = &speed->files[number],
		.table = table,
		.count = count,
		.lines = lines,
		.columns = columns};
	speed->files[number] = (struct import_file){.path = made->name,
		.shown = made->name,
		.table = table,
		.rows_read = count,
		.rows_accepted = count};
	snprintf(speed->files[number].sha256, sizeof speed->files[number].sha256, "%064zu", number);
}

static void write_cell(FILE *file, const struct source_column *source,
	const struct import_column *column, size_t row)
{
	char date[DATE_TEXT_SIZE];
	struct text code;

	switch (source->kind) {
	case VALUE_ID:
	case VALUE_TEXT:
	case VALUE_PARTIAL_DATE:
	case VALUE_FRAMEWORK:
		fwrite(column->texts[row].data, 1, column->texts[row].length, file);
		break;
	case VALUE_DATE:
	case VALUE_BIRTH:
		fputs(date_format(column->dates[row], date), file);
		break;
	case VALUE_AMOUNT:
		fprintf(file, "%.2f", (double)column->pence[row] / 100);
		break;
	case VALUE_SCORE:
	case VALUE_SDQ:
		fprintf(file, "%d", column->scores[row]);
		break;
	case VALUE_CODE:
		code = source->codes->codes[column->codes[row]].code;
		fwrite(code.data, 1, code.length, file);
		break;
	case VALUE_YEAR:
		fprintf(file, "%d", column->codes[row]);
		break;
	case VALUE_DISTANCE:
		fprintf(file, "%.1f", column->numbers[row]);
		break;
	}
}

static void write_csv(const struct speed *speed, const char *folder, size_t number)
{
	const struct import_rows *rows = &speed->rows[number];
	char path[4096];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s.csv", folder, tables[number].name);
	file = fopen(path, "w");
	if (!file)
		exit(1);
	fprintf(file, "%s\n", tables[number].columns);
	for (size_t i = 0; i < rows->count; i++) {
		struct text rest = text_of(tables[number].columns), name;
		const char *separator = "";

		while (text_split(&rest, ',', &name))
			for (size_t c = 0; c < rows->table->column_count; c++)
				if (text_is(name, rows->table->columns[c].name)) {
					fputs(separator, file);
					write_cell(file, &rows->table->columns[c],
						&rows->columns[c], i);
					separator = ",";
				}
		fputc('\n', file);
	}
	fclose(file);
}

static bool run(void *context, struct import *out_import, const struct import_sink *sink,
	struct error *error)
{
	struct speed *speed = context;

	for (size_t i = 0; i < TABLES; i++) {
		struct moment start = moment();

		if (!sink->take(sink->context, &speed->rows[i], error))
			return false;
		print_since(start, tables[i].name, speed->rows[i].count);
	}
	*out_import = (struct import){.files = speed->files, .file_count = TABLES};
	return true;
}

/* Reads every cell of a query as history does: whole numbers, or texts where they are. */
static size_t read_query(struct store *store, const char *name, int columns, const char *kinds)
{
	struct store_cursor *cursor;
	struct error error = {0};
	uint64_t sum = 0;
	size_t rows = 0;
	bool row = false;

	if (!store_query(store, name, &cursor, &error) || !store_next(cursor, &row, &error))
		stop(&error);
	while (row) {
		for (int i = 0; i < columns; i++)
			sum += kinds[i] == 't'	 ? store_text(cursor, i).length
			       : kinds[i] == 'n' ? (uint64_t)!isnan(store_number(cursor, i))
						 : (uint64_t)store_integer(cursor, i);
		rows++;
		if (!store_next(cursor, &row, &error))
			stop(&error);
	}
	return sum ? rows : 0;
}

static void read_all(const char *place)
{
	static const struct {
		const char *name, *kinds;
	} queries[] = {{"load_identities", "it"}, {"load_children", "iiiiiitttititt"},
		{"load_episodes", "iiiiiiiiittttttn"}, {"load_assessments", "iiiiiit"},
		{"load_costs", "iiiiiiitt"}};
	struct store *store;
	struct error error = {0};
	struct moment all = moment();

	if (!store_open(&store, place, DATABASE_READ, &error))
		stop(&error);
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		struct moment start = moment();

		size_t rows = read_query(
			store, queries[i].name, (int)strlen(queries[i].kinds), queries[i].kinds);

		print_since(start, queries[i].name, rows);
	}
	store_close(store);
	print_since(all, "all read", 0);
}

/* The same rows from their CSV files, checks and all. */
static void import_files(struct speed *speed, const char *folder, const char *place)
{
	struct store_options options = {.by = TEXT("bench"), .now = 1700000000};
	const char *paths[TABLES];
	struct store_import record;
	struct import import;
	struct store *store;
	struct error error = {0};
	struct moment start;

	for (size_t i = 0; i < TABLES; i++)
		paths[i] = arena_format(speed->arena, "%s/%s.csv", folder, tables[i].name);
	unlink(place);
	start = moment();
	if (!store_open(&store, place, DATABASE_WRITE, &error) ||
		!store_import_files(store, speed->arena, &speed->schema, paths, TABLES, &options,
			&import, &record, &error))
		stop(&error);
	print_since(start, "files to record", (size_t)record.rows_accepted);
	if (record.rows_refused)
		printf("%zu rows were refused\n", (size_t)record.rows_refused);
	store_close(store);
}

int main(int count, char **arguments)
{
	struct speed speed = {.arena = arena_open()};
	struct store_options options = {.by = TEXT("bench"), .now = 1700000000};
	struct row_source source = {run, &speed};
	struct store_import record;
	struct import import;
	struct store *store;
	struct error error = {0};
	char place[4096];
	struct moment start;

	if (count != 3 || !schema_open(&speed.schema, speed.arena, NULL, &error))
		return 2;
	speed.children = strtoul(arguments[2], NULL, 10);
	for (size_t i = 0; i < TABLES; i++) {
		make_rows(&speed, i);
		write_csv(&speed, arguments[1], i);
	}
	snprintf(place, sizeof place, "%s/hearth.db", arguments[1]);
	unlink(place);
	start = moment();
	if (!store_open(&store, place, DATABASE_WRITE, &error) ||
		!record_import_from(
			store, &speed.schema, &source, &options, &import, &record, &error))
		stop(&error);
	print_since(start, "all stored", (size_t)record.rows_accepted);
	read_all(place);
	start = moment();
	if (!store_undo(store, record.id, TEXT("bench"), 1700000001, &error))
		stop(&error);
	print_since(start, "undone", (size_t)record.rows_accepted);
	store_close(store);
	import_files(&speed, arguments[1], place);
	arena_close(speed.arena);
	return 0;
}
