/* SPDX-License-Identifier: MIT */
/*
 * One file's rows into their table. First it is settled which rows are new, whose they are and what
 * framework their scores are of; what identifies is sealed and stored; then one statement stores
 * them all, with the numbers of the sealed values.
 */
#include <math.h>

#include "base/date.h"
#include "base/money.h"
#include "store/ingest.h"

/* A framework version and where its domains are among the columns of the table. */
struct scoring {
	int64_t number; /* 0 until a row is of it */
	const struct framework *framework;
	size_t columns[DOMAINS_MOST]; /* SIZE_MAX for none */
};

struct pouring {
	struct ingest *ingest;
	const struct import_rows *rows;
	const struct layout *layout;
	struct scoring *scorings; /* by framework of the schema */
	/* of the rows that are new: */
	uint32_t *kept; /* which rows they are */
	int64_t *children;
	uint32_t *frameworks; /* places in scorings; NULL for tables without scores */
	size_t count;
	int64_t first_entry;
	int64_t *sealed; /* numbers of sealed values, those of a row together; 0 for blank */
	size_t sealed_columns;
	uint8_t scores[DOMAINS_MOST]; /* while the statement is fed */
};

static bool find_layout(struct ingest *ingest, const struct source_table *table,
	const struct layout **out_layout, struct error *error)
{
	struct layout *layout = &ingest->layouts[table - ingest->schema->tables];

	if (!layout->table && !layout_read(layout, ingest->store, table, ingest->arena, error))
		return false;
	*out_layout = layout;
	return true;
}

static bool open_pouring(struct pouring *pouring, struct arena *scratch, struct error *error)
{
	size_t rows = pouring->rows->count;

	if (!find_layout(pouring->ingest, pouring->rows->table, &pouring->layout, error))
		return false;
	pouring->kept = arena_take_raw(scratch, rows, sizeof *pouring->kept);
	pouring->children = arena_take(scratch, rows, sizeof *pouring->children);
	pouring->scorings = arena_take(
		scratch, pouring->ingest->schema->framework_count, sizeof *pouring->scorings);
	if (!pouring->kept || !pouring->children || !pouring->scorings)
		return error_no_memory(error);
	if (!pouring->layout->has_scores)
		return true;
	pouring->frameworks = arena_take_raw(scratch, rows, sizeof *pouring->frameworks);
	return pouring->frameworks || error_no_memory(error);
}

/* Where the scores of a framework's domains are among the columns. */
static void find_score_columns(struct scoring *scoring, const struct import_rows *rows)
{
	for (size_t d = 0; d < scoring->framework->domain_count; d++) {
		scoring->columns[d] = SIZE_MAX;
		for (size_t c = 0; c < rows->table->column_count; c++)
			if (rows->table->columns[c].kind == VALUE_SCORE && rows->columns[c].any &&
				strcmp(rows->table->columns[c].name,
					scoring->framework->domains[d].key) == 0)
				scoring->columns[d] = c;
	}
}

static bool find_framework(
	struct pouring *pouring, struct text id, uint32_t *out_framework, struct error *error)
{
	struct ingest *ingest = pouring->ingest;
	const struct framework *framework =
		id.length ? schema_framework(ingest->schema, id) : ingest->usual;
	struct scoring *scoring;

	if (!framework)
		return error_set(error, ERROR_SYSTEM, "there is no needs framework %.*s",
			(int)id.length, id.data);
	*out_framework = (uint32_t)(framework - ingest->schema->frameworks);
	scoring = &pouring->scorings[*out_framework];
	if (scoring->number)
		return true;
	scoring->framework = framework;
	find_score_columns(scoring, pouring->rows);
	return ingest_framework(ingest, framework, &scoring->number, error);
}

/* What framework each row that is kept is of; neighbours mostly share it. */
static bool settle_frameworks(struct pouring *pouring, struct error *error)
{
	int column = pouring->layout->framework_column;
	const struct text *ids = column < 0 ? NULL : pouring->rows->columns[column].texts;
	struct text before = {0};
	uint32_t framework = 0;

	if (!pouring->frameworks)
		return true;
	for (size_t i = 0; i < pouring->count; i++) {
		struct text id = ids ? ids[pouring->kept[i]] : (struct text){0};

		if ((i == 0 || !text_equal(id, before)) &&
			!find_framework(pouring, id, &framework, error))
			return false;
		before = id;
		pouring->frameworks[i] = framework;
	}
	return true;
}

/* Whose each row is, and which of them the record has not; neighbours often are one child's. */
static bool settle_rows(struct pouring *pouring, struct known_rows *known, struct arena *scratch,
	struct error *error)
{
	struct ingest *ingest = pouring->ingest;
	const struct import_rows *rows = pouring->rows;
	int column = rows->table->child_column;
	const struct text *ids = column < 0 ? NULL : rows->columns[column].texts;
	int64_t child = 0;

	for (size_t row = 0; row < rows->count; row++) {
		if (ids && (!child || !text_equal(ids[row], ids[row - 1])) &&
			!children_number(&ingest->children, ids[row], &child))
			return error_no_memory(error);
		if (known && known_rows_take(known, rows->lines[row], child)) {
			ingest->unchanged++;
			continue;
		}
		pouring->kept[pouring->count] = (uint32_t)row;
		pouring->children[pouring->count++] = child;
	}
	return children_write(&ingest->children, scratch, ingest->store, error);
}

/* The value of a column; a blank is null. */
static void column_cell(
	const struct import_rows *rows, const struct take *take, size_t row, struct cell *out_cell)
{
	const struct import_column *column = &rows->columns[take->column];
	const struct code_set *codes;

	out_cell->kind = CELL_NULL;
	if (!column->any)
		return;
	switch (take->kind) {
	case VALUE_ID:
	case VALUE_TEXT:
	case VALUE_PARTIAL_DATE:
	case VALUE_FRAMEWORK:
		out_cell->text = column->texts[row];
		out_cell->kind = out_cell->text.length ? CELL_TEXT : CELL_NULL;
		break;
	case VALUE_DATE:
	case VALUE_BIRTH:
		out_cell->integer = column->dates[row];
		out_cell->kind = column->dates[row] == DATE_MISSING ? CELL_NULL : CELL_INTEGER;
		break;
	case VALUE_AMOUNT:
		out_cell->integer = column->pence[row];
		out_cell->kind = column->pence[row] == MONEY_MISSING ? CELL_NULL : CELL_INTEGER;
		break;
	case VALUE_SCORE:
	case VALUE_SDQ:
		out_cell->integer = column->scores[row];
		out_cell->kind = column->scores[row] == SCORE_BLANK ? CELL_NULL : CELL_INTEGER;
		break;
	case VALUE_CODE:
		if (column->codes[row] < 0)
			break;
		codes = rows->table->columns[take->column].codes;
		out_cell->text = codes->codes[column->codes[row]].code;
		out_cell->kind = CELL_TEXT;
		break;
	case VALUE_YEAR:
		out_cell->integer = column->codes[row];
		out_cell->kind = column->codes[row] ? CELL_INTEGER : CELL_NULL;
		break;
	case VALUE_DISTANCE:
		out_cell->number = column->numbers[row];
		out_cell->kind = isnan(column->numbers[row]) ? CELL_NULL : CELL_NUMBER;
		break;
	}
}

/* The scores of a row, in the order of its framework's domains. */
static void scores_cell(struct pouring *pouring, size_t place, struct cell *out_cell)
{
	const struct scoring *scoring = &pouring->scorings[pouring->frameworks[place]];
	size_t count = scoring->framework->domain_count, row = pouring->kept[place];

	for (size_t d = 0; d < count; d++) {
		size_t column = scoring->columns[d];

		pouring->scores[d] = column == SIZE_MAX
					     ? (uint8_t)SCORE_BLANK
					     : pouring->rows->columns[column].scores[row];
	}
	out_cell->kind = CELL_BYTES;
	out_cell->text = (struct text){(const char *)pouring->scores, count};
}

static int64_t origin_of(const struct pouring *pouring, enum take_from from, size_t place)
{
	const struct import_rows *rows = pouring->rows;

	switch (from) {
	case TAKE_ENTRY:
		return pouring->first_entry + (int64_t)place;
	case TAKE_IMPORT:
		return pouring->ingest->before.import + 1;
	case TAKE_FILE:
		return rows->file;
	case TAKE_LINE:
		return rows->lines[pouring->kept[place]];
	case TAKE_YEAR:
		return rows->years ? rows->years[pouring->kept[place]] : 0;
	case TAKE_CHILD:
		return pouring->children[place];
	case TAKE_FRAMEWORK:
		return pouring->scorings[pouring->frameworks[place]].number;
	case TAKE_SCORES:
	case TAKE_COLUMN:
	case TAKE_SEALED:
		break;
	}
	return 0;
}

/* Sealed columns come last in a statement. */
static void sealed_cell(
	const struct pouring *pouring, size_t place, size_t column, struct cell *out_cell)
{
	size_t first = pouring->layout->rows.count - pouring->sealed_columns;
	int64_t value = pouring->sealed[place * pouring->sealed_columns + column - first];

	*out_cell = (struct cell){.kind = value ? CELL_INTEGER : CELL_NULL, .integer = value};
}

static void feed_cell(void *context, size_t place, size_t column, struct cell *out_cell)
{
	struct pouring *pouring = context;
	const struct take *take = &pouring->layout->rows.takes[column];

	if (take->from == TAKE_COLUMN) {
		column_cell(pouring->rows, take, pouring->kept[place], out_cell);
	} else if (take->from == TAKE_SEALED) {
		sealed_cell(pouring, place, column, out_cell);
	} else if (take->from == TAKE_SCORES) {
		scores_cell(pouring, place, out_cell);
	} else {
		out_cell->kind = CELL_INTEGER;
		out_cell->integer = origin_of(pouring, take->from, place);
	}
}

static bool feed(struct pouring *pouring, struct error *error)
{
	struct store *store = pouring->ingest->store;
	struct row_feed row_feed = {.rows = pouring->count, .context = pouring, .cell = feed_cell};
	struct statement *statement =
		store->driver->statement(store->database, pouring->layout->rows.query, error);

	return statement && store->driver->pour(statement, &row_feed, error);
}

static size_t count_sealed(const struct taking *taking)
{
	size_t count = 0;

	for (size_t i = 0; i < taking->count; i++)
		count += taking->takes[i].from == TAKE_SEALED;
	return count;
}

/* Numbers the sealed values of a row, in the order in which the statement takes them. */
static bool number_row(struct pouring *pouring, size_t place, struct arena *scratch)
{
	const struct taking *taking = &pouring->layout->rows;
	int64_t *out = &pouring->sealed[place * pouring->sealed_columns];

	for (size_t i = 0; i < taking->count; i++) {
		const struct take *take = &taking->takes[i];
		struct cell cell;

		if (take->from != TAKE_SEALED)
			continue;
		column_cell(pouring->rows, take, pouring->kept[place], &cell);
		if (cell.kind != CELL_NULL &&
			!personal_number(&pouring->ingest->personal, scratch, take->field,
				pouring->children[place], pouring->first_entry + (int64_t)place,
				&cell, out))
			return false;
		out++;
	}
	return true;
}

/* Seals and stores what identifies. */
static bool seal_personal(struct pouring *pouring, struct arena *scratch, struct error *error)
{
	pouring->sealed_columns = count_sealed(&pouring->layout->rows);
	if (!pouring->sealed_columns)
		return true;
	pouring->sealed = arena_take(
		scratch, pouring->count * pouring->sealed_columns, sizeof *pouring->sealed);
	if (!pouring->sealed)
		return error_no_memory(error);
	for (size_t place = 0; place < pouring->count; place++)
		if (!number_row(pouring, place, scratch))
			return error_no_memory(error);
	return personal_write(&pouring->ingest->personal, scratch, pouring->ingest->store, error);
}

bool ingest_pour(struct ingest *ingest, const struct import_rows *rows, struct arena *scratch,
	struct error *error)
{
	struct pouring pouring = {.ingest = ingest, .rows = rows, .first_entry = ingest->entry + 1};
	struct known_rows *known = NULL;

	if (!ingest_files(ingest, (size_t)rows->file + 1))
		return error_no_memory(error);
	if (!open_pouring(&pouring, scratch, error) ||
		!ingest_known_rows(&known, ingest, rows->source, rows->table, scratch, error) ||
		!settle_rows(&pouring, known, scratch, error) ||
		!settle_frameworks(&pouring, error))
		return false;
	if (pouring.count && (!seal_personal(&pouring, scratch, error) || !feed(&pouring, error)))
		return false;
	ingest->first_entry[rows->file] = pouring.first_entry;
	ingest->rows_stored[rows->file] = (int64_t)pouring.count;
	ingest->entry += (int64_t)pouring.count;
	return true;
}
