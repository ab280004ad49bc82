/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a CSV file: the whole import of them, and the reader in pieces of every small size
 * against the reader in one piece.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/parallel.h"
#include "import/csv.h"
#include "import/import.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read once: it is the same for every input. */
static struct schema fuzz_schema;

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	static struct arena *arena; /* reachable to the end */
	struct error error = {0};

	(void)count;
	(void)arguments;
	parallel_set_threads(1);
	arena = arena_open();
	if (!arena || !schema_open(&fuzz_schema, arena, NULL, &error))
		abort();
	return 0;
}

/* Half of the children are known, so that rows go in. */
static bool knows(void *context, struct text id)
{
	(void)context;
	return id.length % 2 == 1;
}

static bool take(void *context, const struct import_rows *rows, struct error *error)
{
	uint64_t *sum = context;

	(void)error;
	for (size_t row = 0; row < rows->count; row++) {
		*sum += rows->lines[row] + rows->years[row];
		for (size_t i = 0; i < rows->table->column_count; i++) {
			enum value_kind kind = rows->table->columns[i].kind;

			if (!rows->columns[i].any ||
				(kind != VALUE_ID && kind != VALUE_TEXT &&
					kind != VALUE_PARTIAL_DATE && kind != VALUE_FRAMEWORK))
				continue;
			if (!text_is_utf8(rows->columns[i].texts[row]))
				abort();
			*sum += text_hash(rows->columns[i].texts[row]);
		}
	}
	return true;
}

static void import_bytes(struct arena *arena, const uint8_t *data, size_t size)
{
	int descriptor = memfd_create("fuzz", 0);
	const char *path = arena_format(arena, "/proc/self/fd/%d", descriptor);
	uint64_t sum = 0;
	struct import_sink sink = {.context = &sum, .knows_child = knows, .take = take};
	struct buffer out = buffer_in(arena);
	struct import import;
	struct error error;

	if (descriptor < 0 || write(descriptor, data, size) != (ssize_t)size ||
		!import_run(&import, arena, &fuzz_schema, &path, 1, &sink, &error))
		abort();
	import_problems_csv(&import, &out);
	for (size_t i = 0; i < import.problem_count; i++) {
		if (!text_is_utf8(import.problems[i].value))
			abort();
	}
	close(descriptor);
}

/* Reads the records of the pieces one after another; each must be the next of the whole. */
static void read_pieces(struct arena *arena, struct text text, size_t size)
{
	struct csv_record *one = arena_take(arena, 2, sizeof *one), *two = one + 1;
	struct csv_reader whole = csv_open(text, ',', arena), piece;
	const size_t *cuts;
	size_t count;
	uint32_t line = 0;
	struct error error;

	if (!one || !csv_cut(arena, text, size, true, ',', &cuts, &count, &error))
		abort();
	for (size_t i = 0; i < count; i++) {
		piece = csv_open(
			(struct text){text.data + cuts[i], cuts[i + 1] - cuts[i]}, ',', arena);
		while (csv_next(&piece, one)) {
			if (!csv_next(&whole, two) || one->count != two->count ||
				one->line + line != two->line || one->start != two->start)
				abort();
			for (size_t k = 0; k < one->count && k < CSV_FIELDS_MOST; k++) {
				if (!text_equal(one->fields[k], two->fields[k]))
					abort();
			}
		}
		line += piece.line;
	}
	if (csv_next(&whole, two))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_open();

	if (!arena)
		abort();
	import_bytes(arena, data, size);
	if (size)
		read_pieces(arena, (struct text){(const char *)data, size}, 1 + data[0] % 40);
	arena_close(arena);
	return 0;
}
