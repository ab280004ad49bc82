/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdio.h>

#include "schema/read.h"

#define FOLDER "frameworks/"

enum { SCORE_MOST = 100, PATH_SIZE = 256 };

/* One version while it is read. */
struct reading {
	struct framework *framework;
	struct arena *arena;
	const struct data_files *files;
	const char *id; /* the name of its folder */
	struct error *error;
};

static bool rows_read(struct data_rows *out_rows, const struct reading *reading, const char *file,
	const char *const *columns, size_t width)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof path, FOLDER "%s/%s", reading->id, file);
	return data_file_read(
		out_rows, reading->arena, reading->files, path, columns, width, reading->error);
}

/* The row of `key` in framework.csv; rows->count when there is none. */
static size_t setting_row(const struct data_rows *rows, const char *key)
{
	size_t row = 0;

	while (row < rows->count && strcmp(data_cell(rows, row, 0), key) != 0)
		row++;
	return row;
}

static bool setting_text(const struct reading *reading, const struct data_rows *rows,
	const char *key, const char **out_text)
{
	size_t row = setting_row(rows, key);

	if (row == rows->count || data_text(rows, row, 1).length == 0)
		return data_wrong(rows, row, reading->error, "\"%s\" is not given", key);
	*out_text = data_cell(rows, row, 1);
	return true;
}

static bool setting_integer(const struct reading *reading, const struct data_rows *rows,
	const char *key, int most, int *out_number)
{
	size_t row = setting_row(rows, key);

	if (row == rows->count)
		return data_wrong(rows, row, reading->error, "\"%s\" is not given", key);
	return data_integer(rows, row, 1, 0, most, INT_MIN, out_number, reading->error);
}

static bool settings_read(const struct reading *reading)
{
	static const char *const columns[] = {"key", "value"};
	struct framework *framework = reading->framework;
	struct data_rows rows;
	int least;

	if (!rows_read(&rows, reading, "framework.csv", columns, 2) ||
		!setting_text(reading, &rows, "id", &framework->id) ||
		!setting_text(reading, &rows, "title", &framework->title) ||
		!setting_text(reading, &rows, "version", &framework->version) ||
		!setting_text(reading, &rows, "status", &framework->status) ||
		!setting_integer(reading, &rows, "score_min", 0, &least) ||
		!setting_integer(reading, &rows, "score_max", SCORE_MOST, &framework->score_max) ||
		!setting_integer(reading, &rows, "low_total", DOMAINS_MOST * SCORE_MOST,
			&framework->low_total))
		return false;
	if (framework->score_max == 0)
		return data_wrong(&rows, setting_row(&rows, "score_max"), reading->error,
			"the greatest score must be at least 1");
	if (strcmp(framework->id, reading->id) != 0)
		return data_wrong(&rows, setting_row(&rows, "id"), reading->error,
			"the id \"%.40s\" is not the name of its folder", framework->id);
	return true;
}

/* A key is a column of a file and part of a name in figures: lower-case letters, digits and _. */
static bool key_is_plain(const char *key)
{
	return key[0] >= 'a' && key[0] <= 'z' &&
	       key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static bool domains_read(const struct reading *reading)
{
	static const char *const columns[] = {"key", "label", "short_label", "description"};
	struct framework *framework = reading->framework;
	struct data_rows rows;

	if (!rows_read(&rows, reading, "domains.csv", columns, 4))
		return false;
	if (rows.count == 0 || rows.count > DOMAINS_MOST)
		return data_wrong(&rows, rows.count, reading->error, "not from 1 to %d domains",
			DOMAINS_MOST);
	for (size_t row = 0; row < rows.count; row++) {
		const char *key = data_cell(&rows, row, 0);

		if (!key_is_plain(key))
			return data_wrong(&rows, row, reading->error,
				"\"%.40s\" is not a key of lower-case letters, digits and _", key);
		if (framework_domain(framework, text_of(key)) >= 0)
			return data_wrong(&rows, row, reading->error,
				"the domain %.40s stands here a second time", key);
		framework->domains[row] = (struct domain){
			.key = key,
			.label = data_cell(&rows, row, 1),
			.short_label = data_cell(&rows, row, 2),
			.description = data_cell(&rows, row, 3),
		};
		framework->domain_count = row + 1;
	}
	framework->max_total = (int)framework->domain_count * framework->score_max;
	return true;
}

/* Bands must follow one another from 0 to `most` without a gap. */
static bool bands_read(const struct reading *reading, const char *file, int most,
	struct band out_bands[BANDS_MOST], size_t *out_count)
{
	static const char *const columns[] = {"key", "label", "from", "to"};
	struct data_rows rows;
	int next = 0;

	if (!rows_read(&rows, reading, file, columns, 4))
		return false;
	if (rows.count < 2 || rows.count > BANDS_MOST)
		return data_wrong(
			&rows, rows.count, reading->error, "not from 2 to %d bands", BANDS_MOST);
	for (size_t row = 0; row < rows.count; row++) {
		struct band band = {
			.key = data_cell(&rows, row, 0), .label = data_cell(&rows, row, 1)};

		if (!data_integer(&rows, row, 2, 0, most, INT_MIN, &band.from, reading->error) ||
			!data_integer(&rows, row, 3, 0, most, INT_MIN, &band.to, reading->error))
			return false;
		if (band.from != next || band.to < band.from)
			return data_wrong(&rows, row, reading->error,
				"a band must begin where the one before it ended, at %d", next);
		next = band.to + 1;
		out_bands[row] = band;
	}
	if (next != most + 1)
		return data_wrong(&rows, rows.count - 1, reading->error,
			"the last band must end at %d", most);
	*out_count = rows.count;
	return true;
}

static int band_number(const struct framework *framework, const char *key)
{
	for (size_t i = 0; i < framework->band_count; i++)
		if (strcmp(framework->bands[i].key, key) == 0)
			return (int)i;
	return -1;
}

static bool anchors_complete(const struct reading *reading, const struct data_rows *rows)
{
	const struct framework *framework = reading->framework;

	for (size_t i = 0; i < framework->domain_count; i++)
		for (size_t band = 0; band < framework->band_count; band++)
			if (!framework->domains[i].anchors[band])
				return data_wrong(rows, rows->count, reading->error,
					"there is no anchor for %.40s, %.40s",
					framework->domains[i].key, framework->bands[band].key);
	return true;
}

static bool anchors_read(const struct reading *reading)
{
	static const char *const columns[] = {"domain", "band", "anchor", "?strengths_prompt"};
	struct framework *framework = reading->framework;
	struct data_rows rows;

	if (!rows_read(&rows, reading, "anchors.csv", columns, 4))
		return false;
	for (size_t row = 0; row < rows.count; row++) {
		int domain = framework_domain(framework, data_text(&rows, row, 0));
		int band = band_number(framework, data_cell(&rows, row, 1));

		if (domain < 0 || band < 0)
			return data_wrong(&rows, row, reading->error,
				"there is no such domain or band: %.40s, %.40s",
				data_cell(&rows, row, 0), data_cell(&rows, row, 1));
		framework->domains[domain].anchors[band] = data_cell(&rows, row, 2);
		framework->domains[domain].strengths_prompts[band] = data_cell(&rows, row, 3);
	}
	return anchors_complete(reading, &rows);
}

static bool framework_read(const struct reading *reading)
{
	struct framework *framework = reading->framework;

	if (!settings_read(reading) || !domains_read(reading) ||
		!bands_read(reading, "bands.csv", framework->score_max, framework->bands,
			&framework->band_count) ||
		!bands_read(reading, "total_bands.csv", framework->max_total,
			framework->total_bands, &framework->total_band_count) ||
		!anchors_read(reading))
		return false;
	framework->severe_from = framework->bands[framework->band_count - 1].from;
	return true;
}

/* "id" of "frameworks/id/framework.csv", or NULL for any other file. */
static const char *folder_of(struct arena *arena, const char *name)
{
	const char *id = name + strlen(FOLDER), *slash = strchr(id, '/');

	if (!slash || strcmp(slash, "/framework.csv") != 0 || slash - id > 64)
		return NULL;
	return arena_copy(arena, id, (size_t)(slash - id));
}

bool frameworks_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error)
{
	const struct data_path *paths;
	size_t count = data_files_under(files, FOLDER, &paths), found = 0;
	struct framework *frameworks = arena_take(arena, count, sizeof *frameworks);

	if (!frameworks)
		return error_no_memory(error);
	for (size_t i = 0; i < count; i++) {
		const char *id = folder_of(arena, paths[i].name);
		struct reading reading = {&frameworks[found], arena, files, id, error};

		if (!id)
			continue;
		if (!framework_read(&reading))
			return false;
		found++;
	}
	if (found == 0)
		return error_set(error, ERROR_MISSING, "there is no framework in data/frameworks");
	schema->frameworks = frameworks;
	schema->framework_count = found;
	return true;
}
