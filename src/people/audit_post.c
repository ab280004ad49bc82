/* SPDX-License-Identifier: MIT */
#include "people/audit_post.h"

#include <assert.h>
#include <sched.h>

#include "people/audit_chain.h"

/* A row in a group: its bytes' number, three numbers, then six texts with the bytes' number before
 * each; numbers as the machine has them, since the daybook never leaves it. */
enum { PACKED_NUMBERS = 3, PACKED_TEXTS = 6, POST_AT_ONCE = 1024, YIELD_ROWS = 64 };

struct packed {
	int64_t numbers[PACKED_NUMBERS]; /* at, account, child */
	struct text texts[PACKED_TEXTS]; /* as in struct chain_entry, without why */
};

static_assert(CHAIN_NAME == 0 && CHAIN_WHY == (int)PACKED_TEXTS, "the texts before why are packed");

bool audit_may_wait(const struct actor *actor, const struct audit_row *row)
{
	size_t length = actor->name.length + actor->route.length + row->act.length +
			row->authority.length + row->fields.length + row->about.length;

	return actor->why.length == 0 && length < AUDIT_PACKED_MOST - 64;
}

bool audit_pack(struct buffer *group, const struct actor *actor, const struct audit_row *row)
{
	struct packed packed = {{actor->now, actor->account, row->child},
		{actor->name, actor->route, row->act, row->authority, row->fields, row->about}};
	uint16_t length = sizeof packed.numbers;

	if (!audit_may_wait(actor, row) || group->length + AUDIT_PACKED_MOST > DAYBOOK_GROUP_MOST)
		return false;
	for (int i = 0; i < PACKED_TEXTS; i++)
		length = (uint16_t)(length + sizeof length + packed.texts[i].length);
	buffer_add(group, &length, sizeof length);
	buffer_add(group, packed.numbers, sizeof packed.numbers);
	for (int i = 0; i < PACKED_TEXTS; i++) {
		length = (uint16_t)packed.texts[i].length;
		buffer_add(group, &length, sizeof length);
		buffer_text(group, packed.texts[i]);
	}
	return !group->failed;
}

/* Cuts that many bytes off the front. */
static bool cut(struct text *rest, size_t length, void *out)
{
	if (rest->length < length)
		return false;
	memcpy(out, rest->data, length);
	rest->data += length;
	rest->length -= length;
	return true;
}

static bool unpack(struct text *rest, struct packed *out_packed)
{
	uint16_t length;

	if (!cut(rest, sizeof length, &length) || rest->length < length ||
		!cut(rest, sizeof out_packed->numbers, out_packed->numbers))
		return false;
	for (int i = 0; i < PACKED_TEXTS; i++) {
		if (!cut(rest, sizeof length, &length) || rest->length < length)
			return false;
		out_packed->texts[i] = (struct text){rest->data, length};
		rest->data += length;
		rest->length -= length;
	}
	return true;
}

bool audit_taken(struct store *store, struct daybook_mark *out_taken, struct error *error)
{
	struct store_cursor *cursor;
	struct text hash;
	bool row;

	*out_taken = (struct daybook_mark){0};
	if (!store_query(store, "daybook_mark", &cursor, error) || !store_next(cursor, &row, error))
		return false;
	if (!row)
		return true;
	out_taken->book = store_integer(cursor, 0);
	out_taken->turn = store_integer(cursor, 1);
	out_taken->position = store_integer(cursor, 2);
	hash = store_text(cursor, 3);
	if (hash.length == DAYBOOK_HASH_BYTES)
		memcpy(out_taken->hash, hash.data, hash.length);
	store_rewind(cursor);
	return true;
}

bool audit_set_taken(struct store *store, const struct daybook_mark *taken, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "daybook_set_mark", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, taken->book);
	store_bind_integer(cursor, 2, taken->turn);
	store_bind_integer(cursor, 3, taken->position);
	store_bind_bytes(cursor, 4, (struct text){(const char *)taken->hash, DAYBOOK_HASH_BYTES});
	return store_run(cursor, error);
}

struct posting {
	struct store *store;
	struct audit_head head; /* of the log, as it grows */
	int64_t rows;
};

static bool post_row(struct posting *posting, const struct packed *packed, struct error *error)
{
	struct chain_entry entry = {.numbers = {[CHAIN_AT] = packed->numbers[0],
					    [CHAIN_ACCOUNT] = packed->numbers[1],
					    [CHAIN_CHILD] = packed->numbers[2]}};

	memcpy(entry.texts, packed->texts, sizeof packed->texts);
	/* those who wait for pages come first */
	if (++posting->rows % YIELD_ROWS == 0)
		sched_yield();
	return audit_chain_append(posting->store, &posting->head, &entry, error);
}

static bool each_row(struct posting *posting, struct text group,
	bool (*take)(struct posting *posting, const struct packed *packed, struct error *error),
	struct error *error)
{
	struct packed packed;

	while (group.length > 0) {
		if (!unpack(&group, &packed))
			return error_set(error, ERROR_INPUT,
				"the daybook holds what this version of Hearth does not read");
		if (!take(posting, &packed, error))
			return false;
	}
	return true;
}

static bool post_group(void *context, struct text group, struct error *error)
{
	return each_row(context, group, post_row, error);
}

static bool count_row(struct posting *posting, const struct packed *packed, struct error *error)
{
	(void)packed;
	(void)error;
	posting->rows++;
	return true;
}

static bool count_group(void *context, struct text group, struct error *error)
{
	return each_row(context, group, count_row, error);
}

/* The chain goes on; nothing else of the record changes. */
static bool end_post(struct store *store, struct known *known, const struct daybook_mark *taken,
	struct error *error)
{
	bool done = audit_set_taken(store, taken, error);

	if (!done) {
		store_rollback(store);
		return false;
	}
	if (known)
		known_expect(known);
	done = store_commit(store, error);
	if (known)
		known_expected(known, done);
	if (!done)
		store_rollback(store);
	return done;
}

bool audit_post(struct store *store, struct known *known, const char *path, size_t most,
	struct daybook_mark *out_taken, bool *out_more, struct error *error)
{
	struct posting posting = {.store = store};
	struct error damage = {0};
	bool done;

	if (!store_begin(store, error))
		return false;
	done = audit_taken(store, out_taken, error) && audit_head(store, &posting.head, error);
	/* what stands before the damage is good, and is kept */
	if (done && !daybook_read(path, out_taken, most, post_group, &posting, out_more, &damage) &&
		damage.code != ERROR_INPUT) {
		done = false;
		if (error)
			*error = damage;
	}
	if (!done || posting.rows == 0)
		store_rollback(store);
	else
		done = end_post(store, known, out_taken, error);
	if (!done)
		return false;
	if (damage.code != ERROR_NONE && error)
		*error = damage;
	return damage.code == ERROR_NONE;
}

bool audit_daybook_path(
	struct arena *arena, const char *place, const char **out_path, struct error *error)
{
	*out_path = arena_format(arena, "%s.daybook", place);
	return *out_path || error_no_memory(error);
}

bool audit_waiting(struct store *store, const char *place, int64_t *out_rows, struct error *error)
{
	struct posting posting = {.store = store};
	struct arena *arena = arena_open();
	struct daybook_mark mark;
	const char *path;
	bool more, done;

	if (!arena)
		return error_no_memory(error);
	done = audit_daybook_path(arena, place, &path, error) && audit_taken(store, &mark, error) &&
	       daybook_read(path, &mark, SIZE_MAX, count_group, &posting, &more, error);
	*out_rows = posting.rows;
	arena_close(arena);
	return done;
}

bool audit_post_all(
	struct store *store, const char *place, struct daybook_mark *out_taken, struct error *error)
{
	struct arena *arena = arena_open();
	const char *path;
	bool done, more = true;

	if (!arena)
		return error_no_memory(error);
	done = audit_daybook_path(arena, place, &path, error);
	while (done && more)
		done = audit_post(store, NULL, path, POST_AT_ONCE, out_taken, &more, error);
	arena_close(arena);
	return done;
}
