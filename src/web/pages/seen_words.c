/* SPDX-License-Identifier: MIT */
#include "web/pages/seen_words.h"

#include <string.h>

/* Acts by how they begin: the first that fits counts. */
static const struct {
	const char *begins, *words, *plain;
} acts[] = {
	{"child.view", "Looked at it", "looked at your record"},
	{"child.named", "Showed the name on a profile", "put your name on a profile about you"},
	{"child.list", "Saw it in a list", "saw your name in a list"},
	{"child.address", "Looked at an address", "looked at where you live"},
	{"profile.", "Wrote about me", "wrote down what you said about yourself"},
	{"goal.progress", "Wrote how a goal is going", "wrote how your plan is going"},
	{"goal.", "Wrote in the plan", "wrote in your plan"},
	{"review.", "Wrote about a review", "wrote about your review meeting"},
	{"assessment.sign", "Signed an assessment", "finished writing about what you need"},
	{"assessment.", "Worked on an assessment", "wrote about what you need"},
	{"allocation.", "Changed who works with the child", "changed who works with you"},
	{"guarding.", "Changed who may see the record", "changed who may see your record"},
	{"glass.end", "Gave the access back", "stopped looking at your record"},
	{"glass.review", "Looked into why it was opened", "checked why your record was opened"},
	{"glass.", "Opened the record with a reason", "opened your record and said why"},
};

static size_t find(struct text act)
{
	size_t count = sizeof acts / sizeof *acts;

	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(acts[i].begins);

		if (act.length >= length && memcmp(act.data, acts[i].begins, length) == 0)
			return i;
	}
	return count;
}

const char *seen_act(struct text act)
{
	size_t i = find(act);

	return i < sizeof acts / sizeof *acts ? acts[i].words : "Did something else";
}

const char *seen_act_plain(struct text act)
{
	size_t i = find(act);

	return i < sizeof acts / sizeof *acts ? acts[i].plain : "did something with your record";
}

static const struct {
	const char *field, *words;
} fields_known[] = {
	{"identity", "who the child is"},
	{"about", "about me"},
	{"needs", "needs"},
	{"goals", "goals and plan"},
	{"homes", "homes"},
	{"costs", "costs"},
	{"reviews", "reviews"},
	{"missing", "times missing"},
	{"people", "who works with the child"},
	{"log", "who has seen the record"},
	{"assessment", "an assessment"},
	{"known_as", "what they like to be called"},
	{"matters", "what matters"},
	{"good_at", "what they are good at"},
	{"hopes", "hopes"},
	{"liked", "what people like"},
	{"written_with", "who helped to write"},
	{"participation", "how they took part"},
	{"progress", "how a goal is going"},
	{"allocation", "who works with the child"},
	{"guarding", "who may see the record"},
	{"guard", "who may see the record"},
	{"named", "people who are named for it"},
	{"goal", "what they want to reach"},
	{"helps", "what helps"},
	{"who", "who does it"},
	{"why", "why it changed"},
	{"domain", "the area of need"},
	{"by_when", "by when"},
	{"state", "how it stands"},
	{"notes", "what was agreed"},
	{"view", "what they said"},
	{"assessments", "assessments"},
};

const char *seen_fields(struct arena *arena, struct text fields)
{
	struct buffer out = buffer_in(arena);
	struct text field;

	while (text_split(&fields, ' ', &field)) {
		const char *words = NULL;

		for (size_t i = 0; i < sizeof fields_known / sizeof *fields_known; i++)
			if (text_is(field, fields_known[i].field))
				words = fields_known[i].words;
		if (out.length)
			buffer_string(&out, ", ");
		if (words)
			buffer_string(&out, words);
		else
			buffer_text(&out, field);
	}
	return out.failed || !out.length ? "" : buffer_cstring(&out);
}

bool seen_names_read(
	struct store *store, struct arena *arena, struct seen_names *out_names, struct error *error)
{
	return account_list(store, arena, &out_names->accounts, &out_names->count, error);
}

struct text seen_who(
	struct arena *arena, const struct seen_names *names, const struct audit_entry *entry)
{
	struct text name = entry->name;

	for (size_t i = 0; entry->account && i < names->count; i++)
		if (names->accounts[i].id == entry->account)
			return names->accounts[i].shown;
	if (!name.length)
		return TEXT("The program itself");
	return text_of(arena_format(arena, "%.*s, at the server", (int)name.length, name.data));
}
