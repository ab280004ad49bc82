/* SPDX-License-Identifier: MIT */
#include "store/ingest.h"

#include <math.h>

#include "base/date.h"
#include "base/money.h"

/* data.md: rows of assessments and homes that name no framework version are of this one. */
static const char usual_framework[] = "valuing-care-13";

/* One file's rows on their way. */
struct pouring {
	struct ingest *ingest;
	const struct import_rows *rows;
	const struct layout *layout;
	struct statement *statement, *personal;
	struct take takes[PARAMETERS_MOST]; /* those that differ from row to row */
	size_t take_count;
	struct take personal_takes[PARAMETERS_MOST];
	size_t personal_count;
	struct known_rows *known;
	struct text child_id; /* of the row before, and its number */
	int64_t child;
	struct text framework_id; /* of the row before, and what it is */
	const struct framework *framework;
	int64_t framework_number;
	size_t score_columns[DOMAINS_MOST]; /* of that framework; SIZE_MAX for none */
};

static bool open_frameworks(struct ingest *ingest)
{
	const struct schema *schema = ingest->schema;

	ingest->frameworks =
		arena_take(ingest->arena, schema->framework_count, sizeof *ingest->frameworks);
	ingest->usual = schema_framework(schema, text_of(usual_framework));
	if (!ingest->usual && schema->framework_count)
		ingest->usual = &schema->frameworks[schema->framework_count - 1];
	return ingest->frameworks;
}

bool ingest_open(struct ingest *out_ingest, struct arena *arena, struct store *store,
	const struct schema *schema, const struct store_options *options, struct error *error)
{
	struct ingest ingest = {
		.store = store, .schema = schema, .options = options, .arena = arena};

	ingest.layouts = arena_take(arena, schema->table_count, sizeof *ingest.layouts);
	if (!ingest.layouts || !open_frameworks(&ingest))
		return error_no_memory(error);
	if (!record_numbers(store, &ingest.before, error) ||
		!children_read(&ingest.children, arena, store, ingest.before.child, error))
		return false;
	ingest.entry = ingest.before.entry;
	*out_ingest = ingest;
	return true;
}

bool ingest_files(struct ingest *ingest, size_t files)
{
	size_t capacity = ingest->file_capacity ? ingest->file_capacity : 32;
	int64_t *stored, *first;

	if (files > ingest->files)
		ingest->files = files;
	if (files <= ingest->file_capacity)
		return true;
	while (capacity < files)
		capacity *= 2;
	stored = arena_grow(ingest->arena, ingest->rows_stored, ingest->file_capacity, capacity,
		sizeof *stored);
	first = arena_grow(
		ingest->arena, ingest->first_entry, ingest->file_capacity, capacity, sizeof *first);
	if (!stored || !first)
		return false;
	ingest->rows_stored = stored;
	ingest->first_entry = first;
	ingest->file_capacity = capacity;
	return true;
}

static bool find_layout(struct ingest *ingest, const struct source_table *table,
	const struct layout **out_layout, struct error *error)
{
	struct layout *layout = &ingest->layouts[table - ingest->schema->tables];

	if (!layout->table && !layout_read(layout, ingest->store, table, ingest->arena, error))
		return false;
	*out_layout = layout;
	return true;
}

/* Binds what is the same in all rows; keeps what differs and is in the file. */
static void begin_takes(const struct pouring *pouring, const struct taking *taking,
	struct statement *statement, struct take *takes, size_t *out_count)
{
	const struct database_driver *driver = pouring->ingest->store->driver;
	const struct import_rows *rows = pouring->rows;

	*out_count = 0;
	for (size_t i = 0; i < taking->count; i++) {
		const struct take *take = &taking->takes[i];

		if (take->from == TAKE_IMPORT)
			driver->bind_integer(
				statement, take->parameter, pouring->ingest->before.import + 1);
		else if (take->from == TAKE_FILE)
			driver->bind_integer(statement, take->parameter, rows->file);
		else if (take->from != TAKE_COLUMN || rows->columns[take->column].any)
			takes[(*out_count)++] = *take;
	}
}

static bool begin_pouring(struct pouring *pouring, struct error *error)
{
	struct store *store = pouring->ingest->store;
	const struct layout *layout = pouring->layout;

	pouring->statement = store->driver->statement(store->database, layout->rows.query, error);
	if (!pouring->statement)
		return false;
	begin_takes(
		pouring, &layout->rows, pouring->statement, pouring->takes, &pouring->take_count);
	if (!layout->personal.count)
		return true;
	pouring->personal =
		store->driver->statement(store->database, layout->personal.query, error);
	if (!pouring->personal)
		return false;
	begin_takes(pouring, &layout->personal, pouring->personal, pouring->personal_takes,
		&pouring->personal_count);
	return true;
}

/* Binds one value of a row; false when it is blank. */
static bool bind_column(const struct database_driver *driver, struct statement *statement,
	const struct take *take, const struct import_rows *rows, size_t row)
{
	const struct import_column *column = &rows->columns[take->column];
	const struct source_column *source = &rows->table->columns[take->column];
	int parameter = take->parameter;

	switch (take->kind) {
	case VALUE_ID:
	case VALUE_TEXT:
	case VALUE_PARTIAL_DATE:
	case VALUE_FRAMEWORK:
		driver->bind_text(statement, parameter, column->texts[row]);
		return column->texts[row].length > 0;
	case VALUE_DATE:
	case VALUE_BIRTH:
		if (column->dates[row] == DATE_MISSING)
			break;
		driver->bind_integer(statement, parameter, column->dates[row]);
		return true;
	case VALUE_AMOUNT:
		if (column->pence[row] == MONEY_MISSING)
			break;
		driver->bind_integer(statement, parameter, column->pence[row]);
		return true;
	case VALUE_SCORE:
	case VALUE_SDQ:
		if (column->scores[row] == SCORE_BLANK)
			break;
		driver->bind_integer(statement, parameter, column->scores[row]);
		return true;
	case VALUE_CODE:
		if (column->codes[row] < 0)
			break;
		driver->bind_text(
			statement, parameter, source->codes->codes[column->codes[row]].code);
		return true;
	case VALUE_YEAR:
		if (!column->codes[row])
			break;
		driver->bind_integer(statement, parameter, column->codes[row]);
		return true;
	case VALUE_DISTANCE:
		if (isnan(column->numbers[row]))
			break;
		driver->bind_number(statement, parameter, column->numbers[row]);
		return true;
	}
	driver->bind_null(statement, parameter);
	return false;
}

static bool find_child(struct pouring *pouring, size_t row, struct error *error)
{
	int column = pouring->layout->table->child_column;
	struct text id;

	if (column < 0)
		return true;
	id = pouring->rows->columns[column].texts[row];
	if (pouring->child && text_equal(id, pouring->child_id))
		return true;
	pouring->child_id = id;
	return children_number(
		&pouring->ingest->children, pouring->ingest->store, id, &pouring->child, error);
}

/* Where the scores of a framework's domains are among the columns. */
static void find_score_columns(struct pouring *pouring)
{
	const struct source_table *table = pouring->layout->table;
	const struct framework *framework = pouring->framework;

	for (size_t d = 0; d < framework->domain_count; d++) {
		pouring->score_columns[d] = SIZE_MAX;
		for (size_t c = 0; c < table->column_count; c++)
			if (table->columns[c].kind == VALUE_SCORE &&
				pouring->rows->columns[c].any &&
				strcmp(table->columns[c].name, framework->domains[d].key) == 0)
				pouring->score_columns[d] = c;
	}
}

static bool find_framework(struct pouring *pouring, size_t row, struct error *error)
{
	struct ingest *ingest = pouring->ingest;
	int column = pouring->layout->framework_column;
	const struct text *ids = column < 0 ? NULL : pouring->rows->columns[column].texts;
	struct text id = ids ? ids[row] : (struct text){0};

	if (!pouring->layout->has_scores ||
		(pouring->framework && text_equal(id, pouring->framework_id)))
		return true;
	pouring->framework_id = id;
	pouring->framework = id.length ? schema_framework(ingest->schema, id) : ingest->usual;
	if (!pouring->framework)
		return error_set(error, ERROR_SYSTEM, "there is no needs framework %.*s",
			(int)id.length, id.data);
	find_score_columns(pouring);
	return ingest_framework(ingest, pouring->framework, &pouring->framework_number, error);
}

static struct text gather_scores(
	const struct pouring *pouring, size_t row, uint8_t scores[DOMAINS_MOST])
{
	size_t count = pouring->framework->domain_count;

	for (size_t d = 0; d < count; d++) {
		size_t column = pouring->score_columns[d];

		scores[d] = column == SIZE_MAX ? (uint8_t)SCORE_BLANK
					       : pouring->rows->columns[column].scores[row];
	}
	return (struct text){(const char *)scores, count};
}

/* Binds a row; whether there is anything in it of the file. */
static bool bind_row(const struct pouring *pouring, struct statement *statement,
	const struct take *takes, size_t count, size_t row, uint8_t scores[DOMAINS_MOST])
{
	const struct database_driver *driver = pouring->ingest->store->driver;
	const struct import_rows *rows = pouring->rows;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		const struct take *take = &takes[i];

		switch (take->from) {
		case TAKE_COLUMN:
			any |= bind_column(driver, statement, take, rows, row);
			break;
		case TAKE_ENTRY:
			driver->bind_integer(statement, take->parameter, pouring->ingest->entry);
			break;
		case TAKE_LINE:
			driver->bind_integer(statement, take->parameter, rows->lines[row]);
			break;
		case TAKE_YEAR:
			driver->bind_integer(
				statement, take->parameter, rows->years ? rows->years[row] : 0);
			break;
		case TAKE_CHILD:
			driver->bind_integer(statement, take->parameter, pouring->child);
			break;
		case TAKE_FRAMEWORK:
			driver->bind_integer(statement, take->parameter, pouring->framework_number);
			break;
		case TAKE_SCORES:
			driver->bind_bytes(
				statement, take->parameter, gather_scores(pouring, row, scores));
			break;
		case TAKE_IMPORT:
		case TAKE_FILE:
			break;
		}
	}
	return any;
}

static bool pour_row(struct pouring *pouring, size_t row, struct error *error)
{
	struct ingest *ingest = pouring->ingest;
	uint8_t scores[DOMAINS_MOST];

	if (!find_child(pouring, row, error))
		return false;
	if (pouring->known &&
		known_rows_take(pouring->known, pouring->rows->lines[row], pouring->child)) {
		ingest->unchanged++;
		return true;
	}
	if (!find_framework(pouring, row, error))
		return false;
	ingest->entry++;
	bind_row(pouring, pouring->statement, pouring->takes, pouring->take_count, row, scores);
	if (!record_run(ingest->store, pouring->statement, error))
		return false;
	if (!pouring->personal_count ||
		!bind_row(pouring, pouring->personal, pouring->personal_takes,
			pouring->personal_count, row, scores))
		return true;
	return record_run(ingest->store, pouring->personal, error);
}

static bool pour(struct pouring *pouring, struct error *error)
{
	struct ingest *ingest = pouring->ingest;
	const struct import_rows *rows = pouring->rows;
	int64_t before = ingest->entry;

	if (!ingest_files(ingest, (size_t)rows->file + 1))
		return error_no_memory(error);
	for (size_t i = 0; i < rows->count; i++)
		if (!pour_row(pouring, i, error))
			return false;
	ingest->first_entry[rows->file] = before + 1;
	ingest->rows_stored[rows->file] = ingest->entry - before;
	return true;
}

static bool take_rows(void *context, const struct import_rows *rows, struct error *error)
{
	struct ingest *ingest = context;
	struct arena *scratch;
	struct pouring pouring = {.ingest = ingest, .rows = rows};
	bool done;

	if (ingest->fault.code != ERROR_NONE) {
		*error = ingest->fault;
		return false;
	}
	scratch = arena_open();
	if (!scratch)
		return error_no_memory(error);
	done = find_layout(ingest, rows->table, &pouring.layout, error) &&
	       ingest_known_rows(
		       &pouring.known, ingest, rows->source, rows->table, scratch, error) &&
	       begin_pouring(&pouring, error) && pour(&pouring, error);
	arena_close(scratch);
	return done;
}

static bool knows_child(void *context, struct text id)
{
	const struct ingest *ingest = context;
	const struct child_entry *entry = children_find(&ingest->children, id);

	return entry && entry->named;
}

static bool progress(void *context, size_t done, size_t total)
{
	const struct store_options *options = ((struct ingest *)context)->options;

	return options->progress(options->progress_context, done, total);
}

struct import_sink ingest_sink(struct ingest *ingest)
{
	return (struct import_sink){.context = ingest,
		.knows_child = knows_child,
		.has_file = ingest_has_file,
		.take = take_rows,
		.progress = ingest->options->progress ? progress : NULL};
}
