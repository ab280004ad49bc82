/* SPDX-License-Identifier: MIT */
/* Breaking the glass, and the queue of those who look into it. */
#include <inttypes.h>
#include <stdio.h>

#include "people/read.h"
#include "people/restricted.h"

enum { REASON_FEWEST = 10, MINUTE = 60, GLASS_MINUTES_MOST = 180 };

static struct vault_place place_of(const char *column, int64_t glass)
{
	return (struct vault_place){"glass", column, glass};
}

static bool check_reason(struct text why, struct error *error)
{
	if (why.length < REASON_FEWEST || why.length > AUDIT_WHY_LONGEST)
		return error_set(error, ERROR_INPUT,
			"say why, in at least %d letters: somebody else will read it",
			REASON_FEWEST);
	return true;
}

static bool insert_glass(struct store *store, const struct actor *actor,
	const struct child_facts *child, int64_t id, int64_t until, struct error *error)
{
	char sealed[AUDIT_WHY_LONGEST + VAULT_EXTRA];
	struct store_cursor *cursor;

	if (!store_query(store, "glass_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	store_bind_integer(cursor, 2, child->child);
	store_bind_integer(cursor, 3, actor->account);
	store_bind_text(cursor, 4, child->authority);
	store_bind_bytes(cursor, 5,
		vault_seal(store_vault(store), place_of("reason", id), actor->why, sealed));
	store_bind_integer(cursor, 6, actor->now);
	store_bind_integer(cursor, 7, until);
	return store_run(cursor, error);
}

static bool audit_glass(struct store *store, const struct actor *actor, const char *act,
	int64_t child, struct text authority, int64_t glass, struct error *error)
{
	char about[40] = "";
	struct audit_row row = {.act = text_of(act), .child = child, .authority = authority};

	if (glass)
		snprintf(about, sizeof about, "glass %" PRId64, glass);
	row.about = text_of(about);
	return audit_append(store, actor, &row, error);
}

bool glass_break(struct store *store, const struct rights *rights, const struct session *session,
	const struct child_facts *child, const struct settings *settings, const struct actor *actor,
	int64_t *out_until, struct error *error)
{
	int64_t minutes = settings->break_glass_minutes, id;

	if (!rights_allowed(rights_child(rights, session, child, "breakglass.use")))
		return error_set(error, ERROR_DENIED, "this record cannot be opened so");
	if (!check_reason(actor->why, error) ||
		!store_one_integer(store, "glass_next", 0, 1, &id, error))
		return false;
	if (minutes > GLASS_MINUTES_MOST)
		minutes = GLASS_MINUTES_MOST;
	*out_until = actor->now + minutes * MINUTE;
	return insert_glass(store, actor, child, id, *out_until, error) &&
	       audit_glass(store, actor, "glass.break", child->child, child->authority, id, error);
}

bool glass_end(struct store *store, const struct actor *actor, int64_t child, struct text authority,
	struct error *error)
{
	return RUN_NUMBERS(store, "glass_end", error, child, actor->account, actor->now) &&
	       audit_glass(store, actor, "glass.end", child, authority, 0, error);
}

static bool keep_glass(struct store *store, struct arena *arena, const struct store_cursor *cursor,
	struct glass *out_glass, struct error *error)
{
	const struct vault *vault = store_vault(store);
	struct glass glass = {
		.id = store_integer(cursor, 0),
		.child = store_integer(cursor, 1),
		.account = store_integer(cursor, 2),
		.from = store_integer(cursor, 6),
		.until = store_integer(cursor, 7),
		.reviewed_at = store_integer(cursor, 8),
	};

	if (!keep_text(arena, cursor, 3, &glass.shown) ||
		!keep_text(arena, cursor, 4, &glass.authority) ||
		!keep_text(arena, cursor, 9, &glass.reviewed_by))
		return error_no_memory(error);
	if (!vault_open_in(vault, arena, place_of("reason", glass.id), store_text(cursor, 5),
		    &glass.reason, error) ||
		!vault_open_in(vault, arena, place_of("finding", glass.id), store_text(cursor, 10),
			&glass.finding, error))
		return false;
	*out_glass = glass;
	return true;
}

bool glass_list(struct store *store, struct arena *arena, const struct account_scope *scope,
	bool all, struct glass **out_glasses, size_t *out_count, struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(struct glass)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "glass_list", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, all);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		struct glass *glass = NULL;

		if (rights_authority(scope, store_text(cursor, 4))) {
			glass = list_add(&list);
			if (!glass)
				return error_no_memory(error);
			if (!keep_glass(store, arena, cursor, glass, error))
				return false;
		}
		if (!store_next(cursor, &row, error))
			return false;
	}
	*out_glasses = list.items;
	*out_count = list.count;
	return true;
}

struct found_glass {
	int64_t account, child;
	bool reviewed, of_theirs; /* of the reviewer's authorities */
	char authority[256];
	size_t authority_length;
};

static bool find_glass(struct store *store, const struct account_scope *scope, int64_t id,
	struct found_glass *out_found, struct error *error)
{
	struct store_cursor *cursor;
	struct text authority;
	bool row;

	*out_found = (struct found_glass){0};
	if (!store_query(store, "glass_find", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, id);
	if (!store_next(cursor, &row, error))
		return false;
	if (!row)
		return error_set(error, ERROR_MISSING, "there is no such alert");
	authority = store_text(cursor, 2);
	out_found->account = store_integer(cursor, 0);
	out_found->child = store_integer(cursor, 1);
	out_found->reviewed = !store_is_null(cursor, 3);
	out_found->of_theirs = rights_authority(scope, authority);
	if (authority.length <= sizeof out_found->authority) {
		out_found->authority_length = authority.length;
		if (authority.length)
			memcpy(out_found->authority, authority.data, authority.length);
	}
	store_rewind(cursor);
	return true;
}

static bool write_review(struct store *store, const struct actor *actor, int64_t glass,
	struct text finding, struct error *error)
{
	char sealed[AUDIT_WHY_LONGEST + VAULT_EXTRA];
	struct store_cursor *cursor;

	if (!store_query(store, "glass_review", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, glass);
	store_bind_integer(cursor, 2, actor->now);
	store_bind_integer(cursor, 3, actor->account);
	store_bind_bytes(cursor, 4,
		vault_seal(store_vault(store), place_of("finding", glass), finding, sealed));
	return store_run(cursor, error);
}

bool glass_review(struct store *store, const struct rights *rights, const struct session *session,
	const struct actor *actor, int64_t glass, struct text finding, struct error *error)
{
	struct found_glass found;

	if (!rights_may(rights, session, "breakglass.review"))
		return error_set(error, ERROR_DENIED, "you do not review alerts");
	if (!check_reason(finding, error) ||
		!find_glass(store, &session->account.scope, glass, &found, error))
		return false;
	if (!found.of_theirs)
		return error_set(error, ERROR_MISSING, "there is no such alert");
	if (found.account == session->account.id)
		return error_set(error, ERROR_DENIED, "somebody else reviews what you opened");
	if (found.reviewed)
		return error_set(error, ERROR_CONFLICT, "somebody else has reviewed this alert");
	return write_review(store, actor, glass, finding, error) &&
	       audit_glass(store, actor, "glass.review", found.child,
		       (struct text){found.authority, found.authority_length}, glass, error);
}
