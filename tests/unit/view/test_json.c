/* SPDX-License-Identifier: MIT */
#include "checks.h"
#include "odd_table.h"

#include "view/formats.h"

static void test_cells_keep_their_types(void **state)
{
	struct buffer out = buffer_in(*state);
	struct json json = json_in(&out);

	json_table_write(&json, odd_table(*state));
	assert_string_equal(buffer_cstring(&out),
		"{\"name\":\"odd\",\"columns\":["
		"{\"name\":\"whole\",\"type\":\"integer\",\"unit\":\"children\"},"
		"{\"name\":\"number\",\"type\":\"number\",\"unit\":null},"
		"{\"name\":\"day\",\"type\":\"date\",\"unit\":null},"
		"{\"name\":\"code\",\"type\":\"code\",\"unit\":null},"
		"{\"name\":\"text\",\"type\":\"text\",\"unit\":null}],\"rows\":["
		"[-5,-0.1,\"2023-03-31\",\"\\u003c=11\",\"=1+1\"],"
		"[null,null,null,null,null],"
		"[1234567,0.3333333333333333,\"1970-01-01\",\"-\",\"a \\\"b\\\", c\\nd\"],"
		"[0,1e+300,\"1969-12-31\",\"@x\",\"\\u003c/script>\"]]}");
}

static void test_the_object_of_a_report(void **state)
{
	const char *json = checks_report(*state, "json", 40, false, NULL, NULL);

	assert_ptr_equal(
		strstr(json,
			"{\"as_at\":\"2023-03-31\",\"framework\":\"valuing-care-13\",\"filter\":{},"
			"\"cohort\":{\"children\":40,\"assessed\":40,\"costed\":39},\"figures\":[{"
			"\"id\":\"0\","
			"\"title\":"),
		json);
	assert_non_null(
		strstr(json, ",\"n\":40,\"missing\":{\"assessment\":0,\"cost\":1,\"group\":0},"
			     "\"notes\":["));
	assert_non_null(strstr(json, "{\"id\":\"22-24\""));
	assert_string_equal(json + strlen(json) - 3, "]}\n");
}

static void test_every_table_of_every_figure_is_there(void **state)
{
	struct view_report report;
	struct error error = {0};
	const char *at = checks_report(*state, "json", 40, false, NULL, NULL);

	if (!sample_report(&report, *state, 40, false, &error))
		fail_msg("%s", error.message);
	for (size_t i = 0; i < report.result_count; i++) {
		const char *id = arena_format(*state, "{\"id\":\"%s\",", report.results[i]->id);

		at = strstr(at, id);
		assert_non_null(at);
		for (size_t t = 0; t < report.results[i]->table_count; t++) {
			at = strstr(at, arena_format(*state, "{\"name\":\"%s\",\"columns\":[",
						report.results[i]->tables[t]->name));
			assert_non_null(at);
		}
	}
}

static void test_the_filter_as_it_was_written(void **state)
{
	struct view_report report;
	struct filter filter = {.count = 1};
	struct cohort cohort;
	struct buffer out = buffer_in(*state);
	struct error error = {0};

	if (!sample_report(&report, *state, 5, false, &error))
		fail_msg("%s", error.message);
	filter.conditions[0].name = TEXT("provider");
	filter.conditions[0].value = TEXT("\"A\" | B");
	cohort = *report.cohort;
	cohort.filter = &filter;
	report.cohort = &cohort;
	report.result_count = 0;
	assert_true(json_report_write(&out, NULL, *state, &report, NULL, &error));
	assert_non_null(
		strstr(buffer_cstring(&out), "\"filter\":{\"provider\":\"\\\"A\\\" | B\"}"));
	assert_non_null(strstr(buffer_cstring(&out), "\"figures\":[]}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_cells_keep_their_types),
		CHECKS(test_the_object_of_a_report),
		CHECKS(test_every_table_of_every_figure_is_there),
		CHECKS(test_the_filter_as_it_was_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
