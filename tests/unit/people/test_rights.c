/* SPDX-License-Identifier: MIT */
/*
 * Every role, permission and situation against the declared file rights_expected.csv, and every
 * state of a session. Taking any one check out of src/people/rights.c makes a test here fail
 * (tests/web/mutate.py takes checks out one by one).
 */
#include "office.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

static const char *const words[] = {
	[RIGHTS_ALLOWED] = "allowed",
	[RIGHTS_BY_GLASS] = "glass",
	[RIGHTS_NOT_GRANTED] = "none",
	[RIGHTS_OTHER_AUTHORITY] = "authority",
	[RIGHTS_NOT_THEIRS] = "theirs",
	[RIGHTS_RESTRICTED] = "restricted",
	[RIGHTS_SEALED] = "sealed",
	[RIGHTS_ADDRESS] = "address",
};

struct situation {
	const char *name;
	bool every_authority;
	struct child_facts child;
};

enum { NOW = 1000 };

static const struct situation situations[] = {
	{"own", false, {.authority = {"North", 5}, .allocated = true}},
	{"team", false, {.authority = {"North", 5}, .of_team = true}},
	{"untied", false, {.authority = {"North", 5}}},
	{"untied_glass", false, {.authority = {"North", 5}, .glass_until = NOW + 1}},
	{"restricted_own", false,
		{.authority = {"North", 5}, .allocated = true, .guard = GUARD_RESTRICTED}},
	{"restricted", false, {.authority = {"North", 5}, .guard = GUARD_RESTRICTED}},
	{"restricted_named", false,
		{.authority = {"North", 5}, .guard = GUARD_RESTRICTED, .named = true}},
	{"restricted_glass", false,
		{.authority = {"North", 5}, .guard = GUARD_RESTRICTED, .glass_until = NOW + 1}},
	{"sealed_own", false,
		{.authority = {"North", 5}, .allocated = true, .guard = GUARD_SEALED}},
	{"sealed_named", false, {.authority = {"North", 5}, .guard = GUARD_SEALED, .named = true}},
	{"sealed_glass", false,
		{.authority = {"North", 5},
			.allocated = true,
			.guard = GUARD_SEALED,
			.glass_until = NOW + 1}},
	{"address_own", false,
		{.authority = {"North", 5}, .allocated = true, .address_guarded = true}},
	{"address_named", false,
		{.authority = {"North", 5}, .address_guarded = true, .named = true}},
	{"other_own", false,
		{.authority = {"South", 5},
			.allocated = true,
			.named = true,
			.glass_until = NOW + 1}},
	{"unknown_own", false, {.allocated = true, .named = true, .glass_until = NOW + 1}},
	{"all_own", true, {.allocated = true}},
};

enum { SITUATIONS = sizeof situations / sizeof *situations };

static const struct text north = {"North", 5};

static struct session session_of(const char *role, bool every_authority)
{
	return (struct session){.stage = SESSION_FULL,
		.account = {.id = 1,
			.role = text_of(role),
			.password = PASSWORD_OWN,
			.scope = {.every_authority = every_authority,
				.authorities = &north,
				.authority_count = 1}}};
}

static void load(struct arena *arena, struct rights **out_rights)
{
	struct error error = {0};

	must(rights_load(out_rights, arena, &error), &error);
}

static void add_line(
	struct buffer *out, const struct rights *rights, const char *role, const char *permission)
{
	struct session session = session_of(role, false);

	buffer_format(out, "%s,%s,%s", role, permission,
		rights_may(rights, &session, permission) ? "yes" : "no");
	for (int i = 0; i < SITUATIONS; i++) {
		struct session person = session_of(role, situations[i].every_authority);
		struct child_facts child = situations[i].child;

		child.now = NOW;
		buffer_format(out, ",%s", words[rights_child(rights, &person, &child, permission)]);
	}
	buffer_char(out, '\n');
}

static void add_matrix(struct buffer *out, const struct rights *rights)
{
	size_t role_count, permission_count;
	const struct role *roles = rights_roles(rights, &role_count);
	const char *const *permissions = rights_permissions(rights, &permission_count);

	buffer_string(out, "role,permission,may");
	for (int i = 0; i < SITUATIONS; i++)
		buffer_format(out, ",%s", situations[i].name);
	buffer_char(out, '\n');
	for (size_t r = 0; r < role_count; r++)
		for (size_t p = 0; p < permission_count; p++)
			add_line(out, rights, roles[r].id, permissions[p]);
}

static void test_the_matrix_is_the_declared_one(void **state)
{
	struct arena *arena = arena_open();
	struct buffer got = buffer_in(arena);
	struct text expected, rest, line, got_rest, got_line;
	struct rights *rights;
	struct file_map map;
	struct error error = {0};
	const char *root = getenv("HEARTH_ROOT");
	char path[512];

	(void)state;
	load(arena, &rights);
	add_matrix(&got, rights);
	snprintf(path, sizeof path, "%s/tests/unit/people/rights_expected.csv", root ? root : ".");
	must(file_map_open(&map, path, 1 << 20, &error), &error);
	expected = map.bytes;
	rest = expected;
	got_rest = (struct text){got.data, got.length};
	while (text_split(&rest, '\n', &line)) {
		assert_true(text_split(&got_rest, '\n', &got_line));
		if (!text_equal(line, got_line))
			fail_msg("declared: %.*s\n     got: %.*s", (int)line.length, line.data,
				(int)got_line.length, got_line.data);
	}
	assert_int_equal(expected.length, got.length);
	file_map_close(&map);
	arena_close(arena);
}

static void test_a_session_must_be_full_and_its_own(void **state)
{
	struct arena *arena = arena_open();
	struct rights *rights;
	struct session full = session_of("director", false), code = full, disabled = full,
		       first = full, stranger = full;

	(void)state;
	load(arena, &rights);
	code.stage = SESSION_CODE;
	disabled.account.disabled = true;
	first.account.password = PASSWORD_FIRST;
	stranger.account.role = TEXT("king");
	assert_true(rights_may(rights, &full, "child.view"));
	assert_true(rights_may(rights, NULL, "public"));
	assert_false(rights_may(rights, NULL, "signed-in"));
	assert_false(rights_may(rights, NULL, "child.view"));
	assert_true(rights_may(rights, &code, "public"));
	assert_false(rights_may(rights, &code, "signed-in"));
	assert_false(rights_may(rights, &code, "child.view"));
	assert_true(rights_may(rights, &disabled, "public"));
	assert_false(rights_may(rights, &disabled, "signed-in"));
	assert_false(rights_may(rights, &disabled, "child.view"));
	assert_true(rights_may(rights, &first, "signed-in"));
	assert_false(rights_may(rights, &first, "child.view"));
	assert_true(rights_may(rights, &stranger, "signed-in"));
	assert_false(rights_may(rights, &stranger, "child.view"));
	assert_false(rights_may(rights, &full, "child.veiw"));
	assert_false(rights_may(rights, &full, NULL));
	arena_close(arena);
}

static void test_broken_glass_ends(void **state)
{
	struct arena *arena = arena_open();
	struct session person = session_of("social_worker", false);
	struct child_facts child = {.authority = north, .now = NOW, .glass_until = NOW};
	struct rights *rights;

	(void)state;
	load(arena, &rights);
	assert_int_equal(rights_child(rights, &person, &child, "child.view"), RIGHTS_NOT_THEIRS);
	assert_true(rights_glass_would_help(rights, &person, &child, "child.view"));
	assert_false(rights_glass_would_help(rights, &person, &child, "child.address"));
	child.glass_until = NOW + 1;
	assert_int_equal(rights_child(rights, &person, &child, "child.view"), RIGHTS_BY_GLASS);
	assert_false(rights_glass_would_help(rights, &person, &child, "child.view"));
	child.guard = GUARD_SEALED;
	assert_false(rights_glass_would_help(rights, &person, &child, "child.view"));
	arena_close(arena);
}

static void test_accounts_of_other_authorities_are_not_theirs(void **state)
{
	struct arena *arena = arena_open();
	struct session person = session_of("administrator", false);
	struct session everybody = session_of("administrator", true);
	struct session worker = session_of("social_worker", true);
	struct text both[] = {{"North", 5}, {"South", 5}};
	struct account_scope same = {.authorities = &north, .authority_count = 1};
	struct account_scope more = {.authorities = both, .authority_count = 2};
	struct account_scope all = {.every_authority = true}, none = {0};
	struct rights *rights;

	(void)state;
	load(arena, &rights);
	assert_true(rights_account(rights, &person, &same, "user.manage"));
	assert_false(rights_account(rights, &person, &more, "user.manage"));
	assert_false(rights_account(rights, &person, &all, "user.manage"));
	assert_false(rights_account(rights, &person, &none, "user.manage"));
	assert_true(rights_account(rights, &everybody, &more, "user.manage"));
	assert_true(rights_account(rights, &everybody, &all, "user.manage"));
	assert_true(rights_account(rights, &everybody, &none, "user.manage"));
	assert_false(rights_account(rights, &worker, &same, "user.manage"));
	arena_close(arena);
}

/* The routes of the web name the same permissions. */
static void test_routes_know_every_permission(void **state)
{
	struct arena *arena = arena_open();
	const char *root = getenv("HEARTH_ROOT");
	struct error error = {0};
	struct rights *rights;
	struct file_map map;
	size_t count, in_header = 0;
	const char *const *permissions;
	char path[512];

	(void)state;
	load(arena, &rights);
	permissions = rights_permissions(rights, &count);
	snprintf(path, sizeof path, "%s/src/web/permission.h", root ? root : ".");
	must(file_map_open(&map, path, 1 << 20, &error), &error);
	for (size_t i = 0; i < count; i++) {
		char *quoted = arena_format(arena, "\"%s\"", permissions[i]);

		if (!memmem(map.bytes.data, map.bytes.length, quoted, strlen(quoted)))
			fail_msg("src/web/permission.h lacks %s", permissions[i]);
	}
	for (size_t i = 0; i + 5 < map.bytes.length; i++)
		in_header += memcmp(map.bytes.data + i, "EACH(", 5) == 0;
	assert_int_equal(in_header, count + 1); /* and the comment above them */
	file_map_close(&map);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_matrix_is_the_declared_one),
		cmocka_unit_test(test_a_session_must_be_full_and_its_own),
		cmocka_unit_test(test_broken_glass_ends),
		cmocka_unit_test(test_accounts_of_other_authorities_are_not_theirs),
		cmocka_unit_test(test_routes_know_every_permission),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
