/* SPDX-License-Identifier: MIT */
#include "store/personal.h"

#include "store/vault_batch.h"

enum { KEPT_LONGEST = 15, FEWEST = 1024 };

/* A child's last value of a field; longer ones are sealed each time. */
struct personal_kept {
	int64_t value; /* 0: none */
	uint8_t length;
	char bytes[KEPT_LONGEST];
};

static const struct {
	const char *name;
	bool is_date;
} fields[PERSONAL_FIELDS] = {
	[PERSONAL_BIRTH] = {"birth", true},
	[PERSONAL_UPN] = {"upn", false},
	[PERSONAL_MOTHER_BIRTH] = {"mother_birth", true},
	[PERSONAL_HOME] = {"home", false},
	[PERSONAL_PLACEMENT] = {"placement", false},
	[PERSONAL_STATUS_END] = {"status_end", true},
};

bool personal_find(struct text name, enum personal_field *out_field)
{
	for (int i = 0; i < PERSONAL_FIELDS; i++) {
		if (!text_is(name, fields[i].name))
			continue;
		*out_field = (enum personal_field)i;
		return true;
	}
	return false;
}

bool personal_is_date(enum personal_field field)
{
	return fields[field].is_date;
}

static bool make_room(struct personal *personal, enum personal_field field, int64_t child)
{
	size_t old = personal->room[field], room = old ? old : FEWEST;
	struct personal_kept *kept;

	while (room <= (size_t)child)
		room *= 2;
	kept = arena_grow(personal->arena, personal->kept[field], old, room, sizeof *kept);
	if (!kept)
		return false;
	personal->kept[field] = kept;
	personal->room[field] = room;
	return true;
}

static struct personal_waiting *add_waiting(struct personal_queue *queue, struct arena *scratch)
{
	if (queue->count == queue->capacity) {
		size_t capacity = queue->capacity ? queue->capacity * 2 : FEWEST;
		struct personal_waiting *waiting = arena_grow(
			scratch, queue->waiting, queue->count, capacity, sizeof *waiting);

		if (!waiting)
			return NULL;
		queue->waiting = waiting;
		queue->capacity = capacity;
	}
	return &queue->waiting[queue->count++];
}

/* Whether undoing the row's import takes the value away, too. */
static bool is_of_import(const struct personal *personal, int64_t value, int64_t entry)
{
	int64_t from = value / PERSONAL_NUMBERS;

	return value && from >= personal->first_entry && from <= entry;
}

bool personal_number(struct personal *personal, struct arena *scratch, enum personal_field field,
	int64_t child, int64_t entry, const struct cell *cell, int64_t *out_value)
{
	bool is_date = fields[field].is_date;
	struct personal_kept *kept;
	struct personal_waiting *waiting;
	struct text bytes = cell->text;
	char day[VAULT_DAY_BYTES];

	if ((size_t)child >= personal->room[field] && !make_room(personal, field, child))
		return false;
	if (is_date) {
		vault_day_write((int32_t)cell->integer, day);
		bytes = (struct text){day, sizeof day};
	}
	kept = &personal->kept[field][child];
	if (is_of_import(personal, kept->value, entry) &&
		text_equal(bytes, (struct text){kept->bytes, kept->length})) {
		*out_value = kept->value;
		return true;
	}
	waiting = add_waiting(is_date ? &personal->dates : &personal->texts, scratch);
	if (!waiting)
		return false;
	*out_value = entry * PERSONAL_NUMBERS + (int64_t)field;
	*waiting = (struct personal_waiting){.value = *out_value};
	if (is_date)
		memcpy(waiting->day, day, sizeof day);
	else
		waiting->data = bytes.data;
	waiting->length = bytes.length;
	kept->value = bytes.length <= KEPT_LONGEST ? *out_value : 0;
	if (kept->value) {
		kept->length = (uint8_t)bytes.length;
		memcpy(kept->bytes, bytes.data, bytes.length);
	}
	return true;
}

/* As the statements take them: value, sealed. */
static void feed_value(void *context, size_t row, size_t column, struct cell *out_cell)
{
	const struct vault_value *value = &((const struct vault_value *)context)[row];

	if (column == 0)
		*out_cell = (struct cell){.kind = CELL_INTEGER, .integer = value->row};
	else
		*out_cell = (struct cell){.kind = CELL_BYTES, .text = value->value};
}

static bool write_queue(struct personal_queue *queue, const char *table, struct arena *scratch,
	struct store *store, struct error *error)
{
	bool dates = strcmp(table, SEALED_DATE) == 0;
	struct vault_value *values = arena_take_raw(scratch, queue->count, sizeof *values);
	struct row_feed feed = {.rows = queue->count, .context = values, .cell = feed_value};
	struct statement *statement;

	if (!values)
		return error_no_memory(error);
	for (size_t i = 0; i < queue->count; i++) {
		const struct personal_waiting *waiting = &queue->waiting[i];
		const char *data = waiting->data ? waiting->data : waiting->day;

		values[i] = (struct vault_value){waiting->value, {data, waiting->length}};
	}
	if (!vault_seal_all(store->vault, scratch, table, SEALED, values, queue->count, error))
		return false;
	statement = record_statement(store, dates ? "sealed_date_add" : "sealed_text_add", error);
	*queue = (struct personal_queue){0};
	return statement && store->driver->pour(statement, &feed, error);
}

bool personal_write(
	struct personal *personal, struct arena *scratch, struct store *store, struct error *error)
{
	return (!personal->dates.count ||
		       write_queue(&personal->dates, SEALED_DATE, scratch, store, error)) &&
	       (!personal->texts.count ||
		       write_queue(&personal->texts, SEALED_TEXT, scratch, store, error));
}
