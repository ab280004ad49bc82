/* SPDX-License-Identifier: MIT */
#include "checks.h"
#include "odd_table.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "view/formats.h"

static void test_only_text_is_escaped(void **state)
{
	struct buffer out = buffer_in(*state);

	csv_table_write(&out, odd_table(*state));
	assert_string_equal(buffer_cstring(&out),
		"whole,number,day,code,text\r\n"
		"-5,-0.1,2023-03-31,<=11,'=1+1\r\n"
		",,,,\r\n"
		"1234567,0.3333333333333333,1970-01-01,'-,\"a \"\"b\"\", c\nd\"\r\n"
		"0,1e+300,1969-12-31,'@x,</script>\r\n");
}

static void expect_in_file(
	struct arena *arena, const char *folder, const char *name, const char *words)
{
	const char *path = arena_format(arena, "%s/%s", folder, name), *copy;
	struct file_map map;
	struct error error = {0};

	if (!file_map_open(&map, path, 1 << 20, &error))
		fail_msg("%s", error.message);
	copy = arena_copy(arena, map.bytes.data, map.bytes.length);
	file_map_close(&map);
	unlink(path);
	assert_non_null(strstr(copy, words));
}

static void test_a_folder_with_a_file_a_table(void **state)
{
	char above[] = "/tmp/hearth-csv-XXXXXX";
	struct view_report report;
	struct error error = {0};
	const char *folder, *const *paths;
	size_t count, tables = 0;

	assert_non_null(mkdtemp(above));
	folder = arena_format(*state, "%s/out", above);
	if (!sample_report(&report, *state, 40, false, &error) ||
		!csv_report_write(NULL, folder, *state, &report, NULL, &error) ||
		!file_list(*state, folder, &paths, &count, &error))
		fail_msg("%s", error.message);
	for (size_t i = 0; i < report.result_count; i++)
		tables += report.results[i]->table_count;
	assert_int_equal(count, tables + 2);
	expect_in_file(*state, folder, "README.txt", "not for publication");
	expect_in_file(*state, folder, "notes.csv", "figure,kind,text\r\n0,finding,");
	expect_in_file(*state, folder, "2-points.csv", "\"'=HYPERLINK(\"\"x\"\")\",");
	expect_in_file(*state, folder, "22-24-profile.csv", "sex_age_band,sex,n,mean_total,");
	if (!file_list(*state, folder, &paths, &count, &error))
		fail_msg("%s", error.message);
	for (size_t i = 0; i < count; i++)
		unlink(paths[i]);
	rmdir(folder);
	rmdir(above);
}

static void test_without_a_folder_it_says_what_to_do(void **state)
{
	struct view_report report;
	struct error error = {0};

	if (!sample_report(&report, *state, 1, false, &error))
		fail_msg("%s", error.message);
	assert_false(csv_report_write(NULL, NULL, *state, &report, NULL, &error));
	assert_non_null(strstr(error.message, "--output FOLDER"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_only_text_is_escaped),
		CHECKS(test_a_folder_with_a_file_a_table),
		CHECKS(test_without_a_folder_it_says_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
