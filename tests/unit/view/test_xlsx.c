/* SPDX-License-Identifier: MIT */
/* That a workbook is made; workbook.py opens it in LibreOffice and compares the values. */
#include "checks.h"

static void test_a_workbook_for_any_report(void **state)
{
	static const size_t children[] = {0, 1, 200};

	for (size_t i = 0; i < sizeof children / sizeof *children; i++) {
		size_t length;
		const char *book = checks_report(*state, "xlsx", children[i], false, NULL, &length);

		assert_true(length > 10000);
		assert_memory_equal(book, "PK\3\4", 4);
	}
}

static void test_a_workbook_for_one_child(void **state)
{
	size_t length;
	const char *book = checks_report(*state, "xlsx", 3, true, NULL, &length);

	assert_true(length > 5000);
	assert_memory_equal(book, "PK\3\4", 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_a_workbook_for_any_report),
		CHECKS(test_a_workbook_for_one_child),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
