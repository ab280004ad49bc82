/* SPDX-License-Identifier: MIT */
/*
 * XML as a stream of elements and text. The door of expat.
 *
 * The one rule: a document type is refused, so there are no entities of its own and nothing outside
 * is ever fetched; depth and the size of one tag are bounded. Names come without their prefix.
 */
#ifndef HEARTH_IMPORT_EXPAT_READER_H
#define HEARTH_IMPORT_EXPAT_READER_H

#include "base/error.h"
#include "import/sheet.h"

enum { EXPAT_CHUNK = 64 * 1024 };

/* Attributes are name, value, name, value, ..., NULL. */
struct expat_events {
	void (*open)(void *context, const char *name, const char *const *attributes);
	void (*close)(void *context, const char *name);
	void (*text)(void *context, const char *bytes, size_t length);
	void *context;
};

struct expat_reader {
	void *parser;
	struct expat_events events;
	struct sheet_fault *fault;
	unsigned depth;
	size_t fed;  /* bytes */
	bool failed; /* memory ran out in an event */
};

/* `encoding` stands in place of what the document says, NULL for none. What is wrong with the
 * document goes to `fault`. */
bool expat_reader_open(struct expat_reader *out_reader, const struct expat_events *events,
	const char *encoding, struct sheet_fault *fault, struct error *error) MUST_CHECK;

/* Accepts a reader that was never opened (all zero). */
void expat_reader_close(struct expat_reader *reader);

/* EXPAT_CHUNK bytes to be filled before expat_reader_feed; NULL when memory ran out. */
char *expat_reader_room(struct expat_reader *reader) MUST_CHECK;

/* Parses `length` bytes of that room. False when the document is refused (fault->problem is set) or
 * memory ran out (error). */
bool expat_reader_feed(
	struct expat_reader *reader, size_t length, bool last, struct error *error) MUST_CHECK;

/* From within an event: refuses the document; no further event comes. */
void expat_reader_refuse(struct expat_reader *reader, const char *problem, const char *value);

/* From within an event: memory ran out; no further event comes. */
void expat_reader_fail(struct expat_reader *reader);

/* The line of the event. */
uint32_t expat_reader_line(const struct expat_reader *reader);

/* The value of an attribute, by its name without prefix; NULL when there is none. */
const char *expat_attribute(const char *const *attributes, const char *name);

/* Fills `fault` unless an earlier one is there; returns false. */
bool fault_set(struct sheet_fault *fault, const char *problem, uint32_t line, const char *value);

#endif
