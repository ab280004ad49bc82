/* SPDX-License-Identifier: MIT */
#include "demo/parameters.h"

#include "schema/data_file.h"

static const char *const band_names[BAND_COUNT] = {"<=11", "12-16", "17+"};

static const char *const domain_keys[DOMAIN_COUNT] = {"emotional_health", "managing_emotions",
	"attachments", "family_relationships", "education", "life_story", "identity", "expressing",
	"safe_decisions", "community", "self_care", "physical_health", "learning"};

/* The file being read; after a fault it has no more rows. */
struct reader {
	struct arena *arena;
	struct data_files files;
	struct data_rows rows;
	size_t row; /* 1 for the first */
	bool failed;
	struct error *error;
};

static void reader_open(
	struct reader *reader, const char *name, const char *const *columns, size_t width)
{
	reader->row = 0;
	if (!reader->failed && !data_file_read(&reader->rows, reader->arena, &reader->files, name,
				       columns, width, reader->error))
		reader->failed = true;
}

static bool reader_next(struct reader *reader)
{
	return !reader->failed && reader->row++ < reader->rows.count;
}

static void reader_wrong(struct reader *reader, const char *expected)
{
	if (!reader->failed)
		data_wrong(
			&reader->rows, reader->row - 1, reader->error, "%s is expected", expected);
	reader->failed = true;
}

static struct text cell_text(struct reader *reader, size_t column)
{
	return data_text(&reader->rows, reader->row - 1, column);
}

static double cell_number(struct reader *reader, size_t column)
{
	double number = 0;

	if (!text_number(cell_text(reader, column), &number))
		reader_wrong(reader, "a number");
	return number;
}

static enum kind cell_kind(struct reader *reader, size_t column)
{
	enum kind kind = kind_of(cell_text(reader, column));

	if (kind < KIND_COUNT)
		return kind;
	reader_wrong(reader, "a placement kind");
	return KIND_OTHER;
}

static size_t cell_band(struct reader *reader, size_t column)
{
	for (size_t band = 0; band < BAND_COUNT; band++)
		if (text_is(cell_text(reader, column), band_names[band]))
			return band;
	reader_wrong(reader, "<=11, 12-16 or 17+");
	return 0;
}

static void read_kinds(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {"kind", "children", "need", "common", "skew", "own",
		"cost_need", "moves", "change", "from_age"};

	reader_open(reader, "demo/kinds.csv", columns, 10);
	while (reader_next(reader)) {
		struct kind_parameters *kind = &out->kinds[cell_kind(reader, 0)];

		kind->children = cell_number(reader, 1);
		kind->need = cell_number(reader, 2);
		kind->common = cell_number(reader, 3);
		kind->skew = cell_number(reader, 4);
		kind->own = cell_number(reader, 5);
		kind->cost_need = cell_number(reader, 6);
		kind->moves = cell_number(reader, 7);
		kind->change = cell_number(reader, 8);
		kind->from_age = (int)cell_number(reader, 9);
	}
}

static void read_ages(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {"kind", "0", "1", "2", "3", "4", "5", "6", "7", "8",
		"9", "10", "11", "12", "13", "14", "15", "16", "17"};

	reader_open(reader, "demo/ages.csv", columns, AGE_COUNT + 1);
	while (reader_next(reader))
		for (size_t age = 0; age < AGE_COUNT; age++)
			out->kinds[cell_kind(reader, 0)].ages[age] = cell_number(reader, age + 1);
}

static void read_costs(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {"kind", "rank", "pounds"};

	reader_open(reader, "demo/costs.csv", columns, 3);
	while (reader_next(reader)) {
		struct kind_parameters *kind = &out->kinds[cell_kind(reader, 0)];

		if (kind->knots == KNOTS_MOST) {
			reader_wrong(reader, "16 ranks of a kind at most");
			return;
		}
		kind->cost_rank[kind->knots] = cell_number(reader, 1);
		kind->cost_pounds[kind->knots++] = cell_number(reader, 2);
	}
}

static void read_profiles(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {"kind", "sex_age_band", "male", "disabled", "ehcp",
		"ehcp_disabled", "excluded", "unaccompanied"};

	reader_open(reader, "demo/profiles.csv", columns, 8);
	while (reader_next(reader))
		out->profiles[cell_kind(reader, 0)][cell_band(reader, 1)] =
			(struct profile_parameters){cell_number(reader, 2), cell_number(reader, 3),
				cell_number(reader, 4), cell_number(reader, 5),
				cell_number(reader, 6), cell_number(reader, 7)};
}

static void read_levels(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {"sex_age_band", "female", "male"};

	reader_open(reader, "demo/levels.csv", columns, 3);
	while (reader_next(reader)) {
		size_t band = cell_band(reader, 0);

		out->sex_band_need[band][0] = cell_number(reader, 1);
		out->sex_band_need[band][1] = cell_number(reader, 2);
	}
}

static void read_domains(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {"domain", "base", "level", "loading", "spread"};
	size_t domain = 0;

	reader_open(reader, "demo/domains.csv", columns, 5);
	for (; reader_next(reader); domain++) {
		if (domain == DOMAIN_COUNT || !text_is(cell_text(reader, 0), domain_keys[domain])) {
			reader_wrong(reader, "each domain in the order of the framework");
			return;
		}
		out->domains[domain] = (struct domain_parameters){cell_number(reader, 1),
			cell_number(reader, 2), cell_number(reader, 3), cell_number(reader, 4)};
	}
}

static void read_effects(struct parameters *out, struct reader *reader)
{
	const char *columns[DOMAIN_COUNT + 2] = {"factor", "code"};
	struct effect *effects;

	for (size_t domain = 0; domain < DOMAIN_COUNT; domain++)
		columns[domain + 2] = domain_keys[domain];
	reader_open(reader, "demo/effects.csv", columns, DOMAIN_COUNT + 2);
	effects = reader->failed ? NULL
				 : arena_take(reader->arena, reader->rows.count, sizeof *effects);
	out->effects = effects;
	for (; effects && reader_next(reader); out->effect_count++) {
		struct effect *effect = &effects[out->effect_count];

		effect->factor = cell_text(reader, 0);
		effect->code = cell_text(reader, 1);
		for (size_t domain = 0; domain < DOMAIN_COUNT; domain++)
			effect->points[domain] = cell_number(reader, domain + 2);
	}
}

static struct choices read_choices(
	struct reader *reader, const char *name, const char *first, const char *second)
{
	const char *columns[] = {"kind", "from_age", "to_age", "weight", first, second};
	struct choices choices = {0};
	struct choice *rows;

	reader_open(reader, name, columns, 6);
	if (reader->failed)
		return choices;
	rows = arena_take(reader->arena, reader->rows.count, sizeof *rows);
	choices.rows = rows;
	for (; rows && reader_next(reader); choices.count++)
		rows[choices.count] = (struct choice){
			.kind = cell_text(reader, 0).length ? cell_kind(reader, 0) : KIND_COUNT,
			.from_age = (int)cell_number(reader, 1),
			.to_age = (int)cell_number(reader, 2),
			.weight = cell_number(reader, 3),
			.first = cell_text(reader, 4),
			.second = cell_text(reader, 5)};
	if (rows && choices.count == 0)
		reader_wrong(reader, "at least one row");
	return choices;
}

static void read_all_choices(struct parameters *out, struct reader *reader)
{
	const struct {
		const char *name, *first, *second;
		struct choices *into;
	} files[] = {
		{"demo/ethnicities.csv", "code", "group", &out->ethnicities},
		{"demo/unaccompanied.csv", "code", "group", &out->unaccompanied},
		{"demo/places.csv", "place", "provider", &out->places},
		{"demo/paths.csv", "previous", "?", &out->paths},
		{"demo/durations.csv", "who", "years", &out->durations},
		{"demo/leavers.csv", "reason", "?", &out->leavers},
		{"demo/elements.csv", "element", "paid_by", &out->elements},
		{"demo/reasons.csv", "reason", "?", &out->reasons},
		{"demo/needs.csv", "need", "?", &out->needs},
		{"demo/home_names.csv", "name", "?", &out->home_names},
		{"demo/stops.csv", "reason", "outcome", &out->stops},
		{"demo/notes.csv", "note", "?", &out->notes},
	};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		*files[i].into =
			read_choices(reader, files[i].name, files[i].first, files[i].second);
}

static void read_authorities(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {
		"letter", "name", "folder", "postcode_area", "children"};
	size_t count = 0;

	reader_open(reader, "demo/authorities.csv", columns, 5);
	for (; reader_next(reader) && count < AUTHORITY_COUNT; count++)
		out->authorities[count] =
			(struct authority){cell_text(reader, 0), cell_text(reader, 1),
				cell_text(reader, 2), cell_text(reader, 3), cell_number(reader, 4)};
	if (count < AUTHORITY_COUNT)
		reader_wrong(reader, "five authorities");
}

static void read_providers(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {"provider_id", "name", "sector", "kind", "weight"};
	struct provider *rows;

	reader_open(reader, "demo/providers.csv", columns, 5);
	rows = reader->failed ? NULL : arena_take(reader->arena, reader->rows.count, sizeof *rows);
	out->providers.rows = rows;
	for (; rows && reader_next(reader); out->providers.count++)
		rows[out->providers.count] =
			(struct provider){cell_text(reader, 0), cell_text(reader, 1),
				cell_text(reader, 2), cell_kind(reader, 3), cell_number(reader, 4)};
}

static void read_stages(struct parameters *out, struct reader *reader)
{
	static const char *const columns[] = {"stage", "go_on", "withdraw", "huddle", "days"};
	size_t count = 0;

	reader_open(reader, "demo/stages.csv", columns, 5);
	for (; reader_next(reader) && count < STAGE_COUNT; count++)
		out->stages[count] = (struct stage){cell_text(reader, 0), cell_number(reader, 1),
			cell_number(reader, 2), cell_number(reader, 3), cell_number(reader, 4)};
	if (count < STAGE_COUNT)
		reader_wrong(reader, "six stages");
}

bool parameters_read(struct arena *arena, struct parameters *out_parameters, struct error *error)
{
	struct error fault = {0};
	struct reader reader = {.arena = arena, .error = &fault};

	*out_parameters = (struct parameters){0};
	if (!data_files_open(&reader.files, arena, NULL, error))
		return false;
	read_kinds(out_parameters, &reader);
	read_ages(out_parameters, &reader);
	read_costs(out_parameters, &reader);
	read_profiles(out_parameters, &reader);
	read_levels(out_parameters, &reader);
	read_domains(out_parameters, &reader);
	read_effects(out_parameters, &reader);
	read_authorities(out_parameters, &reader);
	read_providers(out_parameters, &reader);
	read_stages(out_parameters, &reader);
	read_all_choices(out_parameters, &reader);
	if (reader.failed)
		return error_set(error, fault.code, "%s", fault.message);
	if (!out_parameters->effects || !out_parameters->providers.rows ||
		!out_parameters->notes.rows)
		return error_no_memory(error);
	return true;
}
