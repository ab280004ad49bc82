/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "web/target.h"

static struct target read_target(struct arena *arena, const char *raw)
{
	struct target target = {0};
	struct error error = {0};

	assert_true(target_read(arena, text_of(raw), &target, &error));
	return target;
}

static void test_a_path_is_decoded_once(void **state)
{
	static const struct {
		const char *raw, *path;
	} good[] = {
		{"/", "/"},
		{"/children", "/children"},
		{"/children/12/notes", "/children/12/notes"},
		{"/Zo%C3%AB", "/Zo\xc3\xab"},
		{"/a%20b", "/a b"},
		{"/a+b", "/a+b"},
		{"/%252e%252e", "/%2e%2e"},
		{"/...", "/..."},
		{"/.well-known/x", "/.well-known/x"},
		{"/a;b=c,d", "/a;b=c,d"},
	};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct target target = read_target(*state, good[i].raw);

		assert_text(target.path, good[i].path);
		assert_false(target.trailing_slash);
	}
}

static void test_query_and_slash_are_told_apart(void **state)
{
	struct target target = read_target(*state, "/a/?b=c?d");

	assert_text(target.path, "/a");
	assert_text(target.raw_path, "/a/");
	assert_text(target.query, "b=c?d");
	assert_true(target.trailing_slash);
	assert_false(read_target(*state, "/?a").trailing_slash);
}

static void test_no_path_leads_elsewhere(void **state)
{
	static const char *const wrong[] = {"", "a", "*", "http://a/", "//", "//a", "/a//b", "/a//",
		"/.", "/..", "/a/..", "/a/../b", "/%2e%2e", "/%2e", "/.%2E/x", "/a%2fb", "/a%2Fb",
		"/a%5cb", "/a\\b", "/a%00", "/a%0d%0a", "/a%7f", "/%ff", "/%c0%ae%c0%ae/x",
		"/%ed%a0%80", "/%", "/%4", "/%zz", "/a b", "/a\tb", "/a#b", "/a\"b", "/<a>",
		"/a\x80", "/a?b#c", "/a?b c", "/a?<b>", "/a?\x7f", "/a/..?b", "/a^b", "/{a}"};
	struct target target;
	struct error error;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		error = (struct error){0};
		if (target_read(*state, text_of(wrong[i]), &target, &error))
			fail_msg("%s was taken", wrong[i]);
		assert_int_equal(error.code, ERROR_INPUT);
	}
}

static void test_so_long_and_no_longer(void **state)
{
	char raw[TARGET_LIMIT + 2];
	struct target target;
	struct error error;

	memset(raw, 'a', sizeof raw);
	raw[0] = '/';
	assert_true(target_read(*state, (struct text){raw, TARGET_LIMIT}, &target, &error));
	assert_false(target_read(*state, (struct text){raw, TARGET_LIMIT + 1}, &target, &error));
	assert_int_equal(error.code, ERROR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		parts_test(test_a_path_is_decoded_once),
		parts_test(test_query_and_slash_are_told_apart),
		parts_test(test_no_path_leads_elsewhere),
		parts_test(test_so_long_and_no_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
