/* SPDX-License-Identifier: MIT */
#include "web/exchange.h"

#include "web/error_page.h"
#include "web/form_token.h"
#include "web/gzip.h"
#include "web/request_log.h"
#include "web/upload.h"

#include <time.h>

struct exchange {
	const struct core *core;
	struct arena *arena;
	struct timespec began;
	struct text raw_target;
	struct guard_facts facts;
	struct request request;
	struct response response;
	struct buffer body;	  /* of a form or the API */
	struct upload_form *form; /* of an upload */
	struct error error;	  /* of a body that was wrong, or of a 500 */
	uint64_t unread;
	bool inside; /* the error is for the log */
	struct message message;
	struct message_header headers[GUARD_HEADERS_LIMIT];
};

struct exchange *exchange_open(const struct core *core, struct text target)
{
	struct arena *arena = arena_open();
	struct exchange *exchange = arena ? arena_take(arena, 1, sizeof *exchange) : NULL;
	unsigned char id[8];
	size_t kept = target.length > TARGET_LIMIT ? TARGET_LIMIT + 1 : target.length;

	if (exchange)
		exchange->raw_target.data = arena_copy(arena, target.data, kept);
	if (!exchange || !exchange->raw_target.data) {
		arena_close(arena);
		return NULL;
	}
	exchange->raw_target.length = kept;
	exchange->core = core;
	exchange->arena = arena;
	clock_gettime(CLOCK_MONOTONIC, &exchange->began);
	exchange->response.arena = arena;
	exchange->request = (struct request){
		.arena = arena,
		.secure = core->secure,
		.secret = core->secret,
		.assets = &core->assets,
		.client = TEXT(""),
		.session = TEXT(""),
		.message = &exchange->message,
	};
	crypto_random(id, sizeof id);
	for (size_t i = 0; i < sizeof id; i++) {
		exchange->request.id[2 * i] = "0123456789abcdef"[id[i] >> 4];
		exchange->request.id[2 * i + 1] = "0123456789abcdef"[id[i] & 15];
	}
	return exchange;
}

struct message *exchange_message(struct exchange *exchange)
{
	exchange->message.headers = exchange->headers;
	exchange->message.target = exchange->raw_target;
	return &exchange->message;
}

/* The site takes back what its `admit` gave to the request, once. */
static void exchange_done(struct exchange *exchange)
{
	const struct site *site = exchange->core->site;

	if (site->done && exchange->request.who)
		site->done(site->context, &exchange->request);
	exchange->request.who = NULL;
}

/* Packs the body where that helps, and ends connections that must end. */
static enum exchange_step exchange_ready(struct exchange *exchange)
{
	struct response *response = &exchange->response;
	struct text accepts, packed;

	exchange_done(exchange);
	if (response->failed || response->body.failed) {
		response_clear(response);
		response->status = 500;
	}
	if (atomic_load_explicit(&exchange->core->stopping, memory_order_relaxed))
		response->close = true;
	if (response->ready.data || response->body.length < GZIP_AT_LEAST || response->encoding ||
		!gzip_is_worth_it(response->content_type))
		return EXCHANGE_ANSWER;
	accepts = request_header(&exchange->request, "Accept-Encoding");
	if (!accepts.data || !gzip_is_accepted(accepts))
		return EXCHANGE_ANSWER;
	packed = gzip_pack(exchange->arena,
		(struct text){response->body.data, response->body.length}, GZIP_FAST);
	if (packed.data) {
		response->ready = packed;
		response->encoding = "gzip";
	}
	return EXCHANGE_ANSWER;
}

/* Answers with an error page; what was answered before is dropped. */
static enum exchange_step exchange_fail(struct exchange *exchange, int status, const char *words)
{
	struct response *response = &exchange->response;

	response_clear(response);
	error_page(exchange->core->site, &exchange->request, response, status, words);
	return exchange_ready(exchange);
}

/* The same for an error: the words of what went wrong inside are for the log. */
static enum exchange_step exchange_fail_with(struct exchange *exchange, const struct error *error)
{
	int status = status_of_error(error->code);

	if (status >= 500) {
		exchange->error = *error;
		exchange->inside = true;
		return exchange_fail(
			exchange, status, error->code == ERROR_UNCERTAIN ? uncertain_words : NULL);
	}
	return exchange_fail(exchange, status, error->message[0] ? error->message : NULL);
}

void exchange_refuse(struct exchange *exchange, int status, const char *words)
{
	exchange->response.close = true;
	exchange->unread = exchange->facts.length;
	exchange_fail(exchange, status, words);
}

static enum exchange_step exchange_refused(struct exchange *exchange, int status, const char *words)
{
	exchange_refuse(exchange, status, words);
	return EXCHANGE_ANSWER;
}

/* An answer before the body was read ends the connection when there is one. */
static enum exchange_step exchange_early(struct exchange *exchange, enum exchange_step step)
{
	if (exchange->facts.length > 0) {
		exchange->unread = exchange->facts.length;
		exchange->response.close = true;
	}
	return step;
}

static enum exchange_step exchange_wrong_method(struct exchange *exchange, unsigned allowed)
{
	struct buffer names = buffer_in(exchange->arena);

	exchange_fail(exchange, 405, NULL);
	for (int i = METHOD_GET; i <= METHOD_DELETE; i++) {
		if (!(allowed & 1u << i))
			continue;
		if (names.length > 0)
			buffer_string(&names, ", ");
		buffer_string(&names, web_method_name((enum web_method)i));
		if (i == METHOD_GET)
			buffer_string(&names, ", HEAD");
	}
	response_header(&exchange->response, "Allow", buffer_cstring(&names));
	return exchange_early(exchange, EXCHANGE_ANSWER);
}

static enum exchange_step exchange_canonical(struct exchange *exchange)
{
	const struct target *target = &exchange->request.target;
	struct buffer path = buffer_in(exchange->arena);

	/* the raw path, so that its escapes stay as they are; it begins with one slash */
	buffer_add(&path, target->raw_path.data, target->raw_path.length - 1);
	if (target->query.length > 0) {
		buffer_char(&path, '?');
		buffer_text(&path, target->query);
	}
	response_redirect(&exchange->response, buffer_cstring(&path));
	exchange->response.status = 308;
	return exchange_early(exchange, exchange_ready(exchange));
}

/* Finds the page. 0 when there is one; its answer is ready otherwise. */
static bool exchange_route(struct exchange *exchange, enum exchange_step *out_step)
{
	const struct site *site = exchange->core->site;
	struct request *request = &exchange->request;
	struct error error = {0};
	unsigned allowed;

	*out_step = EXCHANGE_ANSWER;
	if (!target_read(exchange->arena, exchange->raw_target, &request->target, &error)) {
		exchange_refuse(exchange, error.code == ERROR_LIMIT ? 414 : 400, error.message);
		return false;
	}
	request->route = route_find(site->routes, site->route_count, request->method,
		request->target.path, &request->names, &allowed);
	if (request->method == METHOD_NONE || (!request->route && allowed)) {
		*out_step = exchange_wrong_method(exchange, allowed ? allowed : ~0u);
		return false;
	}
	if (!request->route) {
		*out_step = exchange_early(exchange, exchange_fail(exchange, 404, NULL));
		return false;
	}
	if (request->target.trailing_slash) {
		*out_step = exchange_canonical(exchange);
		return false;
	}
	if (!fields_decode(exchange->arena, request->target.query, &request->query, &error)) {
		*out_step = exchange_early(exchange, exchange_fail_with(exchange, &error));
		return false;
	}
	return true;
}

/* Who is asking, and may they? */
static bool exchange_admit(struct exchange *exchange, enum exchange_step *out_step)
{
	const struct site *site = exchange->core->site;
	struct request *request = &exchange->request;
	struct error error = {0};

	if (request->route->kind == ROUTE_ASSET)
		return true;
	if (!site->admit) {
		if (request->route->permission == PERMISSION_PUBLIC)
			return true;
		error_set(&error, ERROR_DENIED, "You may not do that.");
	} else if (site->admit(site->context, request, &exchange->response, &error)) {
		return true;
	}
	if (exchange->response.status)
		*out_step = exchange_early(exchange, exchange_ready(exchange));
	else
		*out_step = exchange_early(exchange, exchange_fail_with(exchange, &error));
	return false;
}

static bool exchange_changes_something(const struct exchange *exchange)
{
	return exchange->request.route->method != METHOD_GET;
}

static bool exchange_type_is(const struct exchange *exchange, const char *type)
{
	struct text given = request_header(&exchange->request, "Content-Type"), kind;

	return given.data && text_split(&given, ';', &kind) &&
	       text_same_letters(text_trim(kind), text_of(type));
}

static bool exchange_token_in_header(const struct exchange *exchange)
{
	struct text token = request_header(&exchange->request, "X-CSRF-Token");

	return token.data && form_token_is_good(exchange->core->secret, exchange->request.session,
				     time(NULL), token);
}

/* What a request that changes something must be: of our own page, of the kind the route takes. */
static bool exchange_may_change(struct exchange *exchange, int *out_status)
{
	const struct request *request = &exchange->request;
	const char *type = request->route->kind == ROUTE_FORM  ? "application/x-www-form-urlencoded"
			   : request->route->kind == ROUTE_API ? "application/json"
							       : "multipart/form-data";

	*out_status = request->by_key ? 0 : guard_origin(request->message, request->origin);
	if (*out_status)
		return false;
	*out_status = 415;
	if (exchange->facts.length > 0 && !exchange_type_is(exchange, type))
		return false;
	*out_status = 403;
	return request->by_key || request->route->kind != ROUTE_API ||
	       exchange_token_in_header(exchange);
}

/* Makes ready for the body. */
static bool exchange_expect_body(struct exchange *exchange, struct error *error)
{
	struct request *request = &exchange->request;

	exchange->body = buffer_in(exchange->arena);
	if (request->route->kind != ROUTE_UPLOAD)
		return true;
	exchange->form = upload_form_open(request, exchange_token_in_header(exchange), error);
	return exchange->form != NULL;
}

/* Where people say they are: for links and for comparing with Origin. */
static bool exchange_origin(struct exchange *exchange, struct text client)
{
	struct request *request = &exchange->request;
	const struct core *core = exchange->core;
	char *origin;

	request->client = client;
	if (core->trust_proxy) {
		struct text forwarded = request_header(request, "X-Forwarded-For"), one;

		/* the last is what our own proxy wrote; those before it anybody may have */
		while (text_split(&forwarded, ',', &one))
			request->client = text_trim(one);
	}
	if (core->origin) {
		request->origin = text_of(core->origin);
		return true;
	}
	origin = arena_format(exchange->arena, "http://%.*s", (int)exchange->facts.host.length,
		exchange->facts.host.data);
	request->origin = text_of(origin);
	return origin != NULL;
}

enum exchange_step exchange_head(struct exchange *exchange, struct text client)
{
	const struct message *message = &exchange->message;
	struct request *request = &exchange->request;
	struct error error = {0};
	const char *words = NULL;
	enum exchange_step step = EXCHANGE_ANSWER;
	int status = guard_check(message, &exchange->facts, &words);

	request->method = web_method_of(message->method, &request->head);
	if (status)
		return exchange_refused(exchange, status, words);
	if (!exchange_origin(exchange, client))
		return exchange_refused(exchange, 500, NULL);
	status = guard_host(exchange->facts.host, exchange->core->origin);
	if (status)
		return exchange_refused(exchange, status, NULL);
	if (!exchange_route(exchange, &step) || !exchange_admit(exchange, &step))
		return step;
	if (exchange->facts.length > request->route->body_limit)
		return exchange_refused(exchange, 413, NULL);
	if (exchange_changes_something(exchange) && !exchange_may_change(exchange, &status))
		return exchange_early(exchange, exchange_fail(exchange, status, NULL));
	if (!exchange_expect_body(exchange, &error))
		return exchange_early(exchange, exchange_fail_with(exchange, &error));
	return EXCHANGE_BODY;
}

void exchange_body(struct exchange *exchange, struct text bytes)
{
	if (exchange->error.code != ERROR_NONE)
		return; /* read to its end and dropped: then the answer arrives */
	if (exchange->form) {
		if (!upload_form_read(exchange->form, bytes, &exchange->error) &&
			exchange->error.code == ERROR_NONE)
			error_set(&exchange->error, ERROR_INPUT, "the upload was not taken");
		return;
	}
	if (exchange->body.length + bytes.length > exchange->facts.length)
		error_set(&exchange->error, ERROR_LIMIT, "more came than was said");
	else
		buffer_text(&exchange->body, bytes);
	if (exchange->body.failed)
		error_no_memory(&exchange->error);
}

/* The fields of the body, and the token among them. */
static bool exchange_read_form(struct exchange *exchange, struct error *error)
{
	struct request *request = &exchange->request;
	struct text body = {exchange->body.data, exchange->body.length}, token;

	if (request->route->kind == ROUTE_UPLOAD)
		return upload_form_end(exchange->form, error);
	if (request->route->kind != ROUTE_FORM) {
		request->body = body;
		return true;
	}
	if (!fields_decode(exchange->arena, body, &request->form, error))
		return false;
	token = fields_get(&request->form, "csrf");
	if (request->by_key || exchange_token_in_header(exchange) ||
		form_token_is_good(exchange->core->secret, request->session, time(NULL), token))
		return true;
	return error_set(error, ERROR_DENIED,
		"This form is no longer good: please go back, load the page again and send it once "
		"more.");
}

/* Makes good what the handler relies on; without it nothing of its answer leaves. */
static bool exchange_settle(struct exchange *exchange)
{
	const struct site *site = exchange->core->site;
	struct error error = {0};

	if (!site->settle || !exchange->request.who ||
		site->settle(site->context, &exchange->request, &error))
		return true;
	exchange->error = error;
	exchange->inside = true;
	exchange_fail(exchange, 503, NULL);
	return false;
}

void exchange_finish(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	struct response *response = &exchange->response;
	struct error error = exchange->error;

	if (error.code == ERROR_NONE && exchange_read_form(exchange, &error) &&
		request->route->handle(request, response, &error)) {
		if (response->failed || response->body.failed || !response->status)
			error_set(&error, ERROR_SYSTEM, "the answer could not be written");
		else
			error.code = ERROR_NONE;
	} else if (error.code == ERROR_NONE) {
		error_set(&error, ERROR_SYSTEM, "a handler failed without a reason");
	}
	if (!exchange_settle(exchange))
		return;
	if (error.code != ERROR_NONE)
		exchange_fail_with(exchange, &error);
	else
		exchange_ready(exchange);
}

const struct response *exchange_response(const struct exchange *exchange)
{
	return &exchange->response;
}

struct text exchange_content(const struct exchange *exchange)
{
	const struct response *response = &exchange->response;

	if (response->ready.data)
		return response->ready;
	return (struct text){response->body.data ? response->body.data : "", response->body.length};
}

uint64_t exchange_unread(const struct exchange *exchange)
{
	return exchange->unread;
}

uint64_t exchange_length(const struct exchange *exchange)
{
	return exchange->facts.length;
}

void exchange_close(struct exchange *exchange, bool whole)
{
	const struct request *request = &exchange->request;
	struct timespec now;

	exchange_done(exchange);
	clock_gettime(CLOCK_MONOTONIC, &now);
	request_log(exchange->core->log, exchange->arena,
		&(struct log_line){
			.id = request->id,
			.method = request->head ? "HEAD" : web_method_name(request->method),
			.route = request->route ? request->route->path : "",
			.status = exchange->response.status,
			.microseconds = (now.tv_sec - exchange->began.tv_sec) * 1000000 +
					(now.tv_nsec - exchange->began.tv_nsec) / 1000,
			.bytes = request->head ? 0 : exchange_content(exchange).length,
			.cut = !whole,
			.error = exchange->inside ? &exchange->error : NULL,
		});
	arena_close(exchange->arena);
}
