/* SPDX-License-Identifier: MIT */
#include "demo/story.h"

#include "demo/deck.h"

enum {
	STREAM_HOME_FACTS = 31,
	CARERS_PER_CHILD = 2, /* of the children fostered, how many share a carer of the list */
	SEA_EASTING = 700000, /* grid metres out in the North Sea: nobody's address */
	SEA_NORTHING = 330000,
	SEA_WIDTH = 12000,
};

/* One home or carer of the list. */
struct home_entry {
	enum kind kind;
	uint64_t number; /* of its kind */
	size_t authority;
	struct text provider;
	int min_age, max_age;
	const char *sexes;
	int64_t children; /* living there */
	struct random random;
};

static struct text in_house_provider(
	char out[ID_SIZE], const struct cast *cast, size_t authority, const char *service)
{
	struct text letter = cast->parameters->authorities[authority].letter;

	snprintf(out, ID_SIZE, "DEMO-%.*s%s", (int)letter.length, letter.data, service);
	return text_of(out);
}

static void cell_of(const struct cast *cast, uint64_t place, size_t *band, bool *male)
{
	size_t cell = 0;

	while (cell + 1 < CELL_COUNT && place >= cast->cell_end[cell])
		cell++;
	*band = cell / 4 % BAND_COUNT;
	*male = cell / 2 % 2;
}

/* Ages and sexes that take in the children who live there. */
static void entry_takes_in(struct home_entry *entry, const struct cast *cast)
{
	uint64_t first = cast->kind_start[entry->kind] + entry->number * HOME_BLOCK;
	uint64_t end = cast->kind_start[entry->kind + 1];
	uint64_t last = first + HOME_BLOCK <= end ? first + HOME_BLOCK - 1 : end;
	size_t band_first, band_last;
	bool male_first, male_last;

	entry->children =
		(int64_t)(last >= first && first < end ? (last < end ? last : end - 1) - first + 1
						       : 0);
	cell_of(cast, first, &band_first, &male_first);
	cell_of(cast, last < end ? last : first, &band_last, &male_last);
	entry->min_age = band_first == 0 ? 7 : 11;
	entry->max_age = band_last == 0 ? 12 : 17;
	entry->sexes = male_first != male_last || random_chance(&entry->random, 0.5) ? "any"
		       : male_first						     ? "male"
										     : "female";
}

static void row_place(struct row *row, struct home_entry *entry)
{
	int64_t area = (int64_t)entry->authority * 2 * SEA_WIDTH;

	row_number(row, SEA_EASTING + random_between(&entry->random, 0, SEA_WIDTH));
	row_number(row, SEA_NORTHING + area + random_between(&entry->random, 0, SEA_WIDTH));
}

static void row_name(struct row *row, struct home_entry *entry, const struct cast *cast)
{
	const struct choices *names = &cast->parameters->home_names;
	struct text name = names->rows[random_below(&entry->random, names->count)].first;
	bool carer = entry->kind <= KIND_AGENCY_FOSTERING;
	char words[96];

	snprintf(words, sizeof words,
		carer ? "Carer %.*s %llu (fictitious)" : "%.*s House %llu (fictitious)",
		(int)name.length, name.data, (unsigned long long)entry->number + 1);
	row_string(row, words);
}

/* The highest need in each domain that the home can meet well: 3 to 7 for carers, 5 to 10 for
 * homes. */
static void row_abilities(struct row *row, struct home_entry *entry)
{
	bool carer = entry->kind <= KIND_AGENCY_FOSTERING;
	int64_t level =
		carer ? random_between(&entry->random, 4, 6) : random_between(&entry->random, 6, 9);

	for (int i = 0; i < DOMAIN_COUNT; i++)
		row_number(row, level + random_between(&entry->random, -1, 1));
}

static void entry_write(struct files *files, struct home_entry *entry, const char *id_letters)
{
	static const char *const grades[] = {
		"Outstanding", "Good", "Good", "Good", "Requires improvement"};
	const struct cast *cast = files->cast;
	bool carer = entry->kind <= KIND_AGENCY_FOSTERING;
	int64_t capacity = entry->children + random_between(&entry->random, 0, carer ? 1 : 2);
	struct row row = {.length = 0};
	char id[ID_SIZE], urn[URN_SIZE] = "";

	capacity = capacity > 0 ? capacity : 1;
	if (!carer)
		urn_of_home(urn, entry->kind, entry->number);
	snprintf(id, sizeof id, "DEMO-%s%06llu", id_letters, (unsigned long long)entry->number + 1);
	row_string(&row, id);
	row_text(&row, entry->provider);
	row_string(&row, kind_name(entry->kind));
	row_name(&row, entry, cast);
	row_string(&row, urn);
	row_number(&row, capacity);
	row_number(&row, capacity - entry->children);
	row_day(&row, capacity > entry->children
			      ? cast->options.as_at + (int32_t)random_below(&entry->random, 40)
			      : DATE_MISSING);
	row_number(&row, entry->min_age);
	row_number(&row, entry->max_age);
	row_string(&row, entry->sexes);
	row_number(&row, capacity > 1 ? random_between(&entry->random, 0, 2) : 0);
	row_flag(&row, !carer && random_chance(&entry->random, 0.08));
	row_place(&row, entry);
	row_pounds(&row, cost_at_rank(cast, entry->kind, random_uniform(&entry->random) * 0.97));
	row_flag(&row, random_chance(&entry->random, 0.2));
	row_string(&row, random_chance(&entry->random, 0.1) ? "English and Arabic" : "English");
	row_string(&row, random_chance(&entry->random, 0.15)  ? "Muslim"
			 : random_chance(&entry->random, 0.3) ? "Christian"
							      : "");
	row_string(&row, random_chance(&entry->random, 0.4) ? "dog" : "");
	row_string(&row, carer ? "" : grades[random_below(&entry->random, 5)]);
	row_abilities(&row, entry);
	files_native(files, &row, NATIVE_HOMES);
}

static void children_homes_write(struct files *files, enum kind kind)
{
	const struct cast *cast = files->cast;
	bool in_house = kind == KIND_IN_HOUSE_HOME;

	for (uint64_t number = 0; number < home_count(cast, kind); number++) {
		struct home_entry entry = {.kind = kind, .number = number};
		char provider[ID_SIZE];
		size_t owner = home_provider(cast, number);

		random_seed_item(&entry.random,
			deck_mix(cast->options.seed + STREAM_HOME_FACTS) + kind, number);
		entry.authority = home_authority(cast, number);
		entry.provider = in_house ? in_house_provider(provider, cast, entry.authority, "02")
					  : cast->parameters->providers.rows[owner].id;
		entry_takes_in(&entry, cast);
		entry_write(files, &entry, in_house ? "H" : "PH");
	}
}

/* Foster carers: who could take a child, beside those whom they look after now. */
static void carers_write(struct files *files, enum kind kind)
{
	const struct cast *cast = files->cast;
	uint64_t children = cast->kind_start[kind + 1] - cast->kind_start[kind];

	for (uint64_t number = 0; number < children / CARERS_PER_CHILD; number++) {
		struct home_entry entry = {.kind = kind, .number = number, .sexes = "any"};
		char provider[ID_SIZE];
		size_t owner;

		random_seed_item(&entry.random,
			deck_mix(cast->options.seed + STREAM_HOME_FACTS) + kind, number);
		entry.authority = home_authority(cast, random_below(&entry.random, UINT32_MAX));
		owner = provider_choose(cast, kind, random_uniform(&entry.random));
		entry.provider = kind == KIND_IN_HOUSE_FOSTERING
					 ? in_house_provider(provider, cast, entry.authority, "01")
					 : cast->parameters->providers.rows[owner].id;
		entry.min_age = (int)random_below(&entry.random, 3) * 4;
		entry.max_age = entry.min_age + 6 + (int)random_below(&entry.random, 4);
		entry.max_age = entry.max_age < 17 ? entry.max_age : 17;
		entry.children = CARERS_PER_CHILD;
		entry_write(files, &entry, kind == KIND_IN_HOUSE_FOSTERING ? "C" : "PC");
	}
}

void homes_write(struct files *files)
{
	if (files->cast->children == 0)
		return;
	children_homes_write(files, KIND_IN_HOUSE_HOME);
	children_homes_write(files, KIND_PRIVATE_HOME);
	carers_write(files, KIND_IN_HOUSE_FOSTERING);
	carers_write(files, KIND_AGENCY_FOSTERING);
}

static void service_write(struct files *files, size_t authority, const char *service,
	const char *what, bool registered)
{
	struct text name = files->cast->parameters->authorities[authority].name;
	struct row row = {.length = 0};
	char id[ID_SIZE], words[96], urn[URN_SIZE] = "";

	if (registered)
		urn_of_fostering_service(urn, authority);
	row_text(&row, in_house_provider(id, files->cast, authority, service));
	snprintf(words, sizeof words, "%.*s %s", (int)name.length, name.data, what);
	row_string(&row, words);
	row_string(&row, "local authority");
	row_string(&row, urn);
	row_blank(&row);
	files_native(files, &row, NATIVE_PROVIDERS);
}

/* An agency, a secure home or a family centre is registered itself; homes are one by one. */
static void provider_write(struct files *files, size_t number)
{
	const struct provider *provider = &files->cast->parameters->providers.rows[number];
	struct row row = {.length = 0};
	char urn[URN_SIZE] = "", company[ID_SIZE];

	if (provider->kind != KIND_PRIVATE_HOME)
		urn_of_provider(urn, number);
	snprintf(company, sizeof company, "DEMO%04zu", number + 1);
	row_text(&row, provider->id);
	row_text(&row, provider->name);
	row_text(&row, provider->sector);
	row_string(&row, urn);
	row_string(&row, company);
	files_native(files, &row, NATIVE_PROVIDERS);
}

void providers_write(struct files *files)
{
	for (size_t i = 0; i < AUTHORITY_COUNT; i++) {
		service_write(files, i, "01", "fostering service", true);
		service_write(files, i, "02", "children's homes", false);
	}
	for (size_t i = 0; i < files->cast->parameters->providers.count; i++)
		provider_write(files, i);
}
