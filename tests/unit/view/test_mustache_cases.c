/* SPDX-License-Identifier: MIT */
/*
 * The rules of the public Mustache specification (comments, interpolation, sections, inverted,
 * partials, delimiters), a case of our own for each case there. What Hearth refuses on purpose
 * (unescaped values, changed delimiters) is in the list with the words of the refusal.
 */
#include "checks.h"

#include <stdlib.h>

#include "base/file.h"
#include "json_model.h"
#include "view/mustache.h"

/* The template by the name of "template", partials by theirs. */
static struct text find_text(const void *context, struct text name)
{
	const struct model *one = context, *partials = model_find(one, TEXT("partials"));
	const struct model *found = partials ? model_find(partials, name) : NULL;

	return found			   ? found->text
	       : text_is(name, "template") ? json_model_text(one, "template")
					   : (struct text){0};
}

static bool is_right(struct arena *arena, const struct model *one)
{
	struct mustache_source source = {find_text, one};
	const struct model *data = model_find(one, TEXT("data"));
	struct text refused = json_model_text(one, "refused"),
		    expected = json_model_text(one, "expected");
	struct buffer out = buffer_in(arena);
	struct error error = {0};
	bool filled = mustache_render(&out, arena, &source, "template", data, &error);

	if (refused.length)
		return !filled && error.code == ERROR_INPUT &&
		       strstr(error.message,
			       arena_format(arena, "%.*s", (int)refused.length, refused.data));
	return filled && text_equal((struct text){out.data, out.length}, expected);
}

static void test_every_rule_of_the_specification(void **state)
{
	const char *root = getenv("HEARTH_ROOT");
	struct model *all = model_open(*state);
	struct file_map file;
	struct error error = {0};
	size_t count = 0;

	if (!file_map_open(&file,
		    arena_format(*state, "%s/tests/unit/view/mustache_cases.json", root), 1 << 20,
		    &error))
		fail_msg("%s", error.message);
	json_model(*state, arena_format(*state, "%.*s", (int)file.bytes.length, file.bytes.data),
		all, "cases");
	file_map_close(&file);
	for (const struct model *one = model_find(all, TEXT("cases"))->first; one;
		one = one->next, count++) {
		if (!is_right(*state, one))
			fail_msg("%.*s", (int)json_model_text(one, "rule").length,
				json_model_text(one, "rule").data);
	}
	assert_true(count > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_every_rule_of_the_specification),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
