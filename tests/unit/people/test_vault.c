/* SPDX-License-Identifier: MIT */
/* Sealed values: readable with the key at their own place, and nowhere else. */
#include "office.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"

static const struct vault_place here = {"child_identity", "local_id", 7};

static void test_a_value_comes_back(void **state)
{
	struct office *office = *state;
	struct vault *vault = store_vault(office->store);
	struct error error = {0};
	char sealed[64], again[64], open[64];
	struct text value, bytes = vault_seal(vault, here, TEXT("NC-0042"), sealed);

	assert_int_equal(bytes.length, 7 + VAULT_EXTRA);
	assert_null(memmem(bytes.data, bytes.length, "NC-0042", 7));
	must(vault_open(vault, here, bytes, open, &value, &error), &error);
	assert_true(text_is(value, "NC-0042"));
	/* the same value is never sealed the same way */
	vault_seal(vault, here, TEXT("NC-0042"), again);
	assert_memory_not_equal(sealed, again, bytes.length);
}

static void test_dates_come_back(void **state)
{
	struct office *office = *state;
	struct vault *vault = store_vault(office->store);
	static const int32_t days[] = {0, 1, -1, 13579, -25567, 40000, INT32_MAX};
	struct error error = {0};
	char sealed[VAULT_DATE_BYTES];
	int32_t day;

	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct text bytes = vault_seal_date(vault, here, days[i], sealed);

		must(vault_open_date(vault, here, bytes, &day, &error), &error);
		assert_int_equal(day, days[i]);
	}
	must(vault_open_date(vault, here, (struct text){0}, &day, &error), &error);
	assert_int_equal(day, DATE_MISSING);
}

static bool opens(const struct vault *vault, struct vault_place place, struct text bytes)
{
	char open[128];
	struct text value;
	struct error error = {0};
	bool done = vault_open(vault, place, bytes, open, &value, &error);

	assert_true(done || error.code == ERROR_INPUT);
	return done;
}

static void test_a_value_means_nothing_elsewhere(void **state)
{
	struct office *office = *state;
	struct vault *vault = store_vault(office->store);
	char sealed[64];
	struct text bytes = vault_seal(vault, here, TEXT("NC-0042"), sealed);

	assert_true(opens(vault, here, bytes));
	assert_false(opens(vault, (struct vault_place){"child_identity", "local_id", 8}, bytes));
	assert_false(opens(vault, (struct vault_place){"child_identity", "upn", 7}, bytes));
	assert_false(opens(vault, (struct vault_place){"personal", "local_id", 7}, bytes));
	assert_false(opens(vault, (struct vault_place){"child_identit", "y|local_id", 7}, bytes));
}

static void test_every_bit_counts(void **state)
{
	struct office *office = *state;
	struct vault *vault = store_vault(office->store);
	char sealed[64];
	struct text bytes = vault_seal(vault, here, TEXT("NC-0042"), sealed);

	for (size_t bit = 0; bit < bytes.length * 8; bit++) {
		sealed[bit / 8] ^= (char)(1 << bit % 8);
		assert_false(opens(vault, here, bytes));
		sealed[bit / 8] ^= (char)(1 << bit % 8);
	}
	for (size_t length = 0; length < bytes.length; length++)
		assert_false(opens(vault, here, (struct text){sealed, length}));
	assert_true(opens(vault, here, bytes));
}

static void test_the_index_finds_and_tells_nothing(void **state)
{
	struct office *office = *state;
	const struct vault *vault = store_vault(office->store);
	unsigned char one[VAULT_INDEX_BYTES], same[VAULT_INDEX_BYTES], other[VAULT_INDEX_BYTES];
	char *longest = arena_take(office->arena, 1000, 1);

	vault_index(vault, "child_identity.local_id", TEXT("NC-0042"), one);
	vault_index(vault, "child_identity.local_id", TEXT("NC-0042"), same);
	assert_memory_equal(one, same, sizeof one);
	vault_index(vault, "child_identity.local_id", TEXT("NC-0043"), other);
	assert_memory_not_equal(one, other, sizeof one);
	vault_index(vault, "personal.upn", TEXT("NC-0042"), other);
	assert_memory_not_equal(one, other, sizeof one);
	vault_index(vault, "x", (struct text){longest, 1000}, one);
	vault_index(vault, "x", (struct text){longest, 999}, other);
	assert_memory_not_equal(one, other, sizeof one);
}

static struct error refusal(const struct office *office, const char *key)
{
	struct error error = {0};
	struct store *store = NULL;

	assert_false(store_open_with(&store, office->place, key, DATABASE_WRITE, &error));
	assert_null(store);
	return error;
}

static void put(const char *path, const char *text, mode_t mode)
{
	struct error error = {0};

	must(file_write(path, text_of(text), &error), &error);
	assert_int_equal(chmod(path, mode), 0);
}

static void test_the_key_is_its_owners_and_the_records(void **state)
{
	struct office *office = *state;
	static const char other_key[] =
		"hearth-key 1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n";
	struct stat status;
	char other[128];

	assert_int_equal(stat(office->key, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	snprintf(other, sizeof other, "%s/other.key", office->folder);
	assert_int_equal(refusal(office, other).code, ERROR_MISSING);
	put(other, other_key, 0600);
	assert_int_equal(refusal(office, other).code, ERROR_INPUT);
	put(other, "nonsense\n", 0600);
	assert_int_equal(refusal(office, other).code, ERROR_INPUT);
	assert_int_equal(chmod(office->key, 0640), 0);
	assert_int_equal(refusal(office, NULL).code, ERROR_DENIED);
	assert_int_equal(chmod(office->key, 0600), 0);
	store_close(office->store);
	office->store = NULL;
	assert_int_equal(unlink(office->key), 0);
	assert_int_equal(refusal(office, NULL).code, ERROR_MISSING);
	assert_int_equal(access(office->key, F_OK), -1); /* no new one for an old record */
	unlink(other);
}

static void test_systemd_hands_the_key_over(void **state)
{
	struct office *office = *state;
	char folder[128], credential[160];
	struct error error = {0};
	struct text value, bytes;
	char sealed[64], open[64];

	bytes = vault_seal(store_vault(office->store), here, TEXT("NC-0042"), sealed);
	snprintf(folder, sizeof folder, "%s/credentials", office->folder);
	snprintf(credential, sizeof credential, "%s/hearth.key", folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(rename(office->key, credential), 0);
	assert_int_equal(chmod(credential, 0440), 0);
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", folder, 1), 0);
	office_reopen(office);
	must(vault_open(store_vault(office->store), here, bytes, open, &value, &error), &error);
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
	unlink(credential);
	rmdir(folder);
}

static void test_an_old_key_still_opens(void **state)
{
	struct office *office = *state;
	struct error error = {0};
	struct file_map map;
	struct text value, bytes;
	char sealed[64], open[64], *both;

	bytes = vault_seal(store_vault(office->store), here, TEXT("NC-0042"), sealed);
	must(file_map_open(&map, office->key, 1 << 14, &error), &error);
	both = arena_format(office->arena,
		"# two keys\nhearth-key 2 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n%.*s",
		(int)map.bytes.length, map.bytes.data);
	file_map_close(&map);
	put(office->key, both, 0600);
	office_reopen(office);
	must(vault_open(store_vault(office->store), here, bytes, open, &value, &error), &error);
	sealed[0] = 3;
	assert_false(vault_open(store_vault(office->store), here, bytes, open, &value, &error));
	assert_non_null(strstr(error.message, "key 3"));
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(test_a_value_comes_back),
		OFFICE_TEST(test_dates_come_back),
		OFFICE_TEST(test_a_value_means_nothing_elsewhere),
		OFFICE_TEST(test_every_bit_counts),
		OFFICE_TEST(test_the_index_finds_and_tells_nothing),
		OFFICE_TEST(test_the_key_is_its_owners_and_the_records),
		OFFICE_TEST(test_systemd_hands_the_key_over),
		OFFICE_TEST(test_an_old_key_still_opens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
