/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "web/request.h"
#include "web/response.h"
#include "web/route.h"

static bool page(struct request *request, struct response *response, struct error *error)
{
	(void)request;
	(void)response;
	(void)error;
	return true;
}

static const struct route table[] = {
	ROUTE(GET, "/", PUBLIC, page, "Home", PAGE),
	ROUTE(GET, "/children", CHILD_LIST, page, "Children", PAGE),
	ROUTE(GET, "/children/{child}", CHILD_VIEW, page, "A child", PAGE),
	ROUTE(POST, "/children/{child}", PROFILE_WRITE, page, "A child", FORM(1 * KIB)),
	ROUTE(GET, "/children/new", PROFILE_WRITE, page, "A new child", PAGE),
	ROUTE(GET, "/children/{child}/{what}", CHILD_VIEW, page, "Of a child", PAGE),
	ROUTE(GET, "/{any}/new/{what}", PUBLIC, page, "Any", PAGE),
	ROUTE(GET, "/files/{hash}/{name...}", PUBLIC, page, "Files", ASSET),
};
enum { TABLE_ROWS = sizeof table / sizeof *table };

static const struct route *find(
	enum web_method method, const char *path, struct route_names *names, unsigned *allowed)
{
	return route_find(table, TABLE_ROWS, method, text_of(path), names, allowed);
}

static void test_paths_find_their_rows(void **state)
{
	struct route_names names;
	unsigned allowed;

	(void)state;
	assert_ptr_equal(find(METHOD_GET, "/", &names, &allowed), &table[0]);
	assert_ptr_equal(find(METHOD_GET, "/children", &names, &allowed), &table[1]);
	assert_ptr_equal(find(METHOD_GET, "/children/12", &names, &allowed), &table[2]);
	assert_int_equal(names.count, 1);
	assert_text(names.named[0].name, "child");
	assert_text(names.named[0].value, "12");
	assert_int_equal(allowed, 1u << METHOD_GET | 1u << METHOD_POST);
	assert_ptr_equal(find(METHOD_POST, "/children/12", &names, &allowed), &table[3]);
	assert_null(find(METHOD_PUT, "/children/12", &names, &allowed));
	assert_int_equal(allowed, 1u << METHOD_GET | 1u << METHOD_POST);
	assert_null(find(METHOD_GET, "/child", &names, &allowed));
	assert_int_equal(allowed, 0);
	assert_null(find(METHOD_GET, "/children/12/a/b", &names, &allowed));
	assert_null(find(METHOD_GET, "/children2", &names, &allowed));
}

static void test_plain_text_wins_from_the_left(void **state)
{
	struct route_names names;
	unsigned allowed;

	(void)state;
	assert_ptr_equal(find(METHOD_GET, "/children/new", &names, &allowed), &table[4]);
	assert_int_equal(names.count, 0);
	assert_ptr_equal(find(METHOD_GET, "/children/new/x", &names, &allowed), &table[5]);
	assert_ptr_equal(find(METHOD_GET, "/homes/new/x", &names, &allowed), &table[6]);
}

static void test_a_tail_takes_the_rest(void **state)
{
	struct route_names names;
	unsigned allowed;

	(void)state;
	assert_ptr_equal(find(METHOD_GET, "/files/a/b/c.css", &names, &allowed), &table[7]);
	assert_text(names.named[0].value, "a");
	assert_text(names.named[1].name, "name");
	assert_text(names.named[1].value, "b/c.css");
	assert_null(find(METHOD_GET, "/files/a", &names, &allowed));
}

static void assert_refused(const struct route *rows, size_t count)
{
	struct error error = {0};

	assert_false(route_check(rows, count, &error));
	assert_int_equal(error.code, ERROR_INPUT);
}

static void test_tables_are_checked(void **state)
{
	static const char *const wrong[] = {"", "a", "/a/", "//", "/a//b", "/{a", "/a{b}", "/}a",
		"/{a...}/b", "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}"};
	struct route twice[] = {table[0], table[0]};
	struct route row;

	(void)state;
	assert_true(route_check(table, TABLE_ROWS, NULL));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		row = table[0];
		row.path = wrong[i];
		assert_refused(&row, 1);
	}
	assert_refused(twice, 2);
	row = table[0];
	row.permission = NO_PERMISSION;
	assert_refused(&row, 1);
	row = table[0];
	row.method = METHOD_POST; /* a page changes nothing */
	assert_refused(&row, 1);
	row = table[0];
	row.body_limit = 1;
	assert_refused(&row, 1);
	row = table[0];
	row.handle = NULL;
	assert_refused(&row, 1);
	row = table[3];
	row.kind = ROUTE_UPLOAD;
	assert_refused(&row, 1);
}

static void test_methods(void **state)
{
	bool head;

	(void)state;
	assert_int_equal(web_method_of(TEXT("GET"), &head), METHOD_GET);
	assert_false(head);
	assert_int_equal(web_method_of(TEXT("HEAD"), &head), METHOD_GET);
	assert_true(head);
	assert_int_equal(web_method_of(TEXT("DELETE"), &head), METHOD_DELETE);
	assert_int_equal(web_method_of(TEXT("get"), &head), METHOD_NONE);
	assert_int_equal(web_method_of(TEXT("OPTIONS"), &head), METHOD_NONE);
	assert_string_equal(web_method_name(METHOD_PATCH), "PATCH");
	assert_string_equal(permission_id(PERMISSION_CHILD_VIEW), "child.view");
	assert_null(permission_id(NO_PERMISSION));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths_find_their_rows),
		cmocka_unit_test(test_plain_text_wins_from_the_left),
		cmocka_unit_test(test_a_tail_takes_the_rest),
		cmocka_unit_test(test_tables_are_checked),
		cmocka_unit_test(test_methods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
