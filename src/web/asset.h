/* SPDX-License-Identifier: MIT */
/*
 * Files of the program under addresses that name their contents: /assets/<hash>/css/site.css.
 *
 * The one rule: an asset is looked up in the table it was built from, never in a folder.
 */
#ifndef HEARTH_WEB_ASSET_H
#define HEARTH_WEB_ASSET_H

#include "base/embedded.h"
#include "web/server.h"

struct asset {
	const char *name; /* below the site's prefix */
	const char *type;
	char hash[17];
	char tag[20]; /* ETag, in its quotes; of the packed bytes with a z */
	char packed_tag[21];
	struct text bytes;
	struct text packed; /* gzip; {NULL, 0} when that is not shorter */
};

struct assets {
	const struct asset *asset; /* sorted by name */
	size_t count;
};

/* Reads the site's table, and packs what becomes shorter. */
bool assets_open(struct arena *arena, const struct site *site, struct assets *out_assets,
	struct error *error) MUST_CHECK;

/* By its name; NULL when there is none. */
const struct asset *asset_find(const struct assets *assets, struct text name);

/* The address of an asset, NULL when there is none of that name. */
const char *asset_address(struct arena *arena, const struct assets *assets, const char *name);

/* The answer for GET of an asset: its bytes, or 304 when the browser has them. */
void asset_answer(
	const struct asset *asset, const struct request *request, struct response *response);

#endif
