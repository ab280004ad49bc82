/* SPDX-License-Identifier: MIT */
#include "web/route.h"

#include <stdio.h>

static const char *const route_methods[] = {
	[METHOD_GET] = "GET",
	[METHOD_POST] = "POST",
	[METHOD_PUT] = "PUT",
	[METHOD_PATCH] = "PATCH",
	[METHOD_DELETE] = "DELETE",
};

enum web_method web_method_of(struct text name, bool *out_head)
{
	*out_head = text_is(name, "HEAD");
	if (*out_head)
		return METHOD_GET;
	for (int i = METHOD_GET; i <= METHOD_DELETE; i++) {
		if (text_is(name, route_methods[i]))
			return (enum web_method)i;
	}
	return METHOD_NONE;
}

const char *web_method_name(enum web_method method)
{
	return method >= METHOD_GET && method <= METHOD_DELETE ? route_methods[method] : "other";
}

/* Cuts the part up to the next slash off *rest, which begins with a slash. */
static struct text route_part(struct text *rest)
{
	struct text part = {rest->data + 1, rest->length - 1};
	const char *slash = part.length ? memchr(part.data, '/', part.length) : NULL;

	if (slash)
		part.length = (size_t)(slash - part.data);
	rest->data += part.length + 1;
	rest->length -= part.length + 1;
	return part;
}

static bool route_is_name(struct text part)
{
	return part.length > 2 && part.data[0] == '{' && part.data[part.length - 1] == '}';
}

static bool route_is_tail(struct text part)
{
	return route_is_name(part) && part.length > 5 &&
	       memcmp(part.data + part.length - 4, "...}", 4) == 0;
}

static void route_keep(struct route_names *names, struct text part, struct text value, bool tail)
{
	if (names->count == ROUTE_NAMES_LIMIT)
		return;
	names->named[names->count].name =
		(struct text){part.data + 1, part.length - (tail ? 5u : 2u)};
	names->named[names->count++].value = value;
}

/* Whether the pattern fits, and how well: a bit for every part of plain text, the leftmost highest,
 * so that plain text further left wins. */
static bool route_fits(
	const char *pattern, struct text path, struct route_names *names, uint32_t *out_plain)
{
	struct text rest = text_of(pattern);
	uint32_t bit = UINT32_C(1) << ROUTE_PARTS_LIMIT;

	names->count = 0;
	*out_plain = 0;
	while (rest.length > 0 && path.length > 0) {
		struct text part = route_part(&rest), value;

		bit >>= 1;
		if (route_is_tail(part)) {
			if (path.length < 2)
				return false;
			route_keep(
				names, part, (struct text){path.data + 1, path.length - 1}, true);
			return true;
		}
		value = route_part(&path);
		if (route_is_name(part)) {
			if (value.length == 0)
				return false;
			route_keep(names, part, value, false);
		} else if (text_equal(part, value)) {
			*out_plain |= bit;
		} else {
			return false;
		}
	}
	return rest.length == 0 && path.length == 0;
}

/* A quick look: what stands before the first name must be the same, and the last letter of a path
 * that does not end in a name. */
static bool route_may_fit(const char *pattern, struct text path)
{
	size_t i = 0;
	char last;

	while (pattern[i] && pattern[i] != '{' && i < path.length && pattern[i] == path.data[i])
		i++;
	if (pattern[i] != '{')
		return !pattern[i] && i == path.length;
	last = pattern[strlen(pattern) - 1];
	return last == '}' || path.data[path.length - 1] == last;
}

const struct route *route_find(const struct route *routes, size_t count, enum web_method method,
	struct text path, struct route_names *out_names, unsigned *out_allowed)
{
	const struct route *found = NULL;
	uint32_t best = 0;

	*out_allowed = 0;
	for (size_t i = 0; i < count; i++) {
		struct route_names names;
		uint32_t plain;

		if (!route_may_fit(routes[i].path, path) ||
			!route_fits(routes[i].path, path, &names, &plain))
			continue;
		*out_allowed |= 1u << routes[i].method;
		if (routes[i].method == method && (!found || plain > best)) {
			found = &routes[i];
			best = plain;
			*out_names = names;
		}
	}
	return found;
}

static bool route_path_is_made_well(struct text path)
{
	size_t parts = 0, names = 0;

	if (text_is(path, "/"))
		return true;
	if (path.length == 0 || path.data[0] != '/')
		return false;
	while (path.length > 0) {
		struct text part = route_part(&path);

		names += route_is_name(part);
		if (part.length == 0 || (route_is_tail(part) && path.length > 0))
			return false;
		if (!route_is_name(part) && (memchr(part.data, '{', part.length) ||
						    memchr(part.data, '}', part.length)))
			return false;
		if (++parts > ROUTE_PARTS_LIMIT || names > ROUTE_NAMES_LIMIT)
			return false;
	}
	return true;
}

/* Why the row is not made well; NULL when it is. */
static const char *route_fault(const struct route *route)
{
	if (!route->path || !route_path_is_made_well(text_of(route->path)))
		return "its path has not the form of one";
	if (!permission_id(route->permission))
		return "it declares no permission";
	if (route->method < METHOD_GET || route->method > METHOD_DELETE)
		return "it has no method";
	if (!route->handle || !route->title || !*route->title)
		return "it has no handler or title";
	if (route->kind < ROUTE_PAGE || route->kind > ROUTE_ASSET)
		return "it has no kind";
	if ((route->kind == ROUTE_UPLOAD) != (route->take != NULL))
		return "an upload, and nothing else, takes files";
	if (route->method == METHOD_GET && route->body_limit > 0)
		return "GET takes no body";
	if (route->method != METHOD_GET && route->kind != ROUTE_FORM &&
		route->kind != ROUTE_UPLOAD && route->kind != ROUTE_API)
		return "what changes something is a form, an upload or of the API";
	return NULL;
}

bool route_check(const struct route *routes, size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		const char *fault = route_fault(&routes[i]);

		for (size_t before = 0; !fault && before < i; before++) {
			if (routes[before].method == routes[i].method &&
				strcmp(routes[before].path, routes[i].path) == 0)
				fault = "it is there twice";
		}
		if (fault)
			return error_set(error, ERROR_INPUT, "route %zu, %s: %s", i + 1,
				routes[i].path ? routes[i].path : "without a path", fault);
	}
	return true;
}
