/* SPDX-License-Identifier: MIT */
#include "demo/stays.h"

#include <stdio.h>

#include "demo/deck.h"

enum { MOVES_MOST = 8, SHORTEST_STAY = 6, SCHOOL_HOMES = 16, HOME_TRIES = 60 };

/* How long ago a stay of some kinds began, in days: such places are not for years. */
struct stay_habit {
	int32_t shortest, longest; /* 0: any time */
};

static const struct stay_habit habits[KIND_COUNT] = {
	[KIND_SPECIALIST] = {10, 240},
	[KIND_OTHER] = {2, 60},
};

void urn_of_home(char out[URN_SIZE], enum kind kind, uint64_t home)
{
	snprintf(out, URN_SIZE, "%07llu",
		(unsigned long long)((kind == KIND_IN_HOUSE_HOME ? 9100000 : 9200000) +
				     home % 100000));
}

void urn_of_provider(char out[URN_SIZE], size_t provider)
{
	snprintf(out, URN_SIZE, "%07zu", 9300000 + provider % 1000);
}

void urn_of_fostering_service(char out[URN_SIZE], size_t authority)
{
	snprintf(out, URN_SIZE, "%07zu", 9400000 + authority % 1000);
}

void postcode_of(char out[POSTCODE_SIZE], const struct cast *cast, size_t authority, uint64_t key)
{
	static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";
	uint64_t bits = deck_mix(key);
	struct text area = cast->parameters->authorities[authority].postcode_area;

	snprintf(out, POSTCODE_SIZE, "%.2s%d %d%c%c", area.data, (int)(bits % 9) + 1,
		(int)((bits >> 8) % 9) + 1, letters[(bits >> 16) % 20], letters[(bits >> 24) % 20]);
}

/* Where a child lives who is in the authority's care: mostly there, sometimes elsewhere. */
static size_t stay_authority(struct child *child, enum kind kind)
{
	double elsewhere = kind == KIND_PRIVATE_HOME	   ? 0.4
			   : kind == KIND_AGENCY_FOSTERING ? 0.3
							   : 0.1;

	if (!random_chance(&child->random, elsewhere))
		return child->authority;
	return (size_t)random_below(&child->random, AUTHORITY_COUNT);
}

/* One of the homes of the child's authority where the authority runs it, else any. */
static uint64_t home_by_chance(struct child *child, const struct cast *cast, enum kind kind)
{
	uint64_t count = home_count(cast, kind), home = 0;

	for (int i = 0; i < HOME_TRIES; i++) {
		home = random_below(&child->random, count);
		if (kind != KIND_IN_HOUSE_HOME || home_authority(cast, home) == child->authority)
			break;
	}
	return home;
}

static bool provider_is_voluntary(const struct cast *cast, size_t provider)
{
	return provider < cast->parameters->providers.count &&
	       text_is(cast->parameters->providers.rows[provider].sector, "voluntary");
}

/* Homes and agencies have a URN of their own, and say which kind of provider they are. */
static void stay_registration(struct stay *stay, const struct cast *cast, const struct child *child)
{
	bool voluntary = provider_is_voluntary(cast, stay->provider);

	switch (stay->kind) {
	case KIND_IN_HOUSE_FOSTERING:
		urn_of_fostering_service(stay->urn, child->authority);
		break;
	case KIND_AGENCY_FOSTERING:
		urn_of_provider(stay->urn, stay->provider);
		stay->sector = voluntary ? TEXT("PR5") : TEXT("PR4");
		break;
	case KIND_PRIVATE_HOME:
		stay->sector = voluntary ? TEXT("PR5") : TEXT("PR4");
		if (stay->home % SCHOOL_HOMES == SCHOOL_HOMES / 2)
			stay->place = TEXT("S1");
		urn_of_home(stay->urn, stay->kind, stay->home);
		break;
	case KIND_IN_HOUSE_HOME:
		urn_of_home(stay->urn, stay->kind, stay->home);
		break;
	case KIND_SPECIALIST:
		if (text_is(stay->place, "K1") || text_is(stay->place, "R3"))
			urn_of_provider(stay->urn, stay->provider);
		break;
	case KIND_SUPPORTED:
	case KIND_FAMILY:
	case KIND_OTHER:
	case KIND_COUNT:
		break;
	}
}

/* Secure homes and family centres are two of the providers; the share picks neither of them. */
static size_t specialist_provider(const struct cast *cast, struct text place)
{
	return provider_choose(cast, KIND_SPECIALIST, text_is(place, "K1") ? 0.0 : 0.9999);
}

static void stay_with_parents(struct stay *stay)
{
	stay->place = TEXT("P1");
	stay->sector = TEXT("PR0");
}

/* Adoption and special guardianship tell where a child lived before. */
static void stay_before_leaving(struct stay *stay, struct text reason)
{
	static const struct {
		struct text reason, place, sector;
	} places[] = {
		{{"E11", 3}, {"A6", 2}, {"PR1", 3}},
		{{"E12", 3}, {"A6", 2}, {"PR1", 3}},
		{{"E45", 3}, {"U3", 2}, {"PR1", 3}},
		{{"E46", 3}, {"U4", 2}, {"PR1", 3}},
		{{"E9", 2}, {"R5", 2}, {"PR3", 3}},
	};

	if (stay->kind == KIND_FAMILY && text_is(reason, "E4A"))
		stay_with_parents(stay);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (text_equal(reason, places[i].reason)) {
			stay->place = places[i].place;
			stay->sector = places[i].sector;
		}
}

/* Nobody knows on the first day that it will be for long. */
static struct text place_at_first(struct text place)
{
	if (text_is(place, "U4"))
		return TEXT("U6");
	return text_is(place, "U1") ? TEXT("U3") : place;
}

/* By the age when the stay began; where the child is now, by the age now. */
static void stay_place(struct stay *stay, struct child *child, const struct cast *cast, bool last)
{
	int age = last ? child->age : date_years_between(child->born, stay->from);
	const struct choice *place = choice_take(
		&cast->parameters->places, stay->kind, age, random_uniform(&child->random));

	stay->place = place ? place->first : TEXT("U6");
	stay->sector = place ? place->second : TEXT("PR1");
	if (stay->from == child->entered)
		stay->place = place_at_first(stay->place);
	if (last)
		stay_before_leaving(stay, child->reason_left);
	else if (stay->kind == KIND_FAMILY)
		stay_with_parents(stay);
}

static void stay_home(struct stay *stay, struct child *child, const struct cast *cast, bool last)
{
	double share = random_uniform(&child->random);

	stay_place(stay, child, cast, last);
	stay->temporary = stay->place.length && stay->place.data[0] == 'T';
	stay->provider = last ? child->provider : provider_choose(cast, stay->kind, share);
	if (stay->kind == KIND_IN_HOUSE_HOME || stay->kind == KIND_PRIVATE_HOME)
		stay->home = last && child->story == STORY_LOOKED_AFTER
				     ? child->home
				     : home_by_chance(child, cast, stay->kind);
	if (stay->kind == KIND_PRIVATE_HOME)
		stay->provider = home_provider(cast, stay->home);
	if (stay->kind == KIND_SPECIALIST)
		stay->provider = specialist_provider(cast, stay->place);
	stay->authority = stay_authority(child, stay->kind);
	stay_registration(stay, cast, child);
	if (!stay->temporary)
		postcode_of(stay->postcode, cast, stay->authority,
			stay->urn[0] ? deck_mix((uint64_t)stay->kind) ^ stay->home ^
					       random_below(&child->random, 500)
				     : random_next(&child->random));
}

/* A move that the last stay asks for, as days before the end; 0 where none is. */
static int32_t recent_move(struct child *child, const struct stay_habit *habit, int32_t length)
{
	if (habit->longest == 0 || length <= habit->shortest + SHORTEST_STAY)
		return 0;
	return (int32_t)random_between(&child->random, habit->shortest,
		length - SHORTEST_STAY < habit->longest ? length - SHORTEST_STAY : habit->longest);
}

static void sort_days(int32_t *days, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0 && days[j] < days[j - 1]; j--) {
			int32_t day = days[j];

			days[j] = days[j - 1];
			days[j - 1] = day;
		}
}

/* A few children move again and again, most hardly ever. */
static double restlessness(struct child *child)
{
	return random_chance(&child->random, child->excluded ? 0.25 : 0.12) ? 5 : 0.4;
}

/* The days on which the child moved, in order; the last one begins the last stay. */
static size_t move_days(
	int32_t days[MOVES_MOST + 1], struct child *child, const struct cast *cast, int32_t end)
{
	const struct kind_parameters *kind = &cast->parameters->kinds[child->kind];
	int32_t length = end - child->entered;
	int32_t earliest = date_add_years(child->born, kind->from_age);
	int32_t recent = recent_move(child, &habits[child->kind], length);
	double expected = (0.3 + kind->moves * (double)length / 365.25) * restlessness(child);
	size_t count = 0;

	for (int i = 0; i < MOVES_MOST - 1; i++)
		if (random_chance(&child->random, expected / MOVES_MOST))
			days[count++] = child->entered +
					(int32_t)random_below(&child->random, (uint64_t)length);
	sort_days(days, count);
	if (earliest > child->entered && (count == 0 || days[count - 1] < earliest)) {
		if (count == MOVES_MOST)
			count--;
		days[count++] = earliest + (int32_t)random_below(&child->random,
						   (uint64_t)(end > earliest ? end - earliest : 1));
	}
	if (recent > 0 && (count == 0 || days[count - 1] < end - habits[child->kind].longest))
		days[count++] = end - recent;
	return count;
}

/* What a child of that age came from to a placement of that kind. */
static enum kind kind_before(
	struct child *child, const struct cast *cast, enum kind kind, int32_t day)
{
	const struct choice *path = choice_take(&cast->parameters->paths, kind,
		date_years_between(child->born, day), random_uniform(&child->random));
	enum kind before = path ? kind_of(path->first) : KIND_IN_HOUSE_FOSTERING;
	int from_age = before < KIND_COUNT ? cast->parameters->kinds[before].from_age : 0;

	if (before == KIND_COUNT || (before == KIND_FAMILY && child->unaccompanied) ||
		date_years_between(child->born, day) < from_age)
		return KIND_IN_HOUSE_FOSTERING;
	return before;
}

static void cut_stays(
	struct stays *stays, struct child *child, const struct cast *cast, int32_t end)
{
	int32_t days[MOVES_MOST + 1];
	size_t count = move_days(days, child, cast, end);
	int32_t from = child->entered;

	for (size_t i = 0; i <= count; i++) {
		int32_t to = i < count ? days[i] : end;

		if (to - from < SHORTEST_STAY && i < count)
			continue;
		stays->rows[stays->count++] = (struct stay){.from = from, .to = to};
		from = to;
	}
}

/* A temporary stay is of days, not weeks. */
static void shorten_temporary(struct stays *stays, struct child *child)
{
	struct stay *last = &stays->rows[stays->count - 1];

	if (!last->temporary || stays->count < 2 || last->to - last->from <= 12)
		return;
	last->from = last->to - (int32_t)random_between(&child->random, 2, 10);
	last[-1].to = last->from;
}

/* Kinds from the last stay back to the first, then homes from the first on. */
static void furnish_stays(struct stays *stays, struct child *child, const struct cast *cast)
{
	size_t last = stays->count - 1;

	stays->rows[last].kind = child->kind;
	for (size_t i = last; i > 0; i--)
		stays->rows[i - 1].kind =
			kind_before(child, cast, stays->rows[i].kind, stays->rows[i - 1].from);
	for (size_t i = 0; i <= last; i++)
		stay_home(&stays->rows[i], child, cast, i == last);
	if (!text_is(stays->rows[last].place, "A5"))
		return;
	if (last > 0 && stays->rows[last - 1].kind <= KIND_AGENCY_FOSTERING)
		stays->rows[last].same_carer = true;
	else
		stays->rows[last].place = TEXT("A6");
}

static void open_gap(struct stays *stays, size_t at, size_t more)
{
	for (size_t i = stays->count; i > at; i--)
		stays->rows[i - 1 + more] = stays->rows[i - 1];
	stays->count += more;
}

/* Carers who looked after a child for a year and more may become the long-term ones. */
static void settle_long_term(struct stays *stays, struct child *child)
{
	size_t i = (size_t)random_below(&child->random, stays->count);
	struct stay *stay = &stays->rows[i];
	int32_t length = stay->to - stay->from;

	if (!text_is(stay->place, "U6") || length < 500 || stays->count + 1 > STAYS_MOST ||
		!random_chance(&child->random, 0.6))
		return;
	open_gap(stays, i, 1);
	stays->rows[i].to =
		stays->rows[i].from + (int32_t)random_between(&child->random, 300, length - 100);
	stays->rows[i].reason_moved = TEXT("PLACE");
	stays->rows[i + 1].from = stays->rows[i].to;
	stays->rows[i + 1].place = TEXT("U4");
	stays->rows[i + 1].same_carer = true;
}

/* A few days elsewhere while the carers are away, and back. */
static void go_away_a_while(struct stays *stays, struct child *child)
{
	static const struct text places[] = {{"T3", 2}, {"T2", 2}, {"T4", 2}, {"T1", 2}};
	size_t i = (size_t)random_below(&child->random, stays->count);
	struct stay *stay = &stays->rows[i];
	int32_t length = stay->to - stay->from, away, day;

	if (stay->temporary || length < 120 || stays->count + 2 > STAYS_MOST ||
		stay->kind > KIND_PRIVATE_HOME || !random_chance(&child->random, 0.06))
		return;
	open_gap(stays, i, 2);
	stay = &stays->rows[i];
	away = (int32_t)random_between(&child->random, 2, 7);
	day = stay->from + (int32_t)random_between(&child->random, 40, length - 40);
	stays->rows[i + 2].from = day + away;
	stays->rows[i + 2].returning = true;
	stays->rows[i + 2].same_carer = false;
	stays->rows[i + 1] = (struct stay){.from = day,
		.to = day + away,
		.kind = KIND_OTHER,
		.place = places[random_below(&child->random, 4)],
		.authority = stay->authority,
		.temporary = true};
	stay->to = day;
}

/* Why each stay ended; nobody asks where a temporary one begins or ends. */
static void give_reasons(struct stays *stays, struct child *child, const struct cast *cast)
{
	for (size_t i = 0; i + 1 < stays->count; i++) {
		const struct choice *reason = choice_take(&cast->parameters->reasons,
			stays->rows[i].kind, date_years_between(child->born, stays->rows[i].to),
			random_uniform(&child->random));

		if (stays->rows[i].temporary || stays->rows[i + 1].temporary ||
			stays->rows[i].reason_moved.length)
			continue;
		stays->rows[i].reason_moved = reason ? reason->first : TEXT("OTHER");
		if (text_is(stays->rows[i + 1].place, "R5"))
			stays->rows[i].reason_moved = TEXT("CUSTOD");
	}
}

void stays_make(struct stays *out_stays, struct child *child, const struct cast *cast)
{
	int32_t end = child->left == DATE_MISSING ? cast->options.as_at + 1 : child->left;

	out_stays->count = 0;
	cut_stays(out_stays, child, cast, end);
	furnish_stays(out_stays, child, cast);
	shorten_temporary(out_stays, child);
	settle_long_term(out_stays, child);
	go_away_a_while(out_stays, child);
	give_reasons(out_stays, child, cast);
	if (child->left == DATE_MISSING)
		out_stays->rows[out_stays->count - 1].to = DATE_MISSING;
}
