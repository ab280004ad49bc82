/* SPDX-License-Identifier: MIT */
/* Signing in and out: password, code of the second factor, the password once more. */
#include "web/pages/sign_in.h"

#include "base/json.h"
#include "web/pages/asking.h"
#include "web/part.h"

enum { STATUS_FORM_WRONG = 422 };

static const struct part_field login_field = {
	.name = "login",
	.label = "Sign-in name",
	.autocomplete = "username",
	.width = "20",
	.plain = true,
};
static const struct part_field password_field = {.name = "password", .label = "Password"};
static const struct part_field code_field = {
	.name = "code",
	.label = "Code",
	.autocomplete = "one-time-code",
	.width = "10",
	.plain = true,
};

/* What the person reads when they may not go on yet; which of name and password was wrong, or
 * whether there is such a name, is not said. */
static const char *words_of(
	struct arena *arena, const struct signed_in *signed_in, const char *wrong)
{
	if (signed_in->answer == SIGN_IN_WAIT)
		return arena_format(arena, "Too many attempts were wrong. Try again %s.",
			asking_wait(arena, signed_in->wait));
	return wrong;
}

/* Too many people at once is nobody's mistake: the form says so and keeps what was typed. */
static bool is_busy(const struct error *error, struct signed_in *out)
{
	*out = (struct signed_in){.answer = SIGN_IN_WAIT, .wait = 15};
	return error->code == ERROR_LIMIT;
}

static bool show_sign_in(struct request *request, struct response *response, struct text login,
	const char *fault, struct error *error)
{
	struct model *page;

	asking_visitor(request, response);
	page = page_open(visit_of(request), request, "Sign in");
	if (fault)
		page_fault(page, "login", fault);
	part_field(page, &login_field, login);
	part_field(page, &password_field, TEXT(""));
	model_string(page, "to", asking_to(request));
	model_flag(page, "signed_out", fields_count(&request->query, "out") > 0);
	return page_write(
		response, request, "sign_in", page, fault ? STATUS_FORM_WRONG : 200, error);
}

bool sign_in_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);

	if (visit->session) {
		response_redirect(response, asking_to(request));
		return true;
	}
	return show_sign_in(request, response, TEXT(""), NULL, error);
}

static bool is_done(
	const struct request *request, struct response *response, const struct signed_in *signed_in)
{
	const char *to = asking_to(request);

	if (signed_in->answer != SIGN_IN_DONE && signed_in->answer != SIGN_IN_CODE)
		return false;
	asking_keep(request, response, signed_in);
	if (signed_in->answer == SIGN_IN_CODE)
		to = asking_with_to(request, "/sign-in/code", to);
	else if (signed_in->change_password)
		to = "/account/password";
	response_redirect(response, to);
	return true;
}

/* Somebody who signs in anew where they are signed in leaves the session they had. */
static bool leave_session(const struct visit *visit, struct error *error)
{
	const struct session *session = visit->session;

	if (!session)
		return true;
	return store_begin_aside(visit->store, error) &&
	       store_end(visit->store,
		       session_end(visit->store, &visit->actor,
			       (struct text){session->digest, sizeof session->digest}, error),
		       error);
}

bool sign_in_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct text login = text_trim(fields_get(&request->form, "login"));
	struct sign_in_form form = asking_form(visit, request, login);
	struct signed_in signed_in = {.answer = SIGN_IN_WRONG};

	if (login.length == 0 || form.password.length == 0)
		return show_sign_in(request, response, login,
			"Enter your sign-in name and your password", error);
	if (!sign_in(visit->desk, visit->store, &form, &signed_in, error) &&
		!is_busy(error, &signed_in))
		return false;
	if (is_done(request, response, &signed_in))
		return leave_session(visit, error);
	return show_sign_in(request, response, login,
		words_of(request->arena, &signed_in,
			"The sign-in name or the password is not right"),
		error);
}

static bool show_code(
	struct request *request, struct response *response, const char *fault, struct error *error)
{
	struct model *page = page_open(visit_of(request), request, "Enter your code");

	if (fault)
		page_fault(page, "code", fault);
	part_field(page, &code_field, TEXT(""));
	model_string(page, "to", asking_to(request));
	return page_write(
		response, request, "sign_in_code", page, fault ? STATUS_FORM_WRONG : 200, error);
}

bool sign_in_code_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);

	if (visit->session->stage != SESSION_CODE) {
		response_redirect(response, asking_to(request));
		return true;
	}
	return show_code(request, response, NULL, error);
}

bool sign_in_code_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct text code = text_trim(fields_get(&request->form, "code"));
	struct sign_in_form form = asking_form(visit, request, visit->session->account.login);
	struct signed_in signed_in = {.answer = SIGN_IN_WRONG};

	if (visit->session->stage != SESSION_CODE) {
		response_redirect(response, "/");
		return true;
	}
	if (code.length == 0)
		return show_code(request, response, "Enter the code of your app", error);
	if (!sign_in_code(
		    visit->desk, visit->store, visit->session, &form, code, &signed_in, error) &&
		!is_busy(error, &signed_in))
		return false;
	if (is_done(request, response, &signed_in))
		return true;
	return show_code(request, response,
		words_of(request->arena, &signed_in,
			"The code is not right, or it was used before: wait for the next one"),
		error);
}

static bool show_again(
	struct request *request, struct response *response, const char *fault, struct error *error)
{
	struct model *page = page_open(visit_of(request), request, "Enter your password again");

	if (fault)
		page_fault(page, "password", fault);
	part_field(page, &password_field, TEXT(""));
	model_string(page, "to", asking_to(request));
	return page_write(
		response, request, "sign_in_again", page, fault ? STATUS_FORM_WRONG : 200, error);
}

bool sign_in_again_page(struct request *request, struct response *response, struct error *error)
{
	return show_again(request, response, NULL, error);
}

/* The session goes on under a new token, in which the password counts as given now. */
static bool prove(const struct visit *visit, struct signed_in *signed_in, struct error *error)
{
	return store_begin_aside(visit->store, error) &&
	       store_end(visit->store,
		       session_renew(visit->store, visit->session, SESSION_FULL, true, visit->now,
			       signed_in->token, error),
		       error);
}

bool sign_in_again_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct sign_in_form form = asking_form(visit, request, visit->session->account.login);
	struct signed_in signed_in = {.answer = SIGN_IN_WRONG};

	if (form.password.length == 0)
		return show_again(request, response, "Enter your password", error);
	if (!sign_in_again(visit->desk, visit->store, visit->session, &form, &signed_in, error) &&
		!is_busy(error, &signed_in))
		return false;
	if (signed_in.answer != SIGN_IN_DONE)
		return show_again(request, response,
			words_of(request->arena, &signed_in, "The password is not right"), error);
	if (!signed_in.token[0] && !prove(visit, &signed_in, error))
		return false;
	asking_keep(request, response, &signed_in);
	response_redirect(response, asking_to(request));
	return true;
}

bool sign_out_take(struct request *request, struct response *response, struct error *error)
{
	if (!leave_session(visit_of(request), error))
		return false;
	response_cookie(response, request, "session", TEXT(""),
		(struct cookie_setting){.life = COOKIE_REMOVE});
	response_redirect(response, "/sign-in?out=1");
	return true;
}

static int64_t left_of(int64_t end, int64_t now)
{
	return end > now ? end - now : 0;
}

bool session_left(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	const struct session *session = visit->session;
	bool here = session && session->stage == SESSION_FULL;
	struct json json = json_in(response_json(response, 200));

	(void)error;
	json_object_open(&json);
	json_key(&json, "left");
	json_integer(&json, here ? left_of(session->idle_end, visit->now) : 0);
	json_key(&json, "last");
	json_integer(&json, here ? left_of(session->ends, visit->now) : 0);
	if (here) {
		json_key(&json, "csrf");
		json_string(&json, request_form_token(request));
	}
	json_object_close(&json);
	return true;
}
