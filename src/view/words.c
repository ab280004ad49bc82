/* SPDX-License-Identifier: MIT */
#include "view/words.h"

#include <stdio.h>

#include "view/texts.h"

#define MINUS	    "\xE2\x88\x92"
#define POUND	    "\xC2\xA3"
#define NOT_KNOWN   "not known"
#define LABELS_FILE "data/texts/labels.csv"

/* Digits with `decimals` decimals and a comma before every third digit; no sign. */
static void add_grouped(struct buffer *out, double number, int decimals)
{
	char digits[400];
	int length = snprintf(digits, sizeof digits, "%.*f", decimals, fabs(number));
	int whole = decimals ? length - decimals - 1 : length;

	for (int i = 0; i < length; i++) {
		if (i && i < whole && (whole - i) % 3 == 0)
			buffer_char(out, ',');
		buffer_char(out, digits[i]);
	}
}

struct number_style {
	const char *before, *after;
	double scale;
	int decimals;
};

static struct number_style style_of(enum value_format format, double number)
{
	double size = fabs(number);

	switch (format) {
	case FORMAT_DECIMAL:
		return (struct number_style){"", "", 1, 2};
	case FORMAT_ONE:
		return (struct number_style){"", "", 1, 1};
	case FORMAT_PERCENT:
		return (struct number_style){"", "%", 1, size > 0 && size < 9.95 ? 1 : 0};
	case FORMAT_MILLION:
		if (size >= 999500)
			return (struct number_style){POUND, " million", 1e-6, 1};
		return (struct number_style){POUND, "", 1, 0};
	case FORMAT_POUNDS:
		return (struct number_style){POUND, "", 1, 0};
	case FORMAT_COUNT:
	case FORMAT_TEXT:
		break;
	}
	return (struct number_style){"", "", 1, 0};
}

const char *words_number(struct arena *arena, enum value_format format, double number)
{
	struct buffer out = buffer_in(arena);
	struct number_style style = style_of(format, number);
	double shown = number * style.scale;

	if (!isfinite(number))
		return NOT_KNOWN;
	/* what rounds to nothing has no sign */
	if (shown < 0 && fabs(shown) >= 0.5 * pow(10, -style.decimals))
		buffer_string(&out, MINUS);
	buffer_string(&out, style.before);
	add_grouped(&out, shown, style.decimals);
	buffer_string(&out, style.after);
	return buffer_cstring(&out);
}

enum value_format words_format(const struct column *column)
{
	const char *unit = column->unit ? column->unit : "";

	if (strncmp(unit, "pounds", 6) == 0)
		return FORMAT_POUNDS;
	if (strncmp(unit, "percent", 7) == 0)
		return FORMAT_PERCENT;
	if (column->type == COLUMN_INTEGER || strcmp(unit, "children") == 0)
		return FORMAT_COUNT;
	return strcmp(unit, "points") == 0 ? FORMAT_ONE : FORMAT_DECIMAL;
}

/* The label of a code in a list of the schema: a grouping's, a domain's, a band's or a code set's;
 * NULL when there is none. */
static const char *grouping_label(const struct schema *schema, const char *name, struct text code)
{
	int number = grouping_number(schema->groupings, text_of(name));
	int index = number < 0 ? -1 : grouping_find(&schema->groupings[number], code);

	return index < 0 ? NULL : schema->groupings[number].labels[index];
}

/* The label that all groupings with this code agree on: that of "yes" is another in each. */
static const char *agreed_label(const struct schema *schema, struct text code)
{
	const char *label = NULL;

	for (int i = 0; i < GROUPING_COUNT; i++) {
		const char *other = grouping_label(schema, schema->groupings[i].name, code);

		if (label && other && strcmp(label, other) != 0)
			return NULL;
		label = other ? other : label;
	}
	return label;
}

static const char *grouping_name(const struct schema *schema, struct text name)
{
	int number = grouping_number(schema->groupings, name);

	return number < 0 ? NULL : schema->groupings[number].label;
}

static const char *framework_label(const struct framework *framework, struct text code)
{
	int domain = framework_domain(framework, code);

	if (domain >= 0)
		return framework->domains[domain].label;
	for (size_t i = 0; i < framework->band_count; i++) {
		if (text_is(code, framework->bands[i].key))
			return framework->bands[i].label;
	}
	return NULL;
}

/* Columns whose codes are those of a set or grouping of another name. */
static const char *list_of(const char *column)
{
	static const char *const names[][2] = {
		{"from_kind", "placement_kind"},
		{"to_kind", "placement_kind"},
		{"placement_type", "place"},
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(column, names[i][0]) == 0)
			return names[i][1];
	}
	return column;
}

static const char *set_label(
	struct arena *arena, const struct schema *schema, const char *name, struct text code)
{
	const struct code_set *set = schema_code_set(schema, name);
	int index = set ? code_set_find(set, code) : -1;

	if (index < 0 || !set->codes[index].label.length)
		return NULL;
	return arena_copy(arena, set->codes[index].label.data, set->codes[index].label.length);
}

/* "weekly_cost" as "Weekly cost". */
static const char *spelled(struct arena *arena, struct text name)
{
	char *words = arena_copy(arena, name.data, name.length);

	for (char *at = words; at && *at; at++) {
		if (*at == '_')
			*at = ' ';
	}
	if (words && *words >= 'a' && *words <= 'z')
		*words = (char)(*words - 'a' + 'A');
	return words ? words : "";
}

const char *words_code(struct arena *arena, const struct schema *schema,
	const struct framework *framework, const char *column, struct text code)
{
	const char *copy = arena_copy(arena, code.data, code.length);
	const char *label = grouping_label(schema, list_of(column), code);

	if (!label && strcmp(column, "grouping") == 0)
		label = grouping_name(schema, code);
	if (!label)
		label = set_label(arena, schema, list_of(column), code);
	if (!label && framework)
		label = framework_label(framework, code);
	if (!label)
		label = agreed_label(schema, code);
	if (!label && copy)
		label = texts_find(arena, LABELS_FILE, copy, "label");
	return label ? label : copy ? copy : "";
}

static struct text beside(const struct table *table, const char *column, size_t row)
{
	const struct column *found = table_find(table, column);
	bool text = found && (found->type == COLUMN_CODE || found->type == COLUMN_TEXT);

	return text ? found->texts[row] : (struct text){0};
}

/* How the number of one row is shown: its own measure or unit decides where there is one. */
static enum value_format cell_format(
	const struct table *table, const struct column *column, size_t row)
{
	struct text measure = beside(table, "measure", row), unit = beside(table, "unit", row);
	enum value_format format = words_format(column);

	if (format != FORMAT_DECIMAL || column->unit)
		return format;
	if (text_is(measure, "mean_weekly_cost"))
		return FORMAT_POUNDS;
	if (text_is(unit, "percent") && strcmp(column->name, "value") == 0)
		return FORMAT_PERCENT;
	if (strcmp(column->name, "numerator") == 0)
		return FORMAT_COUNT;
	return measure.length || unit.length ? FORMAT_ONE : format;
}

/* In a column all percentages have a decimal, so that they are read down. */
static const char *cell_number(struct arena *arena, enum value_format format, double number)
{
	const char *words;

	if (format != FORMAT_PERCENT || !isfinite(number))
		return words_number(arena, format, number);
	words = arena_format(arena, "%s%%", words_number(arena, FORMAT_ONE, number));
	return words ? words : "";
}

static const char *code_words(struct arena *arena, const struct schema *schema,
	const struct framework *framework, const struct table *table, const struct column *column,
	size_t row)
{
	struct text grouping = beside(table, "grouping", row);
	int number = grouping.length ? grouping_number(schema->groupings, grouping) : -1;
	const char *label = number < 0 ? NULL
				       : grouping_label(schema, schema->groupings[number].name,
						 column->texts[row]);

	if (label)
		return label;
	return words_code(arena, schema, framework, column->name, column->texts[row]);
}

const char *words_cell(struct arena *arena, const struct schema *schema,
	const struct framework *framework, const struct table *table, size_t number, size_t row)
{
	const struct column *column = &table->columns[number];
	char day[32];
	const char *words = NULL;

	if (column_missing(column, row))
		return NOT_KNOWN;
	switch (column->type) {
	case COLUMN_INTEGER:
	case COLUMN_NUMBER:
		words = cell_number(
			arena, cell_format(table, column, row), column_number(column, row));
		break;
	case COLUMN_DATE:
		words = arena_string(arena, date_words(column->dates[row], day));
		break;
	case COLUMN_CODE:
		words = code_words(arena, schema, framework, table, column, row);
		break;
	case COLUMN_TEXT:
		words = arena_copy(arena, column->texts[row].data, column->texts[row].length);
		break;
	}
	return words ? words : "";
}

const char *words_column(
	struct arena *arena, const struct framework *framework, const struct column *column)
{
	const char *name = column->name;
	bool mean = strncmp(name, "mean_", 5) == 0;
	int domain = framework_domain(framework, text_of(mean ? name + 5 : name));
	const char *label = texts_find(arena, LABELS_FILE, name, "label");

	if (domain >= 0)
		return framework->domains[domain].short_label;
	return label ? label : spelled(arena, text_of(name));
}

const char *words_table(struct arena *arena, const struct table *table)
{
	const char *key = arena_format(arena, "table:%s", table->name);
	const char *label = key ? texts_find(arena, LABELS_FILE, key, "label") : NULL;

	return label ? label : spelled(arena, text_of(table->name));
}

/* The count that a mean in this column rests on. */
static const struct column *count_behind(const struct table *table, const char *name)
{
	const struct column *costed = table_find(table, "n_costed");

	if (strstr(name, "cost") && costed)
		return costed;
	return table_find(table, "n");
}

bool words_rests_on_few(const struct table *table, size_t column, size_t row)
{
	const struct column *cell = &table->columns[column];
	const struct column *count;

	if (strncmp(cell->name, "mean_", 5) != 0 && strcmp(cell->name, "change_per_year") != 0)
		return false;
	count = count_behind(table, cell->name);
	return count && !column_missing(cell, row) && column_number(count, row) < WORDS_FEW;
}
