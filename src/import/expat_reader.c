/* SPDX-License-Identifier: MIT */
#include "import/expat_reader.h"

#include <expat.h>

enum {
	DEPTH_MOST = 64,
	TAG_LONGEST = 1 << 20, /* bytes expat may hold back before an event */
};

/* A value is shown on terminals: no control characters, no half of a character at its end. */
static void value_show(char *value, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)value[i] < 0x20 || value[i] == 0x7F)
			value[i] = '?';
	while (length > 0 && !text_is_utf8((struct text){value, length}))
		length--;
	value[length] = '\0';
}

bool fault_set(struct sheet_fault *fault, const char *problem, uint32_t line, const char *value)
{
	size_t length = strnlen(value, sizeof fault->value - 1);

	if (fault->problem)
		return false;
	fault->problem = problem;
	fault->line = line;
	memcpy(fault->value, value, length);
	value_show(fault->value, length);
	return false;
}

uint32_t expat_reader_line(const struct expat_reader *reader)
{
	return (uint32_t)XML_GetCurrentLineNumber(reader->parser);
}

void expat_reader_refuse(struct expat_reader *reader, const char *problem, const char *value)
{
	fault_set(reader->fault, problem, expat_reader_line(reader), value);
	XML_StopParser(reader->parser, XML_FALSE);
}

void expat_reader_fail(struct expat_reader *reader)
{
	reader->failed = true;
	XML_StopParser(reader->parser, XML_FALSE);
}

static const char *without_prefix(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *expat_attribute(const char *const *attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(without_prefix(*attributes), name) == 0)
			return attributes[1];
	return NULL;
}

static void on_open(void *context, const char *name, const char **attributes)
{
	struct expat_reader *reader = context;

	if (reader->fault->problem || reader->failed)
		return;
	if (++reader->depth > DEPTH_MOST) {
		expat_reader_refuse(reader, "xml_deep", name);
		return;
	}
	reader->events.open(
		reader->events.context, without_prefix(name), (const char *const *)attributes);
}

static void on_close(void *context, const char *name)
{
	struct expat_reader *reader = context;

	if (reader->fault->problem || reader->failed)
		return;
	reader->depth--;
	reader->events.close(reader->events.context, without_prefix(name));
}

static void on_text(void *context, const char *bytes, int length)
{
	struct expat_reader *reader = context;

	if (!reader->fault->problem && !reader->failed)
		reader->events.text(reader->events.context, bytes, (size_t)length);
}

/* Entities can only be declared within a document type: without one, there are none. */
static void on_doctype(
	void *context, const char *name, const char *system, const char *public, int internal)
{
	(void)system;
	(void)public;
	(void)internal;
	expat_reader_refuse(context, "xml_doctype", name);
}

/* Windows-1252, which councils' systems write and expat does not know. */
static int on_encoding(void *context, const char *name, XML_Encoding *encoding)
{
	static const unsigned short upper[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026,
		0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
		0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
		0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

	(void)context;
	if (!text_same_letters(text_of(name), TEXT("windows-1252")) &&
		!text_same_letters(text_of(name), TEXT("cp1252")))
		return XML_STATUS_ERROR;
	for (int byte = 0; byte < 256; byte++)
		encoding->map[byte] = byte < 0x80 || byte >= 0xA0 ? byte : upper[byte - 0x80];
	encoding->data = NULL;
	encoding->convert = NULL;
	encoding->release = NULL;
	return XML_STATUS_OK;
}

bool expat_reader_open(struct expat_reader *out_reader, const struct expat_events *events,
	const char *encoding, struct sheet_fault *fault, struct error *error)
{
	XML_Parser parser = XML_ParserCreate(encoding);

	if (!parser)
		return error_no_memory(error);
	*out_reader = (struct expat_reader){.parser = parser, .events = *events, .fault = fault};
	XML_SetUserData(parser, out_reader);
	XML_SetElementHandler(parser, on_open, on_close);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	XML_SetUnknownEncodingHandler(parser, on_encoding, NULL);
	XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
	return true;
}

void expat_reader_close(struct expat_reader *reader)
{
	if (reader->parser)
		XML_ParserFree(reader->parser);
	reader->parser = NULL;
}

char *expat_reader_room(struct expat_reader *reader)
{
	return XML_GetBuffer(reader->parser, EXPAT_CHUNK);
}

/* What expat says, as a fault or as memory that ran out. */
static bool refused(struct expat_reader *reader, struct error *error)
{
	enum XML_Error code = XML_GetErrorCode(reader->parser);

	if (reader->failed || code == XML_ERROR_NO_MEMORY)
		return error_no_memory(error);
	return fault_set(
		reader->fault, "xml_damaged", expat_reader_line(reader), XML_ErrorString(code));
}

bool expat_reader_feed(struct expat_reader *reader, size_t length, bool last, struct error *error)
{
	XML_Index at;

	reader->fed += length;
	if (XML_ParseBuffer(reader->parser, (int)length, last) != XML_STATUS_OK)
		return refused(reader, error);
	at = XML_GetCurrentByteIndex(reader->parser);
	if (!last && at >= 0 && reader->fed - (size_t)at > TAG_LONGEST + EXPAT_CHUNK)
		return fault_set(reader->fault, "xml_long", expat_reader_line(reader), "");
	return true;
}
