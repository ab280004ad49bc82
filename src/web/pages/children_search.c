/* SPDX-License-Identifier: MIT */
/*
 * Searching for children without a name in any address: what was typed comes in a form, and goes
 * into the address of the list sealed, for the person who typed it and nobody else.
 */
#include "base/crypto.h"
#include "store/vault.h"
#include "web/pages/children.h"
#include "web/pages/children_list.h"
#include "web/pages/query.h"

enum { SEARCH_MOST = 100, TOKEN_MOST = 4 * (SEARCH_MOST + VAULT_EXTRA) / 3 + 2 };

/* The same words sealed for somebody else do not open. */
static struct vault_place place_of(const struct visit *visit)
{
	return (struct vault_place){
		"children_address", "sealed_search", visit->session->account.id};
}

static bool seal_search(const struct request *request, struct text search, const char **out_token,
	struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct text sealed;
	char *token = arena_take(request->arena, TOKEN_MOST + 1, 1);

	if (search.length > SEARCH_MOST)
		search.length = SEARCH_MOST;
	while (!text_is_utf8(search)) /* cut within a character */
		search.length--;
	if (!token)
		return error_no_memory(error);
	if (!vault_seal_in(store_vault(visit->store), request->arena, place_of(visit), search,
		    &sealed, error))
		return false;
	*out_token = crypto_base64(sealed.data, sealed.length, token, TOKEN_MOST + 1);
	return true;
}

bool children_search_read(const struct request *request, struct text *out_search)
{
	const struct visit *visit = visit_of(request);
	struct text token = fields_get(&request->query, "q");
	size_t length = token.length * 3 / 4;
	struct error ignored = {0};
	char *sealed;

	*out_search = TEXT("");
	if (!token.length)
		return true;
	if (token.length > TOKEN_MOST || length <= VAULT_EXTRA)
		return false;
	sealed = arena_take(request->arena, length, 1);
	return sealed && crypto_base64_read(token, sealed, length) &&
	       vault_open_in(store_vault(visit->store), request->arena, place_of(visit),
		       (struct text){sealed, length}, out_search, &ignored);
}

bool children_search(struct request *request, struct response *response, struct error *error)
{
	struct text search = form_text(request, "q");
	struct text query = children_kept_query(request->arena, &request->form);
	const char *token = NULL, *path;

	if (search.length && !seal_search(request, search, &token, error))
		return false;
	path = arena_format(request->arena, "/children%s%.*s%s%s%s",
		query.length || token ? "?" : "", (int)query.length, query.data,
		query.length && token ? "&" : "", token ? "q=" : "", token ? token : "");
	if (!path)
		return error_no_memory(error);
	response_redirect(response, path);
	return true;
}
