/* SPDX-License-Identifier: MIT */
/*
 * The files that travel inside the program: SQL, templates, charts, code lists, assets.
 *
 * The one rule: they are found by their path in the repository ("sql/queries/child.sql"). With
 * HEARTH_FILES=FOLDER set by a developer, cli/main.c may point embedded_folder at a source tree.
 */
#ifndef HEARTH_BASE_EMBEDDED_H
#define HEARTH_BASE_EMBEDDED_H

#include "base/text.h"

struct embedded_file {
	const char *path;
	const unsigned char *start;
	const unsigned char *end;
	uint64_t hash; /* of path and contents, made at build: for cache names and ETag */
};

/* Made at build, sorted by path. */
extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

/* NULL when there is none. */
const struct embedded_file *embedded_find(const char *path);

/* The contents, {NULL, 0} when there is no such file. */
struct text embedded_text(const char *path);

/* The files whose path begins with `prefix`: *out_first and how many follow, in order of path. */
size_t embedded_under(const char *prefix, const struct embedded_file **out_first);

#endif
