/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include "base/sha256.h"
#include "view/html.h"

static size_t count_of(const char *page, const char *words)
{
	size_t count = 0;

	for (const char *at = page; (at = strstr(at, words)); at += strlen(words))
		count++;
	return count;
}

/* What stands between the first `before` and the next `after`. */
static struct text between(const char *page, const char *before, const char *after)
{
	const char *from = strstr(page, before), *to;

	assert_non_null(from);
	from += strlen(before);
	to = strstr(from, after);
	assert_non_null(to);
	return (struct text){from, (size_t)(to - from)};
}

static void test_what_came_in_is_never_markup(void **state)
{
	const char *page = checks_report(*state, "html", 60, false, NULL, NULL);

	assert_null(strstr(page, "<script>alert"));
	assert_null(strstr(page, "<b>District"));
	assert_non_null(
		strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot;"));
	assert_non_null(strstr(page, "\\u003cscript>alert(1)\\u003c/script>"));
	assert_non_null(strstr(page, "Ashdown &amp; &lt;b&gt;District&lt;/b&gt;"));
}

static void test_only_its_own_style_may_run(void **state)
{
	const char *page = checks_report(*state, "html", 10, false, NULL, NULL);
	struct text css = between(page, "<style>", "</style>");
	char hash[SHA256_BASE64_SIZE];
	const char *rule =
		arena_format(*state, "style-src &#39;sha256-%s&#39;", sha256_base64(css, hash));

	assert_true(css.length > 100);
	assert_non_null(strstr(page, rule));
	assert_non_null(strstr(page, "content=\"default-src &#39;none&#39;;"));
	assert_null(strstr(page, " style=\""));
	assert_null(strstr(page, "src=\"http"));
	assert_null(strstr(page, "href=\"http"));
	assert_null(strstr(page, "url(http"));
}

static void test_findings_come_first_and_lead_to_figures(void **state)
{
	const char *page = checks_report(*state, "html", 60, false, NULL, NULL);
	size_t figures = count_of(page, "<section class=\"app-figure\"");

	assert_true(strstr(page, "What was found") < strstr(page, "<section class=\"app-figure\""));
	assert_true(figures > 25);
	assert_int_equal(count_of(page, "<li class=\"app-findings__item\">"), figures);
	assert_non_null(strstr(page, "href=\"#figure-22-24\""));
	assert_non_null(strstr(page, "id=\"figure-22-24\""));
	assert_null(strstr(page, "{{"));
}

static void test_what_it_says_of_itself(void **state)
{
	const char *page = checks_report(*state, "html", 60, false, NULL, NULL);

	assert_non_null(strstr(page, "These children are made up."));
	assert_non_null(strstr(page, "Not for publication."));
	assert_non_null(strstr(page, "rests on few"));
	assert_non_null(strstr(page, "3 April 2023, 13:25 UTC"));
	assert_non_null(strstr(page, "href=\"data:text/csv;charset=utf-8,"));
}

static void test_nobody_and_one_child(void **state)
{
	const char *page = checks_report(*state, "html", 0, false, NULL, NULL);

	assert_non_null(strstr(page, "<dt class=\"govuk-summary-list__key\">Looked after</dt>"));
	page = checks_report(*state, "html", 5, true, NULL, NULL);
	assert_non_null(strstr(page, "The needs of child =HYPERLINK(&quot;x&quot;)"));
	assert_int_equal(count_of(page, "<section class=\"app-figure\""), 2);
}

static struct table *points(struct arena *arena, size_t rows)
{
	struct table *table = table_make(arena, "points");

	assert_non_null(table);
	table_column(table, "total", COLUMN_NUMBER, NULL);
	table_column(table, "weekly_cost", COLUMN_NUMBER, NULL);
	table_column(table, "placement_kind", COLUMN_CODE, NULL);
	for (size_t i = 0; i < rows; i++) {
		table_row(table);
		table_set_number(table, 0, (double)(i % 131));
		table_set_number(table, 1, (double)(i % 977) * 10);
		table_set_string(table, 2, i % 3 ? "fostering" : "residential");
	}
	return table;
}

static void test_many_points_are_counted_in_cells(void **state)
{
	struct table *bins = html_bins(
		*state, points(*state, 20000), "total", "weekly_cost", "placement_kind", false);
	const struct column *count, *kind;
	int64_t all = 0, residential = 0;

	assert_non_null(bins);
	count = table_find(bins, "count");
	kind = table_find(bins, "placement_kind");
	assert_true(bins->rows <= 2 * 60 * 40);
	for (size_t row = 0; row < bins->rows; row++) {
		all += count->integers[row];
		residential += text_is(kind->texts[row], "residential") ? count->integers[row] : 0;
	}
	assert_int_equal(all, 20000);
	assert_int_equal(residential, 6667);
	assert_null(html_bins(*state, points(*state, 1), "total", "no such column", NULL, true));
}

static void test_a_curve_keeps_its_ends(void **state)
{
	struct table *curve = table_make(*state, "lorenz"), *thin;

	assert_non_null(curve);
	table_column(curve, "children_percent", COLUMN_NUMBER, NULL);
	for (size_t i = 0; i <= 7777; i++) {
		table_row(curve);
		table_set_number(curve, 0, (double)i);
	}
	thin = html_thinned(*state, curve);
	assert_non_null(thin);
	assert_true(thin->rows > 500 && thin->rows < 1100);
	assert_true(thin->columns[0].numbers[0] == 0);
	assert_true(thin->columns[0].numbers[thin->rows - 1] == 7777);
	assert_string_equal(thin->name, "lorenz");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CHECKS(test_what_came_in_is_never_markup),
		CHECKS(test_only_its_own_style_may_run),
		CHECKS(test_findings_come_first_and_lead_to_figures),
		CHECKS(test_what_it_says_of_itself),
		CHECKS(test_nobody_and_one_child),
		CHECKS(test_many_points_are_counted_in_cells),
		CHECKS(test_a_curve_keeps_its_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
