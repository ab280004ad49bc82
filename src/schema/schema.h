/* SPDX-License-Identifier: MIT */
/*
 * The data dictionary: needs frameworks, code sets with their years of validity, the tables that
 * come in, and the groupings of the figures, as read from data/.
 *
 * The one rule: what a council may change is read from files; what C refers to by name (a code set,
 * a grouping, the group "residential") must be there, or schema_open says which file lacks it.
 */
#ifndef HEARTH_SCHEMA_SCHEMA_H
#define HEARTH_SCHEMA_SCHEMA_H

#include "schema/code_set.h"
#include "schema/framework.h"
#include "schema/grouping.h"
#include "schema/source.h"

struct schema {
	const struct framework *frameworks; /* in order of their ids; [0, framework_count) */
	size_t framework_count;
	const struct code_set *code_sets;
	size_t code_set_count;
	const struct source_table *tables;
	size_t table_count;
	struct grouping groupings[GROUPING_COUNT];
	/* placement_group and placement_kind of PLACE and PLACE_PROVIDER: indices into the
	 * groupings; [place code or place count for blank][provider code or provider count for
	 * blank] */
	const uint8_t *placement_group;
	const uint8_t *placement_kind;
	size_t place_count;		/* codes of the set "place" */
	size_t provider_count;		/* codes of the set "place_provider" */
	const uint8_t *place_temporary; /* by place code; 1 for T0 to T4 */
};

/* Reads data/ as embedded; files under `folder` (NULL for none), laid out as data/, stand in their
 * place one by one. Everything lives in `arena`. */
bool schema_open(struct schema *out_schema, struct arena *arena, const char *folder,
	struct error *error) MUST_CHECK;

/* NULL when there is none of that name. */
const struct framework *schema_framework(const struct schema *schema, struct text id);
const struct code_set *schema_code_set(const struct schema *schema, const char *name);
const struct source_table *schema_table(const struct schema *schema, const char *name);

/* Indices into the groupings placement_group and placement_kind; `place` and `provider` are code
 * indices of the sets "place" and "place_provider", -1 for blank. */
static inline uint8_t schema_placement_group(const struct schema *schema, int place, int provider)
{
	size_t row = place < 0 ? schema->place_count : (size_t)place;
	size_t column = provider < 0 ? schema->provider_count : (size_t)provider;

	return schema->placement_group[row * (schema->provider_count + 1) + column];
}

static inline uint8_t schema_placement_kind(const struct schema *schema, int place, int provider)
{
	size_t row = place < 0 ? schema->place_count : (size_t)place;
	size_t column = provider < 0 ? schema->provider_count : (size_t)provider;

	return schema->placement_kind[row * (schema->provider_count + 1) + column];
}

#endif
