/* SPDX-License-Identifier: MIT */
#include "web/request.h"

#include "web/asset.h"
#include "web/cookie.h"
#include "web/form_token.h"

#include <time.h>

struct text request_part(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->names.count; i++) {
		if (text_is(request->names.named[i].name, name))
			return request->names.named[i].value;
	}
	return (struct text){0};
}

bool request_part_integer(const struct request *request, const char *name, int64_t *out_number)
{
	struct text part = request_part(request, name);

	return part.data && text_integer(part, out_number);
}

struct text request_header(const struct request *request, const char *name)
{
	return message_header(request->message, name, NULL);
}

struct text request_cookie(const struct request *request, const char *name)
{
	char full[64];
	size_t length = strlen(name), prefix = request->secure ? sizeof "__Host-" - 1 : 0;

	if (prefix + length >= sizeof full)
		return (struct text){0};
	memcpy(full, "__Host-", prefix);
	memcpy(full + prefix, name, length);
	return cookie_find(request_header(request, "Cookie"), (struct text){full, prefix + length});
}

const char *request_form_token(const struct request *request)
{
	char *token = arena_take_raw(request->arena, FORM_TOKEN_SIZE, 1);

	return token ? form_token_make(request->secret, request->session, time(NULL), token) : NULL;
}

const char *request_asset(const struct request *request, const char *name)
{
	return asset_address(request->arena, request->assets, name);
}
