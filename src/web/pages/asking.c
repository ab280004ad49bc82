/* SPDX-License-Identifier: MIT */
#include "web/pages/asking.h"

#include "web/page.h"

enum { DEVICE_COOKIE_SECONDS = 400 * 24 * 60 * 60, TO_LONGEST = 256 };

/* Plain characters only, so that it needs no escaping anywhere. */
static bool is_plain_path(struct text path)
{
	if (path.length < 2 || path.length > TO_LONGEST || path.data[0] != '/' ||
		path.data[1] == '/')
		return false;
	for (size_t i = 0; i < path.length; i++) {
		char c = path.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-'))
			return false;
	}
	return true;
}

const char *asking_to(const struct request *request)
{
	struct text to = fields_get(&request->form, "to");
	const char *path;

	if (!to.data)
		to = fields_get(&request->query, "to");
	if (!is_plain_path(to))
		return "/";
	path = arena_copy(request->arena, to.data, to.length);
	return path && page_is_there(path) ? path : "/";
}

const char *asking_with_to(const struct request *request, const char *path, const char *to)
{
	if (!is_plain_path(text_of(to)) || !page_is_there(to))
		return path;
	return arena_format(request->arena, "%s?to=%s", path, to);
}

struct sign_in_form asking_form(
	const struct visit *visit, const struct request *request, struct text login)
{
	return (struct sign_in_form){
		.login = login,
		.password = fields_get(&request->form, "password"),
		.cookie = request_cookie(request, "device"),
		.address = request->client,
		.device = text_of(asking_device(request)),
		.route = visit->actor.route,
		.now = visit->now,
	};
}

struct naming {
	const char *mark, *name;
};

static const char *named(struct text text, const struct naming *namings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (text.data &&
			memmem(text.data, text.length, namings[i].mark, strlen(namings[i].mark)))
			return namings[i].name;
	}
	return NULL;
}

const char *asking_device(const struct request *request)
{
	/* the first that fits: most browsers name others too */
	static const struct naming browsers[] = {
		{"Edg/", "Edge"},
		{"OPR/", "Opera"},
		{"Firefox/", "Firefox"},
		{"Chrom", "Chrome"},
		{"Safari/", "Safari"},
	};
	static const struct naming systems[] = {
		{"Windows", "Windows"},
		{"Android", "Android"},
		{"iPhone", "an iPhone"},
		{"iPad", "an iPad"},
		{"Mac OS X", "a Mac"},
		{"CrOS", "a Chromebook"},
		{"Linux", "Linux"},
	};
	struct text agent = request_header(request, "User-Agent");
	const char *browser = named(agent, browsers, sizeof browsers / sizeof *browsers);
	const char *system = named(agent, systems, sizeof systems / sizeof *systems);
	const char *both = browser && system
				   ? arena_format(request->arena, "%s on %s", browser, system)
				   : NULL;

	if (both)
		return both;
	return browser ? browser : system ? system : "A browser";
}

void asking_visitor(struct request *request, struct response *response)
{
	char *token;

	if (request->session.length > 0)
		return;
	token = arena_take(request->arena, CRYPTO_TOKEN_SIZE, 1);
	if (!token)
		return;
	request->session = text_of(crypto_token(token));
	response_cookie(response, request, "visitor", request->session,
		(struct cookie_setting){.life = COOKIE_SESSION});
}

void asking_keep(
	const struct request *request, struct response *response, const struct signed_in *signed_in)
{
	response_cookie(response, request, "session", text_of(signed_in->token),
		(struct cookie_setting){.life = COOKIE_SESSION});
	response_cookie(response, request, "visitor", TEXT(""),
		(struct cookie_setting){.life = COOKIE_REMOVE});
	if (signed_in->cookie[0])
		response_cookie(response, request, "device", text_of(signed_in->cookie),
			(struct cookie_setting){
				.life = COOKIE_SECONDS, .seconds = DEVICE_COOKIE_SECONDS});
}

bool asking_is_proved(const struct visit *visit, const struct request *request,
	struct response *response, const char *path)
{
	int64_t most = request->method == METHOD_GET ? PROOF_SECONDS : PROOF_SECONDS_TO_FILL;

	if (visit->now - visit->session->proved <= most)
		return true;
	response_redirect(response, asking_with_to(request, "/sign-in/again", path));
	return false;
}

const char *asking_wait(struct arena *arena, int64_t seconds)
{
	if (seconds <= 1)
		return "in a second";
	if (seconds < 90)
		return arena_format(arena, "in %lld seconds", (long long)seconds);
	return arena_format(arena, "in %lld minutes", (long long)(seconds + 59) / 60);
}
