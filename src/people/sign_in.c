/* SPDX-License-Identifier: MIT */
#include "people/sign_in.h"

#include "people/first_password.h"
#include "people/read.h"
#include "people/second_factor.h"

enum { DAY_SECONDS = 86400, KEPT_LONGEST = PASSWORD_HASH_SIZE };

/* What was found out about one attempt. */
struct trying {
	const struct desk *desk;
	struct store *store;
	const struct sign_in_form *form;
	struct attempt attempt;
	struct settings settings;
	struct account account; /* id 0: there is none of that login */
	char kept[KEPT_LONGEST];
	size_t kept_length;
	struct arena *arena;
};

bool desk_open(struct desk *out_desk, struct error *error)
{
	*out_desk = (struct desk){0};
	if (throttle_open(&out_desk->throttle, error) &&
		password_queue_open(&out_desk->queue, 0, 0, error))
		return true;
	desk_close(out_desk);
	return false;
}

void desk_close(struct desk *desk)
{
	throttle_close(desk->throttle);
	password_queue_close(desk->queue);
	*desk = (struct desk){0};
}

static bool read_kept(struct trying *trying, struct error *error)
{
	struct store_cursor *cursor;
	struct text kept;
	bool row;

	if (!store_query(trying->store, "account_password", &cursor, error))
		return false;
	store_bind_integer(cursor, 1, trying->account.id);
	if (!store_next(cursor, &row, error))
		return false;
	kept = row ? store_text(cursor, 0) : (struct text){0};
	if (kept.length && kept.length <= sizeof trying->kept) {
		memcpy(trying->kept, kept.data, kept.length);
		trying->kept_length = kept.length;
	}
	store_rewind(cursor);
	return true;
}

static bool read_account(struct trying *trying, struct error *error)
{
	struct error missing = {0};

	if (!account_find(trying->store, trying->arena, trying->form->login, &trying->account,
		    &missing)) {
		trying->account = (struct account){0};
		if (missing.code == ERROR_MISSING)
			return true;
		*error = missing;
		return false;
	}
	return read_kept(trying, error);
}

/* Argon2id runs whatever the account is, so that the time is the same. */
static bool check_password(struct trying *trying, bool *out_right, struct error *error)
{
	const struct account *account = &trying->account;
	struct text kept = {trying->kept, trying->kept_length};
	int64_t age = trying->form->now - account->password_at;
	bool first = first_password_is(kept), matches, usable;

	if (!password_matches(trying->desk->queue, trying->attempt.known, kept,
		    trying->form->password, &matches, error))
		return false;
	if (first)
		matches = first_password_matches(
			store_vault(trying->store), account->id, kept, trying->form->password);
	usable = account->id && !account->disabled && account->password != PASSWORD_NONE;
	if (account->password == PASSWORD_FIRST &&
		age > trying->settings.first_password_days * DAY_SECONDS)
		usable = false;
	*out_right = usable && matches;
	return true;
}

static struct actor actor_of(const struct trying *trying)
{
	return (struct actor){.account = trying->account.id,
		.name = trying->account.id ? trying->account.login : TEXT("unknown"),
		.route = trying->form->route,
		.now = trying->form->now};
}

static bool note_wrong(struct trying *trying, const char *act, struct error *error)
{
	struct actor actor = actor_of(trying);

	if (!store_begin_aside(trying->store, error))
		return false;
	return store_end(trying->store,
		audit_account(trying->store, &actor, act, actor.account, "", error), error);
}

/* The session of somebody whose password was right. */
static bool let_in(struct trying *trying, struct signed_in *out, struct error *error)
{
	const struct account *account = &trying->account;
	bool code = account->second_factor;
	struct actor actor = actor_of(trying);
	bool done;

	if (!store_begin_aside(trying->store, error))
		return false;
	done = session_sweep(trying->store, actor.now, &trying->settings, error) &&
	       session_begin(trying->store, &actor, account->id, code ? SESSION_CODE : SESSION_FULL,
		       trying->form->device, &trying->settings, out->token, error) &&
	       (code || RUN_NUMBERS(trying->store, "account_set_signed_in", error, account->id,
				actor.now)) &&
	       audit_account(trying->store, &actor, code ? "sign_in.password" : "sign_in.done",
		       account->id, "", error);
	if (!store_end(trying->store, done, error))
		return false;
	out->answer = code ? SIGN_IN_CODE : SIGN_IN_DONE;
	out->account = account->id;
	out->change_password = account->password == PASSWORD_FIRST;
	if (!code)
		device_cookie(store_vault(trying->store), account->login, out->cookie);
	return true;
}

static bool try_password(struct trying *trying, struct signed_in *out, struct error *error)
{
	bool right;

	if (!read_account(trying, error) || !check_password(trying, &right, error))
		return false;
	if (!right)
		return note_wrong(trying, "sign_in.wrong", error);
	throttle_right(trying->desk->throttle, &trying->attempt);
	return let_in(trying, out, error);
}

static void begin_trying(struct trying *trying, const struct desk *desk, struct store *store,
	const struct sign_in_form *form)
{
	*trying = (struct trying){.desk = desk, .store = store, .form = form};
	trying->attempt = (struct attempt){.login = form->login,
		.address = form->address,
		.known = device_cookie_good(store_vault(store), form->login, form->cookie),
		.device = form->cookie,
		.now = form->now};
}

bool sign_in(const struct desk *desk, struct store *store, const struct sign_in_form *form,
	struct signed_in *out, struct error *error)
{
	struct trying trying;
	bool done;

	*out = (struct signed_in){.answer = SIGN_IN_WRONG};
	begin_trying(&trying, desk, store, form);
	throttle_try(desk->throttle, &trying.attempt, &out->wait);
	if (out->wait) {
		out->answer = SIGN_IN_WAIT;
		return true;
	}
	trying.arena = arena_open();
	if (!trying.arena)
		return error_no_memory(error);
	done = settings_read(store, &trying.settings, error) && try_password(&trying, out, error);
	arena_close(trying.arena);
	return done;
}

/* Within the transaction: the code, and what follows from it. */
static bool try_code(struct trying *trying, const struct session *session, struct text code,
	struct signed_in *out, struct error *error)
{
	struct actor actor = actor_of(trying);
	struct store *store = trying->store;
	bool right;

	if (!factor_check(store, &actor, actor.account, code, &right, error))
		return false;
	if (!right)
		return audit_account(store, &actor, "sign_in.wrong_code", actor.account, "", error);
	out->answer = SIGN_IN_DONE;
	return session_renew(store, session, SESSION_FULL, false, actor.now, out->token, error) &&
	       RUN_NUMBERS(store, "account_set_signed_in", error, actor.account, actor.now) &&
	       audit_account(store, &actor, "sign_in.done", actor.account, "", error);
}

bool sign_in_code(const struct desk *desk, struct store *store, const struct session *session,
	const struct sign_in_form *form, struct text code, struct signed_in *out,
	struct error *error)
{
	struct sign_in_form own = *form;
	struct trying trying;

	*out = (struct signed_in){.answer = SIGN_IN_WRONG, .account = session->account.id};
	own.login = session->account.login;
	begin_trying(&trying, desk, store, &own);
	trying.account = session->account;
	throttle_try(desk->throttle, &trying.attempt, &out->wait);
	if (out->wait) {
		out->answer = SIGN_IN_WAIT;
		return true;
	}
	if (!store_begin_aside(store, error) ||
		!store_end(store, try_code(&trying, session, code, out, error), error))
		return false;
	if (out->answer != SIGN_IN_DONE)
		return true;
	throttle_right(desk->throttle, &trying.attempt);
	out->change_password = session->account.password == PASSWORD_FIRST;
	device_cookie(store_vault(store), own.login, out->cookie);
	return true;
}

static bool prove(struct trying *trying, const struct session *session, struct signed_in *out,
	struct error *error)
{
	struct actor actor = actor_of(trying);

	if (!store_begin_aside(trying->store, error))
		return false;
	out->answer = SIGN_IN_DONE;
	return store_end(trying->store,
		session_renew(trying->store, session, session->stage, true, actor.now, out->token,
			error) &&
			audit_account(
				trying->store, &actor, "sign_in.again", actor.account, "", error),
		error);
}

static bool try_again(struct trying *trying, const struct session *session, struct signed_in *out,
	struct error *error)
{
	bool right;

	if (!settings_read(trying->store, &trying->settings, error) ||
		!read_account(trying, error) || !check_password(trying, &right, error))
		return false;
	if (!right)
		return note_wrong(trying, "sign_in.wrong", error);
	throttle_right(trying->desk->throttle, &trying->attempt);
	return prove(trying, session, out, error);
}

bool sign_in_again(const struct desk *desk, struct store *store, const struct session *session,
	const struct sign_in_form *form, struct signed_in *out, struct error *error)
{
	struct sign_in_form own = *form;
	struct trying trying;
	bool done;

	*out = (struct signed_in){.answer = SIGN_IN_WRONG, .account = session->account.id};
	own.login = session->account.login;
	begin_trying(&trying, desk, store, &own);
	throttle_try(desk->throttle, &trying.attempt, &out->wait);
	if (out->wait) {
		out->answer = SIGN_IN_WAIT;
		return true;
	}
	trying.arena = arena_open();
	if (!trying.arena)
		return error_no_memory(error);
	done = try_again(&trying, session, out, error);
	arena_close(trying.arena);
	return done;
}
