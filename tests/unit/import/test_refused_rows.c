/* SPDX-License-Identifier: MIT */
/*
 * Everything in tests/refused: NAME.csv (imported together with named/children.csv, which names the
 * children a to d) or the folder NAME, against NAME.expected: the problems as the user gets them,
 * then how many rows went in.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "imported.h"

struct refused {
	const char *root;     /* tests/refused */
	const char *expected; /* path of NAME.expected */
};

/* Paths end where they are the same on every machine. */
static void add_without_root(struct buffer *out, struct text text, const char *root)
{
	size_t length = strlen(root);

	while (text.length) {
		const char *found = memmem(text.data, text.length, root, length);

		if (!found) {
			buffer_text(out, text);
			return;
		}
		buffer_add(out, text.data, (size_t)(found - text.data));
		text.length -= (size_t)(found - text.data) + length + 1;
		text.data = found + length + 1;
	}
}

/* What went in, but for named/children.csv. */
static void add_rows(struct buffer *out, struct text rows, const char *root)
{
	struct text line;
	bool named = false;

	while (rows.length && text_split(&rows, '\n', &line)) {
		if (memmem(line.data, line.length, "named/children.csv|", 19))
			named = true;
		else if (memmem(line.data, line.length, ".csv|", 5))
			named = false;
		if (named)
			continue;
		add_without_root(out, line, root);
		buffer_char(out, '\n');
	}
}

static struct text outcome(struct imported *imported, const char *root)
{
	struct buffer problems = buffer_in(imported->arena), out = buffer_in(imported->arena);

	import_problems_csv(&imported->import, &problems);
	add_without_root(&out, (struct text){problems.data, problems.length}, root);
	for (size_t i = 0; i < imported->import.file_count; i++) {
		const struct import_file *file = &imported->import.files[i];

		if (strstr(file->path, "/named/"))
			continue;
		buffer_format(&out, "%s: %s", file->path + strlen(root) + 1,
			file->table ? file->table->name : "no table");
		if (file->collection_year)
			buffer_format(&out, " of %d", file->collection_year);
		buffer_format(&out, ": %d read, %d accepted, %d refused, %d repeated\r\n",
			(int)file->rows_read, (int)file->rows_accepted, (int)file->rows_refused,
			(int)file->rows_repeated);
	}
	add_rows(&out, (struct text){imported->rows.data, imported->rows.length}, root);
	return (struct text){out.data, out.length};
}

/* NAME.expected is written anew where HEARTH_REWRITE is set: read the difference before committing.
 */
static void compare(const char *path, struct text found)
{
	struct file_map map;
	struct error error = {0};

	if (getenv("HEARTH_REWRITE"))
		assert_true(file_write(path, found, &error));
	if (!file_map_open(&map, path, 1 << 20, &error))
		fail_msg("%s", error.message);
	if (!text_equal(map.bytes, found))
		fail_msg("%s is\n%.*s\nbut was\n%.*s", path, (int)map.bytes.length, map.bytes.data,
			(int)found.length, found.data);
	file_map_close(&map);
}

static void test_refused(void **state)
{
	const struct refused *refused = *state;
	char name[4096], file[4096 + 4], named[4096];
	const char *paths[2] = {name, named};
	struct imported imported = {.import = {0}};

	snprintf(
		name, sizeof name, "%.*s", (int)(strlen(refused->expected) - 9), refused->expected);
	snprintf(named, sizeof named, "%s/named/children.csv", refused->root);
	snprintf(file, sizeof file, "%s.csv", name);
	if (!file_is_folder(name))
		paths[0] = file;
	assert_true(imported_open(&imported, true, paths, file_is_folder(name) ? 1 : 2));
	compare(refused->expected, outcome(&imported, refused->root));
	imported_close(&imported);
}

static void add_case(
	struct CMUnitTest *test, struct refused *refused, const char *root, const char *path)
{
	*refused = (struct refused){root, path};
	*test = (struct CMUnitTest){file_name(path), test_refused, NULL, NULL, refused};
}

int main(void)
{
	struct CMUnitTest tests[256];
	struct refused refused[256];
	const char *const *paths;
	struct arena *arena = arena_open();
	struct error error = {0};
	size_t count = 0, path_count = 0;
	const char *root = getenv("HEARTH_ROOT");
	int failed;

	if (!arena || !root || !(root = arena_format(arena, "%s/tests/refused", root)) ||
		!file_list(arena, root, &paths, &path_count, &error))
		return 1;
	for (size_t i = 0; i < path_count && count < 256; i++) {
		size_t length = strlen(paths[i]);

		if (length > 9 && strcmp(paths[i] + length - 9, ".expected") == 0) {
			add_case(&tests[count], &refused[count], root, paths[i]);
			count++;
		}
	}
	failed = _cmocka_run_group_tests("refused", tests, count, NULL, NULL);
	arena_close(arena);
	return failed;
}
