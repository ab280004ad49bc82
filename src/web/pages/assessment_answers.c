/* SPDX-License-Identifier: MIT */
/* All that an assessment says, as it is checked before signing and read afterwards. */
#include "web/pages/assessment_page.h"

static void add_paragraph(struct model *list, const char *words)
{
	model_string(model_object(list, NULL), "words", words);
}

static int32_t since_of(const struct assessment *assessment)
{
	int32_t since = DATE_MISSING;

	for (size_t i = 0; i < assessment->head.framework->domain_count; i++) {
		const struct assessment_before *before = &assessment->domains[i].before;

		if (before->score != SCORE_BLANK && before->assessed_on > since)
			since = before->assessed_on;
	}
	return since;
}

/* What got easier comes before what got harder. */
static void add_changes(const struct assessment_page *page)
{
	struct arena *arena = page->child.arena;
	struct model *changed = model_object(page->child.page, "changed"), *list;
	struct needs_changes changes;

	needs_changes(&page->assessment, &changes);
	model_string(changed, "since", day_words(arena, since_of(&page->assessment)));
	model_flag(changed, "first_time", changes.compared == 0);
	model_string(changed, "same",
		changes.same == 0 ? ""
		: changes.same == 1
			? "1 area has the score it had."
			: arena_format(arena, "%zu areas have the score they had.", changes.same));
	model_flag(changed, "has_falls", changes.first_rise > 0);
	list = model_list(changed, "falls");
	for (size_t i = 0; i < changes.first_rise; i++)
		add_paragraph(list, change_words(arena, page->framework, &changes.changes[i]));
	model_flag(changed, "has_rises", changes.count > changes.first_rise);
	list = model_list(changed, "rises");
	for (size_t i = changes.first_rise; i < changes.count; i++)
		add_paragraph(list, change_words(arena, page->framework, &changes.changes[i]));
}

static void add_strengths(const struct assessment_page *page)
{
	struct model *list = model_list(page->child.page, "strengths_list");
	bool any = false;

	for (size_t i = 0; i < page->framework->domain_count; i++) {
		struct text said = page->assessment.domains[i].strengths;
		struct model *item;

		if (said.length == 0)
			continue;
		any = true;
		item = model_object(list, NULL);
		model_string(item, "label", page->framework->domains[i].label);
		add_paragraphs(item, "said", said);
	}
	model_flag(page->child.page, "has_strengths", any);
}

static const char *before_words(struct arena *arena, const struct framework *framework,
	const struct assessment_before *before)
{
	const char *words;

	if (before->score == SCORE_BLANK)
		return "";
	words = arena_format(arena, "%s, on %s", score_words(arena, framework, before->score),
		day_words(arena, before->assessed_on));
	return words ? words : "";
}

static void add_domain(const struct assessment_page *page, struct model *list, size_t index)
{
	const struct assessment_domain *domain = &page->assessment.domains[index];
	const struct domain *known = &page->framework->domains[index];
	struct arena *arena = page->child.arena;
	struct model *item = model_object(list, NULL);

	model_string(item, "label", known->label);
	model_string(item, "key", known->key);
	model_string(item, "score", score_words(arena, page->framework, domain->score));
	model_string(item, "before", before_words(arena, page->framework, &domain->before));
	model_flag(item, "has_strengths", domain->strengths.length > 0);
	add_paragraphs(item, "strengths", domain->strengths);
	model_flag(item, "has_view", domain->view.length > 0);
	add_paragraphs(item, "view", domain->view);
	model_flag(item, "has_evidence", domain->evidence.length > 0);
	add_paragraphs(item, "evidence", domain->evidence);
	model_string(item, "change",
		page->assessment.head.state == ASSESSMENT_DRAFT
			? assessment_path(page, "/area/%zu", index + 1)
			: "");
}

static void add_bands(const struct assessment_page *page)
{
	struct model *list = model_list(page->child.page, "bands");
	struct arena *arena = page->child.arena;

	for (size_t band = page->framework->band_count; band-- > 0;) {
		size_t count = 0;
		struct model *item;

		for (size_t i = 0; i < page->framework->domain_count; i++)
			count += needs_band(page->framework, page->assessment.domains[i].score) ==
				 band;
		item = model_object(list, NULL);
		model_string(item, "label", page->framework->bands[band].label);
		model_string(item, "count",
			count == 1 ? "1 area" : arena_format(arena, "%zu areas", count));
	}
}

void add_answers(const struct assessment_page *page)
{
	struct model *list = model_list(page->child.page, "domains");
	int total = assessment_total(&page->assessment);

	for (size_t i = 0; i < page->framework->domain_count; i++)
		add_domain(page, list, i);
	add_strengths(page);
	add_changes(page);
	model_flag(page->child.page, "complete", total >= 0);
	if (total < 0)
		return;
	model_string(
		page->child.page, "total", total_words(page->child.arena, page->framework, total));
	add_bands(page);
}

static const char *who_words(struct arena *arena, const struct contribution *one)
{
	const char *words;

	if (one->name.length && one->role.length)
		words = arena_format(arena, "%s, %s", text_words(arena, one->name),
			text_words(arena, one->role));
	else
		words = text_words(arena, one->name.length ? one->name : one->role);
	return words ? words : "";
}

static void add_said(const struct assessment_page *page, struct model *item,
	const struct contribution *one, size_t domain)
{
	struct arena *arena = page->child.arena;
	struct model *said;

	if (!one->comments[domain].length && one->scores[domain] == SCORE_BLANK)
		return;
	said = model_object(item, NULL);
	model_string(said, "label", page->framework->domains[domain].label);
	model_string(said, "score",
		one->scores[domain] == SCORE_BLANK
			? ""
			: score_words(arena, page->framework, one->scores[domain]));
	add_paragraphs(said, "comment", one->comments[domain]);
}

static bool says_of(const struct contribution *one, size_t domain)
{
	return one->comments[domain].length > 0 || one->scores[domain] != SCORE_BLANK;
}

static void add_contribution(
	const struct assessment_page *page, struct model *list, const struct contribution *one)
{
	struct arena *arena = page->child.arena;
	struct model *item = model_object(list, NULL), *said;

	model_string(item, "kind", contributor_words(one->kind));
	model_string(item, "who", who_words(arena, one));
	model_string(item, "on", day_words(arena, one->given_on));
	model_string(item, "path", assessment_path(page, "/team/%lld", (long long)one->id));
	add_paragraphs(item, "overall", one->comment);
	said = model_list(item, "said");
	for (size_t i = 0; i < page->framework->domain_count; i++)
		add_said(page, said, one, i);
	model_flag(item, "has_said", said && said->first);
}

bool add_contributions(
	const struct assessment_page *page, const size_t *of_domain, struct error *error)
{
	struct model *list = model_list(page->child.page, "contributions");
	struct contribution *all;
	size_t count, shown = 0;

	if (!contribution_list(page->child.visit->store, page->child.arena, &page->assessment.head,
		    &all, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct model *item;

		if (of_domain && !says_of(&all[i], *of_domain))
			continue;
		shown++;
		if (!of_domain) {
			add_contribution(page, list, &all[i]);
			continue;
		}
		item = model_object(list, NULL);
		model_string(item, "kind", contributor_words(all[i].kind));
		model_string(item, "who", who_words(page->child.arena, &all[i]));
		add_said(page, model_list(item, "said"), &all[i], *of_domain);
	}
	model_flag(page->child.page, "has_contributions", shown > 0);
	return true;
}
