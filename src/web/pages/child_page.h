/* SPDX-License-Identifier: MIT */
/*
 * What the pages of one child share: the right that was asked for, who the child is to the reader,
 * the head with its sub-navigation, and the row of the audit log before anything is shown.
 *
 * The one rule: a page begins with child_page_open and ends with child_page_write.
 */
#ifndef HEARTH_WEB_PAGES_CHILD_PAGE_H
#define HEARTH_WEB_PAGES_CHILD_PAGE_H

#include "care/plan.h"
#include "care/profile.h"
#include "care/review.h"
#include "care/rhythm.h"
#include "web/part.h"
#include "web/request.h"
#include "web/response.h"
#include "web/site.h"

struct child_page {
	const struct visit *visit;
	const struct request *request;
	struct arena *arena;
	struct visit_child child;
	bool named;		/* the reader may know who the child is */
	bool assessments;	/* and what assessments say beyond their scores */
	bool costs;		/* and what the home costs */
	struct profile profile; /* the newest, of a named child */
	const char *called;	/* "Kai", "A0001" or "Child 12" */
	const char *path;	/* "/children/12" */
	struct model *page;
};

/* Which part of the sub-navigation a page is in; SECTION_NONE: without it. */
enum child_section {
	SECTION_NONE,
	SECTION_CHILD,
	SECTION_NEEDS,
	SECTION_PLAN,
	SECTION_HOMES,
	SECTION_REVIEWS,
	SECTION_ASSESSMENTS,
	SECTION_PEOPLE,
};

/* Asks for the right and makes the page ready. `title` begins the page's title: "About me". */
bool child_page_open(struct child_page *out_page, const struct request *request,
	const char *permission, enum child_section section, const char *title,
	struct error *error) MUST_CHECK;

/* Whether the reader may do this with this child, for what a page offers. */
bool child_page_may(const struct child_page *page, const char *permission);

/* "/children/12/plan/3": the child's own address and what follows. */
const char *child_path(const struct child_page *page, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Writes into the log that `fields` were seen, then the page. */
bool child_page_write(const struct child_page *page, struct response *response,
	const char *template, const char *fields, int status, struct error *error) MUST_CHECK;

/* For the functions of care/ that write. */
struct care_writing child_writing(const struct child_page *page);

/* Tells that somebody else was there first and that nothing was overwritten. */
void child_conflict(const struct child_page *page, const struct care_conflict *conflict);
/* The same beside a field, with what they did, and since when (", after ..."; may be empty). */
void child_conflict_as(const struct child_page *page, const char *field, const char *did,
	const char *since, const struct care_conflict *conflict);

/* Words for people; "" where there is nothing. */
const char *day_words(struct arena *arena, int32_t day);
const char *pence_words(struct arena *arena, int64_t pence);
const char *text_words(struct arena *arena, struct text text);

/* "Private children's home"; "" when not looked after on the day. */
const char *home_words(const struct visit *visit, uint32_t child);
/* Completed years, -1 when the day of birth is not recorded. */
int child_age(const struct visit *visit, uint32_t child);
const char *age_words(struct arena *arena, int age);

/* When the next assessment is due. */
struct rhythm_due child_due(const struct visit *visit, uint32_t child);
/* "Due by 3 May 2025", "Overdue since ..."; "" when none is asked for. */
const char *due_words(struct arena *arena, const struct rhythm_due *due);

/* Whether the reader's role shows costs of children: figures over more than pooled ones. */
bool shows_costs(const struct visit *visit);

/* A text of people as paragraphs: {{#key}}<p>{{words}}</p>{{/key}}. */
void add_paragraphs(struct model *model, const char *key, struct text text);

/* Adds the list `workers` of those who work with the child (shown, since), and has_workers. */
bool add_workers(const struct child_page *page, struct error *error) MUST_CHECK;

/* A date field's day: DATE_MISSING for an empty one; false when it is no day. */
bool form_day(const struct request *request, const char *name, int32_t *out_day) MUST_CHECK;
/* A form's text; empty when it did not come. */
struct text form_text(const struct request *request, const char *name);
/* A date field; when what was typed is no day, it stands there as it was typed. */
void day_field(const struct child_page *page, const char *name, const char *label, const char *hint,
	int32_t day);
/* Whether a text can be kept (care_text_clean); when not, a fault beside its field. */
bool form_text_fits(const struct child_page *page, const char *name, const char *label, size_t most,
	struct text typed);
/* A day as <input type="date"> has it. */
struct text day_value(struct arena *arena, int32_t day);

#endif
