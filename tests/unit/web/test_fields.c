/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "web/cookie.h"
#include "web/fields.h"
#include "web/percent.h"

static struct fields decode(struct arena *arena, const char *encoded, bool expected)
{
	struct fields fields = {0};
	struct error error = {0};

	assert_int_equal(fields_decode(arena, text_of(encoded), &fields, &error), expected);
	assert_int_equal(error.code != ERROR_NONE, !expected);
	return fields;
}

static void test_names_and_values_are_decoded(void **state)
{
	struct fields fields = decode(*state, "a=1&b=x+y%2Bz&c&&%C3%AB=%E2%82%AC&d=a=b", true);

	assert_int_equal(fields.count, 5);
	assert_text(fields_get(&fields, "a"), "1");
	assert_text(fields_get(&fields, "b"), "x y+z");
	assert_text(fields_get(&fields, "c"), "");
	assert_text(fields_get(&fields, "\xc3\xab"), "\xe2\x82\xac");
	assert_text(fields_get(&fields, "d"), "a=b");
	assert_null(fields_get(&fields, "e").data);
}

static void test_lines_of_a_text_area_are_kept(void **state)
{
	struct fields fields = decode(*state, "note=one%0D%0Atwo%09three", true);

	assert_text(fields_get(&fields, "note"), "one\r\ntwo\tthree");
}

static void test_an_empty_query_has_no_fields(void **state)
{
	assert_int_equal(decode(*state, "", true).count, 0);
	assert_int_equal(decode(*state, "&&", true).count, 0);
}

static void test_what_is_no_text_is_refused(void **state)
{
	static const char *const wrong[] = {"a=%", "a=%4", "a=%zz", "a=%4z", "a=%z4", "a=%00",
		"a=%FF", "a=%C0%AF", "a=%ED%A0%80", "a=%1b", "a=%7f", "%0A=x", "=x", "a=\x01"};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		decode(*state, wrong[i], false);
}

static void test_so_many_fields_and_no_more(void **state)
{
	char encoded[2 * FIELDS_LIMIT + 3];
	struct fields fields;

	for (int i = 0; i <= FIELDS_LIMIT; i++)
		memcpy(encoded + 2 * i, "a&", 3);
	decode(*state, encoded, false);
	encoded[2 * FIELDS_LIMIT] = '\0';
	fields = decode(*state, encoded, true);
	assert_int_equal(fields_count(&fields, "a"), FIELDS_LIMIT);
}

static void test_a_name_that_came_twice_is_not_one_value(void **state)
{
	struct fields fields = decode(*state, "a=1&b=2&a=3", true);
	static const char *const both[] = {"a", "b", NULL}, *const one[] = {"b", NULL};
	int64_t number;

	assert_null(fields_get(&fields, "a").data);
	assert_text(fields_at(&fields, "a", 0), "1");
	assert_text(fields_at(&fields, "a", 1), "3");
	assert_null(fields_at(&fields, "a", 2).data);
	assert_false(fields_integer(&fields, "a", &number));
	assert_true(fields_integer(&fields, "b", &number));
	assert_int_equal(number, 2);
	assert_false(fields_only(&fields, both));
	fields = decode(*state, "b=2", true);
	assert_true(fields_only(&fields, both));
	assert_true(fields_only(&fields, one));
	fields = decode(*state, "b=2&c=3", true);
	assert_false(fields_only(&fields, both));
}

static void test_days_are_days(void **state)
{
	struct fields fields = decode(*state, "a=2024-02-29&b=2023-02-29&c=", true);
	int32_t days;

	assert_true(fields_date(&fields, "a", &days));
	assert_int_equal(days, 19782);
	assert_false(fields_date(&fields, "b", &days));
	assert_false(fields_date(&fields, "c", &days));
}

static void test_what_is_encoded_decodes_to_the_same(void **state)
{
	struct buffer out = buffer_in(*state);
	struct text all, back;
	char bytes[256];

	for (int i = 0; i < 256; i++)
		bytes[i] = (char)i;
	all = (struct text){bytes, sizeof bytes};
	percent_encode(&out, all);
	assert_true(percent_decode(*state, (struct text){out.data, out.length}, true, &back, NULL));
	assert_true(text_equal(all, back));
}

static void test_a_cookie_is_found_exactly(void **state)
{
	(void)state;
	assert_text(cookie_find(TEXT("a=1; session=xyz; b=2"), TEXT("session")), "xyz");
	assert_text(cookie_find(TEXT("session=xyz"), TEXT("session")), "xyz");
	assert_text(cookie_find(TEXT("session="), TEXT("session")), "");
	assert_text(cookie_find(TEXT("junk; \x01; session=a=b"), TEXT("session")), "a=b");
	assert_null(cookie_find(TEXT("xsession=1; sessionx=2; Session=3"), TEXT("session")).data);
	assert_null(cookie_find(TEXT("session=1; session=1"), TEXT("session")).data);
	assert_null(cookie_find(TEXT("session=\"a\""), TEXT("session")).data);
	assert_null(cookie_find(TEXT("session=a b"), TEXT("session")).data);
	assert_null(cookie_find(TEXT("session=a,b"), TEXT("session")).data);
	assert_null(cookie_find(TEXT("session"), TEXT("session")).data);
	assert_null(cookie_find((struct text){0}, TEXT("session")).data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		parts_test(test_names_and_values_are_decoded),
		parts_test(test_lines_of_a_text_area_are_kept),
		parts_test(test_an_empty_query_has_no_fields),
		parts_test(test_what_is_no_text_is_refused),
		parts_test(test_so_many_fields_and_no_more),
		parts_test(test_a_name_that_came_twice_is_not_one_value),
		parts_test(test_days_are_days),
		parts_test(test_what_is_encoded_decodes_to_the_same),
		parts_test(test_a_cookie_is_found_exactly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
