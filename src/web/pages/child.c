/* SPDX-License-Identifier: MIT */
/* A child: about me first, then needs, goals, homes, costs, reviews; what to be careful about last.
 */
#include "web/pages/about_words.h"
#include "web/pages/child.h"
#include "web/pages/child_chart.h"
#include "web/pages/goals_words.h"
#include "web/pages/homes_words.h"
#include "web/pages/needs_words.h"

static void add_links(const struct child_page *page)
{
	static const struct {
		const char *path, *words, *permission;
	} links[] = {
		{"/profile", "One-page profile for a referral", "child.identity"},
		{"/my-page", "Page for the child or young person", "child.identity"},
		{"/seen", "Who has seen this record", "child.identity"},
	};
	struct model *list = model_list(page->page, "links");

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		struct model *link;

		if (!child_page_may(page, links[i].permission))
			continue;
		link = model_object(list, NULL);
		model_string(link, "path", child_path(page, "%s", links[i].path));
		model_string(link, "words", links[i].words);
	}
}

static void add_due(const struct child_page *page)
{
	struct rhythm_due due = child_due(page->visit, page->child.index);
	const char *words = due_words(page->arena, &due);

	model_string(page->page, "due", words[0] ? words : "None is asked for");
	model_flag(page->page, "overdue", due.state == RHYTHM_OVERDUE);
}

/* The picture of needs, homes and costs: drawn once for all who see the same of it. */
static bool add_picture(const struct child_page *page, struct error *error)
{
	struct kept_parts *parts = page->visit->snapshot->parts;
	uint64_t number = (uint64_t)page->child.index * 2 + page->costs;
	struct text drawn = kept_part(parts, number);
	struct buffer out = buffer_in(page->arena);
	struct model *model = model_open(page->arena);
	const struct model *chart;
	struct child_figures figures;

	if (!drawn.data) {
		if (!model || !child_figures_run(&figures, page, error))
			return model ? false : error_no_memory(error);
		add_child_chart(page, model, &figures, false);
		chart = model_find(model, TEXT("chart"));
		if (model_is_true(chart) &&
			!page_part(&out, page->visit, "parts/drawing", chart, error))
			return false;
		drawn = keep_part(parts, number, (struct text){buffer_cstring(&out), out.length});
	}
	model_markup(page->page, "picture", drawn);
	return true;
}

static void add_offers(const struct child_page *page)
{
	const char *assess = child_path(page, "/assessments");

	model_flag(page->page, "may_about", child_page_may(page, "profile.write"));
	model_flag(page->page, "may_plan", child_page_may(page, "plan.write"));
	model_string(
		page->page, "assessments", child_page_may(page, "assessment.view") ? assess : "");
	model_flag(page->page, "shows_costs", page->costs);
}

static bool add_written(const struct child_page *page, struct error *error)
{
	add_about(page, page->page, &page->profile);
	if (!page->named)
		return true;
	return add_goals(page, page->page, error) && add_reviews(page, page->page, 1, error) &&
	       add_missing(page, page->page, error) && add_workers(page, error);
}

static bool fill_text(const struct child_page *page, struct error *error)
{
	model_string(page->page, "called", page->called);
	model_string(page->page, "path", page->path);
	model_flag(page->page, "named", page->named);
	if (!add_written(page, error) || !add_picture(page, error))
		return false;
	add_due(page);
	add_links(page);
	add_offers(page);
	add_needs(page, page->page);
	add_homes(page, page->page);
	if (page->costs)
		add_costs(page, page->page, false);
	return true;
}

/* What the text depends on besides the child and the record: everything that the functions above
 * ask of the reader, the day, the snapshot. */
static int64_t number_of_text(const struct child_page *page)
{
	const bool of_reader[] = {page->named, page->costs, child_page_may(page, "profile.write"),
		child_page_may(page, "plan.write"), child_page_may(page, "assessment.view")};
	uint64_t number = page->visit->snapshot->serial << 18 | (uint32_t)page->visit->today;

	for (size_t i = 0; i < sizeof of_reader / sizeof *of_reader; i++)
		number = number << 1 | of_reader[i];
	return (int64_t)number;
}

static bool write_text(const struct child_page *page, int64_t number, const struct text **out_text,
	struct error *error)
{
	struct child_page whole = *page;
	struct buffer out = buffer_in(page->arena);
	struct arena *arena;
	struct text *text;

	/* a tree of its own, in which nothing of the session is */
	whole.page = model_open(page->arena);
	if (!whole.page)
		return error_no_memory(error);
	if (!fill_text(&whole, error) ||
		!page_part(&out, page->visit, "parts/child_text", whole.page, error))
		return false;
	arena = arena_open();
	text = arena ? arena_take(arena, 1, sizeof *text) : NULL;
	if (text)
		*text = (struct text){arena_copy(arena, out.data, out.length), out.length};
	if (!text || !text->data) {
		arena_close(arena);
		return error_no_memory(error);
	}
	*out_text = text;
	return visit_keep(page->visit, KNOWN_TEXT, page->child.number, number, arena, text, error);
}

static bool add_text(const struct child_page *page, struct error *error)
{
	int64_t number = number_of_text(page);
	const struct text *text = visit_known(page->visit, KNOWN_TEXT, page->child.number, number);

	if (!text && !write_text(page, number, &text, error))
		return false;
	model_markup(page->page, "text", *text);
	return true;
}

bool child_page(struct request *request, struct response *response, struct error *error)
{
	struct child_page page;

	if (!child_page_open(&page, request, "child.view", SECTION_CHILD, "About me", error) ||
		!add_text(&page, error))
		return false;
	return child_page_write(&page, response, "child",
		page.named
			? page.costs
				  ? "identity about needs goals homes costs reviews missing people"
				  : "identity about needs goals homes reviews missing people"
		: page.costs ? "needs homes costs"
			     : "needs homes",
		200, error);
}

bool child_homes_page(struct request *request, struct response *response, struct error *error)
{
	struct child_figures figures;
	struct child_page page;

	if (!child_page_open(&page, request, "child.view", SECTION_HOMES, "Homes", error) ||
		!child_figures_run(&figures, &page, error))
		return false;
	add_child_chart(&page, page.page, &figures, false);
	add_homes(&page, page.page);
	model_flag(page.page, "shows_costs", page.costs);
	if (page.costs)
		add_costs(&page, page.page, true);
	return child_page_write(
		&page, response, "child_homes", page.costs ? "homes costs" : "homes", 200, error);
}
