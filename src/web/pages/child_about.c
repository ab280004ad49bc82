/* SPDX-License-Identifier: MIT */
/* Writing what a child says about themselves: each saving is a version, none is overwritten. */
#include "store/change.h"
#include "web/pages/about_words.h"
#include "web/pages/child.h"

static const struct part_field fields[PROFILE_PARTS] = {
	[PROFILE_KNOWN_AS] = {.name = "known_as", .label = "What I like to be called"},
	[PROFILE_MATTERS] = {.name = "matters",
		.label = "What matters to me",
		.hint = "People, animals, places, things, faith, food: what a good day has in it.",
		.rows = "6"},
	[PROFILE_GOOD_AT] = {.name = "good_at",
		.label = "What I am good at",
		.hint = "What I can do, what I know, what I have got through.",
		.rows = "6"},
	[PROFILE_HOPES] = {.name = "hopes",
		.label = "What I hope for",
		.hint = "Soon and later: at home, at school, with family and friends.",
		.rows = "6"},
	[PROFILE_LIKED] = {.name = "liked",
		.label = "What people like about me",
		.hint = "Ask those who know me well.",
		.rows = "6"},
	[PROFILE_WRITTEN_WITH] = {.name = "written_with",
		.label = "Who helped to write this",
		.hint = "For example: my foster carer and my key worker."},
};

static struct text typed(const struct request *request, enum profile_part part)
{
	return form_text(request, fields[part].name);
}

static void show_form(const struct child_page *page, const struct profile *profile)
{
	for (int i = 0; i < PROFILE_PARTS; i++)
		part_field(page->page, &fields[i], profile->parts[i]);
	add_participation_field(page, "How the child or young person took part in writing this",
		profile->participation);
	day_field(page, "written_on", "The day you talked about this", NULL, profile->written_on);
	model_string(page->page, "version",
		arena_format(page->arena, "%lld", (long long)profile->version));
	part_back(page->page, page->path, "Back");
}

bool child_about_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;
	struct profile form;

	if (!child_page_open(&page, request, "profile.write", SECTION_NONE,
		    "Write about me together", error))
		return false;
	form = page.profile;
	form.written_on = page.visit->today;
	show_form(&page, &form);
	model_flag(page.page, "standing", false);
	return child_page_write(&page, response, "child_about", "identity about", 200, error);
}

/* Faults beside their fields, as care/ would find them one by one. */
static bool check_texts(const struct child_page *page, const struct profile *form)
{
	bool good = true;

	for (int i = 0; i < PROFILE_PARTS; i++) {
		bool line = i == PROFILE_KNOWN_AS || i == PROFILE_WRITTEN_WITH;
		good = form_text_fits(page, fields[i].name, fields[i].label,
			       line ? CARE_LINE_MOST : CARE_TEXT_MOST, form->parts[i]) &&
		       good;
	}
	return good;
}

static bool read_form(
	const struct child_page *page, const struct request *request, struct profile *out_form)
{
	bool day, good;

	for (int i = 0; i < PROFILE_PARTS; i++)
		out_form->parts[i] = typed(request, (enum profile_part)i);
	out_form->participation = form_text(request, "participation");
	if (!fields_integer(&request->form, "version", &out_form->version))
		out_form->version = 0;
	day = form_day(request, "written_on", &out_form->written_on) &&
	      out_form->written_on != DATE_MISSING && out_form->written_on <= page->visit->today;
	good = check_texts(page, out_form);
	if (!day) {
		page_fault(page->page, "written_on",
			"Enter the day you talked about this, such as 27/03/2026: today or "
			"before");
	}
	return good && day;
}

static bool save(const struct child_page *page, const struct profile *form,
	struct care_conflict *conflict, struct error *error)
{
	struct care_writing writing = child_writing(page);
	int64_t version;

	return store_begin(page->visit->store, error) &&
	       store_end(page->visit->store,
		       profile_save(&writing, page->arena, form, &version, conflict, error), error);
}

/* Shows the form again with what was typed, and beside it what stands: read again, since whoever
 * was first may have saved while this request was under way. */
static bool show_again(struct child_page *page, struct response *response, struct profile *form,
	bool conflict, struct error *error)
{
	if (conflict && !profile_read(page->visit->store, page->arena, page->child.number,
				&page->profile, error))
		return false;
	if (conflict)
		form->version = page->profile.version;
	show_form(page, form);
	model_flag(page->page, "standing", conflict);
	add_about(page, page->page, &page->profile);
	return child_page_write(
		page, response, "child_about", "identity about", conflict ? 409 : 422, error);
}

bool child_about_save(struct request *request, struct response *response, struct error *error)
{
	struct profile form = {.written_on = DATE_MISSING};
	struct care_conflict conflict = {.standing = 0};
	struct error fault = {0};
	struct child_page page;
	bool good;

	if (!child_page_open(&page, request, "profile.write", SECTION_NONE,
		    "Write about me together", error))
		return false;
	good = read_form(&page, request, &form);
	if (good && save(&page, &form, &conflict, &fault)) {
		response_redirect(response, child_path(&page, "?done=about"));
		return true;
	}
	if (fault.code == ERROR_CONFLICT)
		child_conflict(&page, &conflict);
	else if (fault.code == ERROR_INPUT || fault.code == ERROR_LIMIT)
		page_fault(page.page, "matters", arena_string(page.arena, fault.message));
	else if (fault.code != ERROR_NONE) {
		*error = fault;
		return false;
	}
	return show_again(&page, response, &form, fault.code == ERROR_CONFLICT, error);
}

bool child_about_versions(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;
	struct profile *versions;
	struct model *list;
	size_t count;

	if (!child_page_open(&page, request, "child.identity", SECTION_NONE,
		    "Earlier versions of About me", error) ||
		!profile_versions(
			page.visit->store, page.arena, page.child.number, &versions, &count, error))
		return false;
	list = model_list(page.page, "versions");
	for (size_t i = 0; i < count; i++) {
		struct model *version = model_object(list, NULL);

		add_about(&page, version, &versions[i]);
		model_flag(version, "now", i == 0);
	}
	model_flag(page.page, "may_about", child_page_may(&page, "profile.write"));
	model_flag(page.page, "has_versions", count > 0);
	part_back(page.page, page.path, "Back");
	return child_page_write(
		&page, response, "child_about_versions", "identity about", 200, error);
}
