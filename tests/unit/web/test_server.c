/* SPDX-License-Identifier: MIT */
/*
 * A small site for tests/web/http_test.py: web_test_server ADDRESS [OPTION=VALUE]…
 * Prints where it listens on one line of standard output, and serves until SIGTERM.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/crypto.h"
#include "web/health.h"
#include "web/server.h"

static const unsigned char style[] =
	"body { color: #3d3d3d; }\n"
	"/* as long as a file must be to be packed: ........................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................\n"
	"........................................................................................ "
	"*/\n";
static const unsigned char script[] = "void 0;\n";
static const unsigned char secret_query[] = "select * from child\n";

static const struct embedded_file files[] = {
	{"built/css/site.css", style, style + sizeof style - 1, 0x0123456789abcdefu},
	{"built/site.js", script, script + sizeof script - 1, 0xfedcba9876543210u},
	{"sql/child.sql", secret_query, secret_query + sizeof secret_query - 1, 0x1111u},
};

/* Changes made by forms, so that a test can see whether one got through. */
static _Atomic int changes;

static bool home(struct request *request, struct response *response, struct error *error)
{
	struct buffer *out = response_html(response, 200);

	(void)error;
	buffer_format(out,
		"<!DOCTYPE html><title>Test</title><link rel=\"stylesheet\" href=\"%s\">",
		request_asset(request, "css/site.css"));
	return true;
}

/* 20,000 bytes from memory: for measuring. */
static bool memory(struct request *request, struct response *response, struct error *error)
{
	static const char line[] = "<p>A child is a person, never a case or a unit.</p>";
	struct buffer *out = response_html(response, 200);

	(void)request;
	(void)error;
	for (int i = 0; i < 385; i++)
		buffer_add(out, line, sizeof line);
	return true;
}

static bool large(struct request *request, struct response *response, struct error *error)
{
	struct buffer *out = response_html(response, 200);

	(void)request;
	(void)error;
	for (int i = 0; i < 400; i++)
		buffer_format(out, "<p>%04d A child is a person, never a case.</p>\n", i);
	return true;
}

static bool echo(struct request *request, struct response *response, struct error *error)
{
	struct buffer *out = response_plain(response, 200);

	(void)error;
	buffer_string(out, "name=");
	buffer_text(out, request_part(request, "name"));
	for (size_t i = 0; i < request->query.count; i++) {
		buffer_string(out, "\n");
		buffer_text(out, request->query.field[i].name);
		buffer_string(out, "=");
		buffer_text(out, request->query.field[i].value);
	}
	return true;
}

static bool form(struct request *request, struct response *response, struct error *error)
{
	(void)error;
	buffer_string(response_plain(response, 200), request_form_token(request));
	return true;
}

static bool form_save(struct request *request, struct response *response, struct error *error)
{
	struct text note = fields_get(&request->form, "note");

	if (!note.data)
		return error_set(error, ERROR_INPUT, "Write a note.");
	changes++;
	response_redirect(response, "/form");
	return true;
}

static bool count(struct request *request, struct response *response, struct error *error)
{
	(void)request;
	(void)error;
	buffer_format(response_json(response, 200), "{\"changes\":%d}\n", changes);
	return true;
}

static bool api_save(struct request *request, struct response *response, struct error *error)
{
	(void)error;
	changes++;
	buffer_format(response_json(response, 200), "{\"bytes\":%zu}\n", request->body.length);
	return true;
}

struct taken {
	size_t bytes, files;
	uint64_t sum;
};

static bool take(struct request *request, const struct upload *upload, struct text piece,
	struct error *error)
{
	struct taken *taken = request->upload_state;

	if (!taken)
		taken = request->upload_state = arena_take(request->arena, 1, sizeof *taken);
	if (!taken)
		return error_no_memory(error);
	if (text_is(upload->file_name, "refuse.csv"))
		return error_set(error, ERROR_INPUT, "This file cannot be read.");
	taken->files += upload->begins;
	taken->bytes += piece.length;
	for (size_t i = 0; i < piece.length; i++)
		taken->sum = taken->sum * 31 + (unsigned char)piece.data[i];
	return true;
}

static bool take_save(struct request *request, struct response *response, struct error *error)
{
	const struct taken *taken = request->upload_state;

	(void)error;
	changes++;
	buffer_format(response_plain(response, 200), "%zu files, %zu bytes, %016llx\n",
		taken ? taken->files : 0, taken ? taken->bytes : 0,
		taken ? (unsigned long long)taken->sum : 0);
	return true;
}

static bool slow(struct request *request, struct response *response, struct error *error)
{
	int64_t ms = 200;
	struct timespec pause;

	(void)error;
	fields_integer(&request->query, "ms", &ms);
	pause = (struct timespec){ms / 1000, ms % 1000 * 1000000};
	nanosleep(&pause, NULL);
	buffer_string(response_plain(response, 200), "done\n");
	return true;
}

static bool fails(struct request *request, struct response *response, struct error *error)
{
	response_cookie(response, request, "left", TEXT("over"), (struct cookie_setting){0});
	buffer_string(response_plain(response, 200), "half an ans");
	return error_set(error, ERROR_SYSTEM, "the disk of Jane Doe is full");
}

static bool conflict(struct request *request, struct response *response, struct error *error)
{
	(void)request;
	(void)response;
	return error_set(error, ERROR_CONFLICT, "Somebody else changed this.");
}

static bool empty(struct request *request, struct response *response, struct error *error)
{
	(void)request;
	(void)response;
	(void)error;
	return true;
}

static bool split(struct request *request, struct response *response, struct error *error)
{
	(void)request;
	(void)error;
	buffer_string(response_plain(response, 200), "x");
	response_header(response, "X-Split", "a\r\nSet-Cookie: b=c");
	return true;
}

static bool download(struct request *request, struct response *response, struct error *error)
{
	(void)request;
	(void)error;
	buffer_string(response_download(
			      response, "text/csv; charset=utf-8", TEXT("../\"Zo\xc3\xab\r\n.csv")),
		"a,b\n");
	return true;
}

static bool cookies(struct request *request, struct response *response, struct error *error)
{
	struct text seen = request_cookie(request, "seen");

	(void)error;
	response_cookie(response, request, "seen", TEXT("yes"),
		(struct cookie_setting){.life = COOKIE_SECONDS, .seconds = 60});
	response_cookie(
		response, request, "strict", TEXT("1"), (struct cookie_setting){.strict = true});
	response_cookie(response, request, "gone", TEXT(""),
		(struct cookie_setting){.life = COOKIE_REMOVE});
	buffer_text(response_plain(response, 200), seen.data ? seen : TEXT("none"));
	return true;
}

static bool client(struct request *request, struct response *response, struct error *error)
{
	struct buffer *out = response_plain(response, 200);

	(void)error;
	buffer_text(out, request->client);
	buffer_char(out, ' ');
	buffer_text(out, request->origin);
	return true;
}

static const struct route routes[] = {
	ROUTE(GET, "/", PUBLIC, home, "Home", PAGE),
	ROUTE(GET, "/memory", PUBLIC, memory, "A page from memory", PAGE),
	ROUTE(GET, "/large", PUBLIC, large, "A large page", PAGE),
	ROUTE(GET, "/echo/{name}", PUBLIC, echo, "What was asked", PAGE),
	ROUTE(GET, "/echo/fixed", PUBLIC, home, "Plain text wins", PAGE),
	ROUTE(GET, "/form", SIGNED_IN, form, "A form", PAGE),
	ROUTE(POST, "/form", SIGNED_IN, form_save, "A form", FORM(4 * KIB)),
	ROUTE(POST, "/upload", SIGNED_IN, take_save, "Files", UPLOAD(64 * MIB, take)),
	ROUTE(GET, "/changes", PUBLIC, count, "Changes", API(0)),
	ROUTE(POST, "/api/save", SIGNED_IN, api_save, "Save", API(4 * KIB)),
	ROUTE(DELETE, "/api/save", SIGNED_IN, api_save, "Remove", API(0)),
	ROUTE(GET, "/api/conflict", PUBLIC, conflict, "Conflict", API(0)),
	ROUTE(GET, "/conflict", PUBLIC, conflict, "Conflict", PAGE),
	ROUTE(GET, "/private", CHILD_VIEW, home, "Nobody's", PAGE),
	ROUTE(GET, "/slow", PUBLIC, slow, "Slow", PAGE),
	ROUTE(GET, "/fails", PUBLIC, fails, "Fails", PAGE),
	ROUTE(GET, "/empty", PUBLIC, empty, "Answers nothing", PAGE),
	ROUTE(GET, "/split", PUBLIC, split, "Splits", PAGE),
	ROUTE(GET, "/download", PUBLIC, download, "Download", DOWNLOAD),
	ROUTE(GET, "/cookies", PUBLIC, cookies, "Cookies", PAGE),
	ROUTE(GET, "/client", PUBLIC, client, "Who asks", PAGE),
	ROUTE(GET, "/health", PUBLIC, health_page, "Health", API(0)),
	ROUTE(GET, "/assets/{hash}/{name...}", PUBLIC, asset_page, "Files", ASSET),
};

/* A session is whatever the cookie says; without one people are sent to sign in. */
static bool admit(
	void *context, struct request *request, struct response *response, struct error *error)
{
	struct text key = request_header(request, "Authorization");

	(void)context;
	request->session = request_cookie(request, "session");
	request->by_key = key.data && text_is(key, "Bearer test");
	if (request->route->permission == PERMISSION_PUBLIC)
		return true;
	if (request->route->permission == PERMISSION_CHILD_VIEW)
		return error_set(error, ERROR_MISSING, "There is no page here.");
	if (request->session.length > 0 || request->by_key)
		return true;
	response_redirect(response, "/sign-in");
	return false;
}

static bool error_html(void *context, const struct request *request, struct response *response,
	int status, const char *words)
{
	(void)context;
	buffer_format(response_html(response, status),
		"<!DOCTYPE html><title>%d</title><p>%s</p><p>%s</p>", status, words, request->id);
	return true;
}

static void option(struct web_options *options, const char *text)
{
	const char *value = strchr(text, '=');
	unsigned number = value ? (unsigned)strtoul(value + 1, NULL, 10) : 0;

	if (strncmp(text, "origin=", 7) == 0)
		options->origin = value + 1;
	else if (strncmp(text, "connections=", 12) == 0)
		options->connections = number;
	else if (strncmp(text, "per-address=", 12) == 0)
		options->connections_per_address = number;
	else if (strncmp(text, "head=", 5) == 0)
		options->head_seconds = number;
	else if (strncmp(text, "idle=", 5) == 0)
		options->idle_seconds = number;
	else if (strncmp(text, "body=", 5) == 0)
		options->body_seconds = number;
	else if (strncmp(text, "stop=", 5) == 0)
		options->stop_seconds = number;
	else if (strcmp(text, "quiet=1") == 0)
		options->log = -1;
	else if (strcmp(text, "proxy=1") == 0)
		options->trust_proxy = true;
}

int main(int count_of, char **arguments)
{
	static const unsigned char secret[CRYPTO_KEY_BYTES + 1] =
		"a secret that the test knows too";
	struct site site = {
		.routes = routes,
		.route_count = sizeof routes / sizeof *routes,
		.assets = files,
		.asset_count = sizeof files / sizeof *files,
		.asset_prefix = "built/",
		.admit = admit,
		.error_page = error_html,
	};
	struct web_options options = {.secret = secret};
	struct web_server *server;
	struct error error;

	if (count_of > 1 && strcmp(arguments[1], "inherited") != 0)
		options.listen = arguments[1];
	for (int i = 2; i < count_of; i++)
		option(&options, arguments[i]);
	if (!web_server_open(&options, &site, &server, &error)) {
		fprintf(stderr, "%s\n", error.message);
		return 1;
	}
	printf("%s\n", web_server_address(server));
	fflush(stdout);
	web_server_wait(server);
	web_server_close(server);
	return 0;
}
