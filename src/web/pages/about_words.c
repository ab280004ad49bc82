/* SPDX-License-Identifier: MIT */
#include "web/pages/about_words.h"

static const enum profile_part told[] = {
	PROFILE_MATTERS, PROFILE_GOOD_AT, PROFILE_HOPES, PROFILE_LIKED};

struct text participation_words(const struct child_page *page, struct text code)
{
	return code.length ? care_participation_words(page->visit->schema, code) : TEXT("");
}

static void add_parts(struct model *about, const struct profile *profile)
{
	struct model *parts = model_list(about, "parts");

	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		struct model *part;

		if (!profile->parts[told[i]].length)
			continue;
		part = model_object(parts, NULL);
		model_string(part, "part", profile_part_name(told[i]));
		add_paragraphs(part, "paragraphs", profile->parts[told[i]]);
	}
}

void add_about(const struct child_page *page, struct model *model, const struct profile *profile)
{
	struct model *about;

	if (!profile->version) {
		model_flag(model, "about", false);
		return;
	}
	about = model_object(model, "about");
	model_string(
		about, "version", arena_format(page->arena, "%lld", (long long)profile->version));
	model_string(about, "written_on", day_words(page->arena, profile->written_on));
	model_text(about, "with",
		profile->parts[PROFILE_WRITTEN_WITH].data ? profile->parts[PROFILE_WRITTEN_WITH]
							  : TEXT(""));
	model_text(about, "known_as",
		profile->parts[PROFILE_KNOWN_AS].data ? profile->parts[PROFILE_KNOWN_AS]
						      : TEXT(""));
	model_text(about, "participation", participation_words(page, profile->participation));
	model_text(about, "saved_by", profile->saved.shown.data ? profile->saved.shown : TEXT(""));
	model_string(about, "saved_on", moment_words(page->arena, profile->saved.at));
	add_parts(about, profile);
}

void add_participation_field(const struct child_page *page, const char *label, struct text chosen)
{
	const struct code_set *codes = schema_code_set(page->visit->schema, "review_code");
	struct model *field = part_field(page->page,
		&(struct part_field){.name = "participation", .label = label}, TEXT(""));

	part_choice(field, TEXT(""), TEXT("Not recorded"), NULL, chosen.length == 0);
	for (size_t i = 0; codes && i < codes->count; i++)
		part_choice(field, codes->codes[i].code, codes->codes[i].label, NULL,
			text_equal(codes->codes[i].code, chosen));
}
