/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "web/guard.h"

#include <stdio.h>

/* A message of GET / HTTP/1.1 with these header lines, "Name: value" each, up to NULL. */
struct made {
	struct message message;
	struct message_header headers[80];
};

static void make(struct made *made, const char *const *lines)
{
	made->message = (struct message){
		.method = TEXT("GET"), .target = TEXT("/"), .version = TEXT("HTTP/1.1")};
	made->message.headers = made->headers;
	for (; *lines; lines++) {
		const char *colon = strstr(*lines, ": ");

		made->headers[made->message.header_count++] = (struct message_header){
			{*lines, (size_t)(colon - *lines)}, text_of(colon + 2)};
	}
}

static int check(const char *const *lines, struct guard_facts *facts)
{
	struct made made;
	const char *words = NULL;
	int status;

	make(&made, lines);
	status = guard_check(&made.message, facts, &words);
	assert_int_equal(status != 0, words != NULL);
	return status;
}

#define CHECK(...)                                                                                 \
	check((const char *const[]){__VA_ARGS__, NULL}, &(struct guard_facts){.length = 0})

static void test_a_plain_request_is_taken(void **state)
{
	struct guard_facts facts;

	(void)state;
	assert_int_equal(check((const char *const[]){"Host: localhost:8080", "Accept: */*",
				       "content-LENGTH: 12", NULL},
				 &facts),
		0);
	assert_text(facts.host, "localhost:8080");
	assert_int_equal(facts.length, 12);
	assert_true(facts.has_length);
	assert_int_equal(CHECK("Host: [::1]:80"), 0);
	assert_int_equal(CHECK("Host: a", "Expect: 100-Continue"), 0);
}

static void test_one_length_said_once(void **state)
{
	(void)state;
	assert_int_equal(CHECK("Host: a", "Content-Length: 5", "Content-Length: 5"), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: 5", "content-length: 6"), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: 5, 5"), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: "), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: -5"), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: +5"), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: 5x"), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: 0x5"), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: 9223372036854775808"), 400);
	assert_int_equal(CHECK("Host: a", "Content-Length: 5", "Transfer-Encoding: chunked"), 400);
	assert_int_equal(CHECK("Host: a", "Transfer-Encoding: chunked"), 411);
	assert_int_equal(CHECK("Host: a", "TRANSFER-encoding: identity"), 411);
}

static void test_one_host(void **state)
{
	(void)state;
	assert_int_equal(CHECK("Accept: */*"), 400);
	assert_int_equal(CHECK("Host: "), 400);
	assert_int_equal(CHECK("Host: a", "host: a"), 400);
	assert_int_equal(CHECK("Host: a/b"), 400);
	assert_int_equal(CHECK("Host: a@b"), 400);
	assert_int_equal(CHECK("Host: a b"), 400);
}

static void test_names_are_words_and_values_have_no_controls(void **state)
{
	(void)state;
	assert_int_equal(CHECK("Host: a", "X Y: b"), 400);
	assert_int_equal(CHECK("Host : a"), 400);
	assert_int_equal(CHECK("Host: a", ": b"), 400);
	assert_int_equal(CHECK("Host: a", "X\x80: b"), 400);
	assert_int_equal(CHECK("Host: a", "X: b\rc"), 400);
	assert_int_equal(CHECK("Host: a", "X: b\x7f"), 400);
	assert_int_equal(CHECK("Host: a", "X: b\tc \xc3\xab"), 0);
}

static void test_nothing_changes_the_method_or_expects_more(void **state)
{
	(void)state;
	assert_int_equal(CHECK("Host: a", "X-HTTP-Method-Override: DELETE"), 400);
	assert_int_equal(CHECK("Host: a", "x-method-override: PUT"), 400);
	assert_int_equal(CHECK("Host: a", "Expect: tea"), 417);
	assert_int_equal(CHECK("Host: a", "Expect: 100-continue", "Expect: 100-continue"), 417);
}

static void test_limits(void **state)
{
	struct made made = {.message = {.header_count = 0}};
	struct guard_facts facts;
	const char *words;
	static char value[GUARD_VALUE_LIMIT + 1];

	(void)state;
	memset(value, 'a', sizeof value);
	make(&made, (const char *const[]){"Host: a", "X: b", NULL});
	made.headers[1].value = (struct text){value, GUARD_VALUE_LIMIT};
	assert_int_equal(guard_check(&made.message, &facts, &words), 0);
	made.headers[1].value.length++;
	assert_int_equal(guard_check(&made.message, &facts, &words), 431);
	made.headers[1].value.length = GUARD_VALUE_LIMIT;
	made.headers[2] = made.headers[1];
	made.message.header_count = 3;
	assert_int_equal(guard_check(&made.message, &facts, &words), 431);
	for (size_t i = 1; i < 65; i++)
		made.headers[i] = (struct message_header){TEXT("X"), TEXT("y")};
	made.message.header_count = 64;
	assert_int_equal(guard_check(&made.message, &facts, &words), 0);
	made.message.header_count = 65;
	assert_int_equal(guard_check(&made.message, &facts, &words), 431);
	made.message.header_count = 1;
	made.message.headers_cut = true;
	assert_int_equal(guard_check(&made.message, &facts, &words), 431);
	made.message.headers_cut = false;
	made.message.lines_broken = true;
	assert_int_equal(guard_check(&made.message, &facts, &words), 400);
	made.message.lines_broken = false;
	made.message.target = (struct text){value, 4097};
	assert_int_equal(guard_check(&made.message, &facts, &words), 414);
	made.message.target = TEXT("/");
	made.message.version = TEXT("HTTP/1.2");
	assert_int_equal(guard_check(&made.message, &facts, &words), 400);
	made.message.version = TEXT("HTTP/1.1");
	made.message.method = TEXT("G T");
	assert_int_equal(guard_check(&made.message, &facts, &words), 400);
}

static void test_the_site_answers_to_its_own_names_only(void **state)
{
	(void)state;
	assert_int_equal(guard_host(TEXT("localhost"), NULL), 0);
	assert_int_equal(guard_host(TEXT("LOCALHOST:8080"), NULL), 0);
	assert_int_equal(guard_host(TEXT("127.0.0.1:1"), NULL), 0);
	assert_int_equal(guard_host(TEXT("[::1]:8080"), NULL), 0);
	assert_int_equal(guard_host(TEXT("localhost:"), NULL), 421);
	assert_int_equal(guard_host(TEXT("localhost.evil.example"), NULL), 421);
	assert_int_equal(guard_host(TEXT("evil.example"), NULL), 421);
	assert_int_equal(guard_host(TEXT("localhost"), "https://hearth.example"), 421);
	assert_int_equal(guard_host(TEXT("Hearth.Example"), "https://hearth.example"), 0);
	assert_int_equal(guard_host(TEXT("hearth.example:1"), "https://hearth.example"), 421);
	assert_int_equal(guard_host(TEXT("hearth.example:1"), "https://hearth.example:1"), 0);
}

static int origin(const char *const *lines)
{
	struct made made;

	make(&made, lines);
	return guard_origin(&made.message, TEXT("http://a:1"));
}

#define ORIGIN(...) origin((const char *const[]){__VA_ARGS__, NULL})

static void test_changes_come_from_our_own_pages(void **state)
{
	(void)state;
	assert_int_equal(ORIGIN("Origin: http://a:1"), 0);
	assert_int_equal(ORIGIN("Sec-Fetch-Site: same-origin"), 0);
	assert_int_equal(ORIGIN("Origin: http://a:1", "Sec-Fetch-Site: same-origin"), 0);
	assert_int_equal(ORIGIN("Host: a:1"), 403);
	assert_int_equal(ORIGIN("Origin: null"), 403);
	assert_int_equal(ORIGIN("Origin: http://a:10"), 403);
	assert_int_equal(ORIGIN("Origin: http://a:1", "Origin: http://a:1"), 403);
	assert_int_equal(ORIGIN("Sec-Fetch-Site: none"), 403);
	assert_int_equal(ORIGIN("Sec-Fetch-Site: same-site"), 403);
	assert_int_equal(ORIGIN("Origin: http://a:1", "Sec-Fetch-Site: cross-site"), 403);
	assert_int_equal(ORIGIN("Origin: http://b", "Sec-Fetch-Site: same-origin"), 403);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_plain_request_is_taken),
		cmocka_unit_test(test_one_length_said_once),
		cmocka_unit_test(test_one_host),
		cmocka_unit_test(test_names_are_words_and_values_have_no_controls),
		cmocka_unit_test(test_nothing_changes_the_method_or_expects_more),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_the_site_answers_to_its_own_names_only),
		cmocka_unit_test(test_changes_come_from_our_own_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
