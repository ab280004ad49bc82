/* SPDX-License-Identifier: MIT */
/* The files that the given paths stand for, in the order in which they count. */
#ifndef HEARTH_IMPORT_LISTING_H
#define HEARTH_IMPORT_LISTING_H

#include "import/import.h"

enum listing_form { LISTING_CSV, LISTING_XLSX, LISTING_XML, LISTING_UNREADABLE };

struct listing_file {
	const char *path;
	const char *shown;	/* below, and with the name of, the folder that was given */
	enum listing_form form; /* by the ending; LISTING_UNREADABLE: a folder or path at fault */
	bool folder;		/* of an unreadable one: a folder */
};

struct listing {
	struct listing_file *files;
	size_t count;
	const char **ignored; /* files of folders that are none we read */
	size_t ignored_count;
};

bool listing_make(struct listing *out_listing, struct arena *arena, const char *const *paths,
	size_t path_count, struct error *error) MUST_CHECK;

#endif
