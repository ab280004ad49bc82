/* SPDX-License-Identifier: MIT */
#include "workbook.h"

#include <stdint.h>
#include <stdlib.h>

#define MAIN	  "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

enum { PARTS_MOST = 16 };

static uint32_t checksum(struct text bytes)
{
	uint32_t sum = UINT32_MAX;

	for (size_t i = 0; i < bytes.length; i++) {
		sum ^= (unsigned char)bytes.data[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum & 1 ? sum >> 1 ^ UINT32_C(0xEDB88320) : sum >> 1;
	}
	return ~sum;
}

static void put(struct buffer *out, uint32_t number, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buffer_char(out, (char)(number >> (8 * i) & 0xFF));
}

/* What the local header and the directory say alike: version, method, time, sum, sizes. */
static void put_entry(struct buffer *out, const struct workbook_part *part)
{
	struct text content = text_of(part->content);

	put(out, 20, 2);
	put(out, 0, 4);
	put(out, 0x5A210000, 4);
	put(out, checksum(content), 4);
	put(out, (uint32_t)content.length, 4);
	put(out, (uint32_t)content.length, 4);
	put(out, (uint32_t)strlen(part->name), 2);
	put(out, 0, 2);
}

struct text workbook_zip(struct arena *arena, const struct workbook_part *parts, size_t count)
{
	struct buffer out = buffer_in(arena);
	uint32_t starts[PARTS_MOST], directory;

	for (size_t i = 0; i < count; i++) {
		starts[i] = (uint32_t)out.length;
		buffer_add(&out, "PK\3\4", 4);
		put_entry(&out, &parts[i]);
		buffer_string(&out, parts[i].name);
		buffer_string(&out, parts[i].content);
	}
	directory = (uint32_t)out.length;
	for (size_t i = 0; i < count; i++) {
		buffer_add(&out, "PK\1\2\24\0", 6);
		put_entry(&out, &parts[i]);
		put(&out, 0, 2);
		put(&out, 0, 4);
		put(&out, 0, 4);
		put(&out, starts[i], 4);
		buffer_string(&out, parts[i].name);
	}
	count = count > PARTS_MOST ? PARTS_MOST : count;
	buffer_add(&out, "PK\5\6\0\0\0\0", 8);
	put(&out, (uint32_t)count, 2);
	put(&out, (uint32_t)count, 2);
	put(&out, (uint32_t)out.length - 12 - directory, 4);
	put(&out, directory, 4);
	put(&out, 0, 2);
	if (out.failed)
		abort();
	return (struct text){out.data, out.length};
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static size_t sheets_add(struct arena *arena, const struct workbook *workbook,
	struct workbook_part *parts, struct buffer *list, struct buffer *relations)
{
	size_t count = 0;

	for (; count < 4 && workbook->sheets[count]; count++) {
		int number = (int)count + 1;

		parts[count].name = arena_format(arena, "xl/worksheets/sheet%d.xml", number);
		parts[count].content = arena_format(arena,
			"<worksheet xmlns=\"" MAIN "\"><sheetData>%s</sheetData>%s</worksheet>",
			workbook->sheets[count], count ? "" : or_empty(workbook->after));
		buffer_format(list, "<sheet name=\"Sheet%d\" sheetId=\"%d\" r:id=\"rId%d\"/>",
			number, number, number);
		buffer_format(relations,
			"<Relationship Id=\"rId%d\" Type=\"" RELATIONS
			"/worksheet\" Target=\"worksheets/sheet%d.xml\"/>",
			number, number);
	}
	return count;
}

struct text workbook_make(struct arena *arena, const struct workbook *workbook)
{
	struct workbook_part parts[PARTS_MOST];
	struct buffer list = buffer_in(arena), relations = buffer_in(arena);
	size_t count = sheets_add(arena, workbook, parts, &list, &relations);

	buffer_string(&relations, "<Relationship Id=\"rId90\" Type=\"" RELATIONS
				  "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>");
	buffer_string(&relations, "<Relationship Id=\"rId91\" Type=\"" RELATIONS
				  "/styles\" Target=\"./styles.xml\"/>");
	parts[count++] = (struct workbook_part){"_rels/.rels",
		"<Relationships><Relationship Id=\"rId1\" Type=\"" RELATIONS
		"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"};
	parts[count++] = (struct workbook_part){
		"xl/workbook.xml", arena_format(arena,
					   "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATIONS
					   "\"><workbookPr %s/><sheets>%s</sheets></workbook>",
					   or_empty(workbook->properties), buffer_cstring(&list))};
	parts[count++] = (struct workbook_part){"xl/_rels/workbook.xml.rels",
		arena_format(
			arena, "<Relationships>%s</Relationships>", buffer_cstring(&relations))};
	parts[count++] = (struct workbook_part){
		"xl/sharedStrings.xml", arena_format(arena, "<sst xmlns=\"" MAIN "\">%s</sst>",
						or_empty(workbook->strings))};
	parts[count++] = (struct workbook_part){"xl/styles.xml",
		arena_format(arena, "<styleSheet xmlns=\"" MAIN "\">%s</styleSheet>",
			or_empty(workbook->formats))};
	return workbook_zip(arena, parts, count);
}
