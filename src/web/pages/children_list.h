/* SPDX-License-Identifier: MIT */
/*
 * Which children a list shows, in which order: those the reader may list, narrowed by the fields of
 * the address.
 *
 * The one rule: every child of a list was asked for by rights_child; nothing else makes one appear
 * in it or in its counts.
 */
#ifndef HEARTH_WEB_PAGES_CHILDREN_LIST_H
#define HEARTH_WEB_PAGES_CHILDREN_LIST_H

#include "web/pages/child_page.h"

/* The fields of the address that narrow the list. */
enum list_filter {
	FILTER_AGE,
	FILTER_SEX,
	FILTER_HOME,
	FILTER_KIND,
	FILTER_NEED,
	FILTER_DUE,
	FILTER_WHOSE,
	FILTER_CARE,
	LIST_FILTERS,
};

struct list_choice {
	const char *code, *label;
};

/* A filter as the form and the chips show it. */
struct list_filter_words {
	const char *name, *label, *any;
	struct list_choice choices[GROUPS_MOST + 1];
	size_t count;
	int chosen; /* index of the choice of the address, -1 for none */
};

struct listed {
	uint32_t index; /* into the history */
	int age;
	uint8_t group, kind; /* of the home; 255 when not looked after */
	int total;	     /* -1 when not assessed */
	int32_t assessed_on;
	struct rhythm_due due;
	bool named; /* the reader may know who it is */
};

struct children_list {
	const struct visit *visit;
	const struct request *request;
	struct arena *arena;
	struct relations relations;
	struct list_filter_words filters[LIST_FILTERS];
	struct text search;	      /* empty: none */
	bool search_lost;	      /* the address has one that the reader may not open */
	const int64_t *found_numbers; /* of names that fit the search, ascending */
	size_t found_count;
	size_t may_list; /* children the reader may list at all, looked after or not */
	struct listed *rows;
	size_t count, capacity;
};

/* Reads the address and gathers the children. */
bool children_list_read(struct children_list *out_list, const struct request *request,
	struct error *error) MUST_CHECK;

/* Looks through the children (indexes into the history) whom the person may have that right to:
 * those with a relation to the person, who are few, or a whole authority. `look` asks for it. */
typedef bool each_child_look(void *context, uint32_t index, struct error *error);
bool each_child(const struct visit *visit, const struct relations *relations, const char *right,
	each_child_look *look, void *context, struct error *error) MUST_CHECK;

/* What a child (an index into the history) is called in a list whose reader may know who it is, or
 * not; and the council's id beside it where that is another (out_id may be NULL). */
bool listed_called(const struct visit *visit, uint32_t index, bool named, const char **out_called,
	struct text *out_id, struct error *error) MUST_CHECK;

/* Writes into the log that a list was seen: `fields` of it, and in words `about` what it was; and a
 * row for each child of it who was named (indexes into the history), lasting before it returns. */
bool listed_log(const struct visit *visit, const struct actor *actor, const char *fields,
	const char *about, const uint32_t *named, size_t count, struct error *error) MUST_CHECK;

/* The same of `shown` children of the list from `first` on. */
bool children_list_log(const struct children_list *list, size_t first, size_t shown,
	struct error *error) MUST_CHECK;

/* Fills the words of every filter, and what the address chose. */
void children_filters(struct children_list *list);

/* The columns by which the list is sorted: "child", "age", "home", "total", "assessed", "due". */
void children_sort(struct children_list *list);

#endif
