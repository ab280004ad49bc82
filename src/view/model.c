/* SPDX-License-Identifier: MIT */
#include "view/model.h"

struct model *model_open(struct arena *arena)
{
	struct model *root = arena_take(arena, 1, sizeof *root);
	bool *failed = arena_take(arena, 1, sizeof *failed);

	if (!root || !failed)
		return NULL;
	*root = (struct model){.arena = arena, .kind = MODEL_OBJECT, .failed = failed};
	return root;
}

static struct model *add(struct model *parent, const char *key, struct model value)
{
	struct model *child = parent ? arena_take(parent->arena, 1, sizeof *child) : NULL;

	if (!parent)
		return NULL;
	if (!child) {
		*parent->failed = true;
		return NULL;
	}
	*child = value;
	child->arena = parent->arena;
	child->failed = parent->failed;
	child->key = key;
	child->key_length = key ? strlen(key) : 0;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	return child;
}

struct model *model_object(struct model *parent, const char *key)
{
	return add(parent, key, (struct model){.kind = MODEL_OBJECT});
}

struct model *model_list(struct model *parent, const char *key)
{
	return add(parent, key, (struct model){.kind = MODEL_LIST});
}

void model_text(struct model *parent, const char *key, struct text text)
{
	add(parent, key, (struct model){.kind = MODEL_TEXT, .text = text});
}

void model_string(struct model *parent, const char *key, const char *string)
{
	if (string)
		model_text(parent, key, text_of(string));
}

void model_flag(struct model *parent, const char *key, bool flag)
{
	add(parent, key, (struct model){.kind = MODEL_FLAG, .flag = flag});
}

void model_markup(struct model *parent, const char *key, struct text text)
{
	add(parent, key, (struct model){.kind = MODEL_MARKUP, .text = text});
}

const struct model *model_find(const struct model *object, struct text key)
{
	if (!object || object->kind != MODEL_OBJECT)
		return NULL;
	for (const struct model *child = object->first; child; child = child->next) {
		if (child->key_length == key.length && child->key &&
			memcmp(child->key, key.data, key.length) == 0)
			return child;
	}
	return NULL;
}

bool model_is_true(const struct model *model)
{
	if (!model)
		return false;
	switch (model->kind) {
	case MODEL_TEXT:
	case MODEL_MARKUP:
		return model->text.length > 0;
	case MODEL_FLAG:
		return model->flag;
	case MODEL_LIST:
		return model->first != NULL;
	case MODEL_OBJECT:
		return true;
	}
	return false;
}
