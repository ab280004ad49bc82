/* SPDX-License-Identifier: MIT */
/*
 * The reader of workbooks must survive any bytes.
 *
 * Bytes that begin with PK are an archive. Checksums would keep a fuzzer out of its parts, so other
 * bytes are the parts themselves, put into an archive here: sheet, strings, styles, workbook and
 * its relationships, each ended by the byte 0xFF; those that are absent are as in the smallest
 * workbook.
 */
#include "sheets_hold.h"
#include "workbook.h"

enum { PARTS = 5 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct text archive_of_parts(struct arena *arena, struct text bytes)
{
	struct workbook_part parts[PARTS + 1] = {
		{"xl/worksheets/sheet1.xml", "<worksheet/>"},
		{"xl/sharedStrings.xml", "<sst/>"},
		{"xl/styles.xml", "<styleSheet/>"},
		{"xl/workbook.xml",
			"<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
		{"xl/_rels/workbook.xml.rels",
			"<Relationships><Relationship Id=\"a\" Type=\"worksheet\" "
			"Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" "
			"Type=\"sharedStrings\" "
			"Target=\"sharedStrings.xml\"/><Relationship Id=\"c\" Type=\"styles\" "
			"Target=\"styles.xml\"/></Relationships>"},
		{"_rels/.rels", "<Relationships/>"},
	};
	struct text piece;

	for (size_t i = 0; i < PARTS && text_split(&bytes, '\xFF', &piece); i++)
		if (piece.length > 0)
			parts[i].content = arena_copy(arena, piece.data, piece.length);
	return workbook_zip(arena, parts, PARTS + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text bytes = {(const char *)data, size};
	struct arena *arena = arena_open();
	struct sheet_fault fault;
	struct sheet *sheets;
	struct error error = {0};
	size_t count;

	if (size < 2 || memcmp(data, "PK", 2) != 0)
		bytes = archive_of_parts(arena, bytes);
	sheets_hold(
		xlsx_read(arena, bytes, &sheets, &count, &fault, &error), sheets, count, &fault);
	arena_close(arena);
	return 0;
}
