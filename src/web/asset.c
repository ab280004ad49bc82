/* SPDX-License-Identifier: MIT */
#include "web/asset.h"

#include "web/gzip.h"

#include <stdio.h>
#include <stdlib.h>

static const char *asset_type(const char *name)
{
	static const struct {
		const char *ending, *type;
	} types[] = {
		{".css", "text/css; charset=utf-8"},
		{".js", "text/javascript; charset=utf-8"},
		{".json", "application/json"},
		{".svg", "image/svg+xml"},
		{".png", "image/png"},
		{".ico", "image/x-icon"},
		{".woff2", "font/woff2"},
		{".txt", "text/plain; charset=utf-8"},
	};
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++) {
		if (strcmp(dot, types[i].ending) == 0)
			return types[i].type;
	}
	return "application/octet-stream";
}

static void asset_fill(struct arena *arena, const struct embedded_file *file, const char *name,
	struct asset *asset)
{
	asset->name = name;
	asset->type = asset_type(name);
	asset->bytes = (struct text){(const char *)file->start, (size_t)(file->end - file->start)};
	snprintf(asset->hash, sizeof asset->hash, "%016llx", (unsigned long long)file->hash);
	snprintf(asset->tag, sizeof asset->tag, "\"%s\"", asset->hash);
	snprintf(asset->packed_tag, sizeof asset->packed_tag, "\"%sz\"", asset->hash);
	if (asset->bytes.length >= GZIP_AT_LEAST && gzip_is_worth_it(asset->type))
		asset->packed = gzip_pack(arena, asset->bytes, GZIP_SMALL);
}

static int asset_order(const void *a, const void *b)
{
	return strcmp(((const struct asset *)a)->name, ((const struct asset *)b)->name);
}

bool assets_open(struct arena *arena, const struct site *site, struct assets *out_assets,
	struct error *error)
{
	size_t prefix = site->asset_prefix ? strlen(site->asset_prefix) : 0, count = 0;
	struct asset *asset = arena_take(arena, site->asset_count + 1, sizeof *asset);

	if (!asset)
		return error_no_memory(error);
	for (size_t i = 0; i < site->asset_count; i++) {
		const struct embedded_file *file = &site->assets[i];

		if (prefix == 0 || strncmp(file->path, site->asset_prefix, prefix) == 0)
			asset_fill(arena, file, file->path + prefix, &asset[count++]);
	}
	if (count > 0)
		qsort(asset, count, sizeof *asset, asset_order);
	*out_assets = (struct assets){asset, count};
	return true;
}

const struct asset *asset_find(const struct assets *assets, struct text name)
{
	size_t low = 0, high = assets->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = text_compare(text_of(assets->asset[middle].name), name);

		if (order == 0)
			return &assets->asset[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const char *asset_address(struct arena *arena, const struct assets *assets, const char *name)
{
	const struct asset *asset = asset_find(assets, text_of(name));

	return asset ? arena_format(arena, "/assets/%s/%s", asset->hash, asset->name) : NULL;
}

/* RFC 9110 section 13.1.2: a list of tags, weak ones equal to strong ones */
static bool asset_is_known(struct text tags, const char *tag)
{
	struct text one;

	while (text_split(&tags, ',', &one)) {
		one = text_trim(one);
		if (one.length > 2 && memcmp(one.data, "W/", 2) == 0)
			one = (struct text){one.data + 2, one.length - 2};
		if (text_is(one, tag) || text_is(one, "*"))
			return true;
	}
	return false;
}

void asset_answer(
	const struct asset *asset, const struct request *request, struct response *response)
{
	struct text accepts = request_header(request, "Accept-Encoding");
	bool packed = asset->packed.data && accepts.data && gzip_is_accepted(accepts);
	const char *tag = packed ? asset->packed_tag : asset->tag;
	struct text known = request_header(request, "If-None-Match");

	response->status = 200;
	response->content_type = asset->type;
	response_forever(response, tag);
	if (known.data && asset_is_known(known, tag)) {
		response->status = 304;
		response->ready = (struct text){0};
		return;
	}
	response->ready = packed ? asset->packed : asset->bytes;
	response->encoding = packed ? "gzip" : NULL;
}
