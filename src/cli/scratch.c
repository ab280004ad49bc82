/* SPDX-License-Identifier: MIT */
#include "cli/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

bool scratch_make(const char **out_folder, struct arena *arena, struct error *error)
{
	const char *parent = getenv("TMPDIR");
	char *folder;

	if (!parent || !parent[0])
		parent = "/tmp";
	folder = arena_format(arena, "%s/hearth-XXXXXX", parent);
	if (!folder)
		return error_no_memory(error);
	if (!mkdtemp(folder))
		return error_system(error, errno, "no folder could be made in %s", parent);
	*out_folder = folder;
	return true;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

void scratch_remove(const char *folder)
{
	if (folder)
		nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
