/* SPDX-License-Identifier: MIT */
/* A template read into steps, for mustache.c only. */
#ifndef HEARTH_VIEW_TEMPLATE_H
#define HEARTH_VIEW_TEMPLATE_H

#include "base/error.h"
#include "base/text.h"

enum step_kind {
	STEP_TEXT,
	STEP_VALUE,
	STEP_SECTION,
	STEP_INVERTED,
	STEP_END,
	STEP_PARTIAL,
};

struct step {
	enum step_kind kind;
	struct text text;		/* what stands there, or the name */
	struct text indent;		/* of a partial that stands alone on its line */
	size_t end;			/* of a section: its STEP_END */
	bool dotted;			/* the name has parts */
	const struct template *partial; /* of a STEP_PARTIAL, once it is read, too */
};

struct template
{
	const char *name;
	struct step *steps;
	size_t count, capacity;
};

/* Reads a template; its text must outlive it. ERROR_INPUT names template, line and fault. */
bool template_read(struct template *out_template, struct arena *arena, const char *name,
	struct text text, struct error *error) MUST_CHECK;

#endif
