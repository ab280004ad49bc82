/* SPDX-License-Identifier: MIT */
#include "demo/child.h"

#include <math.h>
#include <stdio.h>

#include "demo/deck.h"
#include "numeric/distribution.h"

/* Coordinates of the even points, one for each thing that is dealt. */
enum even {
	EVEN_NEED,
	EVEN_OWN, /* and the 12 after it, one a domain */
	EVEN_AGE = EVEN_OWN + DOMAIN_COUNT,
	EVEN_EHCP,
	EVEN_EXCLUDED,
	EVEN_AUTHORITY,
	EVEN_UNACCOMPANIED,
	EVEN_TIME,
	EVEN_ETHNICITY,
	EVEN_PROVIDER,
	EVEN_BIRTHDAY,
};

enum stream { STREAM_IDS = 1, STREAM_CHILDREN, STREAM_DECK, STREAM_EVEN, STREAM_COSTS };

enum { SCHOOL_AGE = 5, EXCLUSION_AGE = 7, UNACCOMPANIED_AGE = 15 };

int score_of(double points)
{
	if (points < 0)
		return 0;
	return points >= 9.5 ? 10 : (int)(points + 0.5);
}

/* The effect of one fact on all domains; a fact that has none adds nothing. */
static void add_effect(struct child *child, const struct parameters *parameters, const char *factor,
	struct text code)
{
	for (size_t i = 0; i < parameters->effect_count; i++) {
		const struct effect *effect = &parameters->effects[i];

		if (!text_is(effect->factor, factor) || !text_equal(effect->code, code))
			continue;
		for (size_t domain = 0; domain < DOMAIN_COUNT; domain++)
			child->points[domain] += effect->points[domain];
	}
}

static struct text age_band_of(int age)
{
	static const struct {
		int below;
		struct text code;
	} bands[] = {{2, {"0-1", 3}}, {5, {"2-4", 3}}, {12, {"5-11", 4}}, {17, {"12-16", 5}}};

	for (size_t i = 0; i < sizeof bands / sizeof *bands; i++)
		if (age < bands[i].below)
			return bands[i].code;
	return TEXT("17+");
}

static struct text time_band_of(int years)
{
	if (years < 1)
		return TEXT("under 1 year");
	return years < 3 ? TEXT("1-3") : TEXT("3 and over");
}

static void add_facts(struct child *child, const struct parameters *parameters, int32_t day)
{
	static const struct text male_bands[BAND_COUNT] = {
		{"<=11 male", 9}, {"12-16 male", 10}, {"17+ male", 8}};

	if (child->disabled)
		add_effect(child, parameters, "disability", TEXT("yes"));
	if (child->ehcp)
		add_effect(child, parameters, "ehcp", TEXT("yes"));
	if (child->excluded)
		add_effect(child, parameters, "excluded", TEXT("yes"));
	if (child->unaccompanied)
		add_effect(child, parameters, "unaccompanied", TEXT("yes"));
	if (child->male)
		add_effect(child, parameters, "sex", male_bands[child->band]);
	add_effect(child, parameters, "age_band", age_band_of(child->age));
	add_effect(child, parameters, "time_band",
		time_band_of(date_years_between(child->entered, day)));
	add_effect(child, parameters, "ethnic_group", child->ethnicity->second);
}

/* points = base + level (kind + sex within age) + facts + loading shared + spread own */
static void child_needs(struct child *child, const struct parameters *parameters, int32_t day,
	double common, const double own[DOMAIN_COUNT])
{
	const struct kind_parameters *kind = &parameters->kinds[child->kind];
	double need = kind->need + parameters->sex_band_need[child->band][child->male];
	double shared = kind->common * (common + kind->skew * (common * common - 1));

	for (size_t i = 0; i < DOMAIN_COUNT; i++) {
		const struct domain_parameters *domain = &parameters->domains[i];

		child->points[i] = domain->base + domain->level * need + domain->loading * shared +
				   kind->own * domain->spread * own[i];
	}
	add_facts(child, parameters, day);
}

static int child_age(const struct kind_parameters *kind, size_t band, double share)
{
	static const int from[BAND_COUNT + 1] = {0, 12, 17, AGE_COUNT};

	return from[band] + (int)deck_choose(kind->ages + from[band],
				    (size_t)(from[band + 1] - from[band]), share);
}

/* Years between the two knots of durations.csv on which the share falls. */
static double time_in_care(const struct choices *durations, const char *who, double share)
{
	double rank = 0, years = 0;

	for (size_t i = 0; i < durations->count; i++) {
		const struct choice *knot = &durations->rows[i];
		double to_years;

		if (!text_is(knot->first, who) || !text_number(knot->second, &to_years))
			continue;
		if (share <= knot->weight && knot->weight > rank)
			return years + (to_years - years) * (share - rank) / (knot->weight - rank);
		rank = knot->weight;
		years = to_years;
	}
	return years;
}

/* Before the day, after birth; a child who came very young may have come at birth. */
static int32_t child_entered(
	struct child *child, const struct cast *cast, int32_t day, double share)
{
	double years = time_in_care(&cast->parameters->durations,
		child->unaccompanied ? "unaccompanied" : "others", share);
	int32_t days = (int32_t)(years * 365.25) + 1;
	int32_t from = child->unaccompanied ? date_add_years(child->born, 14) : child->born;
	int32_t longest = day - from;

	if (days >= longest)
		days = (int32_t)((double)longest * (0.3 + 0.7 * random_uniform(&child->random)));
	return day - (days > 0 ? days : 1);
}

static void child_flags(struct child *child, const struct cast *cast, double ehcp, double excluded,
	double unaccompanied)
{
	const struct profile_parameters *profile =
		&cast->parameters->profiles[child->kind][child->band];

	child->unaccompanied = child->male && child->age >= UNACCOMPANIED_AGE && !child->disabled &&
			       unaccompanied < profile->unaccompanied;
	if (child->age < SCHOOL_AGE || child->unaccompanied)
		return;
	child->ehcp = ehcp < (child->disabled ? profile->ehcp_disabled : profile->ehcp);
	child->excluded = child->age >= EXCLUSION_AGE && excluded < profile->excluded;
}

static void child_ethnicity(struct child *child, const struct cast *cast, double share)
{
	child->ethnicity = choice_take(child->unaccompanied ? &cast->parameters->unaccompanied
							    : &cast->parameters->ethnicities,
		child->kind, child->age, share);
}

/* Born so that the age is completed on the day, the last birthday (or birth) a week ago or more. */
static int32_t born_at_age(int age, int32_t day, double share)
{
	return date_add_years(day, -age) - 8 - (int32_t)(share * 356);
}

/* Children's homes take neighbours of the deck together; an in-house home says whose they are. */
static void child_home(struct child *child, const struct cast *cast, uint64_t place)
{
	uint64_t key = cast->options.seed + STREAM_EVEN;
	double weights[AUTHORITY_COUNT];

	for (size_t i = 0; i < AUTHORITY_COUNT; i++)
		weights[i] = cast->parameters->authorities[i].children;
	child->authority =
		deck_choose(weights, AUTHORITY_COUNT, deck_even(key, EVEN_AUTHORITY, place));
	child->provider = provider_choose(cast, child->kind, deck_even(key, EVEN_PROVIDER, place));
	child->home = (place - cast->kind_start[child->kind]) / HOME_BLOCK;
	if (child->kind == KIND_IN_HOUSE_HOME)
		child->authority = home_authority(cast, child->home);
	if (child->kind == KIND_PRIVATE_HOME)
		child->provider = home_provider(cast, child->home);
}

/* Costs and needs: each rank of the kind's costs is taken once; need follows it a little. */
static void child_levels(struct child *child, const struct cast *cast, uint64_t place)
{
	uint64_t key = cast->options.seed + STREAM_EVEN;
	uint64_t start = cast->kind_start[child->kind];
	uint64_t count = cast->kind_start[child->kind + 1] - start;
	uint64_t rank = deck_shuffle(
		deck_mix(cast->options.seed + STREAM_COSTS) + child->kind, place - start, count);
	double link = cast->parameters->kinds[child->kind].cost_need;
	double own[DOMAIN_COUNT], common;

	child->cost_rank = count > 1 ? (double)rank / (double)(count - 1) : 0.5;
	common = link * normal_quantile(((double)rank + 0.5) / (double)count) +
		 sqrt(1 - link * link) * normal_quantile(deck_even(key, EVEN_NEED, place));
	for (int i = 0; i < DOMAIN_COUNT; i++)
		own[i] = normal_quantile(deck_even(key, EVEN_OWN + i, place));
	child_needs(child, cast->parameters, cast->options.as_at, common, own);
}

/* Child `item` of the cohort: its place in the sorted deck says who it is. */
static void child_looked_after(struct child *child, const struct cast *cast, uint64_t item)
{
	uint64_t key = cast->options.seed + STREAM_EVEN;
	uint64_t place =
		deck_shuffle(deck_mix(cast->options.seed + STREAM_DECK), item, cast->children);
	size_t cell = 0;

	while (place >= cast->cell_end[cell])
		cell++;
	child->story = STORY_LOOKED_AFTER;
	child->kind = (enum kind)(cell / (BAND_COUNT * 4));
	child->band = cell / 4 % BAND_COUNT;
	child->male = cell / 2 % 2;
	child->disabled = cell % 2;
	child->age = child_age(&cast->parameters->kinds[child->kind], child->band,
		deck_even(key, EVEN_AGE, place));
	child->born =
		born_at_age(child->age, cast->options.as_at, deck_even(key, EVEN_BIRTHDAY, place));
	child_flags(child, cast, deck_even(key, EVEN_EHCP, place),
		deck_even(key, EVEN_EXCLUDED, place), deck_even(key, EVEN_UNACCOMPANIED, place));
	child_ethnicity(child, cast, deck_even(key, EVEN_ETHNICITY, place));
	child->entered =
		child_entered(child, cast, cast->options.as_at, deck_even(key, EVEN_TIME, place));
	child_home(child, cast, place);
	child_levels(child, cast, place);
}

static void child_by_chance(struct child *child, const struct cast *cast, int32_t day)
{
	struct random *random = &child->random;
	const struct profile_parameters *profile;
	double own[DOMAIN_COUNT], common = random_normal(random), ehcp, excluded;

	child->band = child->age < 12 ? 0 : child->age < 17 ? 1 : 2;
	profile = &cast->parameters->profiles[child->kind][child->band];
	child->male = random_chance(random, profile->male);
	child->disabled =
		child->story == STORY_SHORT_BREAKS || random_chance(random, profile->disabled);
	/* one by one: the order in which arguments are worked out is the compiler's */
	ehcp = random_uniform(random);
	excluded = random_uniform(random);
	child_flags(child, cast, ehcp, excluded, random_uniform(random));
	child_ethnicity(child, cast, random_uniform(random));
	child->entered = child_entered(child, cast, day, random_uniform(random));
	child->authority = home_authority(cast, random_below(random, UINT32_MAX));
	child->provider = provider_choose(cast, child->kind, random_uniform(random));
	child->cost_rank = random_uniform(random);
	for (int i = 0; i < DOMAIN_COUNT; i++)
		own[i] = random_normal(random);
	child_needs(child, cast->parameters, day, common, own);
}

/* Somebody who left in the years of the returns. At 18 it is the birthday that ends it. */
static void child_left(struct child *child, const struct cast *cast)
{
	const struct choices *leavers = &cast->parameters->leavers;
	double weights[64];
	size_t count = leavers->count < 64 ? leavers->count : 64;
	const struct choice *row;

	for (size_t i = 0; i < count; i++)
		weights[i] = leavers->rows[i].weight;
	row = &leavers->rows[random_weighted(&child->random, weights, count)];
	child->story = STORY_LEFT;
	child->kind = row->kind;
	child->reason_left = row->first;
	child->age = (int)random_between(&child->random, row->from_age, row->to_age);
	child->left = cast->first_day + (int32_t)random_below(&child->random,
						(uint64_t)(cast->options.as_at - cast->first_day));
	child->born = born_at_age(child->age, child->left, random_uniform(&child->random));
	if (row->from_age == 17)
		child->born = date_add_years(child->left, -18);
	child_by_chance(child, cast, child->left);
}

/* A disabled child of a family that has short breaks: in the files, never in the cohort. */
static void child_short_breaks(struct child *child, const struct cast *cast)
{
	child->story = STORY_SHORT_BREAKS;
	child->kind = KIND_IN_HOUSE_HOME;
	child->age = (int)random_between(&child->random, 8, 16);
	child->born = born_at_age(child->age, cast->options.as_at, random_uniform(&child->random));
	child_by_chance(child, cast, cast->options.as_at);
	child->entered = cast->options.as_at - (int32_t)random_between(&child->random, 30, 700);
}

void child_make(struct child *out_child, const struct cast *cast, uint64_t number)
{
	uint64_t item =
		deck_shuffle(deck_mix(cast->options.seed + STREAM_IDS), number, cast_size(cast));

	*out_child = (struct child){.left = DATE_MISSING};
	snprintf(
		out_child->id, sizeof out_child->id, "DEMO-%07llu", (unsigned long long)number + 1);
	random_seed_item(&out_child->random, deck_mix(cast->options.seed + STREAM_CHILDREN), item);
	if (item < cast->children)
		child_looked_after(out_child, cast, item);
	else if (item < cast->children + cast->leavers)
		child_left(out_child, cast);
	else
		child_short_breaks(out_child, cast);
}
