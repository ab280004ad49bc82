/* SPDX-License-Identifier: MIT */
/* The whole report as one page that needs nothing else: no network, no server. */
#include "base/embedded.h"
#include "base/sha256.h"
#include "view/formats.h"
#include "view/html.h"
#include "view/mustache.h"
#include "view/words.h"

#define CSS_FILE    "built/report.css"
#define CSS_PLAIN   "assets/plain.css"
#define SCRIPT_FILE "built/report.js"

static void add_about(struct model *list, const char *key, const char *value)
{
	struct model *line = model_object(list, NULL);

	model_string(line, "key", key);
	model_string(line, "value", value);
}

static const char *counted(struct arena *arena, size_t count)
{
	return words_number(arena, FORMAT_COUNT, (double)count);
}

static void add_cover(struct model *page, struct arena *arena, const struct view_report *report)
{
	const struct cohort *cohort = report->cohort;
	struct model *about = model_list(page, "about");
	char day[32];

	add_about(about, "As at", arena_string(arena, date_words(cohort->as_at, day)));
	if (report->child.length) {
		add_about(about, "Child",
			arena_copy(arena, report->child.data, report->child.length));
	} else {
		add_about(about, "Children", words_filter(arena, cohort));
		add_about(about, "Looked after", counted(arena, cohort->count));
		add_about(about, "With an assessment", counted(arena, cohort->assessed));
		add_about(about, "With a known cost", counted(arena, cohort->costed));
	}
	add_about(about, "Needs framework",
		arena_format(arena, "%s (%s): %zu domains, highest total %d",
			cohort->framework->title ? cohort->framework->title : "",
			cohort->framework->id, cohort->framework->domain_count,
			cohort->framework->max_total));
	add_about(about, "Bands of a score", words_bands(arena, cohort->framework));
}

static void add_title(struct model *page, struct arena *arena, const struct view_report *report)
{
	char day[32];
	const char *on = date_words(report->cohort->as_at, day);

	if (report->child.length)
		model_string(page, "title",
			arena_format(arena, "The needs of child %.*s up to %s",
				(int)report->child.length, report->child.data, on));
	else
		model_string(page, "title",
			arena_format(arena, "Needs and costs of children looked after, %s", on));
}

/* Each compiled chart once, whichever figures use it. */
static void add_charts(struct model *page, struct arena *arena, const struct view_report *report)
{
	struct model *charts = model_list(page, "charts");

	for (size_t i = 0; i < report->result_count; i++) {
		const char *name = html_chart(arena, report->results[i]);
		struct model *chart;
		bool again = !name;

		for (const struct model *one = charts ? charts->first : NULL; one && !again;
			one = one->next)
			again = text_is(model_find(one, TEXT("name"))->text, name);
		if (again)
			continue;
		chart = model_object(charts, NULL);
		model_string(chart, "name", name);
		model_markup(chart, "spec",
			embedded_text(arena_format(arena, "built/charts/%s.vg.json", name)));
	}
}

/* Nothing may be loaded from anywhere; of styles and scripts only these two may run. */
static void add_policy(struct model *page, struct arena *arena, struct text css, struct text script)
{
	char style[SHA256_BASE64_SIZE], code[SHA256_BASE64_SIZE];
	struct buffer policy = buffer_in(arena);

	buffer_format(&policy, "default-src 'none'; style-src 'sha256-%s'; img-src data:; ",
		sha256_base64(css, style));
	if (script.length)
		buffer_format(&policy, "script-src 'sha256-%s'; ", sha256_base64(script, code));
	buffer_string(&policy, "base-uri 'none'; form-action 'none'");
	model_string(page, "csp", buffer_cstring(&policy));
}

static void add_assets(struct model *page, struct arena *arena)
{
	struct text css = embedded_text(CSS_FILE), script = embedded_text(SCRIPT_FILE);

	if (!css.length)
		css = embedded_text(CSS_PLAIN);
	model_markup(page, "css", css);
	model_markup(page, "script", script);
	add_policy(page, arena, css, script);
}

FORMAT_WRITER(html_report_write)
{
	struct model *page = model_open(arena), *figures;

	(void)path;
	(void)options;
	add_title(page, arena, report);
	model_text(page, "place", report->place);
	model_flag(page, "synthetic", report->synthetic);
	model_flag(page, "empty", report->result_count == 0);
	model_string(page, "made", words_moment(arena, report->made_at));
	model_string(page, "warning", WORDS_NOT_FOR_PUBLICATION);
	add_cover(page, arena, report);
	figures = model_list(page, "figures");
	for (size_t i = 0; i < report->result_count; i++)
		html_figure(model_object(figures, NULL), arena, report, report->results[i]);
	add_assets(page, arena);
	add_charts(page, arena, report);
	return mustache_render(out, arena, &mustache_embedded, "report/page", page, error);
}
