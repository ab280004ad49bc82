/* SPDX-License-Identifier: MIT */
/*
 * The 903 XML return: one CHILD element a child, which holds a HEADER, EPISODEs and repeated
 * groups.
 *
 * The one rule: which element makes a row of which table, and which element is which column, is
 * read from data/tables/; a row takes what its own element lacks from the HEADER, the CHILD and the
 * root.
 */
#include <strings.h>

#include "import/expat_reader.h"
#include "import/xml_tables.h"

enum {
	BYTES_MOST = 512 << 20,
	SCOPES_MOST = 8,      /* elements within one another that hold values */
	VALUE_LONGEST = 4096, /* bytes: no 903 value is nearly as long */
	VALUES_MOST = 100000, /* of one child */
	GROUP_VALUES_MOST = 200,
	ROOT_DEPTH = 1,
	CHILD_DEPTH = 2,
};

struct reading {
	struct xml_tables *tables;
	struct arena *arena; /* of the child: emptied after each */
	struct expat_reader reader;
	struct arena_mark mark;
	struct xml_group *open[SCOPES_MOST]; /* the elements we are in, by depth */
	struct xml_group *last;		     /* of the child, in order of their beginning */
	size_t depth;
	size_t values; /* of the child so far */
	struct xml_group root;
	struct buffer text;
};

static void fail(struct reading *reading)
{
	expat_reader_fail(&reading->reader);
}

static bool value_add(
	struct reading *reading, struct xml_group *group, const char *name, struct text text)
{
	/* the root's values stay, those of a child go with it; texts stay, for rows refer to them
	 */
	struct arena *arena = group == &reading->root ? reading->tables->arena : reading->arena;
	struct xml_value *value = arena_take(arena, 1, sizeof *value);

	if (++reading->values > VALUES_MOST || ++group->value_count > GROUP_VALUES_MOST) {
		expat_reader_refuse(&reading->reader, "xml_large", name);
		return false;
	}
	text = text_trim(text);
	if (value) {
		value->name = arena_string(arena, name);
		value->text.data = arena_copy(reading->tables->arena, text.data, text.length);
		value->text.length = text.length;
	}
	if (!value || !value->name || !value->text.data) {
		fail(reading);
		return false;
	}
	if (group->last)
		group->last->next = value;
	else
		group->first = value;
	group->last = value;
	return true;
}

static struct xml_group *group_open(struct reading *reading, const char *name)
{
	struct xml_group *group;

	if (reading->depth == ROOT_DEPTH) {
		group = &reading->root;
	} else {
		group = arena_take(reading->arena, 1, sizeof *group);
		if (!group)
			return NULL;
		if (reading->last)
			reading->last->next = group;
		reading->last = group;
	}
	group->name = arena_string(
		group == &reading->root ? reading->tables->arena : reading->arena, name);
	group->line = expat_reader_line(&reading->reader);
	group->parent = reading->depth > ROOT_DEPTH ? reading->open[reading->depth - 1] : NULL;
	return group->name ? group : NULL;
}

/* Between elements there is nothing but white space; else we would drop it in silence. */
static bool text_is_blank(struct reading *reading)
{
	if (text_trim((struct text){reading->text.data, reading->text.length}).length == 0)
		return true;
	expat_reader_refuse(&reading->reader, "xml_damaged", "text between elements");
	return false;
}

/* Namespaces and where a schema lies are not data. */
static void attributes_add(
	struct reading *reading, struct xml_group *group, const char *const *attributes)
{
	for (; *attributes; attributes += 2) {
		if (strcmp(attributes[0], "xmlns") == 0 || strchr(attributes[0], ':'))
			continue;
		if (!value_add(reading, group, attributes[0], text_of(attributes[1])))
			return;
		group->has_attributes = true;
	}
}

static void on_open(void *context, const char *name, const char *const *attributes)
{
	struct reading *reading = context;
	struct xml_group *group;

	if (!text_is_blank(reading))
		return;
	if (++reading->depth >= SCOPES_MOST) {
		expat_reader_refuse(&reading->reader, "xml_deep", name);
		return;
	}
	if (reading->depth == CHILD_DEPTH) {
		reading->mark = arena_mark(reading->arena);
		reading->last = NULL;
		reading->values = 0;
	}
	group = group_open(reading, name);
	if (!group) {
		fail(reading);
		return;
	}
	if (group->parent)
		group->parent->holds_elements = true;
	reading->open[reading->depth] = group;
	reading->text.length = 0;
	attributes_add(reading, group, attributes);
}

static void on_text(void *context, const char *bytes, size_t length)
{
	struct reading *reading = context;

	if (reading->text.length + length > VALUE_LONGEST)
		expat_reader_refuse(&reading->reader, "xml_long", "");
	else
		buffer_add(&reading->text, bytes, length);
}

static void child_add(struct reading *reading)
{
	const char *unknown = NULL;

	if (xml_tables_add_child(reading->tables, reading->open[CHILD_DEPTH], &unknown))
		return;
	if (reading->tables->fields > XML_FIELDS_MOST)
		expat_reader_refuse(&reading->reader, "xml_large", "");
	else if (unknown)
		expat_reader_refuse(&reading->reader, "xml_columns", unknown);
	else
		fail(reading);
}

static void on_close(void *context, const char *name)
{
	struct reading *reading = context;
	struct xml_group *group = reading->open[reading->depth];
	struct text text = {reading->text.data, reading->text.length};

	if (reading->text.failed) {
		fail(reading);
		return;
	}
	if (group->holds_elements && !text_is_blank(reading))
		return;
	/* an element without elements is a value of the one around it */
	if (!group->holds_elements && group->parent &&
		(text.length > 0 || !group->has_attributes) &&
		!xml_tables_is_group(reading->tables, name)) {
		group->is_value = !group->has_attributes;
		if (!value_add(reading, group->parent, name, text))
			return;
	}
	reading->text.length = 0;
	if (reading->depth == CHILD_DEPTH) {
		if (!group->is_value)
			child_add(reading);
		arena_release(reading->arena, reading->mark);
	}
	reading->depth--;
}

/* The document says it is UTF-8, or nothing, and is not: then it is Windows-1252, as for CSV. */
static const char *encoding_of(struct text bytes)
{
	char start[200];
	size_t length = bytes.length < sizeof start ? bytes.length : sizeof start - 1;
	const char *declared;

	if (bytes.length == 0 || text_is_utf8(bytes))
		return NULL;
	memcpy(start, bytes.data, length);
	start[length] = '\0';
	if (start[0] == '\xFF' || start[0] == '\xFE' || start[0] == '\0')
		return NULL; /* UTF-16 */
	declared = strstr(start, "encoding=");
	if (!declared)
		return "windows-1252";
	declared += strlen("encoding=");
	declared += *declared == '"' || *declared == '\'';
	if (strncasecmp(declared, "utf-8", 5) != 0)
		return NULL;
	return "windows-1252";
}

static bool feed(struct reading *reading, struct text bytes, struct error *error)
{
	bool last = false;

	while (!last) {
		size_t length = bytes.length < EXPAT_CHUNK ? bytes.length : EXPAT_CHUNK;
		char *room = expat_reader_room(&reading->reader);

		if (!room)
			return error_no_memory(error);
		memcpy(room, bytes.data, length);
		bytes.data += length;
		bytes.length -= length;
		last = bytes.length == 0;
		if (!expat_reader_feed(&reading->reader, length, last, error))
			return false;
	}
	return true;
}

bool xml_read(struct arena *arena, struct text bytes, const struct schema *schema,
	struct sheet **out_sheets, size_t *out_count, struct sheet_fault *out_fault,
	struct error *error)
{
	struct arena *scratch = arena_open(), *child = arena_open();
	struct xml_tables tables = {0};
	struct reading reading = {.tables = &tables, .arena = child};
	struct expat_events events = {on_open, on_close, on_text, &reading};
	bool ok = false;

	*out_fault = (struct sheet_fault){0};
	*out_sheets = NULL;
	*out_count = 0;
	if (!scratch || !child) {
		error_no_memory(error);
		goto done;
	}
	if (bytes.length > (size_t)BYTES_MOST) {
		fault_set(out_fault, "xml_large", 1, "");
		goto done;
	}
	reading.text = buffer_in(scratch);
	if (!xml_tables_open(&tables, arena, schema, error) ||
		!expat_reader_open(
			&reading.reader, &events, encoding_of(bytes), out_fault, error) ||
		!feed(&reading, bytes, error) ||
		!xml_tables_sheets(&tables, out_sheets, out_count, error))
		goto done;
	if (*out_count == 0)
		fault_set(out_fault, "xml_other", 1, reading.root.name ? reading.root.name : "");
	ok = true;
done:
	expat_reader_close(&reading.reader);
	arena_close(scratch);
	arena_close(child);
	return ok || out_fault->problem;
}
