/* SPDX-License-Identifier: MIT */
/* Sentences and lines about a result or a whole report. */
#include "view/texts.h"
#include "view/words.h"

#define NOT_KNOWN "not known"

static const struct result_value *value_named(
	const struct statement_of *statement, struct text name)
{
	for (size_t i = 0; i < statement->value_count; i++) {
		if (text_is(name, statement->values[i].name))
			return &statement->values[i];
	}
	return NULL;
}

static const char *value_words(
	struct arena *arena, const struct schema *schema, const struct result_value *value)
{
	if (value->format != FORMAT_TEXT)
		return words_number(arena, value->format, value->number);
	if (!value->text.length)
		return NOT_KNOWN;
	return words_code(arena, schema, schema->frameworks,
		value->list ? value->list : value->name, value->text);
}

const char *view_sentence(
	struct arena *arena, const struct schema *schema, const struct statement_of *statement)
{
	struct buffer out = buffer_in(arena);
	const char *at = texts_find(arena, "data/texts/findings.csv", statement->key, "text");

	if (!at)
		at = texts_find(arena, "data/texts/notes.csv", statement->key, "text");
	while (at && *at) {
		const char *close = *at == '{' ? strchr(at, '}') : NULL;
		const struct result_value *value =
			close ? value_named(
					statement, (struct text){at + 1, (size_t)(close - at - 1)})
			      : NULL;

		if (value) {
			buffer_string(&out, value_words(arena, schema, value));
			at = close + 1;
		} else {
			buffer_char(&out, *at++);
		}
	}
	return buffer_cstring(&out);
}

const char *view_figure_text(struct arena *arena, const char *name, const char *what)
{
	return texts_find(arena, "data/texts/figures.csv", name, what);
}

const char *words_title(
	struct arena *arena, const struct schema *schema, const struct result *result)
{
	const char *title =
		result->finding.key ? view_sentence(arena, schema, &result->finding) : "";

	if (!*title)
		title = view_figure_text(arena, result->name, "title");
	return title ? title : result->name;
}

/* ---- lines about the whole ---- */

static void add_missing(
	struct buffer *out, struct arena *arena, bool *first, int64_t count, const char *without)
{
	if (!count)
		return;
	buffer_string(out, *first ? " Not included: " : ", ");
	buffer_format(out, "%s %s", words_number(arena, FORMAT_COUNT, (double)count), without);
	*first = false;
}

/* What n counts: the assessments of one child, or children. */
static const char *counted(const struct result *result)
{
	const struct analysis *analysis = result->id ? analysis_find(text_of(result->id)) : NULL;

	if (analysis && analysis->of_child)
		return result->n == 1 ? "assessment" : "assessments";
	return result->n == 1 ? "child" : "children";
}

const char *words_used(struct arena *arena, const struct result *result)
{
	struct buffer out = buffer_in(arena);
	bool first = true;

	buffer_format(&out, "n = %s %s.", words_number(arena, FORMAT_COUNT, (double)result->n),
		counted(result));
	add_missing(&out, arena, &first, result->missing_assessment, "without an assessment");
	add_missing(&out, arena, &first, result->missing_cost, "without a known cost");
	add_missing(&out, arena, &first, result->missing_group, "whose group is not recorded");
	if (!first)
		buffer_char(&out, '.');
	return buffer_cstring(&out);
}

bool words_note_said(const struct statement_of *note)
{
	static const char *const said[] = {"without_assessment", "without_cost", "without_group"};

	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		if (strcmp(note->key, said[i]) == 0)
			return true;
	}
	return false;
}

const char *words_filter(struct arena *arena, const struct cohort *cohort)
{
	struct buffer out = buffer_in(arena);

	if (!cohort->filter || !cohort->filter->count)
		return "all children looked after on that day";
	for (size_t i = 0; i < cohort->filter->count; i++) {
		const struct filter_condition *condition = &cohort->filter->conditions[i];

		if (i)
			buffer_string(&out, ", ");
		buffer_text(&out, condition->name);
		buffer_char(&out, '=');
		buffer_text(&out, condition->value);
	}
	return buffer_cstring(&out);
}

const char *words_bands(struct arena *arena, const struct framework *framework)
{
	struct buffer out = buffer_in(arena);

	for (size_t i = 0; i < framework->band_count; i++) {
		const struct band *band = &framework->bands[i];

		buffer_format(&out, "%s%s %d", i ? ", " : "", band->label, band->from);
		if (band->to > band->from)
			buffer_format(&out, " to %d", band->to);
	}
	return buffer_cstring(&out);
}

const char *words_moment(struct arena *arena, int64_t seconds)
{
	char day[32];
	int64_t days = seconds / 86400, rest = seconds % 86400;
	const char *words = arena_format(arena, "%s, %02d:%02d UTC", date_words((int32_t)days, day),
		(int)(rest / 3600), (int)(rest / 60 % 60));

	return words ? words : "";
}
