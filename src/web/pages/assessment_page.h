/* SPDX-License-Identifier: MIT */
/*
 * What the pages of one assessment share: reading it with the right that was asked for, its
 * address, scores and bands in words, and the answer to somebody who was second.
 *
 * The one rule: a page begins with assessment_open and ends with child_page_write.
 */
#ifndef HEARTH_WEB_PAGES_ASSESSMENT_PAGE_H
#define HEARTH_WEB_PAGES_ASSESSMENT_PAGE_H

#include "care/contribution.h"
#include "care/drafting.h"
#include "care/needs_change.h"
#include "web/pages/child_page.h"

enum { STATUS_WRONG_FORM = 422, STATUS_SECOND = 409 };

struct assessment_page {
	struct child_page child;
	struct assessment assessment;
	const struct framework *framework; /* of the assessment */
};

/* Asks for the right, reads the assessment of the address and makes the page ready, with a link
 * back to the assessment unless it is the page itself. */
bool assessment_open(struct assessment_page *out_page, const struct request *request,
	const char *permission, const char *title, struct error *error) MUST_CHECK;

/* Reads it again, after somebody was first with a change while the request was under way. */
bool assessment_again(struct assessment_page *page, struct error *error) MUST_CHECK;

/* Sends everybody who asks for a page of a draft to the assessment once it is none any more; true
 * when it did. */
bool assessment_is_over(const struct assessment_page *page, struct response *response);

/* "Kai"; "the child or young person" where no name is known. */
const char *assessment_who(const struct assessment_page *page);

/* "/children/12/assessments/3" and what follows. */
const char *assessment_path(const struct assessment_page *page, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "7, severe and complex need"; "Not scored". */
const char *score_words(struct arena *arena, const struct framework *framework, int score);

/* The band's label as it stands inside a sentence: "severe and complex need". */
const char *band_words(struct arena *arena, const struct framework *framework, size_t band);

/* "48 of 130, moderate need". */
const char *total_words(struct arena *arena, const struct framework *framework, int total);

/* The total, -1 while a domain has no score. */
int assessment_total(const struct assessment *assessment);

/* "Managing emotions went from 7 to 5: from severe to moderate need." */
const char *change_words(
	struct arena *arena, const struct framework *framework, const struct needs_change *change);

/* The label of a reason; "" for none. */
struct text reason_words(const struct visit *visit, struct text reason);

/* "3 May 2025: review, by Priya Shah" */
const char *stamp_words(struct arena *arena, const struct care_stamp *stamp);

/* A score of a form: SCORE_BLANK where none is chosen; false when it is none. */
bool form_score(const struct request *request, const char *name, const struct framework *framework,
	int *out_score) MUST_CHECK;

/* A hidden number of a form, 0 where it did not come. */
int64_t form_number(const struct request *request, const char *name);

/* Strengths first: what was written, scores and changes, for the pages that show them all. */
void add_answers(const struct assessment_page *page);

/* Contributions of the team around the child. `of_domain` NULL: all they said. */
bool add_contributions(const struct assessment_page *page, const size_t *of_domain,
	struct error *error) MUST_CHECK;

/* For those who write: whoever was there first, as a fault at the head of the page. */
void assessment_second(
	const struct child_page *page, const struct care_conflict *conflict, const char *what);

/* A message of care/ beside its form: with a capital letter and as it is. */
void assessment_refused(
	const struct child_page *page, const char *field, const struct error *error);

/* The answer of a save that a script asked for, as JSON. */
struct save_answer {
	const char *state; /* "saved", "second", "refused" */
	int64_t revision;
	const char *words; /* of a refusal, or who was first */
	const char *path;  /* where the form is from now on; NULL: where it was */
};
void answer_save(
	const struct child_page *page, struct response *response, const struct save_answer *answer);
/* Whether a script asks, and wants JSON. */
bool is_script(const struct request *request);

#endif
