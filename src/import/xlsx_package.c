/* SPDX-License-Identifier: MIT */
/* Where the parts of a workbook lie: its relationships, then the list of its sheets. */
#include <stdio.h>

#include "import/xlsx_book.h"

enum { PATH_SIZE = 512, RELATIONS_MOST = 4000 };

struct relation {
	const char *id;
	const char *type;   /* the last part of its name: "worksheet" */
	const char *target; /* as written */
	bool external;
};

/* A .rels part, or the workbook part, while it is read. */
struct reading {
	struct xlsx_book *book;
	struct expat_reader reader;
	struct relation *relations;
	size_t count, room;
};

bool xlsx_part_read(struct xlsx_book *book, int64_t number, struct expat_reader *reader,
	const struct expat_events *events)
{
	struct zip_part part = {0};
	size_t length = 1;
	bool ok = false;
	char *room;

	memset(reader, 0, sizeof *reader);
	if (!zip_part_open(&part, &book->package, number, book->error) ||
		!expat_reader_open(reader, events, NULL, book->fault, book->error))
		goto done;
	while (length > 0) {
		room = expat_reader_room(reader);
		if (!room) {
			error_no_memory(book->error);
			goto done;
		}
		if (!zip_part_read(&part, room, EXPAT_CHUNK, &length) ||
			!expat_reader_feed(reader, length, length == 0, book->error))
			goto done;
	}
	ok = true;
done:
	if (book->fault->problem && strncmp(book->fault->problem, "xml_", 4) == 0 &&
		strcmp(book->fault->problem, "xml_doctype") != 0) {
		book->fault->problem = "xlsx_damaged"; /* nobody sees the XML inside a workbook */
		book->fault->line = 1;
	}
	expat_reader_close(reader);
	zip_part_close(&part);
	return ok;
}

static void ignore_close(void *context, const char *name)
{
	(void)context;
	(void)name;
}

static void ignore_text(void *context, const char *bytes, size_t length)
{
	(void)context;
	(void)bytes;
	(void)length;
}

static const char *last_part(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? slash + 1 : name;
}

static bool relation_room(struct reading *reading)
{
	size_t room = reading->room ? reading->room * 2 : 16;
	struct relation *relations;

	if (reading->count < reading->room)
		return true;
	if (room > RELATIONS_MOST) {
		expat_reader_refuse(&reading->reader, "xlsx_entries", "");
		return false;
	}
	relations = arena_grow(reading->book->scratch, reading->relations, reading->count, room,
		sizeof *relations);
	if (!relations) {
		expat_reader_fail(&reading->reader);
		return false;
	}
	reading->relations = relations;
	reading->room = room;
	return true;
}

static void relation_open(void *context, const char *name, const char *const *attributes)
{
	struct reading *reading = context;
	struct arena *scratch = reading->book->scratch;
	const char *id = expat_attribute(attributes, "Id");
	const char *type = expat_attribute(attributes, "Type");
	const char *target = expat_attribute(attributes, "Target");
	const char *mode = expat_attribute(attributes, "TargetMode");
	struct relation relation;

	if (strcmp(name, "Relationship") != 0 || !id || !type || !target || !relation_room(reading))
		return;
	relation =
		(struct relation){arena_string(scratch, id), arena_string(scratch, last_part(type)),
			arena_string(scratch, target), mode && strcmp(mode, "External") == 0};
	if (!relation.id || !relation.type || !relation.target) {
		expat_reader_fail(&reading->reader);
		return;
	}
	reading->relations[reading->count++] = relation;
}

/* The relationships of the part at `path` ("" for the package); none when it has none. */
static bool relations_read(struct reading *reading, const char *path)
{
	struct expat_events events = {relation_open, ignore_close, ignore_text, reading};
	const char *name = last_part(path);
	char relations[PATH_SIZE];
	int64_t part;

	snprintf(relations, sizeof relations, "%.*s_rels/%s.rels", (int)(name - path), path, name);
	part = zip_package_find(&reading->book->package, relations);
	return part < 0 || xlsx_part_read(reading->book, part, &reading->reader, &events);
}

/* Cuts the last folder off a path of `length` bytes. */
static size_t without_last(const char *path, size_t length)
{
	while (length > 0 && path[length - 1] != '/')
		length--;
	return length > 0 ? length - 1 : 0;
}

/* The part a target names, seen from the folder of `path`. */
static int64_t target_part(const struct xlsx_book *book, const char *path, const char *target)
{
	size_t length = target[0] == '/' ? 0 : without_last(path, strlen(path));
	struct text rest = text_of(target), piece;
	char full[PATH_SIZE];

	if (strlen(path) + rest.length + 2 > sizeof full)
		return -1;
	memcpy(full, path, length);
	while (text_split(&rest, '/', &piece)) {
		if (piece.length == 0 || text_is(piece, "."))
			continue;
		if (text_is(piece, "..")) {
			length = without_last(full, length);
			continue;
		}
		if (length > 0)
			full[length++] = '/';
		memcpy(full + length, piece.data, piece.length);
		length += piece.length;
	}
	full[length] = '\0';
	return zip_package_find(&book->package, full);
}

static void sheet_add(struct reading *reading, const char *const *attributes)
{
	struct xlsx_book *book = reading->book;
	const char *name = expat_attribute(attributes, "name");
	const char *relation = NULL;
	struct xlsx_sheet_part *sheets;

	/* r:id, never an id without a prefix */
	for (const char *const *at = attributes; *at; at += 2)
		if (strchr(*at, ':') && strcmp(strchr(*at, ':'), ":id") == 0)
			relation = at[1];
	if (!relation || !name)
		return;
	if (book->sheet_count == XLSX_SHEETS_MOST) {
		expat_reader_refuse(&reading->reader, "xlsx_entries", name);
		return;
	}
	sheets = arena_grow(book->scratch, book->sheets, book->sheet_count, book->sheet_count + 1,
		sizeof *sheets);
	if (sheets) {
		book->sheets = sheets;
		sheets += book->sheet_count++;
		sheets->name = arena_string(book->arena, name);
		sheets->relation = arena_string(book->scratch, relation);
		sheets->part = -1;
	}
	if (!sheets || !sheets->name || !sheets->relation)
		expat_reader_fail(&reading->reader);
}

static void workbook_open(void *context, const char *name, const char *const *attributes)
{
	struct reading *reading = context;
	const char *from;

	if (strcmp(name, "sheet") == 0) {
		sheet_add(reading, attributes);
	} else if (strcmp(name, "workbookPr") == 0) {
		from = expat_attribute(attributes, "date1904");
		reading->book->from_1904 =
			from && (strcmp(from, "1") == 0 || strcmp(from, "true") == 0);
	}
}

/* A sheet's part; false where there is none. Charts and the like are no sheets of cells. */
static bool sheet_place(const struct reading *reading, const char *path,
	struct xlsx_sheet_part *sheet, bool *out_cells)
{
	for (size_t i = 0; i < reading->count; i++) {
		const struct relation *relation = &reading->relations[i];

		if (strcmp(relation->id, sheet->relation) != 0)
			continue;
		*out_cells = strcmp(relation->type, "worksheet") == 0;
		if (!relation->external)
			sheet->part = target_part(reading->book, path, relation->target);
		return sheet->part >= 0;
	}
	return false;
}

static bool sheets_place(const struct reading *reading, const char *path)
{
	struct xlsx_book *book = reading->book;
	size_t kept = 0;

	for (size_t i = 0; i < book->sheet_count; i++) {
		bool cells = true;

		if (!sheet_place(reading, path, &book->sheets[i], &cells))
			return fault_set(book->fault, "xlsx_damaged", 1, book->sheets[i].name);
		if (cells)
			book->sheets[kept++] = book->sheets[i];
	}
	book->sheet_count = kept;
	return true;
}

static int64_t part_of_type(const struct reading *reading, const char *path, const char *type)
{
	for (size_t i = 0; i < reading->count; i++)
		if (!reading->relations[i].external &&
			strcmp(reading->relations[i].type, type) == 0)
			return target_part(reading->book, path, reading->relations[i].target);
	return -1;
}

bool xlsx_package_read(struct xlsx_book *book)
{
	struct reading package = {.book = book}, workbook = {.book = book};
	struct expat_events events = {workbook_open, ignore_close, ignore_text, &workbook};
	const char *path = "xl/workbook.xml";
	int64_t part;

	if (!relations_read(&package, ""))
		return false;
	for (size_t i = 0; i < package.count; i++)
		if (strcmp(package.relations[i].type, "officeDocument") == 0)
			path = package.relations[i].target;
	while (*path == '/')
		path++;
	part = target_part(book, "", path);
	if (part < 0)
		return fault_set(book->fault, "xlsx_other", 1, "");
	if (!xlsx_part_read(book, part, &workbook.reader, &events))
		return false;
	if (book->sheet_count == 0)
		return fault_set(book->fault, "xlsx_other", 1, "");
	if (!relations_read(&workbook, path) || !sheets_place(&workbook, path))
		return false;
	book->strings_part = part_of_type(&workbook, path, "sharedStrings");
	book->styles_part = part_of_type(&workbook, path, "styles");
	return true;
}
