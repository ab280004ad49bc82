/* SPDX-License-Identifier: MIT */
/*
 * The benchmark's flat files from a Hearth record: export_flat RECORD DATE OUT. See README.md for
 * what is in them and what is left out.
 */
#include <stdio.h>

#include "base/date.h"
#include "base/file.h"
#include "base/money.h"
#include "cohort/history.h"

enum { FLAT_PLACEMENTS_MOST = 4096 }; /* of one child */

struct flat_placement {
	int32_t start, end; /* end DATE_MISSING while open */
	uint8_t kind;
	int64_t pounds;
};

struct export
{
	struct arena *arena;
	const struct history *history;
	int32_t day;
	/* flat files, and the same facts for `hearth import` */
	struct buffer children, assessments, placements;
	struct buffer own_children, own_episodes, own_assessments, own_costs;
	struct flat_placement flat[FLAT_PLACEMENTS_MOST];
	size_t flat_count;
	size_t exported;
};

static void put_text(struct buffer *out, struct text text)
{
	buffer_text(out, text);
	buffer_char(out, ',');
}

static void put_day(struct buffer *out, int32_t day, char after)
{
	char text[DATE_TEXT_SIZE];

	buffer_string(out, date_format(day, text));
	buffer_char(out, after);
}

static const char *group_code(const struct export *export, enum grouping_id grouping, uint8_t group)
{
	return export->history->schema->groupings[grouping].codes[group];
}

/* A code of the set that stands for the group. */
static struct text code_for(const struct export *export, const char *set, const char *group)
{
	const struct code_set *codes = schema_code_set(export->history->schema, set);

	for (size_t i = 0; codes && i < codes->count; i++)
		if (text_is(codes->codes[i].group, group))
			return codes->codes[i].code;
	return TEXT("");
}

/* PLACE and PLACE_PROVIDER that make the kind, written one after the other. */
static void put_place(struct buffer *out, const struct export *export, uint8_t kind)
{
	const struct schema *schema = export->history->schema;
	const struct code_set *places = schema_code_set(schema, "place");
	const struct code_set *providers = schema_code_set(schema, "place_provider");

	for (size_t i = 0; i < schema->place_count; i++)
		for (size_t j = 0; j < schema->provider_count; j++)
			if (schema_placement_kind(schema, (int)i, (int)j) == kind) {
				put_text(out, places->codes[i].code);
				put_text(out, providers->codes[j].code);
				return;
			}
	buffer_string(out, ",,");
}

/* The day whose cost is the placement's. */
static int32_t cost_day(const struct flat_placement *placement, int32_t day)
{
	if (date_open_on(placement->start, placement->end, day))
		return day;
	return placement->end == DATE_MISSING ? placement->start : placement->end - 1;
}

/* The child's placements, one after another, those without a kind or a cost left out. */
static void flatten(struct export *export, uint32_t child)
{
	const struct history *history = export->history;
	const struct history_placements *placements = &history->placements;
	uint32_t last = history->first_placement[child + 1];

	export->flat_count = 0;
	for (uint32_t i = history->first_placement[child];
		i < last && export->flat_count < FLAT_PLACEMENTS_MOST; i++) {
		struct flat_placement flat = {placements->start[i], placements->end[i],
			history->episodes.kind[placements->first_episode[i]], 0};
		int64_t pence;

		if (i + 1 < last &&
			(flat.end == DATE_MISSING || flat.end > placements->start[i + 1]))
			flat.end = placements->start[i + 1];
		if (flat.end != DATE_MISSING && flat.end <= flat.start)
			continue;
		pence = history_cost_on(history, child, cost_day(&flat, export->day));
		flat.pounds = (pence + 50) / 100;
		if (pence != MONEY_MISSING &&
			flat.kind < history->schema->groupings[GROUPING_PLACEMENT_KIND].count)
			export->flat[export->flat_count++] = flat;
	}
}

static bool follows(const struct export *export, size_t placement)
{
	return placement > 0 && export->flat[placement - 1].end == export->flat[placement].start;
}

/* The first day of the run of placements that holds the one on the day, or the last before it. */
static int32_t care_start(const struct export *export)
{
	size_t placement = 0;

	while (placement + 1 < export->flat_count &&
		export->flat[placement + 1].start <= export->day)
		placement++;
	while (follows(export, placement))
		placement--;
	return export->flat[placement].start;
}

/* Whether everything about the child is recorded. */
static bool complete(const struct export *export, uint32_t child)
{
	const struct history *history = export->history;
	const struct grouping *groupings = history->schema->groupings;
	bool here = false;

	if (export->flat_count == 0 || history->born[child] == DATE_MISSING ||
		history->born[child] > export->day)
		return false;
	for (int g = 0; g < GROUPING_COUNT; g++)
		if (history->groups[g] && history->groups[g][child] == groupings[g].count)
			return false;
	for (size_t i = 0; i < export->flat_count; i++)
		here = here ||
		       date_open_on(export->flat[i].start, export->flat[i].end, export->day);
	if (!here)
		return history_episode_on(history, child, export->day) == HISTORY_NONE;
	return history_assessment_on(history, child, export->day) != HISTORY_NONE;
}

static void write_child(struct export *export, uint32_t child)
{
	const struct history *history = export->history;
	static const enum grouping_id flags[] = {
		GROUPING_DISABILITY, GROUPING_EHCP, GROUPING_EXCLUDED};
	const char *sex = group_code(export, GROUPING_SEX, history->groups[GROUPING_SEX][child]);
	const char *ethnic_group = group_code(
		export, GROUPING_ETHNIC_GROUP, history->groups[GROUPING_ETHNIC_GROUP][child]);

	put_text(&export->children, history->ids[child]);
	put_text(&export->children, text_of(sex));
	put_day(&export->children, history->born[child], ',');
	put_text(&export->children, text_of(ethnic_group));
	put_text(&export->own_children, history->ids[child]);
	put_text(&export->own_children, code_for(export, "sex", sex));
	put_day(&export->own_children, history->born[child], ',');
	put_text(&export->own_children, code_for(export, "ethnicity", ethnic_group));
	for (int f = 0; f < 3; f++) {
		bool yes = strcmp(group_code(export, flags[f], history->groups[flags[f]][child]),
				   "yes") == 0;

		buffer_string(&export->children, yes ? "1," : "0,");
		buffer_string(&export->own_children, yes ? "1," : "0,");
	}
	put_day(&export->children, care_start(export), '\n');
	buffer_string(&export->own_children, "0\n");
}

/* One a day: the later row's. */
static void write_assessments(struct export *export, uint32_t child)
{
	const struct history *history = export->history;
	const int32_t *on = history->assessments.assessed_on;
	uint32_t last = history->first_assessment[child + 1];
	size_t domains = history->framework->domain_count;

	for (uint32_t i = history->first_assessment[child]; i < last; i++) {
		struct buffer *out[] = {&export->assessments, &export->own_assessments};

		if (i + 1 < last && on[i + 1] == on[i])
			continue;
		for (int file = 0; file < 2; file++) {
			put_text(out[file], history->ids[child]);
			put_day(out[file], on[i], ',');
			for (size_t d = 0; d < domains; d++)
				buffer_format(out[file], "%u%c", history->assessments.scores[i][d],
					d + 1 < domains ? ',' : '\n');
		}
	}
}

static void write_placements(struct export *export, uint32_t child)
{
	struct text id = export->history->ids[child];

	for (size_t i = 0; i < export->flat_count; i++) {
		const struct flat_placement *flat = &export->flat[i];

		put_text(&export->placements, id);
		put_day(&export->placements, flat->start, ',');
		put_day(&export->placements, flat->end, ',');
		buffer_format(&export->placements, "%s,%lld\n",
			group_code(export, GROUPING_PLACEMENT_KIND, flat->kind),
			(long long)flat->pounds);
		put_text(&export->own_episodes, id);
		put_day(&export->own_episodes, flat->start, ',');
		put_day(&export->own_episodes, flat->end, ',');
		put_place(&export->own_episodes, export, flat->kind);
		buffer_string(&export->own_episodes, follows(export, i) ? "P,C2\n" : "S,C2\n");
		put_text(&export->own_costs, id);
		put_day(&export->own_costs, flat->start, ',');
		put_day(&export->own_costs, flat->end, ',');
		buffer_format(&export->own_costs, "%lld,total\n", (long long)flat->pounds);
	}
}

static void write_headers(struct export *export)
{
	buffer_string(&export->children, "child_id,sex,date_of_birth,ethnic_group,disability,ehcp,"
					 "excluded,care_start\n");
	buffer_string(&export->placements, "child_id,start,end,placement_kind,weekly_cost\n");
	buffer_string(&export->own_children, "child_id,sex,date_of_birth,ethnicity,disability,ehcp,"
					     "excluded,uasc\n");
	buffer_string(&export->own_episodes, "child_id,started,ended,placement_type,"
					     "placement_provider,reason_started,legal_status\n");
	buffer_string(&export->own_costs, "child_id,from,to,weekly_cost,element\n");
	buffer_string(&export->assessments, "child_id,assessed_on");
	buffer_string(&export->own_assessments, "child_id,assessed_on");
	for (size_t d = 0; d < export->history->framework->domain_count; d++) {
		buffer_format(
			&export->assessments, ",%s", export->history->framework->domains[d].key);
		buffer_format(&export->own_assessments, ",%s",
			export->history->framework->domains[d].key);
	}
	buffer_char(&export->assessments, '\n');
	buffer_char(&export->own_assessments, '\n');
}

static bool write_file(struct export *export, const char *folder, const char *name,
	const struct buffer *buffer, struct error *error)
{
	const char *path = arena_format(export->arena, "%s/%s", folder, name);

	if (!path || buffer->failed)
		return error_no_memory(error);
	return file_write(path, (struct text){buffer->data, buffer->length}, error);
}

static bool write_files(struct export *export, const char *folder, struct error *error)
{
	const char *own = arena_format(export->arena, "%s/hearth", folder);

	if (!own)
		return error_no_memory(error);
	return file_make_folder(own, error) &&
	       write_file(export, folder, "children.csv", &export->children, error) &&
	       write_file(export, folder, "assessments.csv", &export->assessments, error) &&
	       write_file(export, folder, "placements.csv", &export->placements, error) &&
	       write_file(export, own, "children.csv", &export->own_children, error) &&
	       write_file(export, own, "episodes.csv", &export->own_episodes, error) &&
	       write_file(export, own, "assessments.csv", &export->own_assessments, error) &&
	       write_file(export, own, "costs.csv", &export->own_costs, error);
}

static bool export_all(struct export *export, const char *folder, struct error *error)
{
	struct buffer *all[] = {&export->children, &export->assessments, &export->placements,
		&export->own_children, &export->own_episodes, &export->own_assessments,
		&export->own_costs};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		*all[i] = buffer_in(export->arena);
	write_headers(export);
	for (size_t child = 0; child < export->history->children; child++) {
		flatten(export, (uint32_t)child);
		if (!complete(export, (uint32_t)child))
			continue;
		write_child(export, (uint32_t)child);
		write_assessments(export, (uint32_t)child);
		write_placements(export, (uint32_t)child);
		export->exported++;
	}
	return write_files(export, folder, error);
}

static bool load(struct history *out_history, struct arena *arena, const char *record,
	struct schema *schema, struct error *error)
{
	struct store *store = NULL;
	bool done = schema_open(schema, arena, NULL, error) &&
		    store_open(&store, record, DATABASE_READ, error) &&
		    history_load(out_history, arena, schema,
			    schema_framework(schema, TEXT("valuing-care-13")), store, error);

	store_close(store);
	return done;
}

int main(int count, char **arguments)
{
	static struct export export;
	struct error error = {ERROR_NONE, ""};
	struct arena *arena = arena_open();
	struct history history;
	struct schema schema;
	int32_t day;

	if (!arena || count != 4 || !date_parse(text_of(arguments[2]), &day)) {
		fprintf(stderr, "usage: export_flat RECORD DATE OUT\n");
		return 2;
	}
	export.arena = arena;
	export.history = &history;
	export.day = day;
	if (!load(&history, arena, arguments[1], &schema, &error) ||
		!export_all(&export, arguments[3], &error)) {
		fprintf(stderr, "export_flat: %s\n", error.message);
		arena_close(arena);
		return 1;
	}
	fprintf(stderr, "export_flat: %zu of %zu children\n", export.exported, history.children);
	arena_close(arena);
	return 0;
}
