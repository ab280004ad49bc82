/* SPDX-License-Identifier: MIT */
/* The reader of the 903 XML return must survive any bytes. */
#include "schema/schema.h"
#include "sheets_hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct schema schema;
	static struct arena *dictionary;
	struct text bytes = {(const char *)data, size};
	struct arena *arena = arena_open();
	struct sheet_fault fault;
	struct sheet *sheets;
	struct error error = {0};
	size_t count;

	if (!dictionary) {
		dictionary = arena_open();
		must(schema_open(&schema, dictionary, NULL, &error));
	}
	sheets_hold(xml_read(arena, bytes, &schema, &sheets, &count, &fault, &error), sheets, count,
		&fault);
	arena_close(arena);
	return 0;
}
