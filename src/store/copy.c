/* SPDX-License-Identifier: MIT */
#include "store/copy.h"

#include "store/change.h"
#include "store/place.h"

struct copying {
	struct arena *arena;
	struct store *from, *to;
	struct catalogue catalogue, arrived;
	struct copied *copied;
};

/* A row on its way: counted, then stored. */
struct passing {
	struct table_sum *sum;
	struct table_filler *filler;
};

static bool pass_on(void *context, struct text packed, struct error *error)
{
	struct passing *passing = context;

	table_sum_add(passing->sum, packed);
	return table_filler_take(passing->filler, packed, error);
}

static bool copy_table(struct copying *copying, const struct table_shape *table,
	struct table_sum *sum, struct error *error)
{
	const struct table_shape *there = catalogue_find(&copying->arrived, text_of(table->name));
	struct arena *arena = arena_open();
	struct passing passing = {.sum = sum};
	bool done = false;

	if (!arena)
		return error_no_memory(error);
	if (!there)
		error_set(error, ERROR_CONFLICT, "the record has a table %s that is not Hearth's",
			table->name);
	else if (table_fill(&passing.filler, arena, copying->to, there, table, error))
		done = table_filler_end(passing.filler,
			table_rows(copying->from, table, pass_on, &passing, error), error);
	arena_close(arena);
	return done;
}

/* The tables are made in the form that the record has, not a newer one. */
static bool make_tables(struct copying *copying, struct error *error)
{
	int64_t schema, there;

	if (!record_schema(copying->from, &schema, error) ||
		!record_schema(copying->to, &there, error))
		return false;
	if (!schema)
		return error_set(
			error, ERROR_MISSING, "the record is empty: there is nothing to copy");
	if (there)
		return error_set(error, ERROR_CONFLICT,
			"there is a record in that database already: a record is never written "
			"over; name one that is empty");
	return record_migrate_to(copying->to, schema, error) &&
	       catalogue_read(copying->from, copying->arena, &copying->catalogue, error) &&
	       catalogue_read(copying->to, copying->arena, &copying->arrived, error);
}

static bool copy_rows(struct copying *copying, struct error *error)
{
	struct copied *copied = copying->copied;

	copied->tables =
		arena_take(copying->arena, copying->catalogue.count, sizeof *copied->tables);
	if (!copied->tables)
		return error_no_memory(error);
	for (size_t i = 0; i < copying->catalogue.count; i++) {
		const struct table_shape *table = &copying->catalogue.tables[i];
		struct summed_table *one = &copied->tables[copied->count++];

		one->name = table->name;
		if (!copy_table(copying, table, &one->sum, error))
			return false;
		copied->rows += one->sum.rows;
	}
	return true;
}

static bool copy_record(struct copying *copying, struct error *error)
{
	bool done;

	if (!make_tables(copying, error) || !store_look(copying->from, error) ||
		!store_begin(copying->to, error))
		return false;
	done = store_end(copying->to,
		record_script(copying->to, "restore", error) && copy_rows(copying, error), error);
	store_rollback(copying->from);
	return done &&
	       tables_arrived(copying->to, &copying->arrived, copying->copied->tables,
		       copying->copied->count, ": what was copied is not to be used", error);
}

static bool copy_to(struct copying *copying, const char *from, const char *to, struct error *error)
{
	bool done = record_open_bare(&copying->from, from, DATABASE_READ, error) &&
		    record_open_bare(&copying->to, to, DATABASE_WRITE, error) &&
		    copy_record(copying, error);

	store_close(copying->to);
	store_close(copying->from);
	return done;
}

/* By the way of a file beside it, which gets the name when all is well. */
static bool copy_to_file(
	struct copying *copying, const char *from, const char *to, struct error *error)
{
	struct place_beside beside;

	return place_begin_beside(
		       &beside, copying->arena, to, "name a file that is not there", error) &&
	       place_end_beside(&beside, copy_to(copying, from, beside.part, error), error);
}

bool store_copy(struct arena *arena, const char *from, const char *to, struct copied *out_copied,
	struct error *error)
{
	struct copied copied = {.count = 0};
	struct copying copying = {.arena = arena, .copied = &copied};
	bool done = place_is_file(to) ? copy_to_file(&copying, from, to, error)
				      : copy_to(&copying, from, to, error);

	if (done)
		*out_copied = copied;
	return done;
}
