/* SPDX-License-Identifier: MIT */
/* One's own account: what it is, its password, the sessions it has. */
#include "web/pages/account.h"

#include "people/second_factor.h"
#include "web/pages/account_words.h"
#include "web/pages/asking.h"
#include "web/part.h"

enum {
	STATUS_FORM_WRONG = 422,
	DIGEST_TEXT_SIZE = (SESSION_DIGEST_BYTES * 4 + 2) / 3 + 1,
};

static struct text digest_of(const char digest[SESSION_DIGEST_BYTES])
{
	return (struct text){digest, SESSION_DIGEST_BYTES};
}

static const char *factor_words(struct arena *arena, const struct account *account, int64_t left)
{
	if (!account->second_factor)
		return "Not set up";
	return arena_format(arena, "Set up. %lld recovery %s left.", (long long)left,
		left == 1 ? "code is" : "codes are");
}

static bool add_summary(
	struct model *page, const struct visit *visit, struct arena *arena, struct error *error)
{
	const struct account *account = &visit->session->account;
	int64_t left = 0;

	if (account->second_factor && !factor_codes_left(visit->store, account->id, &left, error))
		return false;
	part_summary(page, "Name", account->shown, NULL, NULL);
	part_summary(page, "Sign-in name", account->login, NULL, NULL);
	part_summary(page, "Role", text_of(account_role_words(visit->rights, account)), NULL, NULL);
	part_summary(page, "Works for", text_of(account_scope_words(arena, account)), NULL, NULL);
	part_summary(page, "Password",
		text_of(arena_format(
			arena, "Changed %s", moment_words(arena, account->password_at))),
		"/account/password", "Change");
	part_summary(page, "Second factor", text_of(factor_words(arena, account, left)),
		"/account/second-factor", account->second_factor ? "Change" : "Set up");
	model_flag(page, "second_factor", account->second_factor);
	return true;
}

static bool add_sessions(
	struct model *page, const struct visit *visit, struct arena *arena, struct error *error)
{
	struct model *sessions = model_list(page, "sessions"), *one;
	struct session_line *lines;
	size_t count;

	if (!session_list(visit->store, arena, visit->session->account.id, visit->now,
		    visit->settings, &lines, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		char *digest = arena_take(arena, DIGEST_TEXT_SIZE, 1);

		if (!digest)
			return error_no_memory(error);
		one = model_object(sessions, NULL);
		model_text(one, "device", lines[i].device);
		model_string(one, "began", moment_words(arena, lines[i].began));
		model_string(one, "seen", moment_words(arena, lines[i].seen));
		model_string(one, "digest",
			crypto_base64(
				lines[i].digest, SESSION_DIGEST_BYTES, digest, DIGEST_TEXT_SIZE));
		model_flag(one, "this",
			memcmp(lines[i].digest, visit->session->digest, SESSION_DIGEST_BYTES) == 0);
	}
	model_flag(page, "other_sessions", count > 1);
	return true;
}

bool account_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct model *page = page_open(visit, request, "Your account");
	struct text done = fields_get(&request->query, "done");

	if (text_is(done, "password"))
		part_banner(page, true, "Your password was changed",
			"Everybody else who was signed in as you was signed out.");
	if (text_is(done, "session"))
		part_banner(page, true, "The session was ended", NULL);
	if (text_is(done, "factor"))
		part_banner(page, true, "The second factor was taken away", NULL);
	return add_summary(page, visit, request->arena, error) &&
	       add_sessions(page, visit, request->arena, error) &&
	       page_write(response, request, "account", page, 200, error);
}

/* Only a session of the person's own can be ended here, whatever was sent. */
bool account_session_end(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	const struct session *session = visit->session;
	struct text which = fields_get(&request->form, "session");
	char digest[SESSION_DIGEST_BYTES];
	struct session_line *lines;
	bool own = false, done;
	size_t count;

	if (text_is(which, "others")) {
		done = store_begin(visit->store, error) &&
		       store_end(visit->store,
			       session_end_all(visit->store, session->account.id,
				       digest_of(session->digest), error),
			       error);
	} else {
		if (!crypto_base64_read(which, digest, sizeof digest) ||
			!session_list(visit->store, request->arena, session->account.id, visit->now,
				visit->settings, &lines, &count, error))
			return error_set(error, ERROR_MISSING, "the session has ended already");
		for (size_t i = 0; i < count; i++)
			own = own || memcmp(lines[i].digest, digest, sizeof digest) == 0;
		done = !own || (store_begin(visit->store, error) &&
				       store_end(visit->store,
					       session_end(visit->store, &visit->actor,
						       digest_of(digest), error),
					       error));
	}
	response_redirect(response, "/account?done=session");
	return done;
}

static const struct part_field current_field = {.name = "password", .label = "Current password"};

static bool show_password(struct request *request, struct response *response, const char *field,
	const char *fault, struct error *error)
{
	const struct visit *visit = visit_of(request);
	const struct account *account = &visit->session->account;
	bool first = account->password == PASSWORD_FIRST;
	struct model *page = page_open(
		visit, request, first ? "Choose your own password" : "Change your password");
	const struct part_field new_field = {
		.name = "new-password",
		.label = "New password",
		.autocomplete = "new-password",
		.hint = arena_format(request->arena,
			"At least %d characters. Three or four words that have nothing to do with "
			"one another are good. Do not use one that you have elsewhere.",
			account->second_factor ? PASSWORD_FEWEST_SECOND_FACTOR : PASSWORD_FEWEST),
	};

	if (fault)
		page_fault(page, field, fault);
	model_flag(page, "first", first);
	model_text(page, "login_name", account->login);
	if (!first)
		part_field(page, &current_field, TEXT(""));
	part_field(page, &new_field, TEXT(""));
	return page_write(response, request, "account_password", page,
		fault ? STATUS_FORM_WRONG : 200, error);
}

bool account_password_page(struct request *request, struct response *response, struct error *error)
{
	return show_password(request, response, NULL, NULL, error);
}

/* Who still has their first password showed it a moment ago. Else the session goes on under a new
 * token from here on, which is in *out. */
static bool current_is_right(const struct visit *visit, const struct request *request,
	struct signed_in *out, const char **out_fault, struct error *error)
{
	struct sign_in_form form = asking_form(visit, request, visit->session->account.login);

	*out_fault = NULL;
	out->answer = SIGN_IN_DONE;
	if (visit->session->account.password == PASSWORD_FIRST)
		return true;
	if (!sign_in_again(visit->desk, visit->store, visit->session, &form, out, error))
		return false;
	if (out->answer == SIGN_IN_WAIT)
		*out_fault =
			arena_format(request->arena, "Too many attempts were wrong. Try again %s.",
				asking_wait(request->arena, out->wait));
	else if (out->answer != SIGN_IN_DONE)
		*out_fault = "The current password is not right";
	return true;
}

/* Sets it, ends all other sessions of the account, and gives this one a new token. */
static bool keep_password(const struct visit *visit, const struct request *request,
	struct text hash, struct signed_in *signed_in, struct error *error)
{
	struct session session = *visit->session;

	if (signed_in->token[0] &&
		!session_find(visit->store, request->arena, text_of(signed_in->token), visit->now,
			visit->settings, &session, error))
		return false;
	return store_begin(visit->store, error) &&
	       store_end(visit->store,
		       password_set(visit->store, &visit->actor, session.account.id, hash,
			       digest_of(session.digest), error) &&
			       session_renew(visit->store, &session, SESSION_FULL, true, visit->now,
				       signed_in->token, error),
		       error);
}

bool account_password_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	const struct account *account = &visit->session->account;
	struct text password = fields_get(&request->form, "new-password");
	struct signed_in signed_in = {.answer = SIGN_IN_WRONG};
	struct error refused = {0};
	char hash[PASSWORD_HASH_SIZE];
	const char *fault;

	if (account->password != PASSWORD_FIRST &&
		fields_get(&request->form, "password").length == 0)
		return show_password(
			request, response, "password", "Enter your current password", error);
	if (!password_check(account, password, &refused))
		return show_password(request, response, "new-password",
			account_sentence(request->arena, refused.message), error);
	if (!password_hash(visit->desk->queue, password, hash, error) ||
		!current_is_right(visit, request, &signed_in, &fault, error))
		return false;
	if (fault)
		return show_password(request, response, "password", fault, error);
	if (!keep_password(visit, request, text_of(hash), &signed_in, error))
		return false;
	asking_keep(request, response, &signed_in);
	response_redirect(response, "/account?done=password");
	return true;
}
