/* SPDX-License-Identifier: MIT */
#include "cohort/tally_cells.h"

/* Vectors of 16 bytes: one register of every machine we know. */
typedef uint8_t lanes_8x8 __attribute__((vector_size(8)));
typedef uint8_t lanes_16x8 __attribute__((vector_size(16)));
typedef uint16_t lanes_8x16 __attribute__((vector_size(16)));
typedef uint64_t lanes_2x64 __attribute__((vector_size(16)));

enum {
	TALLY_BLOCK = 4096,	/* what the packing below has room for */
	TALLY_INDEXED = 512,	/* members whose cells are worked out at a time */
	TALLY_COUNTED = 255,	/* members whose scores can be counted in a byte */
	TALLY_COUNT_BITS = 16,	/* four counts in a word: members, assessed, costed, both */
	TALLY_TOTAL_BITS = 26,	/* a sum of totals, and above it that of their squares */
	TALLY_PENCE_BITS = 26,	/* larger costs (from £671,088 a week) are added the plain way */
	TALLY_VECTOR_SCORE = 15 /* frameworks with larger scores are counted the plain way */
};

struct tally_cell {
	lanes_8x16 scores[2];
	lanes_2x64 counts_totals;
	lanes_2x64 pence_squares;
};

const enum grouping_id tally_axes[TALLY_FAMILIES][TALLY_AXES] = {
	{GROUPING_AGE_BAND, GROUPING_SEX_AGE_BAND, GROUPING_SEX},
	{GROUPING_PLACEMENT_KIND, GROUPING_PLACEMENT_GROUP, GROUPING_COST_SIDE},
	{GROUPING_TIME_BAND, GROUPING_TOTAL_BAND, GROUPING_ETHNIC_GROUP},
	{GROUPING_DISABILITY, GROUPING_EHCP, GROUPING_EXCLUDED},
};

void tally_layout_open(struct tally_layout *out_layout, const struct cohort *cohort)
{
	const struct grouping *groupings = cohort->history->schema->groupings;
	int score_max = cohort->framework->score_max;
	struct tally_layout layout = {.cohort = cohort, .block = TALLY_BLOCK};

	for (int f = 0; f < TALLY_FAMILIES; f++) {
		size_t sizes[TALLY_AXES];

		for (int a = 0; a < TALLY_AXES; a++) {
			layout.codes[f][a] = cohort->groups[tally_axes[f][a]];
			sizes[a] = groupings[tally_axes[f][a]].count + (size_t)1;
		}
		layout.steps[f][0] = (uint16_t)(sizes[1] * sizes[2]);
		layout.steps[f][1] = (uint16_t)sizes[2];
		layout.first[f] = (uint16_t)layout.cells;
		layout.sizes[f] = sizes[0] * sizes[1] * sizes[2];
		layout.cells += layout.sizes[f];
	}
	if (score_max > UINT16_MAX / TALLY_BLOCK)
		layout.block = (size_t)(UINT16_MAX / score_max);
	*out_layout = layout;
}

bool tally_stripe_take(
	struct tally_stripe *out_stripe, struct arena *arena, const struct tally_layout *layout)
{
	*out_stripe = (struct tally_stripe){
		.cells = arena_take(arena, layout->cells, sizeof *out_stripe->cells),
		.sums = arena_take(arena, layout->cells, sizeof *out_stripe->sums),
		.score_counts = arena_take(arena, 256, sizeof *out_stripe->score_counts),
	};
	return out_stripe->cells && out_stripe->sums && out_stripe->score_counts;
}

void tally_merge(struct tally *to, const struct tally *from)
{
	to->members += from->members;
	to->assessed += from->assessed;
	to->costed += from->costed;
	to->both += from->both;
	to->total += from->total;
	to->total_squares += from->total_squares;
	for (int i = 0; i < DOMAINS_MOST; i++)
		to->scores[i] += from->scores[i];
	to->pence += from->pence;
	to->pence_squares += from->pence_squares;
}

void tally_member(struct tally *tally, const struct cohort *cohort, size_t member)
{
	int64_t total = cohort->total[member], pence = cohort->pence[member];
	bool assessed = total != TOTAL_MISSING, costed = pence != MONEY_MISSING;

	tally->members++;
	tally->both += assessed && costed;
	if (assessed) {
		tally->assessed++;
		tally->total += total;
		tally->total_squares += total * total;
		for (int i = 0; i < DOMAINS_MOST; i++)
			tally->scores[i] += cohort->scores[member][i];
	}
	if (costed) {
		tally->costed++;
		tally->pence += pence;
		tally->pence_squares += (numeric_wide)pence * pence;
	}
}

/* The cells of members [first, first + count), at most TALLY_INDEXED. */
static void cells_index(const struct tally_layout *layout, size_t first, size_t count,
	uint16_t out_index[TALLY_FAMILIES][TALLY_INDEXED])
{
	for (int f = 0; f < TALLY_FAMILIES; f++) {
		const uint8_t *a = layout->codes[f][0] + first, *b = layout->codes[f][1] + first;
		const uint8_t *c = layout->codes[f][2] + first;
		uint32_t base = layout->first[f];
		uint32_t steps[2] = {layout->steps[f][0], layout->steps[f][1]};

		for (size_t i = 0; i < count; i++)
			out_index[f][i] =
				(uint16_t)(base + a[i] * steps[0] + b[i] * steps[1] + c[i]);
	}
}

/* Sixteen scores as bytes to two vectors of words. */
static inline void widen(const uint8_t scores[DOMAINS_MOST], lanes_8x16 out[2])
{
	lanes_8x8 half;

	memcpy(&half, scores, 8);
	out[0] = __builtin_convertvector(half, lanes_8x16);
	memcpy(&half, scores + 8, 8);
	out[1] = __builtin_convertvector(half, lanes_8x16);
}

/* Returns whether a cost is too large for a cell; such costs are left to cells_add_large. */
static bool cells_add(struct tally_cell *cells, const struct cohort *cohort, size_t first,
	size_t count, uint16_t index[TALLY_FAMILIES][TALLY_INDEXED])
{
	bool any_large = false;

	for (size_t i = 0; i < count; i++) {
		uint64_t total = cohort->total[first + i];
		int64_t known = cohort->pence[first + i];
		uint64_t assessed = total != TOTAL_MISSING, costed = known != MONEY_MISSING;
		bool large = known >= (int64_t)1 << TALLY_PENCE_BITS;
		uint64_t pence = large || !costed ? 0 : (uint64_t)known;
		lanes_8x16 scores[2];
		lanes_2x64 counts_totals, pence_squares;

		total = assessed ? total : 0;
		counts_totals = (lanes_2x64){1 | assessed << TALLY_COUNT_BITS |
						     costed << 2 * TALLY_COUNT_BITS |
						     (assessed & costed) << 3 * TALLY_COUNT_BITS,
			total | total * total << TALLY_TOTAL_BITS};
		pence_squares = (lanes_2x64){pence, pence * pence};
		any_large |= large;
		widen(cohort->scores[first + i], scores);
		for (int f = 0; f < TALLY_FAMILIES; f++) {
			struct tally_cell *cell = &cells[index[f][i]];

			cell->scores[0] += scores[0];
			cell->scores[1] += scores[1];
			cell->counts_totals += counts_totals;
			cell->pence_squares += pence_squares;
		}
	}
	return any_large;
}

static void cells_add_large(struct tally *sums, const struct cohort *cohort, size_t first,
	size_t count, uint16_t index[TALLY_FAMILIES][TALLY_INDEXED])
{
	for (size_t i = 0; i < count; i++) {
		int64_t pence = cohort->pence[first + i];

		if (pence < (int64_t)1 << TALLY_PENCE_BITS)
			continue;
		for (int f = 0; f < TALLY_FAMILIES; f++) {
			sums[index[f][i]].pence += pence;
			sums[index[f][i]].pence_squares += (numeric_wide)pence * pence;
		}
	}
}

static void cell_empty(struct tally_cell *cell, struct tally *sum)
{
	uint64_t counts = cell->counts_totals[0], totals = cell->counts_totals[1];

	sum->members += (uint16_t)counts;
	sum->assessed += (uint16_t)(counts >> TALLY_COUNT_BITS);
	sum->costed += (uint16_t)(counts >> 2 * TALLY_COUNT_BITS);
	sum->both += (uint16_t)(counts >> 3 * TALLY_COUNT_BITS);
	sum->total += (int64_t)(totals & (((uint64_t)1 << TALLY_TOTAL_BITS) - 1));
	sum->total_squares += totals >> TALLY_TOTAL_BITS;
	for (int i = 0; i < DOMAINS_MOST; i++)
		sum->scores[i] += cell->scores[i / 8][i % 8];
	sum->pence += (int64_t)cell->pence_squares[0];
	sum->pence_squares += cell->pence_squares[1];
	*cell = (struct tally_cell){.counts_totals = {0, 0}};
}

static void cells_empty(struct tally_stripe *stripe, const struct tally_layout *layout)
{
	for (size_t i = 0; i < layout->cells; i++)
		if (stripe->cells[i].counts_totals[0] != 0)
			cell_empty(&stripe->cells[i], &stripe->sums[i]);
}

static void counts_add(uint32_t counts[DOMAINS_MOST], lanes_16x8 found)
{
	for (int i = 0; i < DOMAINS_MOST; i++)
		counts[i] += found[i];
}

/* How often each domain has each of the five scores from `score` on, of at most TALLY_COUNTED
 * members. A comparison gives 255 where it holds: -1. */
static void count_five(uint32_t (*counts)[DOMAINS_MOST], const uint8_t (*scores)[DOMAINS_MOST],
	size_t count, uint8_t score)
{
	lanes_16x8 none = {0}, one = none + score, two = one + 1, three = one + 2, four = one + 3;
	lanes_16x8 five = one + 4, ones = none, twos = none, threes = none, fours = none;
	lanes_16x8 fives = none;

	for (size_t i = 0; i < count; i++) {
		lanes_16x8 row;

		memcpy(&row, scores[i], sizeof row);
		ones -= (lanes_16x8)(row == one);
		twos -= (lanes_16x8)(row == two);
		threes -= (lanes_16x8)(row == three);
		fours -= (lanes_16x8)(row == four);
		fives -= (lanes_16x8)(row == five);
	}
	counts_add(counts[score], ones);
	counts_add(counts[score + 1], twos);
	counts_add(counts[score + 2], threes);
	counts_add(counts[score + 3], fours);
	counts_add(counts[score + 4], fives);
}

static void scores_count(
	uint32_t (*counts)[DOMAINS_MOST], const struct cohort *cohort, size_t first, size_t count)
{
	int score_max = cohort->framework->score_max;

	if (score_max > TALLY_VECTOR_SCORE) {
		for (size_t i = first; i < first + count; i++)
			for (int d = 0; d < DOMAINS_MOST; d++)
				counts[cohort->scores[i][d]][d]++;
		return;
	}
	while (count > 0) {
		size_t now = count < TALLY_COUNTED ? count : TALLY_COUNTED;

		for (int score = 1; score <= score_max; score += 5)
			count_five(counts, cohort->scores + first, now, (uint8_t)score);
		first += now;
		count -= now;
	}
}

void tally_stripe_add(
	struct tally_stripe *stripe, const struct tally_layout *layout, size_t first, size_t count)
{
	uint16_t index[TALLY_FAMILIES][TALLY_INDEXED];
	size_t since = 0; /* members since the cells were emptied */

	while (count > 0) {
		size_t now = count < TALLY_INDEXED ? count : TALLY_INDEXED;

		if (since + now > layout->block) {
			cells_empty(stripe, layout);
			since = 0;
		}
		now = now < layout->block ? now : layout->block;
		cells_index(layout, first, now, index);
		if (cells_add(stripe->cells, layout->cohort, first, now, index))
			cells_add_large(stripe->sums, layout->cohort, first, now, index);
		scores_count(stripe->score_counts, layout->cohort, first, now);
		since += now;
		first += now;
		count -= now;
	}
	cells_empty(stripe, layout);
}
