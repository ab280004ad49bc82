/* SPDX-License-Identifier: MIT */
/*
 * One page about a child for a home that is being looked for: the child first, then what a good
 * home looks like, needs with what helps, and last what to know to keep them safe.
 *
 * The one rule: it says nobody's name or day of birth and no address, unless somebody gives a
 * reason and the log has it.
 */
#include "care/assessment.h"
#include "store/change.h"
#include "web/pages/about_words.h"
#include "web/pages/child.h"
#include "web/pages/child_page.h"
#include "web/pages/hidden_name.h"
#include "web/pages/homes_words.h"
#include "web/pages/needs_words.h"

/* A text as the profile shows it: as written, or with the child's names taken out. */
static struct text shown(const struct child_page *page, bool identity, struct text text)
{
	const struct text names[] = {page->profile.parts[PROFILE_KNOWN_AS], page->child.local_id};

	return identity ? text : hide_names(page->arena, text, names, 2);
}

static void add_child(const struct child_page *page, bool identity)
{
	struct profile profile = page->profile;

	for (int i = 0; i < PROFILE_PARTS; i++)
		if (i != PROFILE_KNOWN_AS)
			profile.parts[i] = shown(page, identity, profile.parts[i]);
	if (!identity)
		profile.parts[PROFILE_KNOWN_AS] = TEXT("");
	add_about(page, page->page, &profile);
}

/* The newest signed assessment that was written here, for its words; false when there is none. */
static bool read_words(
	const struct child_page *page, struct assessment *out, bool *out_found, struct error *error)
{
	struct assessment_head *heads;
	size_t count;

	*out_found = false;
	if (!page->assessments)
		return true;
	if (!assessment_list(page->visit->store, page->arena, page->visit->schema,
		    page->child.number, &heads, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (heads[i].state != ASSESSMENT_SIGNED ||
			heads[i].framework != page->visit->framework)
			continue;
		*out_found = true;
		return assessment_read(page->visit->store, page->arena, page->visit->schema,
			page->child.number, heads[i].id, out, error);
	}
	return true;
}

/* What helps with a domain, from the open goals about it. */
static void add_helps(const struct child_page *page, struct model *row, const struct goal *goals,
	size_t count, size_t domain, bool identity)
{
	struct model *list = model_list(row, "helps");
	const char *key = page->visit->framework->domains[domain].key;
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		if (goals[i].state != GOAL_OPEN || !text_is(goals[i].domain, key) ||
			!goals[i].helps.length)
			continue;
		model_text(
			model_object(list, NULL), "words", shown(page, identity, goals[i].helps));
		found++;
	}
	model_flag(row, "has_helps", found > 0);
}

struct telling {
	const struct assessment *words; /* NULL: none */
	const struct goal *goals;
	size_t goal_count;
	bool identity;
};

static void add_need(const struct child_page *page, struct model *list,
	const struct telling *telling, size_t domain, int score)
{
	const struct framework *framework = page->visit->framework;
	const struct band *band = &framework->bands[band_of(framework, score)];
	struct model *row = model_object(list, NULL);
	struct text evidence = TEXT(""), strengths = TEXT("");

	if (telling->words) {
		evidence = telling->words->domains[domain].evidence;
		strengths = telling->words->domains[domain].strengths;
	}
	model_string(row, "label", framework->domains[domain].label);
	model_string(row, "band", band->label);
	model_string(row, "band_key", band->key);
	model_string(row, "anchor", framework->domains[domain].anchors[band_of(framework, score)]);
	add_paragraphs(row, "evidence", shown(page, telling->identity, evidence));
	add_paragraphs(row, "strengths", shown(page, telling->identity, strengths));
	model_flag(row, "has_strengths", strengths.length > 0);
	add_helps(page, row, telling->goals, telling->goal_count, domain, telling->identity);
}

/* Needs from the greatest down; those without any are named in one line. Those of the last band are
 * what to know to keep the child safe and stand last. */
static void add_told(const struct child_page *page, const struct telling *telling)
{
	const struct framework *framework = page->visit->framework;
	const struct history *history = &page->visit->snapshot->history;
	struct needs_pair pair = needs_pair(page->visit, page->child.index);
	struct model *needs = model_list(page->page, "told");
	struct model *careful = model_list(page->page, "careful");
	struct model *none = model_list(page->page, "well");
	size_t counts[3] = {0};

	for (int score = framework->score_max; pair.now != HISTORY_NONE && score >= 0; score--) {
		for (size_t d = 0; d < framework->domain_count; d++) {
			int where = score == 0 ? 2 : score >= framework->severe_from;

			if (history->assessments.scores[pair.now][d] != score)
				continue;
			counts[where]++;
			if (where == 2)
				model_string(model_object(none, NULL), "label",
					framework->domains[d].label);
			else
				add_need(page, where == 1 ? careful : needs, telling, d, score);
		}
	}
	model_string(page->page, "assessed",
		pair.now == HISTORY_NONE
			? ""
			: day_words(page->arena, history->assessments.assessed_on[pair.now]));
	model_flag(page->page, "has_told", counts[0] > 0);
	model_flag(page->page, "has_careful", counts[1] > 0);
	model_flag(page->page, "has_well", counts[2] > 0);
}

/* What a good home looks like: what the child wants to reach, and what adults do for it. */
static void add_home(const struct child_page *page, const struct telling *telling)
{
	struct model *list = model_list(page->page, "wishes");
	size_t count = 0;

	for (size_t i = 0; i < telling->goal_count; i++) {
		const struct goal *goal = &telling->goals[i];
		struct model *row;

		if (goal->state != GOAL_OPEN)
			continue;
		row = model_object(list, NULL);
		model_text(row, "goal", shown(page, telling->identity, goal->goal));
		model_text(row, "help",
			goal->helps.length ? shown(page, telling->identity, goal->helps)
					   : TEXT(""));
		count++;
	}
	model_flag(page->page, "has_wishes", count > 0);
}

static bool show(struct child_page *page, struct response *response, bool identity, int status,
	struct error *error)
{
	struct assessment assessment;
	struct telling telling = {.identity = identity};
	struct goal *goals;
	bool found;

	if (!read_words(page, &assessment, &found, error) ||
		!goal_list(page->visit->store, page->arena, page->child.number, &goals,
			&telling.goal_count, error) ||
		!add_missing(page, page->page, error))
		return false;
	telling.goals = goals;
	telling.words = found ? &assessment : NULL;
	add_child(page, identity);
	add_home(page, &telling);
	add_told(page, &telling);
	model_flag(page->page, "identity", identity);
	part_field(page->page,
		&(struct part_field){.name = "why",
			.label = "Why the profile has to say who the child is",
			.hint = "The log keeps your reason.",
			.rows = "2"},
		form_text(page->request, "why"));
	part_back(page->page, page->path, "Back");
	return child_page_write(page, response, "child_profile",
		identity ? "identity about needs goals missing" : "about needs goals missing",
		status, error);
}

/* The page's own title must not name the child either: it is printed. */
static bool open_anonymous(
	struct child_page *page, const struct request *request, struct error *error)
{
	if (!child_page_open(page, request, "child.identity", SECTION_NONE,
		    "Profile for finding a home", error))
		return false;
	page->page = page_open(page->visit, request, "Profile for finding a home");
	if (!page->page)
		return error_no_memory(error);
	model_string(page->page, "age",
		age_words(page->arena, child_age(page->visit, page->child.index)));
	model_string(page->page, "home", home_words(page->visit, page->child.index));
	model_string(page->page, "number",
		arena_format(page->arena, "%lld", (long long)page->child.number));
	model_string(page->page, "path", page->path);
	model_string(page->page, "made", moment_words(page->arena, page->visit->now));
	return true;
}

bool child_profile_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	return open_anonymous(&page, request, error) && show(&page, response, false, 200, error);
}

static bool log_reason(const struct child_page *page, struct text why, struct error *error)
{
	struct actor actor = page->visit->actor;
	struct audit_row row = {.act = TEXT("child.named"),
		.child = page->child.number,
		.authority = page->child.authority,
		.fields = TEXT("identity"),
		.about = TEXT("profile")};

	actor.why = why;
	return store_begin(page->visit->store, error) &&
	       store_end(page->visit->store, audit_append(page->visit->store, &actor, &row, error),
		       error);
}

bool child_profile_named(struct request *request, struct response *response, struct error *error)
{
	struct text why = form_text(request, "why");
	struct child_page page;

	if (!open_anonymous(&page, request, error))
		return false;
	if (why.length < 10 || why.length > AUDIT_WHY_LONGEST) {
		page_fault(page.page, "why",
			"Write in a sentence why the profile has to say who the child is");
		return show(&page, response, false, 422, error);
	}
	if (!log_reason(&page, why, error))
		return false;
	model_string(page.page, "called", page.called);
	model_text(page.page, "local_id", page.child.local_id);
	model_string(page.page, "born",
		day_words(page.arena, page.visit->snapshot->history.born[page.child.index]));
	model_text(page.page, "authority", page.child.authority);
	return show(&page, response, true, 200, error);
}
