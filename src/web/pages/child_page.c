/* SPDX-License-Identifier: MIT */
#include "web/pages/child_page.h"

#include <stdarg.h>
#include <stdio.h>

struct section {
	enum child_section section;
	const char *path, *words;
	const char *permission; /* of the child; NULL: whoever sees the page */
};

static const struct section sections[] = {
	{SECTION_CHILD, "", "About me", NULL},
	{SECTION_NEEDS, "/needs", "Needs over time", NULL},
	{SECTION_PLAN, "/plan", "Goals and plan", "child.identity"},
	{SECTION_HOMES, "/homes", "Homes", NULL},
	{SECTION_REVIEWS, "/reviews", "Reviews", "child.identity"},
	{SECTION_ASSESSMENTS, "/assessments", "Assessments", "assessment.view"},
	{SECTION_PEOPLE, "/people", "People", "child.identity"},
};

bool child_page_may(const struct child_page *page, const char *permission)
{
	const struct visit *visit = page->visit;

	return rights_allowed(
		rights_child(visit->rights, visit->session, &page->child.facts, permission));
}

bool shows_costs(const struct visit *visit)
{
	enum scope scope = rights_scope(visit->rights, visit->session->account.role, "report.view");

	return scope != SCOPE_NONE && scope != SCOPE_POOLED;
}

const char *child_path(const struct child_page *page, const char *format, ...)
{
	char rest[160];
	va_list arguments;
	const char *path;

	va_start(arguments, format);
	vsnprintf(rest, sizeof rest, format, arguments);
	va_end(arguments);
	path = arena_format(page->arena, "%s%s", page->path, rest);
	return path ? path : "/children";
}

static const char *called(const struct child_page *page)
{
	struct text name = page->profile.parts[PROFILE_KNOWN_AS];

	if (page->named && name.length)
		return text_words(page->arena, name);
	if (page->named)
		return text_words(page->arena, page->child.local_id);
	return arena_format(page->arena, "Child %lld", (long long)page->child.number);
}

static const char *guard_words(const struct child_page *page)
{
	const struct child_facts *facts = &page->child.facts;

	if (page->child.answer == RIGHTS_BY_GLASS)
		return arena_format(page->arena,
			"You opened this record with a reason, until %s. Somebody else will look "
			"at why.",
			moment_words(page->arena, facts->glass_until));
	if (facts->guard == GUARD_SEALED)
		return "Sealed record: only for people who are named for it.";
	if (facts->guard == GUARD_RESTRICTED)
		return "Restricted record: for people who are named for it.";
	return "";
}

/* Where the guard is changed, and giving back what a reason opened. */
static void add_guard_offers(const struct child_page *page, struct model *head)
{
	const char *guarding = child_path(page, "/restricted");
	bool manages = child_page_may(page, "restricted.manage");

	model_flag(head, "by_glass", page->child.answer == RIGHTS_BY_GLASS);
	model_string(head, "guarding", manages ? guarding : "");
	model_string(
		head, "number", arena_format(page->arena, "%lld", (long long)page->child.number));
}

static void add_head(const struct child_page *page)
{
	const struct visit *visit = page->visit;
	struct model *head = model_object(page->page, "head");
	int age = child_age(visit, page->child.index);
	int32_t born = visit->snapshot->history.born[page->child.index];
	const char *home = home_words(visit, page->child.index);

	model_string(head, "called", page->called);
	model_text(head, "id", page->named ? page->child.local_id : TEXT(""));
	model_string(head, "age", age_words(page->arena, age));
	model_string(head, "born",
		page->named && born != DATE_MISSING ? day_words(page->arena, born) : "");
	model_string(head, "home", home[0] ? home : "Not looked after today");
	model_text(head, "authority",
		page->child.authority.length ? page->child.authority : TEXT("Not recorded"));
	model_string(head, "guard", guard_words(page));
	add_guard_offers(page, head);
}

/* What was just done, where a form led back to a page. */
static void add_done(const struct child_page *page)
{
	static const struct {
		const char *done, *words;
	} known[] = {
		{"about", "About me was saved"},
		{"goal", "The goal was saved"},
		{"progress", "What you wrote about the goal was saved"},
		{"review", "What you wrote about the review was saved"},
		{"given", "Who works with this child or young person was changed"},
	};
	struct text done = fields_get(&page->request->query, "done");

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (text_is(done, known[i].done))
			part_banner(page->page, true, known[i].words, NULL);
}

static void add_sections(const struct child_page *page, enum child_section here)
{
	struct model *list = model_list(page->page, "sections");

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		const char *path = child_path(page, "%s", sections[i].path);
		struct model *item;

		if (sections[i].permission && !child_page_may(page, sections[i].permission))
			continue;
		item = model_object(list, NULL);
		model_string(item, "path", path);
		model_string(item, "words", sections[i].words);
		model_flag(item, "here", sections[i].section == here);
	}
	model_flag(page->page, "has_sections", here != SECTION_NONE);
}

static bool read_profile(struct child_page *page, struct error *error)
{
	const struct visit *visit = page->visit;
	const struct profile *known = visit_known(visit, KNOWN_PROFILE, page->child.number, 0);
	struct arena *arena = known ? NULL : arena_open();
	struct profile *profile = arena ? arena_take(arena, 1, sizeof *profile) : NULL;

	if (known) {
		page->profile = *known;
		return true;
	}
	if (!profile || !profile_read(visit->store, arena, page->child.number, profile, error)) {
		arena_close(arena);
		return profile ? false : error_no_memory(error);
	}
	page->profile = *profile;
	return visit_keep(visit, KNOWN_PROFILE, page->child.number, 0, arena, profile, error);
}

static bool open_page(struct child_page *page, const struct request *request,
	enum child_section section, const char *title, struct error *error)
{
	page->named = child_page_may(page, "child.identity");
	page->assessments = page->named && child_page_may(page, "assessment.view");
	page->costs = shows_costs(page->visit);
	if (page->named && !read_profile(page, error))
		return false;
	page->path = arena_format(page->arena, "/children/%lld", (long long)page->child.number);
	page->called = called(page);
	if (!page->path || !page->called)
		return error_no_memory(error);
	page->page = page_open(
		page->visit, request, arena_format(page->arena, "%s: %s", title, page->called));
	if (!page->page)
		return error_no_memory(error);
	model_string(page->page, "heading", title);
	model_string(page->page, "called", page->called);
	model_string(page->page, "path", page->path);
	model_flag(page->page, "named", page->named);
	add_head(page);
	add_sections(page, section);
	add_done(page);
	return true;
}

bool child_page_open(struct child_page *out_page, const struct request *request,
	const char *permission, enum child_section section, const char *title, struct error *error)
{
	*out_page = (struct child_page){.visit = visit_of(request),
		.request = request,
		.arena = request->arena,
		.profile = {.written_on = DATE_MISSING}};
	return visit_child(out_page->visit, request, permission, &out_page->child, error) &&
	       open_page(out_page, request, section, title, error);
}

bool child_page_write(const struct child_page *page, struct response *response,
	const char *template, const char *fields, int status, struct error *error)
{
	return visit_shown(page->visit, &page->child, fields, error) &&
	       page_write(response, page->request, template, page->page, status, error);
}

struct care_writing child_writing(const struct child_page *page)
{
	const struct visit *visit = page->visit;

	return (struct care_writing){
		.store = visit->store,
		.actor = &visit->actor,
		.shown = visit->session->account.shown,
		.today = visit->today,
		.child = page->child.number,
		.authority = page->child.authority,
		.schema = visit->schema,
	};
}

void child_conflict_as(const struct child_page *page, const char *field, const char *did,
	const char *since, const struct care_conflict *conflict)
{
	struct text who = conflict->saved.shown;

	page_fault(page->page, field,
		arena_format(page->arena,
			"%.*s %s on %s%s. Nothing was overwritten: what you typed is below, and "
			"what was saved is beside it. Put together what should stand, and save "
			"again.",
			(int)who.length, who.length ? who.data : "", did,
			moment_words(page->arena, conflict->saved.at), since));
}

void child_conflict(const struct child_page *page, const struct care_conflict *conflict)
{
	child_conflict_as(page, "", "saved this", ", after you opened it", conflict);
}
