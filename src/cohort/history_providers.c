/* SPDX-License-Identifier: MIT */
/*
 * Names of providers: that of the provider_id in an episode's `provider`, else that text itself,
 * else the name of the provider (or of the home's provider) with its URN.
 */
#include "cohort/history_build.h"

/* Of several rows of one id or URN, the last one counts. */
static bool name_set(struct intern *keys, struct row_list *names, struct text key, struct text name)
{
	uint32_t number = intern_number(keys, key);

	while (names->count <= number)
		if (!row_add(names))
			return false;
	*(struct text *)row_at(names, number) = name;
	return number != 0 && !keys->failed;
}

struct provider_lists {
	struct intern texts; /* keeps the names */
	struct row_list by_id, by_urn;
	struct row_list
		provider_urns; /* pairs of texts: URN, name; they go before those of homes */
};

struct urn_name {
	struct text urn, name;
};

static struct text keep(struct provider_lists *lists, struct text text)
{
	return lists->texts.texts[intern_number(&lists->texts, text)];
}

static bool providers_read(struct provider_names *names, struct provider_lists *lists,
	struct history_build *build, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(build->store, "load_providers", &cursor, error))
		return false;
	while (true) {
		struct text id, name, urn;

		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			return true;
		id = store_text(cursor, 0);
		name = keep(lists, store_text(cursor, 1));
		urn = keep(lists, store_text(cursor, 2));
		if (name.length && id.length && !name_set(&names->ids, &lists->by_id, id, name))
			return error_no_memory(error);
		if (name.length && urn.length) {
			struct urn_name *pair = row_add(&lists->provider_urns);

			if (!pair)
				return error_no_memory(error);
			*pair = (struct urn_name){urn, name};
		}
	}
}

static bool homes_read(struct provider_names *names, struct provider_lists *lists,
	struct history_build *build, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	if (!store_query(build->store, "load_homes", &cursor, error))
		return false;
	while (true) {
		struct text urn;
		uint32_t provider;

		if (!store_next(cursor, &row, error))
			return false;
		if (!row)
			return true;
		urn = store_text(cursor, 2);
		provider = intern_find(&names->ids, store_text(cursor, 1));
		if (urn.length && provider &&
			!name_set(&names->urns, &lists->by_urn, urn,
				*(struct text *)row_at(&lists->by_id, provider)))
			return error_no_memory(error);
	}
}

bool build_provider_names(
	struct provider_names *out_names, struct history_build *build, struct error *error)
{
	struct provider_names names = {
		.ids = intern_in(build->scratch), .urns = intern_in(build->scratch)};
	struct provider_lists lists = {
		.texts = intern_in(build->arena),
		.by_id = {.arena = build->scratch, .size = sizeof(struct text)},
		.by_urn = {.arena = build->scratch, .size = sizeof(struct text)},
		.provider_urns = {.arena = build->scratch, .size = sizeof(struct urn_name)},
	};

	if (lists.texts.failed || names.ids.failed || names.urns.failed)
		return error_no_memory(error);
	if (!providers_read(&names, &lists, build, error) ||
		!homes_read(&names, &lists, build, error))
		return false;
	for (size_t i = 0; i < lists.provider_urns.count; i++) {
		struct urn_name *pair = row_at(&lists.provider_urns, i);

		if (!name_set(&names.urns, &lists.by_urn, pair->urn, pair->name))
			return error_no_memory(error);
	}
	if (lists.texts.failed)
		return error_no_memory(error);
	names.by_id = (struct text *)(void *)lists.by_id.rows;
	names.by_urn = (struct text *)(void *)lists.by_urn.rows;
	*out_names = names;
	return true;
}
