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
	{"goal.", "Wrote in the plan", "wrote in your plan"},
	{"plan.", "Wrote in the plan", "wrote in your plan"},
	{"progress.", "Wrote how a goal is going", "wrote how your plan is going"},
	{"review.", "Wrote about a review", "wrote about your review meeting"},
	{"assessment.", "Worked on an assessment", "wrote about what you need"},
	{"contribution.", "Added to an assessment", "wrote about what you need"},
	{"allocation.", "Changed who works with the child", "changed who works with you"},
	{"guarding.", "Changed who may see the record", "changed who may see your record"},
	{"restricted.", "Changed who may see the record", "changed who may see your record"},
	{"glass.", "Opened the record with a reason", "opened your record and said why"},
	{"breakglass.", "Opened the record with a reason", "opened your record and said why"},
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
