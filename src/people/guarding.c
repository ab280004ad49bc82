/* SPDX-License-Identifier: MIT */
/* Restricted and sealed records. */
#include "people/read.h"
#include "people/restricted.h"

enum { REASON_FEWEST = 10 };

static struct vault_place reason_place(int64_t child)
{
	return (struct vault_place){"guarding", "reason", child};
}

static bool read_named(
	struct store *store, struct arena *arena, struct guarding *guarding, struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(int64_t)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "guarding_named", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, guarding->child);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		int64_t *account = list_add(&list);

		if (!account)
			return error_no_memory(error);
		*account = store_integer(cursor, 0);
		if (!store_next(cursor, &row, error))
			return false;
	}
	guarding->named = list.items;
	guarding->named_count = list.count;
	return true;
}

bool guarding_read(struct store *store, struct arena *arena, int64_t child,
	struct guarding *out_guarding, struct error *error)
{
	struct guarding guarding = {.child = child};
	struct store_cursor *cursor;
	bool row, done = true;

	if (!store_query(store, "guarding_read", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, child);
	if (!store_next(cursor, &row, error))
		return false;
	if (row) {
		guarding.guard = (enum guard)store_integer(cursor, 0);
		guarding.address = store_integer(cursor, 1) != 0;
		guarding.at = store_integer(cursor, 3);
		guarding.by = store_integer(cursor, 4);
		done = vault_open_in(store_vault(store), arena, reason_place(child),
			store_text(cursor, 2), &guarding.reason, error);
		store_rewind(cursor);
	}
	*out_guarding = guarding;
	return done && read_named(store, arena, out_guarding, error);
}

static bool is_named(const struct guarding *guarding, int64_t account)
{
	for (size_t i = 0; i < guarding->named_count; i++)
		if (guarding->named[i] == account)
			return true;
	return false;
}

/* Two people: whoever is not named opens no record for everybody and does not name themselves. */
static bool check_actor(const struct actor *actor, const struct guarding *before,
	const struct guarding *after, struct error *error)
{
	if (!actor->account || is_named(before, actor->account))
		return true;
	if (is_named(after, actor->account) && (before->guard != GUARD_NONE || before->address))
		return error_set(error, ERROR_DENIED,
			"you cannot name yourself for a record that is guarded: ask somebody who "
			"is named");
	if (after->guard < before->guard || (before->address && !after->address))
		return error_set(error, ERROR_DENIED,
			"only somebody who is named for the record can open it to others");
	return true;
}

static bool check_guarding(
	const struct actor *actor, const struct guarding *guarding, struct error *error)
{
	if (actor->why.length < REASON_FEWEST)
		return error_set(error, ERROR_INPUT,
			"say why, in at least %d letters: the reason is kept", REASON_FEWEST);
	if ((guarding->guard != GUARD_NONE || guarding->address) && !guarding->named_count)
		return error_set(
			error, ERROR_INPUT, "name at least one person who may see the record");
	return true;
}

static bool write_guarding(struct store *store, const struct actor *actor,
	const struct guarding *guarding, struct error *error)
{
	char sealed[AUDIT_WHY_LONGEST + VAULT_EXTRA];
	struct store_cursor *cursor;

	if (guarding->guard == GUARD_NONE && !guarding->address)
		return true;
	if (!store_query(store, "guarding_add", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, guarding->child);
	store_bind_integer(cursor, 2, guarding->guard);
	store_bind_integer(cursor, 3, guarding->address);
	store_bind_bytes(cursor, 4,
		vault_seal(store_vault(store), reason_place(guarding->child), actor->why, sealed));
	store_bind_integer(cursor, 5, actor->now);
	store_bind_integer(cursor, 6, actor->account);
	if (!store_run(cursor, error))
		return false;
	for (size_t i = 0; i < guarding->named_count; i++)
		if (!RUN_NUMBERS(store, "guarding_named_add", error, guarding->child,
			    guarding->named[i]))
			return false;
	return true;
}

static bool check_before(struct store *store, const struct actor *actor,
	const struct guarding *guarding, struct error *error)
{
	struct arena *arena = arena_open();
	struct guarding before;
	bool done;

	if (!arena)
		return error_no_memory(error);
	done = guarding_read(store, arena, guarding->child, &before, error) &&
	       check_actor(actor, &before, guarding, error);
	arena_close(arena);
	return done;
}

bool guarding_set(struct store *store, const struct actor *actor, const struct guarding *guarding,
	struct text authority, struct error *error)
{
	static const char *const words[] = {"open", "restricted", "sealed"};
	struct audit_row row = {.act = TEXT("guarding.set"),
		.child = guarding->child,
		.authority = authority,
		.fields = TEXT("guard named"),
		.about = text_of(words[guarding->guard])};

	if (actor->why.length > AUDIT_WHY_LONGEST)
		return error_set(error, ERROR_INPUT, "the reason is too long");
	return check_guarding(actor, guarding, error) &&
	       check_before(store, actor, guarding, error) &&
	       RUN_NUMBERS(store, "guarding_named_clear", error, guarding->child) &&
	       RUN_NUMBERS(store, "guarding_clear", error, guarding->child) &&
	       write_guarding(store, actor, guarding, error) &&
	       audit_append(store, actor, &row, error);
}
