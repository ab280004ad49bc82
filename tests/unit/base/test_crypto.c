/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/crypto.h"
#include "base/sha256.h"

static void test_tokens_do_not_repeat(void **state)
{
	char one[CRYPTO_TOKEN_SIZE], other[CRYPTO_TOKEN_SIZE];
	unsigned char bytes[32];

	(void)state;
	crypto_token(one);
	crypto_token(other);
	assert_int_equal(strlen(one), CRYPTO_TOKEN_SIZE - 1);
	assert_string_not_equal(one, other);
	assert_true(crypto_base64_read(text_of(one), bytes, sizeof bytes));
}

static void test_base64_has_one_spelling(void **state)
{
	unsigned char bytes[2];
	char text[4];

	(void)state;
	assert_string_equal(crypto_base64("\xfb\xff", 2, text, sizeof text), "-_8");
	assert_true(crypto_base64_read(TEXT("-_8"), bytes, sizeof bytes));
	assert_memory_equal(bytes, "\xfb\xff", 2);
	assert_false(crypto_base64_read(TEXT("-_9"), bytes, sizeof bytes));
	assert_false(crypto_base64_read(TEXT("-_8="), bytes, sizeof bytes));
	assert_false(crypto_base64_read(TEXT("+/8"), bytes, sizeof bytes));
	assert_false(crypto_base64_read(TEXT("-_"), bytes, sizeof bytes));
	assert_false(crypto_base64_read(TEXT("-_8A"), bytes, sizeof bytes));
}

static void test_a_mac_depends_on_key_and_message(void **state)
{
	unsigned char key[CRYPTO_KEY_BYTES] = {1}, one[CRYPTO_MAC_BYTES], other[CRYPTO_MAC_BYTES];

	(void)state;
	crypto_mac(key, TEXT("a"), one);
	crypto_mac(key, TEXT("a"), other);
	assert_memory_equal(one, other, sizeof one);
	crypto_mac(key, TEXT("b"), other);
	assert_memory_not_equal(one, other, sizeof one);
	key[31] = 1;
	crypto_mac(key, TEXT("a"), other);
	assert_memory_not_equal(one, other, sizeof one);
}

static void test_equal_is_equal(void **state)
{
	(void)state;
	assert_true(crypto_equal(TEXT("abc"), TEXT("abc")));
	assert_false(crypto_equal(TEXT("abc"), TEXT("abd")));
	assert_false(crypto_equal(TEXT("abc"), TEXT("ab")));
	assert_true(crypto_equal(TEXT(""), (struct text){0}));
}

/* FIPS 180-2, appendix B.1 */
static void test_sha256_of_abc(void **state)
{
	char text[SHA256_TEXT_SIZE];

	(void)state;
	assert_string_equal(sha256_text(TEXT("abc"), text),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static int start(void **state)
{
	(void)state;
	return crypto_start(NULL) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens_do_not_repeat),
		cmocka_unit_test(test_base64_has_one_spelling),
		cmocka_unit_test(test_a_mac_depends_on_key_and_message),
		cmocka_unit_test(test_equal_is_equal),
		cmocka_unit_test(test_sha256_of_abc),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
