/* SPDX-License-Identifier: MIT */
/*
 * One page about a child for a home that is being looked for: the child first, then what a good
 * home looks like, needs with what helps, and last what to know to keep them safe.
 *
 * The one rule: it says nobody's name or day of birth and no address, unless somebody gives a
 * reason and the log has it.
 */
#include <string.h>

#include "care/assessment.h"
#include "web/pages/about_words.h"
#include "web/pages/child.h"
#include "web/pages/child_page.h"
#include "web/pages/homes_words.h"
#include "web/pages/needs_words.h"
#include "web/pages/profile_text.h"

enum { HELPER_MOST = 80 };

struct telling {
	struct profile_text text;
	const struct assessment *words; /* NULL: none */
	const struct goal *goals;
	size_t goal_count;
	bool identity;
};

static void add_child(const struct child_page *page, struct telling *telling)
{
	struct profile profile = page->profile;

	for (int i = 0; i < PROFILE_PARTS; i++) {
		bool helper = i == PROFILE_WRITTEN_WITH;

		if (i == PROFILE_KNOWN_AS)
			continue;
		profile.parts[i] = profile_text(&telling->text, profile.parts[i],
			helper ? HELPER_MOST : telling->text.room->part);
		if (!helper)
			profile_takes(&telling->text, profile.parts[i].length, true);
	}
	if (!telling->identity)
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
static struct text help_with(struct telling *telling, const char *domain)
{
	struct buffer out = buffer_in(telling->text.arena);

	for (size_t i = 0; i < telling->goal_count; i++) {
		const struct goal *goal = &telling->goals[i];

		if (goal->state != GOAL_OPEN || !text_is(goal->domain, domain) ||
			!goal->helps.length)
			continue;
		if (out.length)
			buffer_string(&out, " ");
		buffer_text(&out, goal->helps);
	}
	return out.failed || !out.length
		       ? TEXT("")
		       : profile_text(&telling->text, (struct text){out.data, out.length},
				 telling->text.room->need);
}

/* What a need looks like: what goes well in it first, and both within the room of one. */
static size_t add_look(
	struct telling *telling, struct model *row, struct text strengths, struct text evidence)
{
	size_t room = telling->text.room->need, left;

	strengths = profile_text(&telling->text, strengths, room / 2);
	left = room - (strengths.length < room / 2 ? strengths.length : room / 2);
	evidence = profile_text(&telling->text, evidence, left);
	model_text(row, "strengths", strengths);
	model_text(row, "evidence", evidence);
	return strengths.length + evidence.length;
}

/* Where nobody wrote what a need looks like: the first sentence of our anchor, whole or not at all.
 */
static struct text anchor_of(const struct domain *domain, size_t band, size_t most)
{
	const char *anchor = domain->anchors[band];
	const char *end = strstr(anchor, ". ");
	size_t length = end ? (size_t)(end - anchor) + 1 : strlen(anchor);

	return length <= most ? (struct text){anchor, length} : TEXT("");
}

static void add_need(const struct child_page *page, struct model *list, struct telling *telling,
	size_t domain, int score)
{
	enum { WORDS_BETWEEN = 30, HALF_LINE = 1 };
	const struct framework *framework = page->visit->framework;
	const struct domain *about = &framework->domains[domain];
	size_t band = band_of(framework, score);
	struct model *row = model_object(list, NULL);
	struct text evidence = TEXT(""), strengths = TEXT(""), helps;
	size_t bytes;

	if (telling->words) {
		evidence = telling->words->domains[domain].evidence;
		strengths = telling->words->domains[domain].strengths;
	}
	if (!evidence.length)
		evidence = anchor_of(about, band, telling->text.room->need);
	model_string(row, "label", about->label);
	model_string(row, "band", framework->bands[band].label);
	model_string(row, "band_key", framework->bands[band].key);
	bytes = add_look(telling, row, strengths, evidence);
	helps = help_with(telling, about->key);
	model_text(row, "helps", helps);
	profile_takes(&telling->text,
		bytes + helps.length + text_of(about->label).length + WORDS_BETWEEN, false);
	telling->text.lines += HALF_LINE;
}

/* Needs from the greatest down; areas without any are named in one line, first. Those of the last
 * band are what to know to keep the child safe and stand last. `scores` NULL: not assessed yet. */
static void add_rows(const struct child_page *page, struct telling *telling, const uint8_t *scores)
{
	const struct framework *framework = page->visit->framework;
	struct model *needs = model_list(page->page, "told");
	struct model *careful = model_list(page->page, "careful");
	struct model *well = model_list(page->page, "well");
	size_t bytes = 0;

	for (int score = framework->score_max; scores && score >= 0; score--) {
		for (size_t d = 0; d < framework->domain_count; d++) {
			if (scores[d] != score)
				continue;
			if (score == 0) {
				model_string(model_object(well, NULL), "label",
					framework->domains[d].label);
				bytes += text_of(framework->domains[d].label).length + 2;
			} else {
				add_need(page, score >= framework->severe_from ? careful : needs,
					telling, d, score);
			}
		}
	}
	profile_takes(&telling->text, bytes, false);
	model_flag(page->page, "has_told", model_is_true(needs));
	model_flag(page->page, "has_careful", model_is_true(careful));
	model_flag(page->page, "has_well", model_is_true(well));
}

static void add_told(const struct child_page *page, struct telling *telling)
{
	const struct history *history = &page->visit->snapshot->history;
	uint32_t now = needs_pair(page->visit, page->child.index).now;
	bool assessed = now != HISTORY_NONE;

	model_string(page->page, "assessed",
		assessed ? day_words(page->arena, history->assessments.assessed_on[now]) : "");
	add_rows(page, telling, assessed ? history->assessments.scores[now] : NULL);
}

static void add_wish(struct telling *telling, struct model *list, const struct goal *goal)
{
	const struct profile_room *room = telling->text.room;
	struct model *row = model_object(list, NULL);
	struct text wish = profile_text(&telling->text, goal->goal, room->wish);
	struct text help = profile_text(&telling->text, goal->helps, room->help);

	model_text(row, "goal", wish);
	model_text(row, "help", help);
	profile_takes(&telling->text, wish.length + help.length + 14, false);
}

/* What a good home looks like: what the child wants to reach, and what adults do for it. */
static void add_home(const struct child_page *page, struct telling *telling)
{
	struct model *list = model_list(page->page, "wishes");
	size_t count = 0;

	for (size_t i = 0; i < telling->goal_count; i++) {
		if (telling->goals[i].state != GOAL_OPEN)
			continue;
		if (count++ < telling->text.room->wishes)
			add_wish(telling, list, &telling->goals[i]);
		else
			telling->text.cut = true;
	}
	model_flag(page->page, "has_wishes", count > 0);
}

/* Tells it all with as much room as the paper has: tried from the roomiest, the last one stands. */
static bool tell(struct child_page *page, struct telling *telling, struct error *error)
{
	struct child_page sketch = *page;
	struct telling tried = *telling;
	size_t room = 0;

	for (;; room++) {
		tried = *telling;
		tried.text.room = &profile_rooms[room];
		sketch.page = model_open(page->arena);
		if (!sketch.page)
			return error_no_memory(error);
		add_child(&sketch, &tried);
		add_home(&sketch, &tried);
		add_told(&sketch, &tried);
		if (profile_fits(&tried.text) || room + 1 == PROFILE_ROOMS)
			break;
	}
	telling->text.room = &profile_rooms[room];
	add_child(page, telling);
	add_home(page, telling);
	add_told(page, telling);
	model_flag(page->page, "dense", !profile_fits(&telling->text));
	model_flag(page->page, "cut", telling->text.cut);
	return true;
}

/* "Missing or away without agreement 3 times in the last year."; "" for never. */
static bool add_times_missing(const struct child_page *page, struct error *error)
{
	size_t count;

	if (!list_missing(page, NULL, &count, error))
		return false;
	model_string(page->page, "times_missing",
		count ? arena_format(page->arena,
				"Missing or away without agreement %zu time%s in the last year.",
				count, count == 1 ? "" : "s")
		      : "");
	return true;
}

static void add_reason_field(const struct child_page *page)
{
	part_field(page->page,
		&(struct part_field){.name = "why",
			.label = "Why the profile has to say who the child or young person is",
			.hint = "In a sentence. The log keeps your reason, and they may ask for "
				"it.",
			.rows = "2"},
		form_text(page->request, "why"));
}

static bool show(struct child_page *page, struct response *response, bool identity, int status,
	struct error *error)
{
	const struct text names[] = {page->profile.parts[PROFILE_KNOWN_AS], page->child.local_id};
	struct telling telling = {.identity = identity,
		.text = {.arena = page->arena, .names = names, .name_count = identity ? 0 : 2}};
	struct assessment assessment;
	struct goal *goals;
	bool found;

	if (!read_words(page, &assessment, &found, error) ||
		!goal_list(page->visit->store, page->arena, page->child.number, &goals,
			&telling.goal_count, error) ||
		!add_times_missing(page, error))
		return false;
	telling.goals = goals;
	telling.words = found ? &assessment : NULL;
	if (!tell(page, &telling, error))
		return false;
	model_flag(page->page, "identity", identity);
	add_reason_field(page);
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
	return visit_logged(page->visit, &actor, &row, error);
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
