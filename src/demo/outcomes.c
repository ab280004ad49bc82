/* SPDX-License-Identifier: MIT */
#include "demo/story.h"

enum {
	FIRST_REVIEW = 18, /* days after coming */
	SECOND_REVIEW = 104,
	REVIEWS_APART = 180,
	CONVICTED_FROM_AGE = 10,
	MISSING_FROM_AGE = 12,
	MISSING_MOST = 4,
};

/* A code and its weight, for what has few codes. */
struct weighted_code {
	const char *code;
	double weight;
};

static const char *code_take(struct child *child, const struct weighted_code *codes, size_t count)
{
	double weights[16];

	for (size_t i = 0; i < count && i < 16; i++)
		weights[i] = codes[i].weight;
	return codes[random_weighted(&child->random, weights, count)].code;
}

static struct row row_of(const struct child *child)
{
	struct row row = {.length = 0};

	row_string(&row, child->id);
	row_date(&row, child->born);
	return row;
}

static bool in_care_on(const struct child *child, int32_t day)
{
	return date_open_on(child->entered, child->left, day);
}

static void review_write(struct files *files, struct child *child, int32_t on, int year)
{
	static const struct weighted_code codes[] = {{"PN1", 52}, {"PN2", 4}, {"PN3", 4},
		{"PN4", 3}, {"PN5", 9}, {"PN6", 22}, {"PN7", 6}};
	struct row row = row_of(child);

	row_date(&row, on);
	row_string(
		&row, date_years_between(child->born, on) < 4 ? "PN0" : code_take(child, codes, 7));
	files_return(files, &row, child->authority, year, RETURN_REVIEWS);
}

static void reviews_write(
	struct files *files, struct child *child, int year, int32_t first, int32_t last)
{
	int32_t on = child->entered + FIRST_REVIEW, next = child->entered + SECOND_REVIEW;

	if (next < first)
		next += (first - next + REVIEWS_APART - 1) / REVIEWS_APART * REVIEWS_APART;
	if (on >= first && on <= last && in_care_on(child, on))
		review_write(files, child, on, year);
	for (; next <= last && in_care_on(child, next); next += REVIEWS_APART)
		review_write(files, child, next, year);
}

/* The strengths and difficulties score goes with the needs that it is about. */
static void row_sdq(struct row *row, struct child *child, int age)
{
	static const struct weighted_code reasons[] = {
		{"SDQ2", 3}, {"SDQ3", 2}, {"SDQ4", 6}, {"SDQ5", 2}};
	double score = 6 + 1.2 * (child->points[0] + child->points[1] + child->points[2]) +
		       2.5 * random_normal(&child->random);

	if (age < 4 || age > 16) {
		row_blank(row);
		row_string(row, "SDQ1");
	} else if (random_chance(&child->random, 0.22)) {
		row_blank(row);
		row_string(row, code_take(child, reasons, 4));
	} else {
		row_number(row, score < 0 ? 0 : score > 40 ? 40 : (int64_t)score);
		row_blank(row);
	}
}

static void row_flag_if(struct row *row, struct child *child, bool asked, double chance)
{
	if (asked)
		row_flag(row, random_chance(&child->random, chance));
	else
		row_blank(row);
}

static void row_substances(struct row *row, struct child *child, int age)
{
	bool misuse = age >= CONVICTED_FROM_AGE &&
		      random_chance(&child->random, child->excluded ? 0.08 : 0.02);
	bool received = misuse && random_chance(&child->random, 0.55);

	row_flag(row, misuse);
	row_string(row, !misuse ? "" : received ? "1" : "0");
	row_flag_if(row, child, misuse && !received, 0.7);
}

/* Asked of those who have been looked after for a year on 31 March. */
static void health_write(struct files *files, struct child *child, int year)
{
	int32_t day = date_from_parts((struct date_parts){year, 3, 31});
	int age = date_years_between(child->born, day);
	struct row row;

	if (day > files->cast->options.as_at || !in_care_on(child, day) ||
		date_add_years(child->entered, 1) > day)
		return;
	row = row_of(child);
	row_sdq(&row, child, age);
	row_flag_if(&row, child, age >= CONVICTED_FROM_AGE, child->excluded ? 0.07 : 0.012);
	row_flag_if(&row, child, age < 5, 0.9);
	row_flag_if(&row, child, true, 0.84);
	row_flag_if(&row, child, true, 0.74);
	row_flag_if(&row, child, true, 0.89);
	row_substances(&row, child, age);
	files_return(files, &row, child->authority, year, RETURN_OC2);
}

/* Young people who left at 16 or over, at 17 to 21. */
static void leaver_write(struct files *files, struct child *child, int year)
{
	static const struct weighted_code touch[] = {
		{"YES", 91}, {"NO", 5}, {"REFU", 2}, {"NREQ", 1}, {"RHOM", 1}};
	static const struct weighted_code before_2022[] = {{"F1", 5}, {"F2", 26}, {"P2", 4},
		{"F3", 22}, {"P3", 5}, {"G4", 12}, {"G5", 22}, {"G6", 4}};
	static const struct weighted_code activities[] = {{"F1", 5}, {"F2", 26}, {"P2", 4},
		{"F4", 4}, {"F5", 19}, {"P5", 4}, {"G4", 12}, {"G5", 22}, {"G6", 4}};
	static const struct weighted_code homes[] = {{"D1", 31}, {"U1", 28}, {"B1", 13}, {"Z1", 13},
		{"E1", 4}, {"C1", 4}, {"X2", 3}, {"S2", 1}, {"D2", 2}, {"W2", 1}};
	int32_t day = year_last_day(files->cast, year);
	int age = date_years_between(child->born, day);
	bool in_touch;
	const char *code;
	struct row row;

	if (child->left == DATE_MISSING || child->left > day || age < 17 || age > 21 ||
		date_years_between(child->born, child->left) < 16)
		return;
	code = code_take(child, touch, 5);
	in_touch = code[0] == 'Y';
	row = row_of(child);
	row_string(&row, code);
	row_string(&row, !in_touch     ? "0"
			 : year < 2022 ? code_take(child, before_2022, 8)
				       : code_take(child, activities, 9));
	row_string(&row, in_touch ? code_take(child, homes, 10) : "0");
	files_return(files, &row, child->authority, year, RETURN_OC3);
}

static void adoption_write(
	struct files *files, struct story_of_child *story, int year, int32_t first, int32_t last)
{
	struct child *child = &story->child;
	const struct stay *stay = &story->stays.rows[story->stays.count - 1];
	bool couple, adopted = child->left != DATE_MISSING && child->left >= first &&
			       child->left <= last &&
			       (text_is(child->reason_left, "E11") ||
				       text_is(child->reason_left, "E12"));
	struct row row;

	if (stay->place.data[0] == 'A' && stay->from >= first && stay->from <= last) {
		row = row_of(child);
		row_date(&row, stay->from);
		row_blank(&row);
		row_blank(&row);
		files_return(files, &row, child->authority, year, RETURN_PLACED_ADOPTION);
	}
	if (!adopted)
		return;
	couple = random_chance(&child->random, 0.85);
	row = row_of(child);
	row_date(&row, stay->from - 70);
	row_date(&row, stay->from - 21);
	row_flag(&row, text_is(stay->place, "A5"));
	row_string(&row, couple ? "2" : "1");
	row_string(&row, couple ? "MF" : "F1");
	row_string(&row, couple ? "L11" : "L0");
	files_return(files, &row, child->authority, year, RETURN_AD1);
}

/* For those who came in the year: an earlier order of permanence, for a few. */
static void permanence_write(struct files *files, struct child *child, int year)
{
	int came = date_parts(child->entered).year, born = date_parts(child->born).year;
	bool earlier =
		came - born >= 4 && !child->unaccompanied && random_chance(&child->random, 0.06);
	struct row row = row_of(child);
	char day[24];

	row_string(&row, !earlier ? "Z1" : random_chance(&child->random, 0.7) ? "P2" : "P1");
	row_blank(&row);
	snprintf(day, sizeof day, "zz/zz/%04d", (came + born) / 2);
	row_string(&row, earlier ? day : "");
	files_return(files, &row, child->authority, year, RETURN_PREVIOUS_PERMANENCE);
}

/* 0 to 4, mostly 0 to 2. */
static int32_t missing_days(struct child *child)
{
	int32_t days = (int32_t)random_below(&child->random, 3);

	return days * (int32_t)random_below(&child->random, 3);
}

/* Some older children go missing for hours or days; short spells are the rule. */
static void missing_write(
	struct files *files, struct child *child, int year, int32_t first, int32_t last)
{
	bool often = child->excluded && !child->unaccompanied;
	int32_t from;

	if (date_years_between(child->born, last) < MISSING_FROM_AGE ||
		!random_chance(&child->random, often ? 0.2 : 0.06))
		return;
	from = first + (int32_t)random_below(&child->random, (uint64_t)(last - first) + 1);
	for (uint64_t times = 1 + random_below(&child->random, MISSING_MOST); times > 0; times--) {
		int32_t to = from + missing_days(child);
		struct row row = row_of(child);

		if (to > last || !in_care_on(child, from) || !in_care_on(child, to))
			return;
		row_string(&row, random_chance(&child->random, 0.8) ? "M" : "A");
		row_date(&row, from);
		row_date(&row, to);
		files_return(files, &row, child->authority, year, RETURN_MISSING);
		from = to + (int32_t)random_between(&child->random, 1, 90);
	}
}

void outcomes_write(struct files *files, struct story_of_child *story, int year)
{
	struct child *child = &story->child;
	int32_t first = year_first_day(year), last = year_last_day(files->cast, year);

	leaver_write(files, child, year);
	if (!story_touches(story, first, last))
		return;
	reviews_write(files, child, year, first, last);
	health_write(files, child, year);
	adoption_write(files, story, year, first, last);
	missing_write(files, child, year, first, last);
	if (child->entered >= first && child->entered <= last)
		permanence_write(files, child, year);
}
