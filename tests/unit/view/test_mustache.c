/* SPDX-License-Identifier: MIT */
/* The rules of the Mustache language, each with a template and what it must become. */
#include "checks.h"

#include "base/embedded.h"
#include "view/mustache.h"

struct named {
	const char *name, *text;
};

static struct text find_named(const void *context, struct text name)
{
	for (const struct named *one = context; one->name; one++) {
		if (text_is(name, one->name))
			return text_of(one->text);
	}
	return (struct text){0};
}

static struct model *example(struct arena *arena)
{
	struct model *root = model_open(arena), *list, *child;

	model_string(root, "child", "Sam");
	model_string(root, "sharp", "<b>\"A\" & 'B'</b>");
	model_markup(root, "made", TEXT("<b>made</b>"));
	model_string(root, "empty", "");
	model_flag(root, "yes", true);
	model_flag(root, "no", false);
	model_list(root, "nobody");
	list = model_list(root, "homes");
	for (int i = 0; i < 3; i++)
		model_string(model_object(list, NULL), "name", (const char *[]){"A", "B", "C"}[i]);
	list = model_list(root, "words");
	model_string(list, NULL, "one");
	model_string(list, NULL, "<two>");
	child = model_object(model_object(root, "a"), "b");
	model_string(child, "c", "deep");
	return root;
}

struct sample_case {
	const char *template, *expected;
	struct named partials[3];
};

static const struct sample_case cases[] = {
	/* values */
	{"Hello {{child}}.", "Hello Sam.", {{0}}},
	{"{{ child }}|{{\tchild\n}}", "Sam|Sam", {{0}}},
	{"{{sharp}}", "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;", {{0}}},
	{"{{made}}", "<b>made</b>", {{0}}},
	{"[{{unknown}}]", "[]", {{0}}},
	{"  {{child}}\n", "  Sam\n", {{0}}},
	{"no tags { { }} }", "no tags { { }} }", {{0}}},
	{"", "", {{0}}},
	/* dotted names */
	{"{{a.b.c}}", "deep", {{0}}},
	{"[{{a.b.x}}{{a.x.c}}{{x.b.c}}]", "[]", {{0}}},
	{"{{#a.b}}{{c}}{{/a.b}}", "deep", {{0}}},
	{"{{#a}}{{b.c}}{{/a}}", "deep", {{0}}},
	{"{{#a}}{{#b}}{{a.b.c}}{{/b}}{{/a}}", "deep", {{0}}},
	/* the innermost meaning of a first part counts, and is not left again */
	{"{{#a}}[{{b.child}}]{{/a}}", "[]", {{0}}},
	/* sections */
	{"{{#yes}}shown{{/yes}}{{#no}}hidden{{/no}}", "shown", {{0}}},
	{"{{#unknown}}x{{/unknown}}{{#empty}}x{{/empty}}{{#nobody}}x{{/nobody}}", "", {{0}}},
	{"{{#homes}}<{{name}}>{{/homes}}", "<A><B><C>", {{0}}},
	{"{{#homes}}{{child}}{{/homes}}", "SamSamSam", {{0}}},
	{"{{#words}}({{.}}){{/words}}", "(one)(&lt;two&gt;)", {{0}}},
	{"{{#child}}{{.}}{{/child}}", "Sam", {{0}}},
	{"{{#yes}}a{{#yes}}b{{/yes}}c{{/yes}}", "abc", {{0}}},
	{"{{# yes }}x{{/ yes }}", "x", {{0}}},
	/* inverted sections */
	{"{{^yes}}hidden{{/yes}}{{^no}}shown{{/no}}", "shown", {{0}}},
	{"{{^nobody}}none{{/nobody}}{{^homes}}x{{/homes}}", "none", {{0}}},
	{"{{^unknown}}a{{/unknown}}{{^a.b.x}}b{{/a.b.x}}", "ab", {{0}}},
	/* comments */
	{"a{{! not shown }}b", "ab", {{0}}},
	{"a\n{{!\n several\n lines\n}}\nb\n", "a\nb\n", {{0}}},
	{"  12 {{! }}\n", "  12 \n", {{0}}},
	/* a tag alone on its line takes the line with it */
	{"a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n", {{0}}},
	{"a\n  {{#yes}}  \nb\n\t{{/yes}}\nc", "a\nb\nc", {{0}}},
	{"|\r\n{{#yes}}\r\n{{/yes}}\r\n|", "|\r\n|", {{0}}},
	{"{{#yes}}\nb\n{{/yes}}", "b\n", {{0}}},
	{"a {{#yes}}\nb{{/yes}}\n", "a \nb\n", {{0}}},
	{"{{#yes}}{{/yes}}\n", "\n", {{0}}},
	{" | {{^no}}\n x {{/no}} | \n", " | \n x  | \n", {{0}}},
	/* partials */
	{"[{{>greeting}}]", "[Hi Sam]", {{"greeting", "Hi {{child}}"}}},
	{"[{{>unknown}}]", "[]", {{0}}},
	{"[{{> greeting }}]", "[Hi]", {{"greeting", "Hi"}}},
	{"{{#homes}}{{>home}}{{/homes}}", "A;B;C;", {{"home", "{{name}};"}}},
	{" {{>lines}}\n>", " a\n b\n>", {{"lines", "a\nb\n"}}},
	{"x {{>lines}}", "x a\nb", {{"lines", "a\nb"}}},
	{"\\\n {{>lines}}\n/\n", "\\\n |\n Sam\n |\n/\n", {{"lines", "|\n{{child}}\n|\n"}}},
	{"{{>lines}}\n>", ">\n>", {{"lines", ">\n"}}},
	{"{{>outer}}", "(x)", {{"outer", "({{>inner}})"}, {"inner", "x"}}},
};

static void test_rules(void **state)
{
	struct model *model = example(*state);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct named names[5] = {{"main", cases[i].template}};
		struct mustache_source source = {find_named, names};
		struct buffer out = buffer_in(*state);
		struct error error = {0};

		memcpy(names + 1, cases[i].partials, sizeof cases[i].partials);
		if (!mustache_render(&out, *state, &source, "main", model, &error))
			fail_msg("%s: %s", cases[i].template, error.message);
		assert_string_equal(buffer_cstring(&out), cases[i].expected);
	}
}

static void test_faults_name_the_line(void **state)
{
	static const char *const faults[][2] = {
		{"a\n{{#open}}\nb", "line 3: a section is not closed: open"},
		{"a\n\n{{/open}}", "line 3: nothing is open to be closed by open"},
		{"{{#a}}{{/b}}", "line 1: another section is open than is closed by b"},
		{"{{name", "line 1: a tag is not closed"},
		{"{{ }}", "line 1: a tag has no name"},
		{"{{{name}}}", "line 1: only escaped values"},
		{"{{&name}}", "line 1: only escaped values"},
		{"{{=<% %>=}}", "line 1: only escaped values"},
	};
	struct error error;

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		assert_false(mustache_check(*state, "t", text_of(faults[i][0]), &error));
		assert_int_equal(error.code, ERROR_INPUT);
		assert_non_null(strstr(error.message, faults[i][1]));
	}
}

static void test_a_template_within_itself_ends(void **state)
{
	struct named names[] = {{"main", "{{>main}}"}, {0}};
	struct mustache_source source = {find_named, names};
	struct buffer out = buffer_in(*state);
	struct error error;

	assert_false(mustache_render(&out, *state, &source, "main", model_open(*state), &error));
	assert_int_equal(error.code, ERROR_LIMIT);
}

static void test_a_template_that_is_missing_is_a_fault_of_the_program(void **state)
{
	struct buffer out = buffer_in(*state);
	struct error error;

	assert_false(mustache_render(
		&out, *state, &mustache_embedded, "pages/none", model_open(*state), &error));
	assert_int_equal(error.code, ERROR_SYSTEM);
	assert_non_null(strstr(error.message, "pages/none"));
}

static void test_every_template_of_the_program_can_be_read(void **state)
{
	const struct embedded_file *file;
	size_t count = embedded_under("templates/", &file);
	struct error error;

	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		if (!mustache_check(*state, file[i].path, embedded_text(file[i].path), &error))
			fail_msg("%s", error.message);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_rules),
		CHECKS(test_faults_name_the_line),
		CHECKS(test_a_template_within_itself_ends),
		CHECKS(test_a_template_that_is_missing_is_a_fault_of_the_program),
		CHECKS(test_every_template_of_the_program_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
