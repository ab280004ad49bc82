/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "base/crypto.h"
#include "web/error_page.h"
#include "web/form_token.h"
#include "web/gzip.h"
#include "web/security.h"

static void test_gzip_is_used_when_it_is_accepted(void **state)
{
	static const char *const yes[] = {"gzip", "GZIP", "deflate, gzip", "x-gzip", "*",
		"gzip;q=1", "gzip ; q=0.001", "br;q=1, *;q=0.1"};
	static const char *const no[] = {
		"", "br", "identity", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *", "gzipx"};

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(gzip_is_accepted(text_of(yes[i])));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(gzip_is_accepted(text_of(no[i])));
}

static void test_gzip_gives_nothing_rather_than_more(void **state)
{
	char same[4000] = {0}, other[64];
	struct text packed;

	for (size_t i = 0; i < sizeof other; i++)
		other[i] = (char)(i * 37 % 101);
	packed = gzip_pack(*state, (struct text){same, sizeof same}, GZIP_FAST);
	assert_non_null(packed.data);
	assert_true(packed.length < 100);
	assert_memory_equal(packed.data, "\x1f\x8b", 2);
	assert_null(gzip_pack(*state, (struct text){other, sizeof other}, GZIP_SMALL).data);
}

static void test_a_token_is_good_in_its_session_for_a_day(void **state)
{
	unsigned char secret[CRYPTO_KEY_BYTES] = {1}, other[CRYPTO_KEY_BYTES] = {2};
	char token[FORM_TOKEN_SIZE], again[FORM_TOKEN_SIZE], wrong[FORM_TOKEN_SIZE];
	struct text alice = TEXT("alice"), bob = TEXT("bob");
	int64_t now = 1700000000;

	(void)state;
	form_token_make(secret, alice, now, token);
	form_token_make(secret, alice, now, again);
	assert_int_equal(strlen(token), FORM_TOKEN_SIZE - 1);
	assert_string_not_equal(token, again);
	assert_true(form_token_is_good(secret, alice, now, text_of(token)));
	assert_true(form_token_is_good(secret, alice, now + 86400, text_of(again)));
	assert_false(form_token_is_good(secret, alice, now + 86401, text_of(token)));
	assert_false(form_token_is_good(secret, alice, now - 61, text_of(token)));
	assert_false(form_token_is_good(secret, bob, now, text_of(token)));
	assert_false(form_token_is_good(other, alice, now, text_of(token)));
	assert_false(form_token_is_good(secret, TEXT(""), now, text_of(token)));
	assert_false(form_token_is_good(secret, alice, now, TEXT("")));
	assert_false(form_token_is_good(secret, alice, now, (struct text){0}));
	for (size_t i = 0; i < FORM_TOKEN_SIZE - 1; i++) {
		memcpy(wrong, token, sizeof wrong);
		wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
		assert_false(form_token_is_good(secret, alice, now, text_of(wrong)));
	}
	form_token_make(secret, TEXT(""), now, token);
	assert_string_equal(token, "");
}

static struct response fresh(struct arena *arena)
{
	return (struct response){.arena = arena};
}

static void test_redirects_stay_on_the_site(void **state)
{
	static const char *const wrong[] = {
		"", "x", "//evil", "/\\evil", "http://evil", "/a\r\nX: y", "/\x80"};
	struct response response = fresh(*state);

	response_redirect(&response, "/children?a=b");
	assert_false(response.failed);
	assert_int_equal(response.status, 303);
	assert_string_equal(response.headers[0].value, "/children?a=b");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		response = fresh(*state);
		response_redirect(&response, wrong[i]);
		assert_true(response.failed);
	}
}

static void test_headers_and_cookies_cannot_be_broken(void **state)
{
	struct request request = {.arena = *state};
	struct response response = fresh(*state);

	response_header(&response, "X-A", "b");
	assert_false(response.failed);
	response_header(&response, "X-A", "b\nc");
	assert_true(response.failed);
	response = fresh(*state);
	response_header(&response, "X: A", "b");
	assert_true(response.failed);
	response = fresh(*state);
	response_cookie(&response, &request, "a", TEXT("b;c"), (struct cookie_setting){0});
	assert_true(response.failed);
	response = fresh(*state);
	response_cookie(&response, &request, "a=", TEXT("b"), (struct cookie_setting){0});
	assert_true(response.failed);
	response = fresh(*state);
	for (int i = 0; i <= RESPONSE_HEADERS_LIMIT; i++)
		response_header(&response, "X-A", "b");
	assert_true(response.failed);
}

static void test_the_headers_of_every_answer(void **state)
{
	struct response_header headers[SECURITY_HEADERS_LIMIT];
	struct response response = fresh(*state);
	size_t plain = security_headers(&response, false, headers);
	bool kept = false;

	for (size_t i = 0; i < plain; i++)
		kept = kept || (strcmp(headers[i].name, "Cache-Control") == 0 &&
				       strcmp(headers[i].value, "no-store") == 0);
	assert_true(kept);
	assert_null(strstr(headers[0].value, "unsafe"));
	assert_int_equal(security_headers(&response, true, headers), plain + 1);
}

static void test_errors_and_their_statuses(void **state)
{
	(void)state;
	assert_int_equal(status_of_error(ERROR_INPUT), 400);
	assert_int_equal(status_of_error(ERROR_DENIED), 403);
	assert_int_equal(status_of_error(ERROR_MISSING), 404);
	assert_int_equal(status_of_error(ERROR_CONFLICT), 409);
	assert_int_equal(status_of_error(ERROR_LIMIT), 413);
	assert_int_equal(status_of_error(ERROR_SYSTEM), 500);
	assert_int_equal(status_of_error(ERROR_UNCERTAIN), 500);
	assert_int_equal(status_of_error(ERROR_STORAGE), 507);
	assert_string_equal(status_title(404), "Not Found");
}

static int start(void **state)
{
	(void)state;
	return crypto_start(NULL) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		parts_test(test_gzip_is_used_when_it_is_accepted),
		parts_test(test_gzip_gives_nothing_rather_than_more),
		parts_test(test_a_token_is_good_in_its_session_for_a_day),
		parts_test(test_redirects_stay_on_the_site),
		parts_test(test_headers_and_cookies_cannot_be_broken),
		parts_test(test_the_headers_of_every_answer),
		parts_test(test_errors_and_their_statuses),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
