/* SPDX-License-Identifier: MIT */
/*
 * What a template is filled from: a small tree of objects, lists, texts and flags.
 *
 * The one rule: everything is text until said otherwise, and text is escaped. model_markup is for
 * HTML, CSS, JavaScript and JSON that this program made itself, never for anything that came in.
 */
#ifndef HEARTH_VIEW_MODEL_H
#define HEARTH_VIEW_MODEL_H

#include "base/text.h"

enum model_kind {
	MODEL_TEXT,
	MODEL_MARKUP,
	MODEL_FLAG,
	MODEL_LIST,
	MODEL_OBJECT,
};

struct model {
	struct arena *arena;
	enum model_kind kind;
	const char *key; /* in an object; NULL in a list */
	size_t key_length;
	struct text text;
	bool flag;
	struct model *first, *last; /* of an object or a list, in order */
	struct model *next;
	bool *failed; /* memory ran out somewhere in the tree */
};

/* An empty object, the root of a tree; NULL when memory ran out. */
struct model *model_open(struct arena *arena) MUST_CHECK;

/* Each adds to an object under `key`, or to a list (key NULL). Texts are not copied. Keys and texts
 * must outlive the tree. A parent of NULL is what a failed call returned: nothing is added. */
struct model *model_object(struct model *parent, const char *key);
struct model *model_list(struct model *parent, const char *key);
void model_text(struct model *parent, const char *key, struct text text);
void model_string(struct model *parent, const char *key, const char *string); /* NULL: nothing */
void model_flag(struct model *parent, const char *key, bool flag);
void model_markup(struct model *parent, const char *key, struct text text);

/* The member of that name, or NULL. */
const struct model *model_find(const struct model *object, struct text key);

/* Whether a section of it is shown: not for a missing value, false, an empty text or an empty list.
 */
bool model_is_true(const struct model *model);

#endif
