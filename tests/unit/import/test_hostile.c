/* SPDX-License-Identifier: MIT */
/* Every file of tests/refused/make_hostile.py is refused with the problem it says, or read where it
 * says none. Usage: test_hostile FOLDER. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "import/csv.h"
#include "import/sheet.h"
#include "schema/schema.h"

static const char *folder;

struct reading {
	struct arena *arena;
	struct schema schema;
	struct error error;
	size_t wrong;
};

static bool ends_in_xml(struct text name)
{
	return name.length > 4 && memcmp(name.data + name.length - 4, ".xml", 4) == 0;
}

static void check(struct reading *reading, struct text name, struct text expected)
{
	char *path = arena_format(reading->arena, "%s/%.*s", folder, (int)name.length, name.data);
	struct sheet_fault fault;
	struct sheet *sheets;
	struct file_map map;
	size_t count;
	bool ok;

	assert_true(file_map_open(&map, path, 1 << 30, &reading->error));
	ok = ends_in_xml(name) ? xml_read(reading->arena, map.bytes, &reading->schema, &sheets,
					 &count, &fault, &reading->error)
			       : xlsx_read(reading->arena, map.bytes, &sheets, &count, &fault,
					 &reading->error);
	file_map_close(&map);
	assert_true(ok);
	if (!text_is(expected, fault.problem ? fault.problem : "") ||
		(count > 0) != (expected.length == 0)) {
		print_error("%.*s: \"%s\" is not \"%.*s\"\n", (int)name.length, name.data,
			fault.problem ? fault.problem : "", (int)expected.length, expected.data);
		reading->wrong++;
	}
	for (const char *at = fault.value; *at; at++)
		assert_true((unsigned char)*at >= 0x20);
}

static void test_every_file_is_refused_as_it_should_be(void **state)
{
	struct reading reading = {.arena = arena_open()};
	struct csv_record *record = arena_take(reading.arena, 1, sizeof *record);
	struct csv_reader reader;
	struct file_map map;
	size_t files = 0;

	(void)state;
	assert_non_null(record);
	assert_true(schema_open(&reading.schema, reading.arena, NULL, &reading.error));
	assert_true(file_map_open(&map, arena_format(reading.arena, "%s/expected.csv", folder),
		1 << 20, &reading.error));
	reader = csv_open(map.bytes, ',', reading.arena);
	assert_true(csv_next(&reader, record));
	while (csv_next(&reader, record)) {
		struct arena_mark mark = arena_mark(reading.arena);

		check(&reading, record->fields[0], record->fields[1]);
		arena_release(reading.arena, mark);
		files++;
	}
	file_map_close(&map);
	arena_close(reading.arena);
	assert_true(files > 50);
	assert_int_equal(reading.wrong, 0);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_file_is_refused_as_it_should_be),
	};

	if (count != 2) {
		print_error("usage: test_hostile FOLDER\n");
		return 2;
	}
	folder = arguments[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
