/* SPDX-License-Identifier: MIT */
#include "web/part.h"

#include <time.h>

#include "base/date.h"

/* Nothing said is said as such: the template must not look further out. */
static void words(struct model *model, const char *key, const char *string)
{
	model_string(model, key, string ? string : "");
}

static struct text fault_of(const struct model *page, const char *name)
{
	const struct model *faults = model_find(page, TEXT("fault"));
	const struct model *fault = faults ? model_find(faults, text_of(name)) : NULL;

	return fault ? fault->text : TEXT("");
}

struct model *part_field(struct model *page, const struct part_field *field, struct text value)
{
	struct text fault = fault_of(page, field->name);
	struct model *model = model_object(page, field->name);
	bool hint = field->hint && field->hint[0];

	words(model, "name", field->name);
	words(model, "label", field->label);
	words(model, "hint", field->hint);
	words(model, "type", field->type);
	words(model, "autocomplete", field->autocomplete);
	words(model, "inputmode", field->inputmode);
	words(model, "width", field->width);
	words(model, "rows", field->rows);
	model_flag(model, "plain", field->plain);
	model_text(model, "value", value.data ? value : TEXT(""));
	model_text(model, "fault", fault);
	model_flag(model, "described", hint || fault.length > 0);
	model_flag(model, "both", hint && fault.length > 0);
	return model;
}

static struct model *member(struct model *object, const char *key)
{
	for (struct model *one = object ? object->first : NULL; one; one = one->next) {
		if (one->key && strcmp(one->key, key) == 0)
			return one;
	}
	return NULL;
}

static struct model *list_of(struct model *object, const char *key)
{
	struct model *list = member(object, key);

	return list ? list : model_list(object, key);
}

static size_t length_of(const struct model *list)
{
	size_t length = 0;

	for (const struct model *one = list ? list->first : NULL; one; one = one->next)
		length++;
	return length;
}

void part_choice(
	struct model *field, struct text value, struct text shown, const char *hint, bool chosen)
{
	struct model *items = list_of(field, "items"), *item;
	const struct model *name = field ? model_find(field, TEXT("name")) : NULL;
	size_t before = length_of(items);

	if (!name)
		return;
	item = model_object(items, NULL);
	model_string(item, "id",
		before == 0 ? name->text.data
			    : arena_format(field->arena, "%s-%zu", name->text.data, before + 1));
	model_text(item, "value", value);
	model_text(item, "words", shown);
	words(item, "hint", hint);
	model_flag(item, "chosen", chosen);
}

struct model *part_table(struct model *page, const char *caption)
{
	struct model *table = model_object(page, "table");

	words(table, "caption", caption);
	model_list(table, "columns");
	model_list(table, "rows");
	return table;
}

void part_column(struct model *table, const char *shown, bool numeric)
{
	struct model *column = model_object(list_of(table, "columns"), NULL);

	words(column, "words", shown);
	words(column, "path", NULL);
	model_flag(column, "numeric", numeric);
	model_flag(column, "up", false);
	model_flag(column, "down", false);
}

struct model *part_row(struct model *table)
{
	return model_list(model_object(list_of(table, "rows"), NULL), "cells");
}

void part_cell(struct model *row, const struct part_cell *cell)
{
	struct model *model = model_object(row, NULL);

	model_text(model, "words", cell->words.data ? cell->words : TEXT(""));
	words(model, "path", cell->path);
	words(model, "more", cell->more);
	words(model, "tag", cell->tag);
	model_flag(model, "header", cell->header);
	model_flag(model, "numeric", cell->numeric);
}

void part_summary(struct model *page, const char *key, struct text value, const char *path,
	const char *action)
{
	struct model *row = model_object(list_of(page, "summary"), NULL);

	words(row, "key", key);
	model_text(row, "value", value.data ? value : TEXT(""));
	words(row, "path", path);
	words(row, "action", action);
}

void part_banner(struct model *page, bool success, const char *heading, const char *more)
{
	struct model *banner;

	if (!page || member(page, "banner"))
		return;
	banner = model_object(page, "banner");
	model_flag(banner, "success", success);
	words(banner, "heading", heading);
	words(banner, "words", more);
}

void part_chip(struct model *page, const char *shown, const char *path)
{
	struct model *chip = model_object(list_of(page, "chips"), NULL);

	words(chip, "words", shown);
	words(chip, "path", path);
	if (page && !member(page, "has_chips"))
		model_flag(page, "has_chips", true);
}

void part_pagination(struct model *page, const char *previous, const char *previous_words,
	const char *next, const char *next_words)
{
	struct model *pagination = model_object(page, "pagination");

	words(pagination, "previous", previous);
	words(pagination, "previous_words", previous_words);
	words(pagination, "next", next);
	words(pagination, "next_words", next_words);
}

void part_back(struct model *page, const char *path, const char *shown)
{
	struct model *back = model_object(page, "back");

	words(back, "path", path);
	words(back, "words", shown);
}

const char *moment_words(struct arena *arena, int64_t seconds)
{
	time_t time = (time_t)seconds;
	struct tm parts;
	char day[32];

	if (seconds == 0 || !localtime_r(&time, &parts))
		return "never";
	date_words(date_from_parts((struct date_parts){
			   parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday}),
		day);
	return arena_format(arena, "%s, %02d:%02d", day, parts.tm_hour, parts.tm_min);
}
