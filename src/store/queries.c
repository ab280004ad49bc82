/* SPDX-License-Identifier: MIT */
#include "store/queries.h"

#include <stdlib.h>

#include "base/embedded.h"

#define FOLDER	   "sql/queries/"
#define NAME_MARK  "-- name: "
#define TAKES_MARK "-- takes: "
#define READS_MARK "-- reads: all"

/* What is read so far, of all files. */
struct reading {
	struct arena *arena;
	const char *dialect;
	struct query *queries;
	size_t count, capacity;
	struct text takes[PARAMETERS_MOST]; /* of the query being read */
	size_t take_count;
	bool wanted;	 /* the query being read is for this database */
	const char *end; /* of the last line that is no comment */
};

static bool begins_with(struct text text, const char *prefix)
{
	size_t length = strlen(prefix);

	return text.length >= length && memcmp(text.data, prefix, length) == 0;
}

static struct text after(struct text text, size_t skip)
{
	return (struct text){text.data + skip, text.length - skip};
}

static bool add_query(struct reading *reading)
{
	if (reading->count == reading->capacity) {
		size_t capacity = reading->capacity ? reading->capacity * 2 : 128;
		struct query *queries = arena_grow(reading->arena, reading->queries, reading->count,
			capacity, sizeof *queries);

		if (!queries)
			return false;
		reading->queries = queries;
		reading->capacity = capacity;
	}
	reading->queries[reading->count++] = (struct query){0};
	return true;
}

/* "-- name: x (dialect)" */
static bool begin_query(struct reading *reading, struct text line, const char *body)
{
	struct text dialect = {0}, name = text_trim(after(line, strlen(NAME_MARK)));
	const char *open = memchr(name.data, '(', name.length);
	struct query *query;

	if (open) {
		dialect = (struct text){open + 1, name.length - (size_t)(open - name.data) - 2};
		name = text_trim((struct text){name.data, (size_t)(open - name.data)});
	}
	reading->take_count = 0;
	reading->wanted = !dialect.length || text_is(dialect, reading->dialect);
	if (!reading->wanted)
		return true;
	if (!add_query(reading))
		return false;
	query = &reading->queries[reading->count - 1];
	query->name = name;
	query->dialect = dialect;
	query->sql = (struct text){body, 0};
	return true;
}

static bool add_takes(struct reading *reading, struct text line, const char *body)
{
	struct text rest = text_trim(after(line, strlen(TAKES_MARK))), word;

	while (text_split(&rest, ' ', &word)) {
		if (reading->take_count == PARAMETERS_MOST)
			return false;
		reading->takes[reading->take_count++] = word;
	}
	if (reading->wanted)
		reading->queries[reading->count - 1].sql.data = body;
	return true;
}

/* The statement ends with the last line that is no comment, and that with a semicolon. */
static bool end_query(struct reading *reading)
{
	struct query *query;
	struct text *takes;

	if (!reading->wanted)
		return true;
	query = &reading->queries[reading->count - 1];
	takes = arena_take(reading->arena, reading->take_count, sizeof *takes);
	if (!takes || reading->end <= query->sql.data || reading->end[-1] != ';')
		return false;
	query->sql.length = (size_t)(reading->end - query->sql.data) - 1;
	if (reading->take_count)
		memcpy(takes, reading->takes, reading->take_count * sizeof *takes);
	query->takes = takes;
	query->take_count = reading->take_count;
	reading->wanted = false;
	return true;
}

static bool read_line(struct reading *reading, struct text line, const char *next)
{
	if (begins_with(line, NAME_MARK))
		return end_query(reading) && begin_query(reading, line, next);
	if (begins_with(line, TAKES_MARK))
		return add_takes(reading, line, next);
	if (begins_with(line, READS_MARK) && reading->wanted) {
		reading->queries[reading->count - 1].reads_all = true;
		reading->queries[reading->count - 1].sql.data = next;
		return true;
	}
	line = text_trim(line);
	if (line.length && !begins_with(line, "--"))
		reading->end = line.data + line.length;
	return true;
}

static bool read_file(struct reading *reading, struct text file)
{
	struct text rest = file, line;
	bool good = true;

	reading->wanted = false;
	reading->end = file.data;
	while (good && text_split(&rest, '\n', &line))
		good = read_line(reading, line, rest.data ? rest.data : file.data + file.length);
	return good && end_query(reading);
}

/* By name; of one name, what is for this database alone first. */
static int compare(const void *a, const void *b)
{
	const struct query *one = a, *other = b;
	int order = text_compare(one->name, other->name);

	return order ? order : (other->dialect.length > 0) - (one->dialect.length > 0);
}

static void keep_first_of_each(struct reading *reading)
{
	size_t kept = 0;

	qsort(reading->queries, reading->count, sizeof *reading->queries, compare);
	for (size_t i = 0; i < reading->count; i++)
		if (!kept || !text_equal(reading->queries[kept - 1].name, reading->queries[i].name))
			reading->queries[kept++] = reading->queries[i];
	reading->count = kept;
}

bool queries_read(
	struct queries *out_queries, struct arena *arena, const char *dialect, struct error *error)
{
	const struct embedded_file *files;
	size_t count = embedded_under(FOLDER, &files);
	struct reading reading = {.arena = arena, .dialect = dialect};

	for (size_t i = 0; i < count; i++)
		if (!read_file(&reading, embedded_text(files[i].path)))
			return error_set(error, ERROR_SYSTEM, "%s is not in order", files[i].path);
	keep_first_of_each(&reading);
	*out_queries = (struct queries){reading.queries, reading.count};
	return true;
}

const struct query *queries_find(const struct queries *queries, struct text name)
{
	size_t from = 0, to = queries->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = text_compare(name, queries->queries[middle].name);

		if (!order)
			return &queries->queries[middle];
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

size_t queries_under(
	const struct queries *queries, const char *prefix, const struct query **out_first)
{
	size_t count = 0;

	*out_first = NULL;
	for (size_t i = 0; i < queries->count; i++)
		if (begins_with(queries->queries[i].name, prefix) && !count++)
			*out_first = &queries->queries[i];
	return count;
}
