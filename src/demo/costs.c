/* SPDX-License-Identifier: MIT */
#include "demo/costs.h"

enum { YEARS_MOST = 8, ELEMENTS_MOST = 6, NOT_YET_KNOWN = 12 };

/* What a year's uplift is, fees and allowances alike. */
static const double uplift = 1.035;

int64_t cost_at_rank(const struct cast *cast, enum kind kind, double rank)
{
	const struct kind_parameters *of = &cast->parameters->kinds[kind];
	double pounds = 0;

	for (size_t i = 1; i < of->knots; i++) {
		double width = of->cost_rank[i] - of->cost_rank[i - 1];

		pounds = of->cost_pounds[i - 1] + (of->cost_pounds[i] - of->cost_pounds[i - 1]) *
							  (rank - of->cost_rank[i - 1]) / width;
		if (rank <= of->cost_rank[i])
			break;
	}
	return (int64_t)(pounds * 100 + 0.5);
}

/* The rank in another placement: somewhere near the child's own. */
static double rank_before(struct child *child)
{
	double rank = child->cost_rank * 0.6 + random_uniform(&child->random) * 0.38;

	return rank < 0.985 ? rank : 0.985;
}

static void line_add(struct cost_lines *out, struct cost_line line)
{
	if (line.pence > 0 && out->count < COST_LINES_MOST &&
		(line.to == DATE_MISSING || line.to > line.from))
		out->rows[out->count++] = line;
}

/* The whole pence of a cost shared out by element; what rounding leaves goes to the first. */
static void lines_of_amount(struct cost_lines *out, const struct cast *cast, enum kind kind,
	int64_t pence, int32_t from, int32_t to)
{
	const struct choices *elements = &cast->parameters->elements;
	struct cost_line lines[ELEMENTS_MOST];
	int64_t left = pence;
	size_t count = 0;

	for (size_t i = 0; i < elements->count && count < ELEMENTS_MOST; i++) {
		const struct choice *row = &elements->rows[i];

		if (row->kind != kind)
			continue;
		lines[count] = (struct cost_line){from, to,
			(int64_t)((double)pence * row->weight / 100) * 100, row->first,
			row->second};
		left -= lines[count++].pence;
	}
	if (count)
		lines[0].pence += left;
	for (size_t i = 0; i < count; i++)
		line_add(out, lines[i]);
}

/* `pence` is the cost in the last financial year of the stay; earlier ones were cheaper. Only the
 * two latest uplifts are entered as lines of their own. */
static void costs_of_stay(struct cost_lines *out, const struct cast *cast, const struct stay *stay,
	int64_t pence, int32_t until)
{
	int32_t end = stay->to == DATE_MISSING ? cast->options.as_at + 1 : stay->to;
	int32_t from = stay->from > cast->first_day ? stay->from : cast->first_day;
	int32_t to = until;

	for (int i = 0; i < 2; i++) {
		int32_t april = date_from_parts(
			(struct date_parts){date_collection_year(end - 1) - 1 - i, 4, 1});

		if (april <= from || end <= from)
			break;
		lines_of_amount(out, cast, stay->kind, pence, april, to);
		pence = (int64_t)((double)pence / uplift + 0.5);
		to = april;
	}
	if (end > from)
		lines_of_amount(out, cast, stay->kind, pence, from, to);
}

/* Some next uplifts are entered ahead; then today's lines end on the eve of them. */
static int32_t uplift_ahead(struct cost_lines *out, const struct child *child,
	const struct cast *cast, int64_t pence, bool ahead)
{
	int32_t april = date_from_parts(
		(struct date_parts){date_collection_year(cast->options.as_at), 4, 1});

	if (!ahead)
		return DATE_MISSING;
	lines_of_amount(out, cast, child->kind, (int64_t)((double)pence * uplift + 0.5), april,
		DATE_MISSING);
	return april;
}

/* Help for some months beside the placement, over before the latest stay began. */
static void therapy_for_a_while(struct cost_lines *out, const struct stay *stay,
	struct child *child, const struct cast *cast)
{
	int32_t from = stay->from > cast->first_day ? stay->from : cast->first_day;
	int32_t length = stay->to == DATE_MISSING ? 0 : stay->to - from;
	struct cost_line line = {.element = TEXT("therapy")};

	if (length < 100 || stay->kind == KIND_AGENCY_FOSTERING || stay->kind >= KIND_SPECIALIST ||
		!random_chance(&child->random, 0.2))
		return;
	line.from = from + (int32_t)random_between(&child->random, 10, length / 3);
	line.to = line.from + (int32_t)random_between(&child->random, 30, length / 3);
	line.pence = random_between(&child->random, 8, 22) * 1000;
	line.paid_by = random_chance(&child->random, 0.5) ? TEXT("health") : TEXT("social_care");
	line_add(out, line);
}

/* The stay whose costs go on while a child is away for some days. */
static bool paid_through(const struct stays *stays, size_t i)
{
	return i + 2 < stays->count && stays->rows[i + 1].temporary && stays->rows[i + 2].returning;
}

/* Stays with a temporary one between them are paid as one. */
static struct stay paid_stay(const struct stays *stays, size_t *i)
{
	struct stay paid = stays->rows[*i];

	while (paid_through(stays, *i)) {
		*i += 2;
		paid.to = stays->rows[*i].to;
	}
	while (*i + 1 < stays->count && stays->rows[*i + 1].same_carer &&
		stays->rows[*i + 1].kind == paid.kind) {
		*i += 1;
		paid.to = stays->rows[*i].to;
	}
	return paid;
}

static void sort_lines(struct cost_lines *out)
{
	for (size_t i = 1; i < out->count; i++)
		for (size_t j = i; j > 0 && out->rows[j].from < out->rows[j - 1].from; j--) {
			struct cost_line line = out->rows[j];

			out->rows[j] = out->rows[j - 1];
			out->rows[j - 1] = line;
		}
}

static bool paid(enum kind kind)
{
	return kind != KIND_FAMILY;
}

void costs_make(struct cost_lines *out_lines, const struct stays *stays, struct child *child,
	const struct cast *cast)
{
	int64_t dealt = cost_at_rank(cast, child->kind, child->cost_rank);
	bool ahead = random_chance(&child->random, 0.35);
	bool known = child->story == STORY_LEFT ||
		     child->entered < cast->options.as_at - NOT_YET_KNOWN ||
		     random_chance(&child->random, 0.2);

	out_lines->count = 0;
	if (child->story == STORY_SHORT_BREAKS || !known)
		return;
	for (size_t i = 0; i < stays->count; i++) {
		struct stay stay = paid_stay(stays, &i);
		bool current = stay.to == DATE_MISSING;
		int64_t pence = current ? dealt : cost_at_rank(cast, stay.kind, rank_before(child));
		int32_t until = stay.to;

		if (!paid(stay.kind) || (stay.to != DATE_MISSING && stay.to <= cast->first_day))
			continue;
		if (current)
			until = uplift_ahead(out_lines, child, cast, pence, ahead);
		costs_of_stay(out_lines, cast, &stay, pence, until);
		therapy_for_a_while(out_lines, &stay, child, cast);
	}
	sort_lines(out_lines);
}
