/* SPDX-License-Identifier: MIT */
#include "imported.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/money.h"

static void imported_value(struct buffer *out, const struct source_column *source,
	struct import_column column, size_t row)
{
	char date[DATE_TEXT_SIZE];

	switch (source->kind) {
	case VALUE_ID:
	case VALUE_TEXT:
	case VALUE_PARTIAL_DATE:
	case VALUE_FRAMEWORK:
		buffer_text(out, column.texts[row]);
		return;
	case VALUE_DATE:
	case VALUE_BIRTH:
		buffer_string(out, date_format(column.dates[row], date));
		return;
	case VALUE_AMOUNT:
		if (column.pence[row] != MONEY_MISSING)
			buffer_format(out, "%lld", (long long)column.pence[row]);
		return;
	case VALUE_SCORE:
	case VALUE_SDQ:
		if (column.scores[row] != SCORE_BLANK)
			buffer_format(out, "%d", column.scores[row]);
		return;
	case VALUE_CODE:
		if (column.codes[row] >= 0)
			buffer_text(out, source->codes->codes[column.codes[row]].code);
		return;
	case VALUE_YEAR:
		if (column.codes[row])
			buffer_format(out, "%d", column.codes[row]);
		return;
	case VALUE_DISTANCE:
		if (!isnan(column.numbers[row]))
			buffer_format(out, "%.17g", column.numbers[row]);
		return;
	}
}

static bool imported_take(void *context, const struct import_rows *rows, struct error *error)
{
	struct imported *imported = context;
	struct buffer *out = &imported->rows;

	for (size_t row = 0; imported->keep_rows && row < rows->count; row++) {
		buffer_format(out, "%s|%s|%u|%u", rows->table->name, rows->source->shown,
			rows->lines[row], rows->years[row]);
		for (size_t i = 0; i < rows->table->column_count; i++) {
			if (!rows->columns[i].any)
				continue;
			buffer_format(out, "|%s=", rows->table->columns[i].name);
			imported_value(out, &rows->table->columns[i], rows->columns[i], row);
		}
		buffer_char(out, '\n');
	}
	return !out->failed || error_no_memory(error);
}

static bool imported_knows(void *context, struct text id)
{
	struct imported *imported = context;

	return imported->known_child && text_is(id, imported->known_child);
}

static bool imported_has(void *context, const struct import_file *file)
{
	struct imported *imported = context;

	return imported->known_hash && strcmp(imported->known_hash, file->sha256) == 0;
}

static bool imported_progress(void *context, size_t done, size_t total)
{
	struct imported *imported = context;

	return done <= total && ++imported->progress_calls != imported->stop_after;
}

bool imported_open(
	struct imported *imported, bool keep_rows, const char *const *paths, size_t path_count)
{
	struct import_sink sink = {
		imported, imported_knows, imported_has, imported_take, imported_progress};

	imported->arena = arena_open();
	imported->rows = buffer_in(imported->arena);
	imported->keep_rows = keep_rows;
	return imported->arena &&
	       schema_open(&imported->schema, imported->arena, NULL, &imported->error) &&
	       import_run(&imported->import, imported->arena, &imported->schema, paths, path_count,
		       &sink, &imported->error);
}

void imported_close(struct imported *imported)
{
	arena_close(imported->arena);
	*imported = (struct imported){.import = {0}};
}

const char *imported_problems(struct imported *imported)
{
	struct buffer out = buffer_in(imported->arena);

	for (size_t i = 0; i < imported->import.problem_count; i++) {
		const struct problem *problem = &imported->import.problems[i];
		const struct import_file *file = &imported->import.files[problem->file];

		buffer_format(&out, "%s%s%s:%u:", file_name(file->path), file->sheet ? "#" : "",
			file->sheet ? file->sheet : "", problem->line);
		buffer_text(&out, problem->column);
		buffer_string(&out, problem->severity == SEVERITY_ERROR ? ":error:" : ":warning:");
		buffer_text(&out, problem->value);
		buffer_char(&out, '\n');
	}
	return buffer_cstring(&out);
}

void imported_write(const char *folder, const char *name, const void *bytes, size_t length)
{
	char path[4096];
	struct error error = {0};

	snprintf(path, sizeof path, "%s/%s", folder, name);
	*strrchr(path, '/') = '\0';
	if (!file_make_folder(path, &error))
		abort();
	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (!file_write(path, (struct text){bytes, length}, &error))
		abort();
}

char *imported_folder(void)
{
	char path[] = "/tmp/hearth-import-XXXXXX";
	char *folder;

	do {
		memcpy(path + sizeof path - 7, "XXXXXX", 6);
		if (!mkdtemp(path))
			abort();
		folder = strdup(path);
		/* digits might spell a year, which would be read as one */
		if (folder && !strpbrk(folder, "0123456789"))
			return folder;
		rmdir(path);
		free(folder);
	} while (folder);
	abort();
}

void imported_remove(char *folder)
{
	char command[4200];

	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	if (system(command) != 0)
		fprintf(stderr, "%s is left behind\n", folder);
	free(folder);
}
