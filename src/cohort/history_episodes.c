/* SPDX-License-Identifier: MIT */
/* Which episodes count, and the facts of each. */
#include "base/date.h"
#include "cohort/history_build.h"

/* Whether the rows of `unit` replace those of `standing`, which came before: a later file's do, but
 * of two returns of known years the later year stands whatever the order of imports. */
static bool unit_replaces(const struct unit *unit, const struct unit *standing)
{
	bool both_years = unit->year != UNIT_NATIVE && standing->year != UNIT_NATIVE &&
			  unit->year != 0 && standing->year != 0;

	return !(both_years && unit->year < standing->year);
}

/* Rows of one child and start, in order: writes those of the unit that stands, short breaks left
 * out, to out_order. Returns how many. */
static size_t fold_start(const struct episode_rows *rows, const uint32_t *order, size_t count,
	uint32_t *out_order, size_t *short_breaks)
{
	const struct episode_row *standing = row_at(&rows->list, order[0]);
	size_t kept = 0;

	for (size_t i = 1; i < count; i++) {
		const struct episode_row *row = row_at(&rows->list, order[i]);

		if (unit_replaces(
			    &rows->units.all[row->row.unit], &rows->units.all[standing->row.unit]))
			standing = row;
	}
	for (size_t i = 0; i < count; i++) {
		const struct episode_row *row = row_at(&rows->list, order[i]);

		if (row->row.unit != standing->row.unit)
			continue;
		if (row->short_break)
			++*short_breaks;
		else
			out_order[kept++] = order[i];
	}
	return kept;
}

/* Takes out of `order` what does not count; first[] then speaks of what is left. Returns how many
 * rows that is. */
static size_t fold(
	struct history_build *build, const struct episode_rows *rows, struct row_order *order)
{
	size_t kept = 0, begin = 0;

	for (size_t c = 0; c < build->history.children; c++) {
		size_t end = order->first[c + 1];

		order->first[c] = (uint32_t)kept;
		while (begin < end) {
			const struct episode_row *row = row_at(&rows->list, order->order[begin]);
			size_t next = begin + 1;

			while (next < end &&
				((struct episode_row *)row_at(&rows->list, order->order[next]))
						->start == row->start)
				next++;
			kept += fold_start(rows, order->order + begin, next - begin,
				order->order + kept, &build->history.short_break_episodes);
			begin = next;
		}
	}
	order->first[build->history.children] = (uint32_t)kept;
	return kept;
}

/* Columns of the history and what the next steps need beside them. */
struct episode_columns {
	int32_t *start, *end;
	int16_t *place, *place_provider;
	uint8_t *group, *kind;
	uint32_t *provider;
	float *distance_miles;
	char *reasons;	/* scratch */
	uint32_t *urns; /* scratch */
};

static bool columns_take(struct episode_columns *out_columns, struct history_build *build,
	size_t count, struct error *error)
{
	struct arena *arena = build->arena;
	struct episode_columns columns = {
		.start = arena_take_raw(arena, count, sizeof *columns.start),
		.end = arena_take_raw(arena, count, sizeof *columns.end),
		.place = arena_take_raw(arena, count, sizeof *columns.place),
		.place_provider = arena_take_raw(arena, count, sizeof *columns.place_provider),
		.group = arena_take_raw(arena, count, 1),
		.kind = arena_take_raw(arena, count, 1),
		.provider = arena_take_raw(arena, count, sizeof *columns.provider),
		.distance_miles = arena_take_raw(arena, count, sizeof *columns.distance_miles),
		.reasons = arena_take_raw(build->scratch, count, 1),
		.urns = arena_take_raw(build->scratch, count, sizeof *columns.urns),
	};

	*out_columns = columns;
	return (columns.start && columns.end && columns.place && columns.place_provider &&
		       columns.group && columns.kind && columns.provider &&
		       columns.distance_miles && columns.reasons && columns.urns) ||
	       error_no_memory(error);
}

/* For each text, URN and code of an episode the number of the name it stands for, 0 for none. */
struct provider_tables {
	uint32_t *of_text, *of_urn, *of_code;
};

static bool tables_take(struct provider_tables *out_tables, struct history_build *build,
	const struct episode_rows *rows, const struct provider_names *names, struct error *error)
{
	const struct code_set *codes = schema_code_set(build->history.schema, "place_provider");
	struct provider_tables tables = {
		.of_text =
			arena_take(build->scratch, rows->providers.count, sizeof *tables.of_text),
		.of_urn = arena_take(build->scratch, rows->urns.count, sizeof *tables.of_urn),
		.of_code = arena_take(build->scratch, codes->count, sizeof *tables.of_code),
	};

	if (!tables.of_text || !tables.of_urn || !tables.of_code)
		return error_no_memory(error);
	for (size_t i = 1; i < rows->providers.count; i++) {
		uint32_t id = intern_find(&names->ids, rows->providers.texts[i]);

		tables.of_text[i] = intern_number(
			&build->providers, id ? names->by_id[id] : rows->providers.texts[i]);
	}
	for (size_t i = 1; i < rows->urns.count; i++) {
		uint32_t urn = intern_find(&names->urns, rows->urns.texts[i]);

		if (urn)
			tables.of_urn[i] = intern_number(&build->providers, names->by_urn[urn]);
	}
	for (size_t i = 0; i < codes->count; i++)
		tables.of_code[i] = intern_number(&build->providers, codes->codes[i].code);
	*out_tables = tables;
	return !build->providers.failed || error_no_memory(error);
}

static uint32_t provider_number(
	const struct provider_tables *tables, const struct episode_row *episode)
{
	if (episode->provider)
		return tables->of_text[episode->provider];
	if (tables->of_urn[episode->urn])
		return tables->of_urn[episode->urn];
	return episode->place_provider < 0 ? 0 : tables->of_code[episode->place_provider];
}

static void columns_fill(struct episode_columns *columns, const struct schema *schema,
	const struct episode_rows *rows, const struct row_order *order, size_t count,
	const struct provider_tables *tables)
{
	for (size_t i = 0; i < count; i++) {
		const struct episode_row *row = row_at(&rows->list, order->order[i]);

		columns->start[i] = row->start;
		columns->end[i] = row->end;
		columns->place[i] = row->place;
		columns->place_provider[i] = row->place_provider;
		columns->group[i] = schema_placement_group(schema, row->place, row->place_provider);
		columns->kind[i] = schema_placement_kind(schema, row->place, row->place_provider);
		columns->provider[i] = provider_number(tables, row);
		columns->distance_miles[i] = row->distance_miles;
		columns->reasons[i] = row->reason;
		columns->urns[i] = row->urn;
	}
}

/* Puts the names that episodes have into the order of their bytes, and episodes' numbers with them.
 */
static bool providers_place(
	struct history_build *build, uint32_t *provider, size_t count, struct error *error)
{
	size_t names = build->providers.count - 1, used = 0;
	uint32_t *order = arena_take_raw(build->scratch, names, sizeof *order);
	uint32_t *number = arena_take(build->scratch, names + 1, sizeof *number);
	struct text *sorted = arena_take_raw(build->arena, names, sizeof *sorted);

	if (!order || !number || !sorted)
		return error_no_memory(error);
	if (!texts_sort(build->scratch, build->providers.texts + 1, names, order, error))
		return false;
	for (size_t i = 0; i < count; i++)
		number[provider[i]] = 1;
	for (size_t i = 0; i < names; i++) {
		if (!number[order[i] + 1])
			continue;
		sorted[used] = build->providers.texts[order[i] + 1];
		number[order[i] + 1] = (uint32_t)used++;
	}
	number[0] = HISTORY_NONE;
	for (size_t i = 0; i < count; i++)
		provider[i] = number[provider[i]];
	build->history.providers = sorted;
	build->history.provider_count = used;
	return true;
}

static void episodes_give(
	struct history_build *build, const struct episode_columns *columns, const uint32_t *first)
{
	build->history.first_episode = first;
	build->history.episodes = (struct history_episodes){
		.start = columns->start,
		.end = columns->end,
		.place = columns->place,
		.place_provider = columns->place_provider,
		.group = columns->group,
		.kind = columns->kind,
		.provider = columns->provider,
		.distance_miles = columns->distance_miles,
	};
}

/* Rows by child, start and rank of their unit, less those that do not count. */
static bool episodes_choose(struct history_build *build, struct episode_rows *rows,
	struct row_order *out_order, size_t *out_count, struct error *error)
{
	uint32_t *first;

	for (size_t i = 0; i < rows->list.count; i++) {
		struct episode_row *row = row_at(&rows->list, i);

		row->row.key =
			row->start * ((int64_t)1 << 32) + rows->units.all[row->row.unit].rank;
	}
	if (!rows_order(out_order, build->scratch, &rows->list, build->history.children, error))
		return false;
	*out_count = fold(build, rows, out_order);
	first = arena_take_raw(build->arena, build->history.children + 1, sizeof *first);
	if (!first)
		return error_no_memory(error);
	memcpy(first, out_order->first, (build->history.children + 1) * sizeof *first);
	out_order->first = first;
	return true;
}

bool build_episodes(struct history_build *build, struct error *error)
{
	struct arena_mark mark = arena_mark(build->scratch);
	struct episode_rows rows;
	struct row_order order;
	struct episode_columns columns;
	struct provider_names names;
	struct provider_tables tables = {NULL, NULL, NULL};
	size_t count;

	build->providers = intern_in(build->arena);
	if (!read_episodes(&rows, build, error) ||
		!episodes_choose(build, &rows, &order, &count, error) ||
		!build_provider_names(&names, build, error) ||
		!tables_take(&tables, build, &rows, &names, error) ||
		!columns_take(&columns, build, count, error))
		return false;
	columns_fill(&columns, build->history.schema, &rows, &order, count, &tables);
	episodes_give(build, &columns, order.first);
	if (!providers_place(build, columns.provider, count, error) ||
		!build_runs(build, columns.reasons, columns.urns, error))
		return false;
	arena_release(build->scratch, mark);
	return true;
}
