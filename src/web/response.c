/* SPDX-License-Identifier: MIT */
#include "web/response.h"

#include "web/cookie.h"
#include "web/percent.h"
#include "web/request.h"

static struct buffer *response_begin(struct response *response, int status, const char *type)
{
	response->status = status;
	response->content_type = type;
	response->body = buffer_in(response->arena);
	response->ready = (struct text){0};
	response->encoding = NULL;
	return &response->body;
}

struct buffer *response_html(struct response *response, int status)
{
	return response_begin(response, status, "text/html; charset=utf-8");
}

struct buffer *response_json(struct response *response, int status)
{
	return response_begin(
		response, status, status >= 400 ? "application/problem+json" : "application/json");
}

struct buffer *response_plain(struct response *response, int status)
{
	return response_begin(response, status, "text/plain; charset=utf-8");
}

static bool response_is_plain(const char *value)
{
	for (; *value; value++) {
		if (*value < 0x20 || *value > 0x7e)
			return false;
	}
	return true;
}

void response_header(struct response *response, const char *name, const char *value)
{
	if (!name || !value || !*name || !response_is_plain(name) || !response_is_plain(value) ||
		strpbrk(name, " :") || response->header_count == RESPONSE_HEADERS_LIMIT) {
		response->failed = true;
		return;
	}
	response->headers[response->header_count++] = (struct response_header){name, value};
}

/* RFC 6266: an ASCII name for old programs, and the real one. */
struct buffer *response_download(struct response *response, const char *type, struct text file_name)
{
	struct buffer value = buffer_in(response->arena);

	buffer_string(&value, "attachment; filename=\"");
	for (size_t i = 0; i < file_name.length; i++) {
		char c = file_name.data[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || (c == '.' && i > 0) || c == '-' || c == '_';

		buffer_char(&value, plain ? c : '_');
	}
	buffer_string(&value, "\"; filename*=UTF-8''");
	percent_encode(&value, file_name);
	response_header(response, "Content-Disposition", buffer_cstring(&value));
	response->failed = response->failed || value.failed;
	return response_begin(response, 200, type);
}

void response_redirect(struct response *response, const char *path)
{
	response_begin(response, 303, NULL);
	if (path[0] != '/' || path[1] == '/' || path[1] == '\\' || strlen(path) > TARGET_LIMIT) {
		response->failed = true;
		return;
	}
	response_header(response, "Location", path);
}

void response_cookie(struct response *response, const struct request *request, const char *name,
	struct text value, struct cookie_setting setting)
{
	struct buffer out = buffer_in(response->arena);

	if (!cookie_name_is_plain(text_of(name)) || !cookie_value_is_plain(value)) {
		response->failed = true;
		return;
	}
	buffer_format(&out, "%s%s=", request->secure ? "__Host-" : "", name);
	buffer_text(&out, value);
	buffer_string(&out, "; Path=/; HttpOnly");
	buffer_string(&out, setting.strict ? "; SameSite=Strict" : "; SameSite=Lax");
	if (request->secure)
		buffer_string(&out, "; Secure");
	if (setting.life == COOKIE_SECONDS)
		buffer_format(&out, "; Max-Age=%d", setting.seconds);
	if (setting.life == COOKIE_REMOVE)
		buffer_string(&out, "; Max-Age=0");
	response_header(response, "Set-Cookie", buffer_cstring(&out));
	response->failed = response->failed || out.failed;
}

void response_forever(struct response *response, const char *etag)
{
	response->cache_control = "public, max-age=31536000, immutable";
	response_header(response, "ETag", etag);
}

void response_clear(struct response *response)
{
	*response = (struct response){.arena = response->arena, .close = response->close};
}
