/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdio.h>

#include "schema/read.h"

enum { YEARS_MOST = 150, PATH_SIZE = 64 };

/* The groupings C refers to, in the order of enum grouping_id. */
static const char *const names[GROUPING_COUNT] = {"age_band", "sex_age_band", "time_band", "sex",
	"ethnic_group", "placement_group", "placement_kind", "disability", "ehcp", "excluded",
	"cost_side", "total_band"};

/* The codes that C itself gives a meaning: they must stand first, in this order. */
static const struct fixed {
	enum grouping_id grouping;
	const char *codes[5];
} fixed_codes[] = {
	{GROUPING_SEX, {"male", "female"}},
	{GROUPING_DISABILITY, {"yes", "no"}},
	{GROUPING_EHCP, {"yes", "no"}},
	{GROUPING_EXCLUDED, {"yes", "no"}},
	{GROUPING_COST_SIDE, {"under", "over"}},
};

static bool is_bands(size_t number)
{
	return number == GROUPING_AGE_BAND || number == GROUPING_SEX_AGE_BAND ||
	       number == GROUPING_TIME_BAND;
}

/* Bands of years follow one another from 0; the last has no end. */
static bool band_read(
	struct grouping *grouping, const struct data_rows *rows, size_t row, struct error *error)
{
	int due = row == 0 ? 0 : grouping->to[row - 1];

	if (!data_integer(rows, row, 2, 0, YEARS_MOST, INT_MIN, &grouping->from[row], error) ||
		!data_integer(rows, row, 3, 0, YEARS_MOST, INT_MAX, &grouping->to[row], error))
		return false;
	if (grouping->from[row] != due || grouping->to[row] <= due)
		return data_wrong(rows, row, error,
			"a band must begin where the one before it ended, at %d", due);
	if ((row + 1 == rows->count) != (grouping->to[row] == INT_MAX))
		return data_wrong(rows, row, error, "the last band, and no other, has no end");
	return true;
}

static bool parent_read(struct grouping *grouping, const struct grouping *parents,
	const struct data_rows *rows, size_t row, struct error *error)
{
	int parent = grouping_find(parents, data_text(rows, row, 4));

	if (parent < 0 || parent == parents->count)
		return data_wrong(rows, row, error, "there is no %s \"%.40s\"", parents->name,
			data_cell(rows, row, 4));
	grouping->parent[row] = (uint8_t)parent;
	return true;
}

static bool group_read(struct schema *schema, size_t number, const struct data_rows *rows,
	size_t row, struct error *error)
{
	struct grouping *grouping = &schema->groupings[number];
	const char *code = data_cell(rows, row, 0), *label = data_cell(rows, row, 1);

	if (code[0] == '\0' || label[0] == '\0')
		return data_wrong(rows, row, error, "the code or its label is blank");
	for (size_t i = 0; i < row; i++)
		if (strcmp(grouping->codes[i], code) == 0)
			return data_wrong(
				rows, row, error, "the code %.40s stands here a second time", code);
	if (strcmp(code, NOT_RECORDED) == 0)
		return data_wrong(rows, row, error, "\"" NOT_RECORDED "\" is always there");
	grouping->codes[row] = code;
	grouping->labels[row] = label;
	if (is_bands(number) && !band_read(grouping, rows, row, error))
		return false;
	return number != GROUPING_PLACEMENT_KIND ||
	       parent_read(
		       grouping, &schema->groupings[GROUPING_PLACEMENT_GROUP], rows, row, error);
}

static bool grouping_read(struct schema *schema, size_t number, struct arena *arena,
	const struct data_files *files, struct error *error)
{
	static const char *const plain[] = {"code", "label", "?from", "?to", "?parent"};
	static const char *const bands[] = {"code", "label", "from", "to", "?parent"};
	static const char *const kinds[] = {"code", "label", "?from", "?to", "parent"};
	struct grouping *grouping = &schema->groupings[number];
	const char *const *columns = is_bands(number)			 ? bands
				     : number == GROUPING_PLACEMENT_KIND ? kinds
									 : plain;
	struct data_rows rows;
	char path[PATH_SIZE];

	snprintf(path, sizeof path, "groupings/%s.csv", names[number]);
	if (!data_file_read(&rows, arena, files, path, columns, 5, error))
		return false;
	if (rows.count == 0 || rows.count > GROUPS_MOST)
		return data_wrong(&rows, rows.count, error, "not from 1 to %d groups", GROUPS_MOST);
	grouping->name = names[number];
	for (size_t row = 0; row < rows.count; row++)
		if (!group_read(schema, number, &rows, row, error))
			return false;
	grouping->count = (uint8_t)rows.count;
	grouping->codes[rows.count] = NOT_RECORDED;
	grouping->labels[rows.count] = "Not recorded";
	return true;
}

static bool labels_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error)
{
	static const char *const columns[] = {"name", "label"};
	struct data_rows rows;

	if (!data_file_read(&rows, arena, files, "groupings.csv", columns, 2, error))
		return false;
	for (size_t row = 0; row < rows.count; row++) {
		int number = grouping_number(schema->groupings, data_text(&rows, row, 0));

		if (number < 0)
			return data_wrong(&rows, row, error, "there is no grouping \"%.40s\"",
				data_cell(&rows, row, 0));
		schema->groupings[number].label = data_cell(&rows, row, 1);
	}
	for (size_t i = 0; i < GROUPING_COUNT; i++)
		if (!schema->groupings[i].label)
			return data_wrong(
				&rows, rows.count, error, "there is no label for %s", names[i]);
	return true;
}

static bool fixed_check(const struct schema *schema, struct error *error)
{
	for (size_t i = 0; i < sizeof fixed_codes / sizeof *fixed_codes; i++) {
		const struct grouping *grouping = &schema->groupings[fixed_codes[i].grouping];

		for (size_t code = 0; fixed_codes[i].codes[code]; code++)
			if (code >= grouping->count ||
				strcmp(grouping->codes[code], fixed_codes[i].codes[code]) != 0)
				return error_set(error, ERROR_INPUT,
					"data/groupings/%s.csv: group %zu must be \"%s\"",
					grouping->name, code + 1, fixed_codes[i].codes[code]);
	}
	return true;
}

/* What the figures name must be there. */
static bool named_check(const struct schema *schema, struct error *error)
{
	static const struct {
		enum grouping_id grouping;
		const char *code;
	} named[] = {
		{GROUPING_PLACEMENT_GROUP, "fostering"},
		{GROUPING_PLACEMENT_GROUP, "residential"},
		{GROUPING_PLACEMENT_KIND, "in-house fostering"},
		{GROUPING_PLACEMENT_KIND, "independent fostering agency"},
		{GROUPING_PLACEMENT_KIND, "in-house children's home"},
		{GROUPING_PLACEMENT_KIND, "private children's home"},
	};

	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (grouping_find(&schema->groupings[named[i].grouping], text_of(named[i].code)) <
			0)
			return error_set(error, ERROR_INPUT,
				"data/groupings/%s.csv: there must be a group \"%s\"",
				names[named[i].grouping], named[i].code);
	return true;
}

/* A framework's total bands are the groups of total_band. */
static bool total_bands_check(const struct schema *schema, struct error *error)
{
	const struct grouping *grouping = &schema->groupings[GROUPING_TOTAL_BAND];

	for (size_t i = 0; i < schema->framework_count; i++) {
		const struct framework *framework = &schema->frameworks[i];
		bool same = framework->total_band_count == grouping->count;

		for (size_t band = 0; same && band < grouping->count; band++)
			same = strcmp(framework->total_bands[band].key, grouping->codes[band]) == 0;
		if (!same)
			return error_set(error, ERROR_INPUT,
				"data/frameworks/%.60s/total_bands.csv: the keys are not those of "
				"data/groupings/total_band.csv",
				framework->id);
	}
	return true;
}

/* Where a code set maps its codes to groups, the groups must exist. */
static bool mapped_check(const struct schema *schema, const char *set_name, enum grouping_id number,
	struct error *error)
{
	const struct code_set *set = schema_code_set(schema, set_name);

	for (size_t i = 0; i < set->count; i++)
		if (grouping_find(&schema->groupings[number], set->codes[i].group) < 0)
			return error_set(error, ERROR_INPUT,
				"data/codes/%s.csv: the group of %.40s, \"%.40s\", is not in "
				"data/groupings/%s.csv",
				set_name, set->codes[i].code.data, set->codes[i].group.data,
				names[number]);
	return true;
}

bool groupings_read(struct schema *schema, struct arena *arena, const struct data_files *files,
	struct error *error)
{
	for (size_t i = 0; i < GROUPING_COUNT; i++)
		if (!grouping_read(schema, i, arena, files, error))
			return false;
	return labels_read(schema, arena, files, error) && fixed_check(schema, error) &&
	       named_check(schema, error) && total_bands_check(schema, error) &&
	       mapped_check(schema, "sex", GROUPING_SEX, error) &&
	       mapped_check(schema, "ethnicity", GROUPING_ETHNIC_GROUP, error) &&
	       mapped_check(schema, "flag", GROUPING_DISABILITY, error);
}
