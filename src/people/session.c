/* SPDX-License-Identifier: MIT */
#include "people/session.h"

#include <assert.h>

#include "people/read.h"

enum { MINUTE = 60, HOUR = 3600, DEVICE_LONGEST = 120 };

static_assert(SESSION_DIGEST_BYTES == (int)CRYPTO_MAC_BYTES, "the digest is the library's hash");

/* What the record keeps of a token. A fast hash is enough for 256 random bits. */
static bool digest_of(struct text token, char out_digest[SESSION_DIGEST_BYTES],
	char out_form_secret[CRYPTO_TOKEN_SIZE])
{
	unsigned char bytes[CRYPTO_KEY_BYTES], secret[CRYPTO_MAC_BYTES];

	if (!crypto_base64_read(token, bytes, sizeof bytes))
		return false;
	crypto_mac(bytes, TEXT("hearth session"), (unsigned char *)out_digest);
	if (out_form_secret) {
		crypto_mac(bytes, TEXT("hearth forms"), secret);
		crypto_base64(secret, sizeof secret, out_form_secret, CRYPTO_TOKEN_SIZE);
	}
	crypto_wipe(bytes, sizeof bytes);
	return true;
}

static struct text digest_text(const char *digest)
{
	return (struct text){digest, SESSION_DIGEST_BYTES};
}

static bool is_over(int64_t began, int64_t seen, int64_t now, const struct settings *settings)
{
	return now >= seen + settings->session_idle_minutes * MINUTE ||
	       now >= began + settings->session_hours * HOUR;
}

static bool end_digest(struct store *store, struct text digest, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "session_end", &cursor, error))
		return false;
	store_bind_bytes(cursor, 1, digest);
	return store_run(cursor, error);
}

/* Ends the oldest ones until there is room for one more. */
static bool make_room(struct store *store, int64_t account, int64_t now,
	const struct settings *settings, struct error *error)
{
	struct arena *arena = arena_open();
	struct session_line *lines;
	size_t count, kept = (size_t)settings->sessions_at_once - 1;
	bool done;

	if (!arena)
		return error_no_memory(error);
	done = session_list(store, arena, account, now, settings, &lines, &count, error);
	for (size_t i = kept; done && i < count; i++)
		done = end_digest(store, digest_text(lines[i].digest), error);
	arena_close(arena);
	return done;
}

bool session_begin(struct store *store, const struct actor *actor, int64_t account,
	enum session_stage stage, struct text device, const struct settings *settings,
	char out_token[CRYPTO_TOKEN_SIZE], struct error *error)
{
	char digest[SESSION_DIGEST_BYTES];
	struct store_cursor *cursor;

	if (!make_room(store, account, actor->now, settings, error) ||
		!store_query(store, "session_add", &cursor, error))
		return false;
	if (device.length > DEVICE_LONGEST || !text_is_utf8(device))
		device = (struct text){0};
	if (!digest_of(text_of(crypto_token(out_token)), digest, NULL))
		return error_set(error, ERROR_SYSTEM, "no token could be made");
	store_bind_bytes(cursor, 1, digest_text(digest));
	store_bind_integer(cursor, 2, account);
	store_bind_integer(cursor, 3, stage);
	store_bind_text(cursor, 4, device);
	store_bind_integer(cursor, 5, actor->now);
	return store_run(cursor, error);
}

static bool none(struct error *error)
{
	return error_set(error, ERROR_MISSING, "you are not signed in, or no longer");
}

/* The row of a digest; *out_account 0 when there is none. */
static bool read_session(
	struct store *store, struct session *session, int64_t *out_account, struct error *error)
{
	struct store_cursor *cursor;
	bool row;

	*out_account = 0;
	if (!store_query(store, "session_find", &cursor, error))
		return false;
	store_bind_bytes(cursor, 1, digest_text(session->digest));
	if (!store_next(cursor, &row, error))
		return false;
	if (!row)
		return true;
	*out_account = store_integer(cursor, 0);
	session->stage = store_integer(cursor, 1) == SESSION_FULL ? SESSION_FULL : SESSION_CODE;
	session->began = store_integer(cursor, 2);
	session->seen = store_integer(cursor, 3);
	session->proved = store_integer(cursor, 4);
	store_rewind(cursor);
	return true;
}

bool session_of_token(struct text token, struct session *out_session, struct error *error)
{
	*out_session = (struct session){0};
	return digest_of(token, out_session->digest, out_session->form_secret) || none(error);
}

bool session_is_live(
	struct session *session, int64_t now, const struct settings *settings, struct error *error)
{
	if (session->account.disabled || is_over(session->began, session->seen, now, settings))
		return none(error);
	session->idle_end = session->seen + settings->session_idle_minutes * MINUTE;
	session->ends = session->began + settings->session_hours * HOUR;
	return true;
}

bool session_find(struct store *store, struct arena *arena, struct text token, int64_t now,
	const struct settings *settings, struct session *out_session, struct error *error)
{
	struct session session;
	int64_t account;

	if (!session_of_token(token, &session, error) ||
		!read_session(store, &session, &account, error))
		return false;
	if (!account)
		return none(error);
	if (!account_read(store, arena, account, &session.account, error) ||
		!session_is_live(&session, now, settings, error))
		return false;
	*out_session = session;
	return true;
}

bool session_is_stale(const struct session *session, int64_t now)
{
	return now >= session->seen + MINUTE;
}

bool session_touch(
	struct store *store, const struct session *session, int64_t now, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "session_touch", &cursor, error))
		return false;
	store_bind_bytes(cursor, 1, digest_text(session->digest));
	store_bind_integer(cursor, 2, now);
	return store_run(cursor, error);
}

bool session_renew(struct store *store, const struct session *session, enum session_stage stage,
	bool proved, int64_t now, char out_token[CRYPTO_TOKEN_SIZE], struct error *error)
{
	char digest[SESSION_DIGEST_BYTES];
	struct store_cursor *cursor;

	if (!digest_of(text_of(crypto_token(out_token)), digest, NULL))
		return error_set(error, ERROR_SYSTEM, "no token could be made");
	if (!store_query(store, "session_renew", &cursor, error))
		return false;
	store_bind_bytes(cursor, 1, digest_text(session->digest));
	store_bind_bytes(cursor, 2, digest_text(digest));
	store_bind_integer(cursor, 3, stage);
	store_bind_integer(cursor, 4, now);
	store_bind_integer(cursor, 5, proved ? now : session->proved);
	return store_run(cursor, error);
}

bool session_end(
	struct store *store, const struct actor *actor, struct text digest, struct error *error)
{
	return end_digest(store, digest, error) &&
	       audit_account(store, actor, "session.end", actor->account, "", error);
}

bool session_end_all(struct store *store, int64_t account, struct text keep, struct error *error)
{
	struct store_cursor *cursor;

	if (!store_query(store, "session_end_all", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account);
	store_bind_bytes(cursor, 2, keep);
	return store_run(cursor, error);
}

bool session_sweep(
	struct store *store, int64_t now, const struct settings *settings, struct error *error)
{
	return RUN_NUMBERS(store, "session_sweep", error,
		now - settings->session_idle_minutes * MINUTE,
		now - settings->session_hours * HOUR);
}

static bool keep_line(struct list *list, const struct store_cursor *cursor, struct error *error)
{
	struct text digest = store_text(cursor, 0);
	struct session_line *line;

	if (digest.length != SESSION_DIGEST_BYTES)
		return error_set(
			error, ERROR_INPUT, "a session was changed outside of the program");
	line = list_add(list);
	if (!line || !keep_text(list->arena, cursor, 1, &line->device))
		return error_no_memory(error);
	memcpy(line->digest, digest.data, sizeof line->digest);
	line->began = store_integer(cursor, 2);
	line->seen = store_integer(cursor, 3);
	return true;
}

bool session_list(struct store *store, struct arena *arena, int64_t account, int64_t now,
	const struct settings *settings, struct session_line **out_lines, size_t *out_count,
	struct error *error)
{
	struct list list = {.arena = arena, .size = sizeof(struct session_line)};
	struct store_cursor *cursor;
	bool row;

	if (!store_query(store, "session_list", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, account);
	if (!store_next(cursor, &row, error))
		return false;
	while (row) {
		if (!is_over(store_integer(cursor, 2), store_integer(cursor, 3), now, settings) &&
			!keep_line(&list, cursor, error))
			return false;
		if (!store_next(cursor, &row, error))
			return false;
	}
	*out_lines = list.items;
	*out_count = list.count;
	return true;
}
