/* SPDX-License-Identifier: MIT */
/* Texts of a paper that must not say who a child is and must fit one sheet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/pages/hidden_name.h"
#include "web/pages/profile_text.h"

static void assert_hides(const char *name, const char *text, const char *wanted)
{
	struct arena *arena = arena_open();
	struct text names[] = {text_of(name), TEXT("A0001")}, got;

	assert_non_null(arena);
	got = hide_names(arena, text_of(text), names, 2);
	if (!text_is(got, wanted))
		fail_msg("\"%s\" in \"%s\" gave \"%.*s\"", name, text, (int)got.length, got.data);
	arena_close(arena);
}

static void test_names_are_hidden(void **state)
{
	(void)state;
	assert_hides("Kai", "Kai likes it. KAI! kai's", "[name] likes it. [name]! [name]'s");
	assert_hides("Kai", "“Kai” and Kai’s dog—Kai…", "“[name]” and [name]’s dog—[name]…");
	assert_hides(
		"Kai", "Kaia, Malakai and Kai2 are others", "Kaia, Malakai and Kai2 are others");
	assert_hides("Kai", "A0001 is a0001", "[name] is [name]");
	assert_hides("Kai", "Kai", "[name]");
	assert_hides("Kai", "", "");
	assert_hides("", "Nobody is called nothing", "Nobody is called nothing");
}

static void test_accents_do_not_give_a_name_away(void **state)
{
	(void)state;
	assert_hides("Zoë", "Zoe, ZOË, zoë, Zoe\xcc\x88 and Zoé",
		"[name], [name], [name], [name] and [name]");
	assert_hides("Zoe", "Zoë's room", "[name]'s room");
	assert_hides("Zoe\xcc\x88", "Zoë", "[name]");
	assert_hides("Łukasz", "Lukasz and ŁUKASZ", "[name] and [name]");
	assert_hides("Siân", "Sian, not Siany", "[name], not Siany");
	assert_hides("明", "明 and 明日", "[name] and 明日");
}

static void test_words_of_a_name_are_hidden(void **state)
{
	(void)state;
	assert_hides(
		"Mary Jo Smith", "Mary Jo Smith; Mary; Smith; Jo", "[name]; [name]; [name]; Jo");
}

static struct profile_text plainly(struct arena *arena)
{
	return (struct profile_text){.arena = arena, .room = profile_rooms};
}

static void assert_cuts(const char *text, size_t most, const char *wanted, bool cut)
{
	struct arena *arena = arena_open();
	struct profile_text how;
	struct text got;

	assert_non_null(arena);
	how = plainly(arena);
	got = profile_text(&how, text_of(text), most);
	if (!text_is(got, wanted))
		fail_msg("\"%s\" to %zu gave \"%.*s\"", text, most, (int)got.length, got.data);
	assert_true(how.cut == cut);
	arena_close(arena);
}

static void test_a_text_is_cut_after_a_word(void **state)
{
	(void)state;
	assert_cuts("One two three", 13, "One two three", false);
	assert_cuts("One two three", 12, "One two…", true);
	assert_cuts("One two, three", 9, "One two…", true);
	assert_cuts("One two three", 7, "One two…", true);
	assert_cuts("Onetwothreefourfive", 6, "Onetwo…", true);
	assert_cuts("  One\n\n two\t", 20, "One two ", false);
	assert_cuts("", 5, "", false);
	assert_cuts("One", 0, "…", true);
}

static void test_characters_are_counted_and_never_split(void **state)
{
	(void)state;
	assert_cuts("éééé", 4, "éééé", false);
	assert_cuts("éééé", 3, "ééé…", true);
	assert_cuts("日本語の文", 2, "日本…", true);
}

static void test_any_text_fits_its_room(void **state)
{
	static const char *const pieces[] = {"a", " ", "é", ",", "\n", "word", "日", "  ", "…"};
	uint32_t random = 7;

	(void)state;
	for (int run = 0; run < 2000; run++) {
		struct arena *arena = arena_open();
		struct profile_text how;
		struct buffer text;
		struct text got;
		size_t most, characters = 0;

		assert_non_null(arena);
		how = plainly(arena);
		text = buffer_in(arena);
		for (int i = 0; i < run % 40; i++) {
			random = random * 1664525 + 1013904223;
			buffer_string(&text, pieces[random >> 16 & 7]);
		}
		most = random >> 8 & 31;
		got = profile_text(&how, (struct text){text.data, text.length}, most);
		assert_true(text_is_utf8(got));
		for (size_t i = 0; i < got.length; i++)
			characters += ((unsigned char)got.data[i] & 0xc0) != 0x80;
		assert_true(characters <= most + how.cut);
		arena_close(arena);
	}
}

static void test_rooms_get_smaller(void **state)
{
	(void)state;
	for (size_t i = 1; i < PROFILE_ROOMS; i++) {
		const struct profile_room *roomy = &profile_rooms[i - 1],
					  *dense = &profile_rooms[i];

		assert_true(dense->part < roomy->part && dense->need < roomy->need &&
			    dense->help < roomy->help && dense->wish < roomy->wish &&
			    dense->wishes <= roomy->wishes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_are_hidden),
		cmocka_unit_test(test_accents_do_not_give_a_name_away),
		cmocka_unit_test(test_words_of_a_name_are_hidden),
		cmocka_unit_test(test_a_text_is_cut_after_a_word),
		cmocka_unit_test(test_characters_are_counted_and_never_split),
		cmocka_unit_test(test_any_text_fits_its_room),
		cmocka_unit_test(test_rooms_get_smaller),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
