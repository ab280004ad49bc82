/* SPDX-License-Identifier: MIT */
#include "care/profile.h"

#include "care/rows.h"

static const char *const part_names[PROFILE_PARTS] = {
	[PROFILE_KNOWN_AS] = "What I like to be called",
	[PROFILE_MATTERS] = "What matters to me",
	[PROFILE_GOOD_AT] = "What I am good at",
	[PROFILE_HOPES] = "What I hope for",
	[PROFILE_LIKED] = "What people like about me",
	[PROFILE_WRITTEN_WITH] = "Who helped to write this",
};

const char *profile_part_name(enum profile_part part)
{
	return part_names[part];
}

static struct vault_place place_of(int64_t profile)
{
	return (struct vault_place){"care_profile", "sealed_words", profile};
}

static bool profile_row(struct store *store, const struct store_cursor *cursor, struct arena *arena,
	struct profile *out_profile, struct error *error)
{
	*out_profile = (struct profile){.id = store_integer(cursor, 0),
		.version = store_integer(cursor, 1),
		.written_on = care_day(cursor, 2)};
	return care_text_copy(cursor, 3, arena, &out_profile->participation, error) &&
	       care_stamp_read(cursor, 4, arena, &out_profile->saved, error) &&
	       care_words_open(store, arena, place_of(out_profile->id), store_text(cursor, 7),
		       out_profile->parts, PROFILE_PARTS, error);
}

static bool profiles_query(
	struct store *store, int64_t child, struct store_cursor **out_cursor, struct error *error)
{
	if (!store_query(store, "care_profiles", out_cursor, error))
		return false;
	store_bind_integer(*out_cursor, 1, child);
	return true;
}

bool profile_read(struct store *store, struct arena *arena, int64_t child,
	struct profile *out_profile, struct error *error)
{
	struct store_cursor *cursor;
	bool row, done = true;

	*out_profile = (struct profile){.written_on = DATE_MISSING};
	if (!profiles_query(store, child, &cursor, error) || !store_next(cursor, &row, error))
		return false;
	if (row)
		done = profile_row(store, cursor, arena, out_profile, error);
	store_rewind(cursor);
	return done;
}

bool profile_versions(struct store *store, struct arena *arena, int64_t child,
	struct profile **out_profiles, size_t *out_count, struct error *error)
{
	struct care_list list = {.arena = arena, .size = sizeof(struct profile)};
	struct store_cursor *cursor;
	bool row;

	if (!profiles_query(store, child, &cursor, error))
		return false;
	while (store_next(cursor, &row, error)) {
		struct profile *profile;

		if (!row) {
			*out_profiles = (struct profile *)(void *)list.rows;
			*out_count = list.count;
			return true;
		}
		profile = care_list_add(&list);
		if (!profile)
			return error_no_memory(error);
		if (!profile_row(store, cursor, arena, profile, error))
			return false;
	}
	return false;
}

/* The form as it would be kept. */
static bool clean(const struct care_writing *writing, struct arena *arena,
	const struct profile *form, struct profile *out_profile, struct error *error)
{
	int participation;
	bool says = false;

	*out_profile = *form;
	for (int i = 0; i < PROFILE_PARTS; i++) {
		bool line = i == PROFILE_KNOWN_AS || i == PROFILE_WRITTEN_WITH;

		if (!care_text_clean(arena, part_names[i], form->parts[i],
			    line ? CARE_LINE_MOST : CARE_TEXT_MOST, &out_profile->parts[i], error))
			return false;
		says = says || (!line && out_profile->parts[i].length);
	}
	if (!says)
		return error_set(error, ERROR_INPUT,
			"Write at least one thing: what matters, what they are good at, what they "
			"hope for or what people like about them");
	return care_day_check(writing, "The day this was written", form->written_on, error) &&
	       care_participation(writing->schema, form->participation, &participation, error);
}

static bool says_the_same(const struct profile *one, const struct profile *other)
{
	for (int i = 0; i < PROFILE_PARTS; i++)
		if (!text_equal(one->parts[i], other->parts[i]))
			return false;
	return one->written_on == other->written_on &&
	       text_equal(one->participation, other->participation);
}

static const char *changed_parts(
	struct arena *arena, const struct profile *one, const struct profile *other)
{
	static const char *const keys[PROFILE_PARTS] = {
		"known_as", "matters", "good_at", "hopes", "liked", "written_with"};
	struct buffer fields = buffer_in(arena);

	for (int i = 0; i < PROFILE_PARTS; i++)
		if (!text_equal(one->parts[i], other->parts[i]))
			buffer_format(&fields, "%s%s", fields.length ? " " : "", keys[i]);
	if (!text_equal(one->participation, other->participation))
		buffer_format(&fields, "%sparticipation", fields.length ? " " : "");
	return fields.failed ? "" : buffer_cstring(&fields);
}

static bool add(const struct care_writing *writing, struct arena *arena,
	const struct profile *profile, struct error *error)
{
	struct store_cursor *cursor;
	struct text sealed;
	int64_t id;

	if (!care_next(writing->store, "care_profile_next", &id, error) ||
		!care_words_seal(writing->store, arena, place_of(id), profile->parts, PROFILE_PARTS,
			&sealed, error) ||
		!store_query(writing->store, "care_profile_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	store_bind_integer(cursor, 2, writing->child);
	store_bind_integer(cursor, 3, profile->version + 1);
	store_bind_integer(cursor, 4, profile->written_on);
	store_bind_text(cursor, 5, profile->participation);
	care_stamp_now(cursor, 6, writing);
	store_bind_bytes(cursor, 9, sealed);
	return store_run(cursor, error);
}

bool profile_save(const struct care_writing *writing, struct arena *arena,
	const struct profile *profile, int64_t *out_version, struct care_conflict *out_conflict,
	struct error *error)
{
	struct profile form, last;

	if (!clean(writing, arena, profile, &form, error) || !care_child_known(writing, error) ||
		!profile_read(writing->store, arena, writing->child, &last, error))
		return false;
	if (last.version != form.version)
		return care_conflicts(out_conflict, last.saved, last.version, last.id, error);
	*out_version = last.version;
	if (last.version && says_the_same(&form, &last))
		return true;
	*out_version = last.version + 1;
	return add(writing, arena, &form, error) &&
	       care_audit(writing, "profile.save", changed_parts(arena, &form, &last), error,
		       "version %lld", (long long)*out_version);
}
