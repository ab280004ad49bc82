/* SPDX-License-Identifier: MIT */
#include "import/listing.h"

#include <stdlib.h>

#include "base/file.h"

struct listing_lists {
	struct arena *arena;
	struct listing listing;
	size_t capacity, ignored_capacity;
};

static bool listing_add(struct listing_lists *lists, struct listing_file file, struct error *error)
{
	struct listing *listing = &lists->listing;
	size_t capacity = lists->capacity ? lists->capacity * 2 : 64;

	if (listing->count == lists->capacity) {
		struct listing_file *files = arena_grow(
			lists->arena, listing->files, lists->capacity, capacity, sizeof *files);

		if (!files)
			return error_no_memory(error);
		listing->files = files;
		lists->capacity = capacity;
	}
	listing->files[listing->count++] = file;
	return true;
}

static bool listing_ignore(struct listing_lists *lists, const char *path, struct error *error)
{
	struct listing *listing = &lists->listing;
	size_t capacity = lists->ignored_capacity ? lists->ignored_capacity * 2 : 16;

	if (listing->ignored_count == lists->ignored_capacity) {
		const char **ignored = arena_grow(lists->arena, listing->ignored,
			lists->ignored_capacity, capacity, sizeof *ignored);

		if (!ignored)
			return error_no_memory(error);
		listing->ignored = ignored;
		lists->ignored_capacity = capacity;
	}
	listing->ignored[listing->ignored_count++] = path;
	return true;
}

static bool listing_ends(const char *path, struct text ending)
{
	struct text text = text_of(path);

	return text.length > ending.length &&
	       text_same_letters(
		       (struct text){text.data + text.length - ending.length, ending.length},
		       ending);
}

/* By the ending; LISTING_UNREADABLE when it is none we read. */
static enum listing_form listing_form(const char *path)
{
	if (listing_ends(path, TEXT(".csv")))
		return LISTING_CSV;
	if (listing_ends(path, TEXT(".xlsx")))
		return LISTING_XLSX;
	if (listing_ends(path, TEXT(".xml")))
		return LISTING_XML;
	return LISTING_UNREADABLE;
}

/* The name of a folder, that of "." and of ".." too; "" when it cannot be told. */
static const char *listing_folder_name(struct arena *arena, const char *path)
{
	size_t end = strlen(path), start;
	char *full, *name;

	while (end > 1 && path[end - 1] == '/')
		end--;
	start = end;
	while (start && path[start - 1] != '/')
		start--;
	name = arena_copy(arena, path + start, end - start);
	if (!name || (strcmp(name, ".") != 0 && strcmp(name, "..") != 0))
		return name;
	full = realpath(path, NULL);
	name = full ? arena_string(arena, file_name(full)) : name;
	free(full);
	return name;
}

static bool listing_folder(struct listing_lists *lists, const char *path, struct error *error)
{
	const char *const *paths;
	const char *base = listing_folder_name(lists->arena, path);
	struct error reason = {0};
	size_t count, skipped = strlen(path);

	if (!base)
		return error_no_memory(error);
	if (!file_list(lists->arena, path, &paths, &count, &reason))
		return listing_add(
			lists, (struct listing_file){path, path, LISTING_UNREADABLE, true}, error);
	while (skipped > 1 && path[skipped - 1] == '/')
		skipped--;
	for (size_t i = 0; i < count; i++) {
		const char *shown = arena_format(lists->arena, "%s%s", base, paths[i] + skipped);
		enum listing_form form = listing_form(paths[i]);

		if (!shown)
			return error_no_memory(error);
		if (form == LISTING_UNREADABLE
				? !listing_ignore(lists, paths[i], error)
				: !listing_add(lists,
					  (struct listing_file){paths[i], shown, form, false},
					  error))
			return false;
	}
	return true;
}

bool listing_make(struct listing *out_listing, struct arena *arena, const char *const *paths,
	size_t path_count, struct error *error)
{
	struct listing_lists lists = {.arena = arena};

	for (size_t i = 0; i < path_count; i++) {
		const char *path = arena_string(arena, paths[i]);
		enum listing_form form = listing_form(paths[i]);

		if (!path)
			return error_no_memory(error);
		if (file_is_folder(path)) {
			if (!listing_folder(&lists, path, error))
				return false;
			continue;
		}
		/* a file that was named is read whatever its ending: as text unless it says more */
		if (form == LISTING_UNREADABLE)
			form = LISTING_CSV;
		if (!listing_add(&lists, (struct listing_file){path, path, form, false}, error))
			return false;
	}
	*out_listing = lists.listing;
	return true;
}
